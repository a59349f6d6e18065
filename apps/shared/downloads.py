"""Files that are written while they are sent, a piece at a time, to either kind of server."""

import io
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from rest_framework.request import Request

_PIECE = 64 * 1024


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


def packed(files: Mapping[str, Iterable[str]]) -> Iterator[bytes]:
    """Yield a ZIP archive of these files, each in lines, as it is written: no copy of it lies anywhere."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in files.items():
            with archive.open(name, "w", force_zip64=True) as file:
                for line in lines:
                    file.write(line.encode())
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


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
