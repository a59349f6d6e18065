# Two commands matter: `make run` starts Touchstone, `make test` checks it. Both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test format contracts bench backup restore clean

PYTHON ?=
VENV := .venv/bin

help: ## list what can be called
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## install what running needs (quick when done)
	@python=$$(PYTHON="$(PYTHON)" sh tools/find_python.sh) && "$$python" tools/setup.py

setup-tests: ## install what testing needs as well
	@python=$$(PYTHON="$(PYTHON)" sh tools/find_python.sh) && "$$python" tools/setup.py --groups web,training,test,lint

run: setup ## start everything and print the address (PORT, HOST, DATA_DIR, DATABASE_URL, REDIS_URL, LLM_URL, LLM_PATH)
	@exec $(VENV)/python -m config.launcher

test: setup-tests ## run every check and every test
	@exec $(VENV)/python tools/check.py

format: setup-tests ## put the code into its format
	@$(VENV)/ruff format . && $(VENV)/ruff check --fix .

contracts: setup-tests ## write the API's description and the TypeScript types anew
	@DJANGO_SETTINGS_MODULE=config.settings.test $(VENV)/python manage.py spectacular --format openapi-json --validate --fail-on-warn --file frontend/src/api/openapi.json
	@npm --prefix frontend run --silent generate

bench: ## print the benchmarks as tables
	@python=$$(PYTHON="$(PYTHON)" sh tools/find_python.sh) && "$$python" tools/setup.py --groups web,training,test,lint,bench
	@exec $(VENV)/pytest -q -s -p no:cacheprovider tests/benchmarks

backup: setup ## copy database and files into one archive (FILE=name.tar)
	@exec $(VENV)/python tools/backup.py save $(FILE)

restore: setup ## bring an archive back while Touchstone is stopped (FILE=name.tar)
	@exec $(VENV)/python tools/backup.py restore $(FILE)

clean: ## remove what can be made again; the data in var/ stays
	@rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
