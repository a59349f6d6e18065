"""What changed between two versions of a text, word by word."""

import dataclasses
import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

Kind = Literal["same", "out", "in"]
_WORD = re.compile(r"\S+\s*|\s+")


@dataclasses.dataclass(frozen=True)
class Piece:
    """Some words that both versions have, that only the earlier one has (``out``), or only the later one."""

    kind: Kind
    text: str


def difference(*, before: str, after: str) -> list[Piece]:
    """Return the later text in pieces, with what was taken out before what came in its place.

    Lines are compared first and words within lines that differ; white space alone is no difference. Without
    what was taken out the pieces are the later text.
    """
    pieces: list[Piece] = []
    for piece in _by_line(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if pieces and pieces[-1].kind == piece.kind:
            pieces[-1] = Piece(piece.kind, pieces[-1].text + piece.text)
        else:
            pieces.append(piece)
    return pieces


def _by_line(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for same, old, new in _blocks(before, after):
        if same:
            yield Piece("same", "".join(new))
        else:
            yield from _by_word(_WORD.findall("".join(old)), _WORD.findall("".join(new)))


def _by_word(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for same, old, new in _blocks(before, after):
        if same:
            yield Piece("same", "".join(new))
            continue
        if old:
            yield Piece("out", "".join(old))
        if new:
            yield Piece("in", "".join(new))


def _blocks(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    old_words, new_words = [item.strip() for item in before], [item.strip() for item in after]
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    for tag, old, old_end, new, new_end in matcher.get_opcodes():
        yield tag == "equal", before[old:old_end], after[new:new_end]
