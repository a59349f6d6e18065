"""A copy that can be brought back, and copies that are refused."""

import gzip
import sqlite3
import tarfile
import zlib
from pathlib import Path

import pytest

from tools.archive import ArchiveError
from tools.backup import BackupError, restore, save
from tools.databases import DatabaseError, Sqlite, find_database


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return a data folder with a database in use, files, and things that a copy leaves out."""
    folder = tmp_path / "data"
    for name in ("files/datasets/1", "logs", "store", "hub"):
        (folder / name).mkdir(parents=True)
    (folder / "files/datasets/1/train.jsonl").write_text('{"id": 1}\n')
    (folder / "secret_key").write_text("kept")
    (folder / "logs/web.log").write_text("not kept")
    (folder / "store/appendonly.aof").write_text("not kept")
    write_rows(folder, "before")
    return folder


def write_rows(folder: Path, *words: str) -> None:
    """Add rows to the database."""
    connection = sqlite3.connect(folder / "touchstone.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS word (text)")
    connection.executemany("INSERT INTO word VALUES (?)", [(word,) for word in words])
    connection.commit()
    connection.close()


def read_rows(folder: Path) -> list[str]:
    """Return what the database holds."""
    connection = sqlite3.connect(folder / "touchstone.sqlite3")
    rows = [text for (text,) in connection.execute("SELECT text FROM word ORDER BY rowid")]
    connection.close()
    return rows


def back_up(data_dir: Path, archive: Path) -> Path:
    """Save the folder."""
    save(data_dir=data_dir, database=find_database(url="", data_dir=data_dir), archive=archive)
    return archive


def bring_back(data_dir: Path, archive: Path) -> None:
    """Restore the folder."""
    restore(data_dir=data_dir, database=find_database(url="", data_dir=data_dir), archive=archive)


def test_a_round_trip_brings_everything_back(data_dir: Path, tmp_path: Path) -> None:
    """Rows, files and key are as they were; what came later is set aside, not lost."""
    open_connection = sqlite3.connect(
        data_dir / "touchstone.sqlite3"
    )  # Touchstone runs on while it is copied
    open_connection.execute("INSERT INTO word VALUES ('not committed')")
    archive = back_up(data_dir, tmp_path / "copy.tar.gz")
    open_connection.rollback()
    open_connection.close()
    assert archive.stat().st_mode & 0o077 == 0

    write_rows(data_dir, "after")
    (data_dir / "files/datasets/1/train.jsonl").write_text("overwritten")
    (data_dir / "files/later.txt").write_text("later")
    (data_dir / "secret_key").write_text("another")
    bring_back(data_dir, archive)

    assert read_rows(data_dir) == ["before"]
    assert (data_dir / "files/datasets/1/train.jsonl").read_text() == '{"id": 1}\n'
    assert not (data_dir / "files/later.txt").exists()
    assert (data_dir / "secret_key").read_text() == "kept"
    (aside,) = data_dir.glob("before-restore-*")
    assert read_rows(aside) == ["before", "after"]
    assert (aside / "files/later.txt").read_text() == "later"


def test_a_copy_moves_to_another_machine(data_dir: Path, tmp_path: Path) -> None:
    """An empty folder takes an archive; logs and queues do not travel."""
    archive = back_up(data_dir, tmp_path / "copy.tar")
    with tarfile.open(archive) as tar:
        assert sorted(tar.getnames()) == [
            "database/dump",
            "files/files/datasets/1/train.jsonl",
            "files/secret_key",
            "manifest.json",
        ]
    bring_back(tmp_path / "elsewhere", archive)
    assert read_rows(tmp_path / "elsewhere") == ["before"]
    assert (tmp_path / "elsewhere" / "secret_key").read_text() == "kept"


def test_an_archive_in_the_data_folder_does_not_hold_the_last_one(data_dir: Path) -> None:
    """The default place of archives is not copied into the next one."""
    back_up(data_dir, data_dir / "backups" / "1.tar")
    second = back_up(data_dir, data_dir / "backups" / "2.tar")
    with tarfile.open(second) as tar:
        assert not any("backups" in name for name in tar.getnames())


def reads_the_same(damaged: bytes, whole: bytes) -> bool:
    """Say whether nothing of the content was damaged."""
    try:
        return gzip.decompress(damaged) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return False


@pytest.mark.parametrize("step", range(5))
def test_a_damaged_archive_changes_nothing(data_dir: Path, tmp_path: Path, step: int) -> None:
    """A flipped byte, wherever it changes what is unpacked, is found before anything moves."""
    archive = back_up(data_dir, tmp_path / "copy.tar.gz")
    whole = archive.read_bytes()
    write_rows(data_dir, "after")
    header = 10  # gzip's own header holds the time of writing, which nothing depends on
    for where in range(header + step, len(whole), 29):
        damaged = whole[:where] + bytes([whole[where] ^ 0xFF]) + whole[where + 1 :]
        if reads_the_same(damaged, whole):
            continue  # A byte for a code that the compression happens not to use.
        archive.write_bytes(damaged)
        with pytest.raises(ArchiveError, match="nothing was changed"):
            bring_back(data_dir, archive)
    assert read_rows(data_dir) == ["before", "after"]
    assert not list(data_dir.glob("before-restore-*"))
    assert not (data_dir / "restoring").exists()


def test_an_archive_that_points_outside_is_refused(data_dir: Path, tmp_path: Path) -> None:
    """A forged archive cannot write beside the data folder."""
    secret = tmp_path / "note.txt"
    secret.write_text("forged")
    archive = tmp_path / "forged.tar"
    with tarfile.open(archive, "w") as tar:
        tar.add(secret, arcname="../../escaped.txt")
    with pytest.raises(ArchiveError, match="points outside"):
        bring_back(data_dir, archive)
    assert not (tmp_path / "escaped.txt").exists()


def test_missing_things_are_one_sentence(data_dir: Path, tmp_path: Path) -> None:
    """No archive, no folder and no database are named."""
    with pytest.raises(BackupError, match=r"nothing\.tar does not exist"):
        bring_back(data_dir, tmp_path / "nothing.tar")
    with pytest.raises(BackupError, match="start Touchstone once"):
        back_up(tmp_path / "nowhere", tmp_path / "copy.tar")
    (data_dir / "touchstone.sqlite3").unlink()
    with pytest.raises(DatabaseError, match="There is no database at"):
        back_up(data_dir, tmp_path / "copy.tar")
    assert not list(tmp_path.glob("copy.tar*"))


def test_the_database_is_found_as_the_settings_find_it(tmp_path: Path) -> None:
    """An absolute path has four slashes, as in the settings."""
    assert find_database(url="sqlite:////srv/db.sqlite3", data_dir=tmp_path) == Sqlite(
        Path("/srv/db.sqlite3")
    )
    assert find_database(url="postgres://u:p@db/touchstone", data_dir=tmp_path).kind == "postgresql"
    with pytest.raises(DatabaseError, match="names 'mysql'"):
        find_database(url="mysql://db/touchstone", data_dir=tmp_path)
