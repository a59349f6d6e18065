"""Where a phrase that is too long can end, in any language."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass

SPARE = 4
"""Words by which a phrase may be too long where it is whole: better long than cut."""
SHORTEST = 4


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """How a language ends a phrase.

    ``thought`` fits what follows a finished thought, ``trail`` what says nothing at an end, ``marks`` stand
    around a phrase, a phrase may break before one of ``breaks``, and none ends with one of ``open_ends``
    once it was cut. ``plain`` returns a word as it is compared.
    """

    thought: re.Pattern[str]
    trail: re.Pattern[str]
    marks: str
    breaks: Set[str]
    open_ends: Set[str]
    plain: Callable[[str], str]
    keeps: re.Pattern[str] | None = None

    def trim(self, phrase: str, *, longest: int) -> str:
        """Cut a phrase where its thought ends, and at a natural break where it is too long."""
        short = self.thought.sub("", phrase.strip()).strip(self.marks)
        while (cut := self.trail.sub("", short)) != short and not (self.keeps and self.keeps.search(short)):
            short = cut
        return self.shorten(short, longest=longest)

    def shorten(self, phrase: str, *, longest: int) -> str:
        """Cut a phrase at a natural break where it is too long; what was opened is closed again."""
        short = phrase.strip(self.marks)
        short += "»" if short.count("«") > short.count("»") else ""
        listed = short.split()
        if len(listed) <= longest + SPARE:
            return short
        breaks = [
            at
            for at in range(SHORTEST, longest + 1)
            if self.plain(listed[at]) in self.breaks or listed[at - 1].endswith((",", "،"))
        ]
        kept = listed[: breaks[-1] if breaks else longest]
        while len(kept) > SHORTEST and self.plain(kept[-1].strip(" ،,")) in self.open_ends:
            kept.pop()
        return " ".join(kept).strip(" ،,")
