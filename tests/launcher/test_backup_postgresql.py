"""The round trip of a backup on a real PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tools.backup import restore, save
from tools.databases import find_database


@pytest.fixture
def url() -> Iterator[str]:
    """Return the address of a database that tests may empty."""
    given = os.environ.get("TOUCHSTONE_TEST_POSTGRES")
    if not given:
        pytest.skip(
            "Needs a PostgreSQL: set TOUCHSTONE_TEST_POSTGRES to the URL of a database that may be emptied."
        )
    run(given, "DROP TABLE IF EXISTS newer, quote, word")
    yield given
    run(given, "DROP TABLE IF EXISTS newer, quote, word")


def run(url: str, statement: str) -> None:
    """Run one statement."""
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def test_a_round_trip_on_postgresql(url: str, tmp_path: Path) -> None:
    """Rows come back, tables younger than the copy go, numbering goes on, the old state is set aside."""
    data_dir = tmp_path / "data"
    (data_dir / "files").mkdir(parents=True)
    run(url, "CREATE TABLE word (id serial PRIMARY KEY, text text)")
    run(url, "CREATE TABLE quote (word int REFERENCES word (id))")
    run(url, "INSERT INTO word (text) VALUES ('before')")
    archive = tmp_path / "copy.tar.gz"
    database = find_database(url=url, data_dir=data_dir)
    save(data_dir=data_dir, database=database, archive=archive)

    run(url, "INSERT INTO word (text) VALUES ('after')")
    run(url, "CREATE TABLE newer (word int REFERENCES word (id))")
    restore(data_dir=data_dir, database=database, archive=archive)

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT id, text FROM word").fetchall() == [(1, "before")]
        assert connection.execute("SELECT to_regclass('newer')").fetchone() == (None,)
        assert connection.execute("INSERT INTO word (text) VALUES ('next') RETURNING id").fetchone() == (2,)
    (aside,) = data_dir.glob("before-restore-*")
    assert "after" in (aside / "database.sql").read_text()
