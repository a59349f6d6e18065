"""A tar archive that knows the hash of everything in it."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

MANIFEST = "manifest.json"
VERSION = 1
BLOCK = 1024 * 1024


class ArchiveError(Exception):
    """An archive that is damaged or not one of ours; its text is one sentence."""


class _HashingReader:
    """Hashes exactly the bytes that go into the archive, also of a file that grows meanwhile."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        block = self._file.read(size)
        self.hash.update(block)
        return block


def pack(*, archive: Path, members: Mapping[str, Path], about: Mapping[str, str]) -> None:
    """Write the archive at one stroke, readable by its owner alone."""
    draft = archive.with_name(archive.name + ".draft")
    hashes: dict[str, str] = {}
    try:
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
            tarfile.open(fileobj=out, mode="w:gz" if archive.suffix in {".gz", ".tgz"} else "w") as tar,
        ):
            for name, path in members.items():
                with path.open("rb") as file:
                    reader = _HashingReader(file)
                    tar.addfile(tar.gettarinfo(arcname=name, fileobj=file), reader)  # type: ignore[arg-type]
                hashes[name] = reader.hash.hexdigest()
            manifest = json.dumps({**about, "version": VERSION, "hashes": hashes}, indent=1).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size = len(manifest)
            tar.addfile(info, io.BytesIO(manifest))
        draft.replace(archive)
    finally:
        draft.unlink(missing_ok=True)


def unpack(*, archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack into a new folder and check every hash; return the manifest, or leave nothing behind."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        return _unpack(archive=archive, folder=folder)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        shutil.rmtree(folder)
        raise ArchiveError(
            f"{archive} is damaged or no archive of Touchstone ({error}): nothing was changed."
        ) from error


def _unpack(*, archive: Path, folder: Path) -> dict[str, Any]:
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            source = tar.extractfile(member) if member.isfile() else None
            if source is None:
                raise ValueError(f"{member.name} is not a plain file")
            if member.name == MANIFEST:
                manifest = json.loads(source.read())
            else:
                found[member.name] = _write(source, folder / _check_name(member.name), mode=member.mode)
        # A compressed archive has a checksum at its very end, which is checked once everything is read.
        while tar.fileobj and tar.fileobj.read(BLOCK):
            pass
    if manifest["version"] != VERSION:
        raise ValueError(f"its version is {manifest['version']} and this Touchstone reads {VERSION}")
    if manifest["hashes"] != found:
        wrong = sorted(name for name, _ in manifest["hashes"].items() ^ found.items())
        raise ValueError(f"{wrong[0]} differs from its hash")
    return manifest


def _check_name(name: str) -> PurePosixPath:
    """Return a member's name as a path that stays inside the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{name} points outside the archive")
    return path


def _write(source: Any, path: Path, *, mode: int) -> str:
    """Write one member; return its hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    total = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode & 0o700), "wb") as out:
        while block := source.read(BLOCK):
            total.update(block)
            out.write(block)
    return total.hexdigest()
