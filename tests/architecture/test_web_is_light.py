"""The web process stays light: no route of it loads torch, pandas, pyarrow or scipy.stats."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
import config.asgi
from django.urls import get_resolver

def walk(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            walk(pattern.url_patterns)
        else:
            assert callable(pattern.callback)

walk(get_resolver().url_patterns)
heavy = {"torch", "transformers", "trl", "datasets", "sentence_transformers", "accelerate"}
heavy |= {"pandas", "pyarrow", "scipy.stats"}
print(" ".join(sorted(heavy & set(sys.modules))) or "light")
"""


def test_web_with_every_route_resolved_has_not_loaded_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "light"


def test_the_worker_with_every_task_registered_has_not_loaded_torch() -> None:
    program = PROGRAM.replace("import config.asgi", "from config.celery import app; import config.asgi") + (
        "\napp.loader.import_default_modules()\nassert 'models.train' in app.tasks\n"
        "print(' '.join(sorted(heavy & set(sys.modules))) or 'light')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "light"
