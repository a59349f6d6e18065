"""The repository keeps its own promises: migrations, settings, task names, receivers, personal data."""

import ast
import re
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.core.management import call_command
from django.db import models

from apps.shared.signals import demo_loading, withdrawn

ROOT = Path(__file__).resolve().parents[2]
OURS = ["shared", "models", "moralgraph", "elicitation", "discretion"]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_every_variable_that_the_environment_may_set_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    pattern = re.compile(
        r"""(?:environ\.get\(|environ\[|_read\.(?:str|float|int|db_url)\(|env\.(?:flag|words)\(|variables\.get\()\s*["']([A-Z_]+)["']"""
    )
    internal = {"DJANGO_SETTINGS_MODULE", "PATH", "PYTEST_XDIST_WORKER"}

    names = {name for path in _sources("config") for name in pattern.findall(path.read_text())} - internal

    assert {"PORT", "DATABASE_URL", "REDIS_URL", "LLM_URL", "LLM_MODEL"} <= names
    assert {name for name in names if f"`{name}`" not in readme} == set()


def _enqueued_names() -> set[str]:
    names = set()
    for path in _sources("apps"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "enqueue":
                names |= {
                    word.value.value
                    for word in node.keywords
                    if word.arg == "task" and isinstance(word.value, ast.Constant)
                }
    return {str(name) for name in names}


def test_every_task_that_is_enqueued_is_registered() -> None:
    current_app.loader.import_default_modules()

    names = _enqueued_names()

    assert names
    assert names <= set(current_app.tasks)


@pytest.mark.parametrize("signal", [withdrawn, demo_loading], ids=["withdrawn", "demo_loading"])
def test_every_app_answers_the_shared_signals(signal: models.signals.ModelSignal) -> None:
    modules = {receiver.__module__.split(".")[1] for receiver in signal._live_receivers(sender=None)[0]}

    assert modules >= set(OURS) - {"shared"}


def test_tables_with_personal_data_say_so() -> None:
    personal = {"participant_id", "user", "created_by", "actor", "token_hash"}
    silent = [
        model.__name__
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if personal & {field.name for field in model._meta.get_fields()}
        and "ersonal data" not in (model.__doc__ or "")
    ]

    assert silent == []
