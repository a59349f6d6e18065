"""A new database has the tables to which all migrations lead, and counts as migrated.

It takes long because it runs every migration from the first, which nothing else does on SQLite.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import ConnectionHandler, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.plugin import DjangoDbBlocker

from apps.shared.services import tables


@contextmanager
def new_database(path: Path) -> Iterator[None]:
    """Have the default database be a new file meanwhile."""
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}})
    before, connections["default"] = connections["default"], handler["default"]
    try:
        yield
    finally:
        connection.close()
        connections["default"] = before


def read() -> dict[str, Any]:
    """Return what each table, in whatever order, and each index is made of, and how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL")
        return {
            name: (_parts(sql), _count(cursor, name)) if kind == "table" else sql
            for name, kind, sql in cursor.fetchall()
            if name != "sqlite_sequence"
        }


def _parts(sql: str) -> list[str]:
    """Return the columns and rules of a table, from the words that made it, which SQLite keeps."""
    return sorted(re.split(r', (?="|CONSTRAINT)', sql.partition("(")[2].removesuffix(")")))


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (a table of ours)
    return int(cursor.fetchone()[0])


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_a_new_database_is_as_if_it_had_been_migrated(
    tmp_path: Path, settings: Any, django_db_blocker: DjangoDbBlocker
) -> None:
    settings.MIGRATION_MODULES = {}  # The tests run without them; this one is about them.
    found: dict[Callable[[], None], Any] = {}
    with django_db_blocker.unblock():
        for make in (tables.make, _migrate):
            with new_database(tmp_path / f"{make.__name__}.sqlite3"):
                assert tables.are_absent()
                make()
                assert not tables.are_absent()
                found[make] = read(), set(MigrationRecorder(connection).applied_migrations())
                # Nothing is left to be done.
                executor = MigrationExecutor(connection)
                assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []

    made, migrated = found.values()
    assert made == migrated
    assert {model._meta.db_table for model in apps.get_models()} <= made[0].keys()


def test_a_start_that_is_cut_short_leaves_no_table(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    settings.MIGRATION_MODULES = {}

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(MigrationRecorder, "record_applied", cut)
    with django_db_blocker.unblock(), new_database(tmp_path / "cut.sqlite3"):
        with pytest.raises(KeyboardInterrupt):
            tables.make()

        assert tables.are_absent()
