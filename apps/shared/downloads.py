"""Files that are written while they are sent, a piece at a time, to either kind of server."""

import dataclasses
import io
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from rest_framework.request import Request

_PIECE = 64 * 1024
_READ = 1024 * 1024


@dataclasses.dataclass(frozen=True)
class Packed:
    """A file of an archive: its name there, and its lines or where it lies."""

    name: str
    content: Path | Iterable[str]


def download(
    *, request: Request, lines: Iterable[str | bytes], filename: str, media: str
) -> StreamingHttpResponse:
    """Return an answer that sends the lines as a file; nothing of it is kept by a browser or on the way.

    Django holds all of an answer in memory, and warns, where its kind of iterator is not the server's.
    """
    is_async = isinstance(request._request, ASGIRequest)  # noqa: SLF001  (DRF has no other way)
    pieces = _pieces(lines)
    answer = StreamingHttpResponse(_one_by_one(pieces) if is_async else pieces, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def packed(files: Iterable[Packed]) -> Iterator[bytes]:
    """Yield a ZIP archive of these files as it is written: no copy of it lies anywhere."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for file in files:
            with archive.open(_entry(file), "w", force_zip64=True) as target:
                for piece in _read(file):
                    target.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


def _entry(file: Packed) -> zipfile.ZipInfo:
    """Return how a file stands in an archive; packing weights would take long and save nothing."""
    entry = zipfile.ZipInfo(file.name)
    is_dense = isinstance(file.content, Path) and file.content.suffix == ".safetensors"
    entry.compress_type = zipfile.ZIP_STORED if is_dense else zipfile.ZIP_DEFLATED
    return entry


def _read(file: Packed) -> Iterator[bytes]:
    if not isinstance(file.content, Path):
        yield from (line.encode() for line in file.content)
        return
    with file.content.open("rb") as source:
        while piece := source.read(_READ):
            yield piece


class _Sink(io.RawIOBase):
    """What an archive is written to, and taken from a piece at a time."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to, and by the base class nothing else."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._kept += data
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since it was asked last."""
        found = bytes(self._kept)
        self._kept.clear()
        return found


def _pieces(lines: Iterable[str | bytes]) -> Iterator[bytes]:
    """Yield the lines in pieces that are worth sending."""
    kept = bytearray()
    for line in lines:
        kept += line.encode() if isinstance(line, str) else line
        if len(kept) >= _PIECE:
            yield bytes(kept)
            kept.clear()
    if kept:
        yield bytes(kept)


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield pieces that are made in the request's own thread, as the database asks for."""

    def following() -> bytes:
        return next(pieces, b"")

    while piece := await sync_to_async(following)():
        yield piece
