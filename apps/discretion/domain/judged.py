"""What was judged in an audit, and by whom."""

import dataclasses

import numpy as np

from apps.discretion.domain.preferences import Bools, Floats

HUMAN_KINDS = frozenset({"person", "imported_person"})
PEOPLE = "people"
"""The reference that is made of all people together: the sign of their mean verdict."""


@dataclasses.dataclass(frozen=True)
class Rater:
    """Somebody or something that gave overall verdicts."""

    id: str
    name: str
    kind: str
    simulated: bool = False

    @property
    def human(self) -> bool:
        """Whether a person gave the verdicts."""
        return self.kind in HUMAN_KINDS


@dataclasses.dataclass(frozen=True)
class PrincipleName:
    """A principle as figures and tables name it."""

    id: str
    title: str


@dataclasses.dataclass(frozen=True)
class Judgements:
    """What was judged: ``overall`` is (raters, n) in {-1, 0, 1} and ``by_principle`` (principles, n) in
    [-1, 1]; NaN where nothing is. ``lengths`` (2, n) are the characters of the two responses. ``scores``
    (principles, n) are the moral graph's in each comparison's context, NaN where it does not know the
    principle.
    """

    comparisons: tuple[str, ...]
    raters: tuple[Rater, ...]
    principles: tuple[PrincipleName, ...]
    overall: Floats
    by_principle: Floats
    lengths: Floats | None = None
    scores: Floats | None = None


def pool(*, ratings: Floats) -> Floats:
    """Return the sign of the mean over people for each comparison; NaN where nobody rated."""
    rated = ~np.isnan(ratings)
    total = np.where(rated, ratings, 0.0).sum(axis=0) if len(ratings) else np.zeros(ratings.shape[1])
    return np.where(rated.any(axis=0), np.sign(total), np.nan)


def subset(
    *,
    judgements: Judgements,
    raters: Bools | None = None,
    principles: Bools | None = None,
    comparisons: Bools | None = None,
) -> Judgements:
    """Return the judgements of some raters, about some principles or of some comparisons only."""
    if comparisons is not None:
        judgements = _of(judgements, comparisons)
    keep = np.ones(len(judgements.raters), bool) if raters is None else raters
    about = np.ones(len(judgements.principles), bool) if principles is None else principles
    return dataclasses.replace(
        judgements,
        raters=tuple(rater for rater, kept in zip(judgements.raters, keep, strict=True) if kept),
        principles=tuple(item for item, kept in zip(judgements.principles, about, strict=True) if kept),
        overall=judgements.overall[keep],
        by_principle=judgements.by_principle[about],
        scores=None if judgements.scores is None else judgements.scores[about],
    )


def _of(judgements: Judgements, kept: Bools) -> Judgements:
    return dataclasses.replace(
        judgements,
        comparisons=tuple(name for name, keep in zip(judgements.comparisons, kept, strict=True) if keep),
        overall=judgements.overall[:, kept],
        by_principle=judgements.by_principle[:, kept],
        lengths=None if judgements.lengths is None else judgements.lengths[:, kept],
        scores=None if judgements.scores is None else judgements.scores[:, kept],
    )
