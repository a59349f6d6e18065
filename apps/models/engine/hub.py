"""Bring a model from a hub into a folder: what it is made of first, then its files, each checked."""

import dataclasses
import hashlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx

NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[\w.-]{1,96}")
WANTED = re.compile(r"[\w.-]+\.(?:safetensors|json|jinja|txt|model)|README\.md|LICEN[CS]E[\w.]*")
PATIENCE = httpx.Timeout(30.0, connect=5.0)
PIECE = 1 << 20


class HubError(Exception):
    """The hub does not give what was asked for; the message says why."""


@dataclasses.dataclass(frozen=True)
class HubFile:
    """A file of a model: its size, and its hash where the hub names one."""

    name: str
    size: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class Listing:
    """What a model is made of at one revision."""

    name: str
    revision: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """How many bytes come over."""
        return sum(file.size for file in self.files)


def look(*, hub: str, name: str) -> Listing:
    """Return what a model is made of. Raises HubError."""
    if not NAME.fullmatch(name):
        raise HubError("A hub's name has two parts, such as owner/model.")
    try:
        answer = httpx.get(
            f"{hub}/api/models/{name}", params={"blobs": "true"}, timeout=PATIENCE, follow_redirects=True
        )
    except httpx.HTTPError as error:
        raise HubError(f"The hub {hub} cannot be reached from here: register a folder instead.") from error
    if answer.status_code in {401, 403, 404}:
        raise HubError(f"The hub has no model {name} that everybody may read.")
    try:
        answer.raise_for_status()
        return _listing(name, answer.json())
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise HubError(f"The hub's answer makes no sense (status {answer.status_code}).") from error


def _listing(name: str, told: dict[str, Any]) -> Listing:
    files = [
        HubFile(item["rfilename"], int(item.get("size") or 0), (item.get("lfs") or {}).get("sha256", ""))
        for item in told["siblings"]
        if WANTED.fullmatch(item["rfilename"])
    ]
    return Listing(name, str(told["sha"]), tuple(files))


def bring(
    *, hub: str, listing: Listing, folder: Path, tick: Callable[[int], None] = lambda done: None
) -> None:
    """Write the model's files into a folder; a file that is there whole is not asked for again.

    ``tick`` is told the bytes so far and may raise to stop. Raises HubError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = 0
    with httpx.Client(timeout=PATIENCE, follow_redirects=True) as client:
        for file in listing.files:
            target = folder / file.name
            if not target.is_file() or target.stat().st_size != file.size:
                address = f"{hub}/{listing.name}/resolve/{listing.revision}/{file.name}"
                _bring(client, address, file, target, partial(_add, tick, done))
            done += file.size
            tick(done)


def _add(tick: Callable[[int], None], before: int, more: int) -> None:
    tick(before + more)


def _bring(
    client: httpx.Client, address: str, file: HubFile, target: Path, tick: Callable[[int], None]
) -> None:
    making, digest, size = target.with_name(f".{target.name}.part"), hashlib.sha256(), 0
    try:
        with client.stream("GET", address) as answer, making.open("wb") as out:
            answer.raise_for_status()
            for piece in answer.iter_bytes(PIECE):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
                tick(size)
    except httpx.HTTPError as error:
        raise HubError(f"{file.name} did not come whole from the hub: check again to go on.") from error
    if size != file.size or (file.sha256 and digest.hexdigest() != file.sha256):
        making.unlink()
        raise HubError(f"{file.name} is not what the hub's list says.")
    making.replace(target)
