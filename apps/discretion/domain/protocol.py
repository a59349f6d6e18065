"""How judgements are asked for: which answers there are, when a reason is asked, how much comes back."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

OPTIONAL_OVERALL = ("tie", "both_bad", "cannot_tell", "skip")
OPTIONAL_BY_PRINCIPLE = ("tie", "not_applicable")
REASONS = ("against", "always")
BLURS = ("never", "sensitive", "always")
LARGEST_REPEAT_SHARE = 0.25
REPEAT_GAP = 8
"""How many other pairs lie between a pair and its return, where there are as many."""


@dataclasses.dataclass(frozen=True)
class Protocol:
    """What annotators are asked. A and B are always there, and going against all of one's own answers by
    principle always asks for a reason; ``reasons`` says whether everything else does too. ``free_desk``: who
    has nothing on a pile, or has finished it, may judge any pair.
    """

    overall: tuple[str, ...] = OPTIONAL_OVERALL
    by_principle: tuple[str, ...] = OPTIONAL_BY_PRINCIPLE
    reasons: str = "against"
    repeat_share: float = 0.05
    blur: str = "sensitive"
    sensitive_words: tuple[str, ...] = ()
    free_desk: bool = True

    @property
    def overall_answers(self) -> tuple[str, ...]:
        """Return all overall answers that are taken."""
        return ("a", "b", *self.overall)

    @property
    def principle_answers(self) -> tuple[str, ...]:
        """Return all answers by principle that are taken."""
        return ("a", "b", *self.by_principle)

    def to_dict(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return dataclasses.asdict(self)

    def hides(self, *, texts: tuple[str, ...], marked: bool) -> bool:
        """Say whether a pair lies there blurred: all, none, or those marked or with a sensitive word."""
        if self.blur != "sensitive":
            return self.blur == "always"
        if marked or not self.sensitive_words:
            return marked
        words = "|".join(re.escape(word) for word in self.sensitive_words)
        return re.search(rf"\b(?:{words})\b", " ".join(texts), re.IGNORECASE) is not None


DEFAULT = Protocol()


def from_dict(content: Mapping[str, Any]) -> Protocol:
    """Return a protocol as it was kept; what an older version did not know has its default."""
    known = {field.name for field in dataclasses.fields(Protocol)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in content.items()
        if name in known
    }
    return Protocol(**given)
