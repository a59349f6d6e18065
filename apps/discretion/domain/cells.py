"""Which comparisons stand behind a number."""

import dataclasses

import numpy as np

from apps.discretion.domain import categories, measures, report
from apps.discretion.domain.preferences import Bools, Floats, ternary

ANSWERS = {"a": 1.0, "neither": 0.0, "b": -1.0}
NOT_JUDGED = "not_judged"


@dataclasses.dataclass(frozen=True)
class Cell:
    """A number's comparisons; what is empty does not restrict.

    ``category`` consensus, conflict, indifference or not_judged; ``annotator`` has judged; ``against``: goes
    against a consensus; ``principle`` and ``over`` clash and the annotator decided, for the first where
    ``sided`` is true; ``answer`` and ``reference_answer`` (a, neither, b) of annotator and reference;
    ``least`` to ``most`` principles speak.
    """

    category: str = ""
    annotator: str = ""
    against: bool = False
    principle: str = ""
    over: str = ""
    sided: bool | None = None
    answer: str = ""
    reference_answer: str = ""
    least: int = 0
    most: int | None = None


def behind(*, judgements: report.Judgements, cell: Cell, reference: str) -> Bools:
    """Return which comparisons are in a cell."""
    votes = ternary(judgements.by_principle)
    found = categories.categorise(preferences=votes)
    choice = _choice(judgements, cell.annotator)
    inside = found.active >= cell.least
    if cell.most is not None:
        inside &= found.active <= cell.most
    if cell.category:
        inside &= ~found.judged if cell.category == NOT_JUDGED else found.of(cell.category)
    if cell.annotator:
        inside &= ~np.isnan(choice)
    if cell.against:
        inside &= found.consensus & measures.decided(choice) & ((choice > 0) != (found.sign > 0))
    if cell.principle and cell.over:
        inside &= _clash(judgements, votes, choice, cell)
    if cell.answer:
        inside &= choice == ANSWERS[cell.answer]
    if cell.reference_answer:
        inside &= _choice(judgements, reference) == ANSWERS[cell.reference_answer]
    return inside


def _choice(judgements: report.Judgements, annotator: str) -> Floats:
    """Return an annotator's overall ratings; the people's together where the name is not an annotator's."""
    for rater, row in zip(judgements.raters, judgements.overall, strict=True):
        if rater.id == annotator:
            found: Floats = row
            return found
    humans = np.array([rater.human for rater in judgements.raters], dtype=bool)
    return report.pool(ratings=judgements.overall[humans])


def _clash(judgements: report.Judgements, votes: Floats, choice: Floats, cell: Cell) -> Bools:
    names = [item.id for item in judgements.principles]
    if cell.principle not in names or cell.over not in names:
        return np.zeros(len(judgements.comparisons), dtype=bool)
    first, second = votes[names.index(cell.principle)], votes[names.index(cell.over)]
    clash: Bools = np.asarray(first * second == -1)
    if cell.annotator:
        clash &= measures.decided(choice)
    if cell.sided is not None:
        clash &= (choice == first) if cell.sided else (choice == second)
    return clash
