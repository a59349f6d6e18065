"""Copy an installation into one archive and bring it back: `backup.py save|restore [FILE]`.

The archive holds the database, the files and the secret key, and last a manifest with a hash of each. Logs,
queues and locks are left out: the job rows in the database say what is still to be done.
"""

import argparse
import fcntl
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path.insert(0, str(ROOT))

from tools.archive import ArchiveError, pack, unpack
from tools.databases import Database, DatabaseError, find_database

DUMP = "database/dump"
FILES = "files/"
LEFT_OUT = {
    "backups",
    "hub",
    "launcher.lock",
    "logs",
    "processes.json",
    "schedule",
    "setup.lock",
    "static",
    "store",
}
ASIDE = "before-restore-"
UNPACKED = "restoring"
STAYS = {"backups", "launcher.lock", "setup.lock", UNPACKED}


class BackupError(Exception):
    """A copy that cannot be made or brought back; its text is one sentence that says what to do."""


def main() -> int:
    """Save or restore; return the exit status."""
    parser = argparse.ArgumentParser(description="Copy an installation into one archive, or bring it back.")
    parser.add_argument("verb", choices=["save", "restore"])
    parser.add_argument("archive", nargs="?", type=Path)
    arguments = parser.parse_args()
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()
    try:
        database = find_database(url=os.environ.get("DATABASE_URL", ""), data_dir=data_dir)
        if arguments.verb == "save":
            archive = arguments.archive or data_dir / "backups" / time.strftime(
                "touchstone-%Y%m%d-%H%M%S.tar.gz"
            )
            save(data_dir=data_dir, database=database, archive=archive.resolve())
        elif arguments.archive is None:
            raise BackupError("Say which archive to bring back: make restore FILE=path/to/archive.tar.gz")
        else:
            restore(data_dir=data_dir, database=database, archive=arguments.archive.resolve())
    except (BackupError, ArchiveError, DatabaseError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def save(*, data_dir: Path, database: Database, archive: Path) -> None:
    """Write the archive; Touchstone may run meanwhile.

    The database is copied first: a row is committed after the file that it names is written, so every row of
    the copy finds its file.
    """
    if not data_dir.is_dir():
        raise BackupError(
            f"{data_dir} does not exist: start Touchstone once, or set DATA_DIR to your data folder."
        )
    archive.parent.mkdir(parents=True, exist_ok=True)
    dump = archive.with_name(archive.name + ".database")
    try:
        database.save(dump)
        members = {DUMP: dump}
        for path in _list_files(data_dir, database=database, archive=archive):
            members[FILES + path.relative_to(data_dir).as_posix()] = path
        pack(archive=archive, members=members, about={"database": database.kind})
    finally:
        dump.unlink(missing_ok=True)
    size = archive.stat().st_size / 1e6
    print(f"Saved the database and {len(members) - 1} files in {archive} ({size:.1f} MB).")
    print("The archive holds secrets and what people wrote: keep it as safe as the data folder.")


def restore(*, data_dir: Path, database: Database, archive: Path) -> None:
    """Check the archive, set the present data aside, and put the archive's in its place."""
    if not archive.is_file():
        raise BackupError(f"{archive} does not exist: name an archive that `make backup` wrote.")
    data_dir.mkdir(parents=True, exist_ok=True)
    unpacked, aside = data_dir / UNPACKED, data_dir / (ASIDE + time.strftime("%Y%m%d-%H%M%S"))
    with _hold(data_dir):
        try:
            about = unpack(archive=archive, folder=unpacked)
            if about.get("database") != database.kind:
                raise BackupError(
                    f"The archive holds a {about.get('database')} database and this installation uses "
                    f"{database.kind}: set DATABASE_URL to a database of the archive's kind."
                )
            _replace(data_dir=data_dir, database=database, unpacked=unpacked, aside=aside)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
    print(f"Restored {archive}. What was there before is in {aside}: delete it once you are satisfied.")


def _replace(*, data_dir: Path, database: Database, unpacked: Path, aside: Path) -> None:
    """Set the present data aside and move the archive's into its place."""
    aside.mkdir(mode=0o700)
    if database.kind == "postgresql":
        # In one transaction, and before any file moves: where it fails, nothing has changed.
        database.restore(unpacked / DUMP, aside=aside)
    for path in sorted(data_dir.iterdir()):
        if path.name not in STAYS and not path.name.startswith(ASIDE):
            path.replace(aside / path.name)
    if database.kind == "sqlite":
        database.restore(unpacked / DUMP, aside=aside)
    files = unpacked / FILES
    for path in sorted(files.iterdir()) if files.is_dir() else []:
        path.replace(data_dir / path.name)


@contextmanager
def _hold(data_dir: Path) -> Iterator[None]:
    """Keep the launcher from starting meanwhile; refuse where it runs."""
    with (data_dir / "launcher.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError(f"Touchstone runs on {data_dir}: stop it first, then restore.") from error
        yield


def _list_files(data_dir: Path, *, database: Database, archive: Path) -> list[Path]:
    """Return the files that cannot be made again."""
    found: list[Path] = []
    for top in sorted(data_dir.iterdir()):
        if top.name in LEFT_OUT or top.name == UNPACKED or top.name.startswith(ASIDE):
            continue
        found += [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
    skipped = {archive, archive.with_name(archive.name + ".database"), *database.files()}
    return [path for path in found if path not in skipped and not path.is_symlink()]


if __name__ == "__main__":
    sys.exit(main())
