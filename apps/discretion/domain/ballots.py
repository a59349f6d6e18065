"""All that was said in an audit, vote by vote, so that a reader's controls recompute without asking the
database again.
"""

import dataclasses
import hashlib
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from apps.discretion.domain.preferences import Bools, Floats, Signs
from apps.discretion.domain.report import HUMAN_KINDS, Judgements, PrincipleName, Rater

ABSENT = -128
"""A vote that was not given."""


@dataclasses.dataclass(frozen=True)
class Choice:
    """Which of what was said counts; empty means all.

    ``confidence``: a vote by a principle whose probability is known and lower says nothing. ``both_orders``:
    a verdict that turned when the responses changed places says nothing. ``group``: only comparisons with
    this ``key=value`` among their metadata. ``voters``: whose votes stand for the principles, whoever else
    judged by them.
    """

    annotators: tuple[int, ...] = ()
    principles: tuple[int, ...] = ()
    confidence: float = 0.0
    both_orders: bool = False
    group: str = ""
    voters: tuple[int, ...] = ()


EVERYTHING = Choice()
"""What a reader sees who chose nothing."""


@dataclasses.dataclass(frozen=True)
class Ballots:
    """Verdicts as arrays: ``overall`` (K, n), NaN where there is none; ``votes`` (V, C, n) by principle,
    ``ABSENT`` where there is none, with their probability ``sure`` (NaN where unknown). ``turned`` and
    ``turned_votes`` say where the answer in the other order was another. ``groups`` holds the metadata that
    parts comparisons: for each key, the values by comparison; ``contexts`` (n,) the moral graph's, 0: none.
    """

    comparisons: tuple[str, ...]
    raters: tuple[Rater, ...]
    principles: tuple[PrincipleName, ...]
    voters: tuple[Rater, ...]
    overall: Floats
    turned: Bools
    votes: Signs
    sure: NDArray[np.float32]
    turned_votes: Bools
    lengths: Floats
    groups: dict[str, tuple[str, ...]]
    contexts: NDArray[np.int64]


@dataclasses.dataclass(frozen=True)
class Counted:
    """Judgements under a choice, and whose votes stand for the principles."""

    judgements: Judgements
    voters: tuple[str, ...]


def count(*, ballots: Ballots, choice: Choice, scores: Floats | None = None) -> Counted:
    """Return the judgements that a choice leaves; ``scores`` (C, n) are the moral graph's."""
    there = _group(ballots, choice.group)
    about = _places(ballots.principles, choice.principles)
    shown = _places(ballots.raters, choice.annotators)
    voters = _voters(ballots.voters, choice)
    overall = ballots.overall[np.ix_(shown, there)]
    if choice.both_orders:
        overall = np.where(ballots.turned[np.ix_(shown, there)], 0.0, overall)
    judgements = Judgements(
        comparisons=tuple(ballots.comparisons[place] for place in there),
        raters=tuple(ballots.raters[place] for place in shown),
        principles=tuple(ballots.principles[place] for place in about),
        overall=overall,
        by_principle=_mean(ballots, np.ix_(voters, about, there), choice),
        lengths=ballots.lengths[:, there],
        scores=None if scores is None else scores[np.ix_(about, there)],
    )
    return Counted(judgements, tuple(ballots.voters[place].name for place in voters))


def _group(ballots: Ballots, group: str) -> NDArray[np.intp]:
    key, _, value = group.partition("=")
    values = ballots.groups.get(key)
    if not group or values is None:
        return np.arange(len(ballots.comparisons))
    return np.flatnonzero(np.array(values) == value)


def _places(rows: Sequence[Rater | PrincipleName], chosen: Collection[int]) -> NDArray[np.intp]:
    wanted = {str(pk) for pk in chosen}
    places = [place for place, row in enumerate(rows) if not wanted or row.id in wanted]
    return np.array(places, dtype=np.intp)


def _voters(voters: Sequence[Rater], choice: Choice) -> NDArray[np.intp]:
    """Return whose votes stand for the principles: those named for it, else the chosen people, else all
    people, else whoever voted.

    A file may bring an algorithm's votes by principle; unless named, these stand in only where no person
    judged by principle.
    """
    named = {int(place) for place in _places(voters, choice.voters)} if choice.voters else set()
    shown = {int(place) for place in _places(voters, choice.annotators)}
    people = {place for place, row in enumerate(voters) if row.kind in HUMAN_KINDS}
    heard = named or (people & shown) or people or shown or set(range(len(voters)))
    return np.array(sorted(heard), dtype=np.intp)


def parts(*, ballots: Ballots, choice: Choice) -> Ballots:
    """Return the ballots that a choice leaves, vote by vote; a vote that says nothing under it is neither."""
    there = _group(ballots, choice.group)
    about = _places(ballots.principles, choice.principles)
    shown, heard = (_places(rows, choice.annotators) for rows in (ballots.raters, ballots.voters))
    across, deep = np.ix_(shown, there), np.ix_(heard, about, there)
    overall, votes = ballots.overall[across], ballots.votes[deep]
    if choice.both_orders:
        overall = np.where(ballots.turned[across] & ~np.isnan(overall), 0.0, overall)
        votes = np.where(ballots.turned_votes[deep] & (votes != ABSENT), 0, votes)
    if choice.confidence > 0:
        votes = np.where((ballots.sure[deep] < choice.confidence) & (votes != ABSENT), 0, votes)
    return dataclasses.replace(
        ballots,
        comparisons=tuple(ballots.comparisons[place] for place in there),
        raters=tuple(ballots.raters[place] for place in shown),
        principles=tuple(ballots.principles[place] for place in about),
        voters=tuple(ballots.voters[place] for place in heard),
        overall=overall,
        turned=ballots.turned[across],
        votes=votes.astype(np.int8),
        sure=ballots.sure[deep],
        turned_votes=ballots.turned_votes[deep],
        lengths=ballots.lengths[:, there],
        groups={key: tuple(values[place] for place in there) for key, values in ballots.groups.items()},
        contexts=ballots.contexts[there],
    )


def _mean(ballots: Ballots, part: tuple[NDArray[np.intp], ...], choice: Choice) -> Floats:
    """Return each principle's mean vote in [-1, 1]; NaN where nobody voted."""
    votes = ballots.votes[part]
    given = votes != ABSENT
    counted = np.where(given, votes, 0)
    if choice.confidence > 0:
        counted = np.where(ballots.sure[part] < choice.confidence, 0, counted)
    if choice.both_orders:
        counted = np.where(ballots.turned_votes[part], 0, counted)
    number = given.sum(axis=0)
    out = np.full(number.shape, np.nan)
    mean: Floats = np.divide(counted.sum(axis=0, dtype=float), number, out=out, where=number > 0)
    return mean


def fingerprint(*, judgements: Judgements) -> str:
    """Return a hash of all that the measures are made of: ids, overall ratings, votes by principle."""
    digest = hashlib.sha256()
    for names in (
        judgements.comparisons,
        tuple(row.id for row in judgements.raters),
        tuple(row.title for row in judgements.principles),
    ):
        digest.update("\x1f".join(names).encode() + b"\x1e")
    for values in (judgements.overall, judgements.by_principle):
        digest.update(np.nan_to_num(values, nan=9.0).tobytes())
    return digest.hexdigest()
