"""Taking a run's files out of a folder or an archive that comes from another machine.

Only files with names that a run has are taken, each written anew under that name: no link is followed, no
path leads out, and what is written is counted as it is written.
"""

import dataclasses
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from apps.models.domain.handover import FILE

_TOLD = r"(?:handover|config|result|error|figures)\.json|(?:train|held_out|metrics|samples)\.jsonl|log\.txt"
_MODEL = r"model/\w[\w.-]{0,120}\.(?:safetensors|json|jinja|txt|model)"
_STEP = r"checkpoints/step-\d{1,9}/\w[\w.-]{0,120}\.(?:safetensors|json|jinja|txt|model|pt|pth)"
WANTED = re.compile(f"{_TOLD}|{_MODEL}|{_STEP}")
PICKLED = re.compile(r"model/.*\.(?:bin|pt|pth|ckpt|pkl|pickle)")
FOLDERS = re.compile(r"model|checkpoints|checkpoints/step-\d{1,9}")
MOST_FILES = 20_000
_PIECE = 1 << 20


class BadFiles(ValueError):
    """Files that are not taken; the message says why and what to do."""


class TooMuch(BadFiles):
    """More than may come this way."""


@dataclasses.dataclass(frozen=True)
class Item:
    """A file of a run, by its name in the run's folder."""

    name: str
    open: Callable[[], IO[bytes]]


def take(items: Iterator[Item], *, into: Path, most_bytes: int | None) -> None:
    """Write a run's files into a new folder. Raises BadFiles, and TooMuch over the bound."""
    written = 0
    try:
        for item in items:
            target = into / item.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with item.open() as source, target.open("xb") as out:
                while piece := source.read(_PIECE):
                    written += len(piece)
                    if most_bytes is not None and written > most_bytes:
                        raise TooMuch(f"Unpacked, this is more than {most_bytes / 1e6:,.0f} MB.")
                    out.write(piece)
    except FileExistsError as error:
        raise BadFiles("The archive holds a file twice.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadFiles(
            "The archive is damaged, or packed in a way that cannot be read: pack it again."
        ) from error


def in_folder(folder: Path) -> Iterator[Item]:
    """Yield the files of a run that lie in a folder. Raises BadFiles."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        ours = WANTED.fullmatch(name) or FOLDERS.fullmatch(name)
        if ours and path.is_symlink():
            raise BadFiles(f"{name} is a link: put the file itself there.")
        if WANTED.fullmatch(name) and not path.is_file():
            raise BadFiles(f"{name} is no file.")
        _refuse_pickles(name)
        if WANTED.fullmatch(name):
            yield Item(name, lambda path=path: _without_link(path))  # type: ignore[misc]


def _without_link(path: Path) -> IO[bytes]:
    """Open a file that may have become a link since it was looked at."""
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


def in_archive(archive: IO[bytes]) -> Iterator[Item]:
    """Yield the files of a run that lie in a zip, in a folder of it or not. Raises BadFiles."""
    try:
        packed = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadFiles("This is no zip archive, or it did not come whole.") from error
    entries = packed.infolist()
    if len(entries) > MOST_FILES:
        raise TooMuch(f"The archive holds more than {MOST_FILES:,} files.")
    for entry in entries:
        _refuse(entry)
    root = _root([entry.filename for entry in entries])
    for entry in entries:
        name = entry.filename.removeprefix(root)
        if entry.filename.startswith(root):
            _refuse_pickles(name)
            if WANTED.fullmatch(name):
                yield Item(name, lambda entry=entry: packed.open(entry))  # type: ignore[misc]


def _refuse(entry: zipfile.ZipInfo) -> None:
    """Refuse what no run's folder has: links, and names that lead elsewhere. Raises BadFiles."""
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        raise BadFiles("The archive holds a name that leads out of its folder, so nothing of it was taken.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise BadFiles(f"The archive holds a link ({path.name}): pack the files themselves.")
    if entry.flag_bits & 0x1:
        raise BadFiles("The archive is encrypted: pack it without a password.")


def _refuse_pickles(name: str) -> None:
    if PICKLED.fullmatch(name):
        raise BadFiles(f"{name} may run code when it is read: a model comes as safetensors alone.")


def _root(names: list[str]) -> str:
    """Return under which folder of an archive the run lies. Raises BadFiles."""
    found = [name.removesuffix(FILE) for name in names if PurePosixPath(name).name == FILE]
    if len(found) != 1:
        raise BadFiles(f"There must be one {FILE} in it: send the run's folder as it was handed out.")
    return found[0]
