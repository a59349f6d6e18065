"""What a set of examples is made of: balance, and how often the longer response is preferred."""

import dataclasses
from collections.abc import Iterable, Sequence

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.intervals import Interval, wilson

BLANK = "a response is empty"
IDENTICAL = "the two responses are the same"
REPEATED = "the example is there twice"
SIMULATED = "it leans on simulated people"
OTHER_SIDE = "only people of the other side judged it"
OVER_LIMIT = "over the limit that was asked for"


@dataclasses.dataclass(frozen=True)
class Composition:
    """Counts that a reader needs before trusting a model trained on the examples."""

    n: int
    prefers_a: int
    prefers_b: int
    ties: int
    soft: int
    longer_preferred: Interval

    def to_dict(self) -> dict[str, object]:
        """Return the counts as they are stored."""
        return dataclasses.asdict(self)


def compose(examples: Sequence[PreferenceExample]) -> Composition:
    """Count what the examples are made of; ties and equal lengths are left out of the length bias."""
    decided = [example for example in examples if not example.is_tie]
    unequal = [example for example in decided if len(example.response_a) != len(example.response_b)]
    longer = sum((e.p_a > 0.5) == (len(e.response_a) > len(e.response_b)) for e in unequal)
    return Composition(
        n=len(examples),
        prefers_a=sum(example.p_a > 0.5 for example in examples),
        prefers_b=sum(example.p_a < 0.5 for example in examples),
        ties=len(examples) - len(decided),
        soft=sum(0.0 < example.p_a < 1.0 and not example.is_tie for example in examples),
        longer_preferred=wilson(longer, len(unequal)),
    )


def unusable(examples: Iterable[PreferenceExample], *, simulated_allowed: bool) -> dict[int, str]:
    """Return why examples cannot be used, by place in the order: place -> reason."""
    reasons: dict[int, str] = {}
    seen: set[str] = set()
    for place, example in enumerate(examples):
        reason = _why_unusable(example, seen=seen, simulated_allowed=simulated_allowed)
        if reason:
            reasons[place] = reason
        seen.add(example.id)
    return reasons


def _why_unusable(example: PreferenceExample, *, seen: set[str], simulated_allowed: bool) -> str:
    if example.id in seen:
        return REPEATED
    if not example.response_a.strip() or not example.response_b.strip():
        return BLANK
    if example.response_a == example.response_b:
        return IDENTICAL
    if example.source.get("simulated") and not simulated_allowed:
        return SIMULATED
    return ""
