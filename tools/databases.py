"""Copy a database while it is in use, and bring a copy back."""

import os
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

# Tables that are younger than the copy would collide with the migrations that make them again.
DROP_ALL_TABLES = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', name);
    END LOOP;
END $$
"""
SQLITE_SIDE_FILES = ("", "-wal", "-shm", "-journal")


class DatabaseError(Exception):
    """A database that cannot be copied or restored; its text is one sentence."""


class Database(Protocol):
    """Something that can be written to a file and read back."""

    @property
    def kind(self) -> str:
        """Return what an archive calls it."""

    def save(self, path: Path) -> None:
        """Write a consistent copy."""

    def restore(self, path: Path, *, aside: Path) -> None:
        """Put a copy in place of what is there."""

    def files(self) -> list[Path]:
        """Return the files that it lives in, which must not be copied as they are."""


@dataclass(frozen=True)
class Sqlite:
    """A database in one file."""

    path: Path
    kind: str = "sqlite"

    def save(self, path: Path) -> None:
        """Copy page by page under SQLite's own locks, then check the copy."""
        if not self.path.is_file():
            raise DatabaseError(
                f"There is no database at {self.path}: start Touchstone once before you copy it."
            )
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        source, copy = sqlite3.connect(self.path, timeout=60), sqlite3.connect(path)
        try:
            source.backup(copy)
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise DatabaseError(f"The database at {self.path} could not be copied ({error}).") from error
        finally:
            copy.close()
            source.close()
        if answer != "ok":
            raise DatabaseError(f"The copy of {self.path} is damaged ({answer}): restore an older archive.")

    def restore(self, path: Path, *, aside: Path) -> None:
        """Set the present file aside, with what belongs to it, and move the copy in."""
        for file in self.files():
            if file.exists():
                file.replace(aside / file.name)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, self.path)

    def files(self) -> list[Path]:
        """Return the file and those that SQLite keeps beside it."""
        return [self.path.with_name(self.path.name + suffix) for suffix in SQLITE_SIDE_FILES]


@dataclass(frozen=True)
class Postgresql:
    """A database on a server."""

    url: str
    kind: str = "postgresql"

    def save(self, path: Path) -> None:
        """Dump from one snapshot, as SQL."""
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        self._run("pg_dump", "--no-owner", "--no-privileges", f"--file={path}")

    def restore(self, path: Path, *, aside: Path) -> None:
        """Dump what is there into the folder set aside, then replace it in one transaction."""
        self.save(aside / "database.sql")
        options = [
            "--no-psqlrc",
            "--quiet",
            "--output=/dev/null",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
        ]
        self._run("psql", *options, f"--command={DROP_ALL_TABLES}", f"--file={path}")

    def files(self) -> list[Path]:
        """Return nothing: the server keeps its files."""
        return []

    def _run(self, tool: str, *arguments: str) -> None:
        """Run one of PostgreSQL's tools; the password does not appear among its arguments."""
        if shutil.which(tool) is None:
            raise DatabaseError(f"{tool} is not installed: install PostgreSQL's client tools and try again.")
        parts = urlsplit(self.url)
        place = parts.netloc.rpartition("@")[2]
        address = urlunsplit(
            ("postgresql", f"{parts.username or ''}@{place}".lstrip("@"), parts.path, parts.query, "")
        )
        variables = dict(os.environ)
        if parts.password:
            variables["PGPASSWORD"] = unquote(parts.password)
        done = subprocess.run(
            [tool, f"--dbname={address}", *arguments], env=variables, stderr=subprocess.PIPE, text=True
        )
        if done.returncode != 0:
            raise DatabaseError(f"{tool} failed: {done.stderr.strip()}")


def find_database(*, url: str, data_dir: Path) -> Database:
    """Return the database that DATABASE_URL names, by default the one in the data folder."""
    if not url:
        return Sqlite(data_dir / "touchstone.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return Sqlite(Path(unquote(parts.path[1:])).resolve())
    if parts.scheme in {"postgres", "postgresql", "pgsql", "psql"}:
        return Postgresql(url)
    raise DatabaseError(f"DATABASE_URL names {parts.scheme!r}: Touchstone copies SQLite and PostgreSQL.")
