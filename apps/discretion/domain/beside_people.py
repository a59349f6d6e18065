"""A checkpoint beside the people of an audit, on the pairs that it judged and on no others."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from apps.discretion.domain import categories, measures, report
from apps.discretion.domain.judged import Judgements, pool, subset
from apps.discretion.domain.preferences import Bools, ternary
from apps.models.domain import gaps, intervals

RULE = "both on the pairs that the checkpoint judged; discrepancy to people together"


@dataclasses.dataclass(frozen=True)
class InOnesPlace:
    """The checkpoint in the place of each of the ``people``, one after another: ``person`` is how often that
    one says what the other people say together, ``checkpoint`` how often it does, on the same judgements;
    ``gap`` is the checkpoint's share less the person's. Intervals take a prompt's judgements together.
    """

    people: int
    person: report.Rate
    checkpoint: report.Rate
    gap: gaps.Gap


@dataclasses.dataclass(frozen=True)
class Standing:
    """What an audit says of a checkpoint: DA and DD, beside people's and two nulls', on the same ``pairs``.

    ``coverage`` alone is of all pairs of the audit: how many of them it decided.
    ``more_arbitrary`` is DA of the checkpoint less DA of the people together, on the consensus pairs that
    both decided. ``discrepancy`` holds the people's own noise floor: a value up to its 95 % point cannot be
    told from no difference.
    """

    pairs: int
    principles: int
    coverage: report.Rate
    agreement: report.Rate
    arbitrariness: report.Rate
    of_people: report.Rate
    of_longer: report.Rate
    of_coin: report.Rate
    more_arbitrary: gaps.Gap
    discrepancy: report.Discrepancy
    in_ones_place: InOnesPlace
    rule: str = RULE

    @property
    def within_floor(self) -> bool | None:
        """Whether its priorities cannot be told from the people's; None where that is not known."""
        value, floor = self.discrepancy.value, self.discrepancy.floor_p95
        return None if value is None or floor is None else value <= floor

    def to_dict(self) -> dict[str, object]:
        """Return the figures as they are recorded."""
        found = dataclasses.asdict(self) | {"within_floor": self.within_floor}
        place = dataclasses.asdict(self.in_ones_place) | {"gap": self.in_ones_place.gap.to_dict()}
        return found | {"more_arbitrary": self.more_arbitrary.to_dict(), "in_ones_place": place}


def stand(*, judgements: Judgements, rater: str, prompts: Sequence[str], draws: int = 100) -> Standing | None:
    """Return how an annotator stands beside people; None where it judged nothing. Where no person judged
    overall, what needs them has no value.

    ``prompts`` names each comparison's prompt, in the order of the judgements.
    """
    place = next((at for at, row in enumerate(judgements.raters) if row.id == rater), None)
    if place is None:
        return None
    judged = ~np.isnan(judgements.overall[place])
    same = subset(judgements=judgements, comparisons=judged)
    if not judged.any():
        return None
    found = report.measure(judgements=same, controls=report.Controls(draws=draws))
    own, decided = found.raters[place], int(measures.decided(same.overall[place]).sum())
    nulls = {row.rater.id: row.arbitrariness for row in found.nulls}
    nothing = report.rate(successes=0, n=0)
    names = [name for name, kept in zip(prompts, judged, strict=True) if kept]
    return Standing(
        pairs=int(judged.sum()),
        principles=len(same.principles),
        coverage=report.rate(successes=decided, n=len(judgements.comparisons)),
        agreement=own.confusion.agreement,
        arbitrariness=own.arbitrariness,
        of_people=found.people.arbitrariness,
        of_longer=nulls.get("longer", nothing),
        of_coin=nulls.get("coin", nothing),
        more_arbitrary=_gap(same, place, names),
        discrepancy=own.discrepancy,
        in_ones_place=_in_ones_place(same, place, names),
    )


def _gap(same: Judgements, place: int, prompts: Sequence[str]) -> gaps.Gap:
    """Compare how often either goes against a consensus, on the pairs that both decided."""
    people = pool(ratings=same.overall[[row.human for row in same.raters]])
    kinds = categories.categorise(preferences=ternary(same.by_principle))
    both = kinds.consensus & measures.decided(same.overall[place]) & measures.decided(people)
    against = [(votes > 0) != (kinds.sign > 0) for votes in (same.overall[place], people)]
    return gaps.paired(
        first=against[0][both].tolist(),
        second=against[1][both].tolist(),
        groups=[name for name, kept in zip(prompts, both, strict=True) if kept],
    )


def _in_ones_place(same: Judgements, place: int, prompts: Sequence[str]) -> InOnesPlace:
    """Lay checkpoint and person beside the person's others, wherever all three decided."""
    checkpoint = same.overall[place]
    ratings = same.overall[[row.human for row in same.raters]]
    said_by_all = np.nan_to_num(ratings).sum(axis=0)
    names, shares, said = [], [], []
    for person in ratings:
        # The sign of the mean over the others; where nobody else rated it is 0, which decides nothing.
        others = np.sign(said_by_all - np.nan_to_num(person))
        all_three = measures.decided(person) & measures.decided(others) & measures.decided(checkpoint)
        shares.append((person == others)[all_three])
        said.append((checkpoint == others)[all_three])
        names += [name for name, kept in zip(prompts, all_three, strict=True) if kept]
    own, its = (np.concatenate(rows) if rows else np.zeros(0, bool) for rows in (shares, said))
    return InOnesPlace(
        people=sum(len(rows) > 0 for rows in shares),
        person=_rate(own, names),
        checkpoint=_rate(its, names),
        gap=gaps.paired(first=its.tolist(), second=own.tolist(), groups=names),
    )


def _rate(right: Bools, prompts: Sequence[str]) -> report.Rate:
    if not len(right):
        return report.rate(successes=0, n=0)
    found = intervals.wilson_by_group(right=right.tolist(), groups=prompts)
    return report.Rate(found.value, found.low, found.high, found.n)
