"""Which comparisons stand behind a number."""

import dataclasses

import numpy as np

from apps.discretion.domain import categories, measures, report
from apps.discretion.domain.ballots import ABSENT, Ballots
from apps.discretion.domain.preferences import Bools, Floats, ternary

ANSWERS = {"a": 1.0, "neither": 0.0, "b": -1.0}
NOT_JUDGED = "not_judged"


@dataclasses.dataclass(frozen=True)
class Cell:
    """A number's comparisons; what is empty does not restrict.

    ``category`` consensus, conflict, indifference or not_judged; ``annotator`` has judged, and where
    ``decided`` prefers one of the two; ``against``: goes against a consensus; ``principle`` and ``over`` (any
    other where empty) clash and the annotator decided, for the first where ``sided`` is true; ``answer`` and
    ``reference_answer`` (a, neither, b) of annotator and reference; ``least`` to ``most`` principles speak;
    ``other`` decided otherwise than the annotator. ``split``: people rated otherwise than each other, or than
    the annotator where one is named; ``by`` a principle: so they voted by it; ``alike``: at least two people
    rated, and all gave one answer.
    """

    category: str = ""
    annotator: str = ""
    decided: bool = False
    against: bool = False
    principle: str = ""
    over: str = ""
    sided: bool | None = None
    answer: str = ""
    reference_answer: str = ""
    least: int = 0
    most: int | None = None
    other: str = ""
    split: bool = False
    by: str = ""
    alike: bool = False

    @property
    def tells_people_apart(self) -> bool:
        """Whether everybody's own answers are asked for."""
        return self.split or self.alike or bool(self.by)


def behind(
    *,
    judgements: report.Judgements,
    cell: Cell,
    reference: str,
    weighted: bool = False,
    ballots: Ballots | None = None,
) -> Bools:
    """Return which comparisons are in a cell; ``ballots`` are asked for where people's votes must be told
    apart, under the same choice as the judgements.
    """
    votes = ternary(judgements.by_principle)
    found = categories.categorise(preferences=votes)
    ruled = report.ruling(judgements=judgements, found=found, weighted=weighted)
    choice = choice_of(judgements=judgements, annotator=cell.annotator)
    inside = found.active >= cell.least
    if cell.most is not None:
        inside &= found.active <= cell.most
    if cell.category:
        inside &= ~found.judged if cell.category == NOT_JUDGED else found.of(cell.category)
    if cell.annotator:
        inside &= measures.decided(choice) if cell.decided else ~np.isnan(choice)
    if cell.against:
        inside &= ruled.consensus & measures.decided(choice) & ((choice > 0) != (ruled.sign > 0))
    if cell.principle:
        inside &= _clash(judgements, votes, choice, cell)
    if cell.answer:
        inside &= choice == ANSWERS[cell.answer]
    if cell.reference_answer:
        inside &= choice_of(judgements=judgements, annotator=reference) == ANSWERS[cell.reference_answer]
    if cell.other:
        other = choice_of(judgements=judgements, annotator=cell.other)
        inside &= measures.decided(choice) & measures.decided(other) & (choice != other)
    if cell.tells_people_apart and ballots is not None:
        inside &= _differ(ballots, cell)
    return inside


def choice_of(*, judgements: report.Judgements, annotator: str) -> Floats:
    """Return an annotator's overall ratings; the people's together where the name is not an annotator's."""
    rated = zip(judgements.raters, judgements.overall, strict=True)
    for rater, row in (*rated, *report.nulls(judgements=judgements)):
        if rater.id == annotator:
            found: Floats = row
            return found
    humans = np.array([rater.human for rater in judgements.raters], dtype=bool)
    return report.pool(ratings=judgements.overall[humans])


def _clash(judgements: report.Judgements, votes: Floats, choice: Floats, cell: Cell) -> Bools:
    names = [item.id for item in judgements.principles]
    if cell.principle not in names or (cell.over and cell.over not in names):
        return np.zeros(len(judgements.comparisons), dtype=bool)
    first = votes[names.index(cell.principle)]
    against = votes[[names.index(cell.over)]] if cell.over else votes
    clash: Bools = (first * against == -1).any(axis=0)
    if cell.annotator:
        clash &= measures.decided(choice)
    if cell.sided is not None:
        clash &= (choice == first) if cell.sided else (choice == -first)
    return clash


def _differ(ballots: Ballots, cell: Cell) -> Bools:
    """Return where people differ, or where an annotator differs from the other people together."""
    raters = ballots.voters if cell.by else ballots.raters
    said = ballots.overall
    if cell.by:
        names = [item.id for item in ballots.principles]
        if cell.by not in names:
            return np.zeros(len(ballots.comparisons), dtype=bool)
        votes = ballots.votes[:, names.index(cell.by)]
        said = np.where(votes == ABSENT, np.nan, votes.astype(float))
    humans = np.array([row.human for row in raters], dtype=bool)
    mine = np.array([row.id == cell.annotator for row in raters], dtype=bool)
    if mine.any():
        others = report.pool(ratings=said[humans & ~mine])
        both = ~(np.isnan(others) | np.isnan(said[mine][0]))
        return np.asarray(both & (said[mine][0] != others))
    people = said[humans]
    rated = ~np.isnan(people)
    most, least = (np.where(rated, people, edge) for edge in (-2.0, 2.0))
    differ = most.max(axis=0, initial=-2) != least.min(axis=0, initial=2)
    return np.asarray((rated.sum(axis=0) > 1) & (differ != cell.alike))
