"""When the database is looked at beside the other processes, and when before them."""

from pathlib import Path

from config.launcher import preparation
from config.launcher.folder import DataFolder
from config.launcher.preparation import Preparation


def prepare(folder: Path, **variables: str) -> Preparation:
    """Return the preparation that a start would make."""
    return Preparation(folder=DataFolder(folder), variables=variables)


def test_the_first_start_waits_for_the_database(tmp_path: Path) -> None:
    """Nothing is known about a new folder; afterwards it is up to date for this database alone."""
    first = prepare(tmp_path)
    assert not first.is_current()
    first.begin()
    first.finish()
    assert prepare(tmp_path).is_current()
    assert not prepare(tmp_path, DATABASE_URL="postgres://db/touchstone").is_current()


def test_a_failed_preparation_is_waited_for_next_time(tmp_path: Path) -> None:
    """A database that may be half-way is not served from."""
    first = prepare(tmp_path)
    first.finish()
    first.begin()
    assert not prepare(tmp_path).is_current()


def test_a_new_migration_is_waited_for(tmp_path: Path) -> None:
    """Processes that expect a new column start after it is there."""
    root = tmp_path / "code"
    migrations = root / "apps" / "shared" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("one")
    before = preparation._hash_inputs(root=root, database_url="")
    (migrations / "0002_more.py").write_text("two")
    assert preparation._hash_inputs(root=root, database_url="") != before
