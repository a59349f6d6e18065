"""What a graph says, in sentences, for people who read instead of look and for the titles of figures."""

import math
from collections.abc import Mapping, Sequence

from apps.moralgraph.domain import mge2023
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.results import Ranking

_MOST_NAMED = 6


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def share(probability: float) -> str:
    """Return a probability in per cent, halves up, but never to certainty or down to none."""
    if 0.995 <= probability < 1:
        return "more than 99 %"
    if 0 < probability < 0.005:
        return "less than 1 %"
    return f"{math.floor(100 * probability + 0.5)} %"


def basis(ranking: Ranking) -> str:
    """Return what the ranking rests on."""
    votes = counted(ranking.votes, "vote", "votes")
    return f"{votes} of {counted(ranking.participants, 'person', 'people')}"


def finding(*, ranking: Ranking, titles: Mapping[Key, str]) -> str:
    """Return the one sentence that the ranking supports, no stronger than it is."""
    top = ranking.top
    if top is None or ranking.votes == 0:
        return "Nobody has voted yet, so no value stands out."
    name = f"“{titles[top.value]}”"
    if ranking.rule == mge2023.RULE:
        return (
            f"By the published rule {name} has the highest PageRank, {top.score:.3f} ({basis(ranking)}); "
            "that rule does not say how sure this is."
        )
    if top.p_top is None:
        return (
            f"{name} has the highest score ({basis(ranking)}); how sure that is has not been worked out yet."
        )
    how_often = f"it comes first in {share(top.p_top or 0.0)} of resamplings ({basis(ranking)})."
    if ranking.support == "clear":
        return f"{name} is judged wisest: {how_often}"
    if ranking.support == "leaning":
        return f"{name} leads, but not for certain: {how_often}"
    return _contested(ranking, titles)


def _contested(ranking: Ranking, titles: Mapping[Key, str]) -> str:
    first, *others = sorted(ranking.values, key=lambda item: -(item.p_top or 0.0))
    one = f"“{titles[first.value]}” comes first in {share(first.p_top or 0.0)} of resamplings"
    other = f", “{titles[others[0].value]}” in {share(others[0].p_top or 0.0)}" if others else ""
    return f"No value stands out yet: {one}{other} ({basis(ranking)})."


def circles(*, cycles: Sequence[Sequence[Key]], titles: Mapping[Key, str]) -> str:
    """Return a sentence on the groups that lead round in a circle; empty where there are none."""
    if not cycles:
        return ""
    groups = "; ".join(_named(group, titles) for group in cycles)
    return (
        f"The votes lead round in a circle among these values, so no order agrees with all of them: {groups}."
    )


def _named(group: Sequence[Key], titles: Mapping[Key, str]) -> str:
    """Return the values of a group; of a large one, how many and the first."""
    named = ", ".join(f"“{titles[value]}”" for value in group[:_MOST_NAMED])
    return named if len(group) <= _MOST_NAMED else f"{len(group):,} values, among them {named}"


def place(
    *, n: int, rank_low: int | None, rank_high: int | None, of: int, above: int, below: int, even: int
) -> list[str]:
    """Return to a person where their value stands, how sure that is, and how it compares.

    ``n`` judgements of it; ``above``, ``below`` and ``even`` count the values judged wiser, less wise, and
    neither.
    """
    if n == 0:
        return [
            f"Your value is one of {of} in the graph.",
            "Nobody has compared it with another value yet, so it has no place of its own.",
        ]
    told = [f"Your value is one of {of} in the graph and was compared {counted(n, 'time', 'times')}."]
    if rank_low is not None and rank_high is not None:
        told.append(_between(rank_low, rank_high, of))
    kinds = [(below, "judged less wise"), (above, "judged wiser"), (even, "even with it so far")]
    compared = [f"{count} {'is' if count == 1 else 'are'} {what}" for count, what in kinds if count]
    if compared:
        told.append(f"Of the values it was compared with, {', '.join(compared)}.")
    return told


def _between(low: int, high: int, of: int) -> str:
    if low == high:
        return f"It stands at place {low} of {of}, counted from the wisest."
    width = (high - low + 1) / of
    sure = "; that is still wide, because few people have compared it" if width > 0.5 else ""
    return f"It stands between place {low} and place {high} of {of}, counted from the wisest{sure}."
