"""What a run that goes back to another is called: by that one's name, and a number where it is taken."""

import re
from collections.abc import Collection
from typing import Literal

How = Literal["again", "changed"]
LONGEST = 150
_ROOM = 20
_ADDED = re.compile(r"(, (again|changed)( \d+)?)+$")


def stem_of(name: str) -> str:
    """Return the name of the first run of a line: “Run 2” of “Run 2, again, changed 3”."""
    return (_ADDED.sub("", name) or name)[: LONGEST - _ROOM].rstrip()


def repeated(name: str, *, how: How, taken: Collection[str]) -> str:
    """Return a name for a run that repeats another, as it is or with changes, that no run has yet."""
    first = f"{stem_of(name)}, {how}"
    if first not in taken:
        return first
    return next(
        numbered for number in range(2, len(taken) + 3) if (numbered := f"{first} {number}") not in taken
    )
