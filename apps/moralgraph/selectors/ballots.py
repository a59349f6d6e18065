"""The live votes of a study as columns, read in two queries however many there are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, TypeVar

import numpy as np
from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast

from apps.moralgraph.domain.ballots import ANSWERS, Ballots, Bools, Ints
from apps.moralgraph.domain.counting import Floats, Tally, of_columns
from apps.moralgraph.domain.counting import tally as counted
from apps.moralgraph.models import Snapshot, Transition, Vote
from apps.moralgraph.selectors import standing
from apps.moralgraph.selectors.offers import standing_votes
from apps.moralgraph.selectors.standing import NOTHING, Standing
from apps.moralgraph.selectors.values import live_values
from apps.shared.models import Study

_Name = TypeVar("_Name", int, str)
_CODE = {answer.value: code for code, answer in enumerate(ANSWERS)}


def ballots(
    *, study: Study, context: int | None = None, rehearsal: str = "", now: Standing | None = None
) -> Ballots:
    """Return the votes that ``live_votes`` means, between the study's live values.

    Votes are read without a join: steps, of which there are fewer, are looked up apart. Votes on what was
    put into something else count there; where that makes two answers of somebody one question, the newer.
    """
    now = standing.standing(study=study) if now is None else now
    shown = live_values(study=study, rehearsal=rehearsal)
    values = tuple(shown.order_by("pk").values_list("pk", flat=True))
    rows = standing_votes(study=study, context=context, rehearsal=rehearsal)
    ordered = rows.order_by("pk") if now else rows.order_by()
    found = _columns(study, values, list(ordered.values_list(*_CELLS)), now)
    return _newest(found) if now else found


def ballots_of(
    *,
    study: Study,
    values: Sequence[int],
    votes: Sequence[int],
    context: int | None = None,
    now: Standing = NOTHING,
) -> Ballots:
    """Return certain votes as columns, those of a context or of all, whatever became of them since.

    ``now`` says what stood for what when they were chosen.
    """
    if not votes:
        return _columns(study, tuple(values), [], now)
    wanted = np.array(sorted(votes), dtype=np.int64)
    here = Q() if context is None else Q(context_id__in=now.contexts_as(context))
    # A range, because a database takes only so many numbers one by one.
    rows = Vote.objects.filter(here, study=study, pk__range=(int(wanted[0]), int(wanted[-1])))
    found = list(rows.order_by().values_list("pk", *_CELLS))
    known = np.isin(np.array([row[0] for row in found], dtype=np.int64), wanted).tolist()
    return _columns(study, tuple(values), [row[1:] for row in compress(found, known)], now)


def votes_of_snapshot(snapshot: Snapshot, context: int | None = None) -> Ballots:
    """Return the votes of a snapshot, on what values and contexts stood for when it was taken."""
    ids = snapshot.ids
    now = Standing.from_json(ids.get("stands_for", {}))
    return ballots_of(
        study=snapshot.study, values=ids["values"], votes=ids["votes"], context=context, now=now
    )


_CELLS = (Cast("participant_id", CharField()), "transition_id", "context_id", "answer")


def _columns(
    study: Study, values: tuple[int, ...], rows: Sequence[tuple[Any, ...]], now: Standing
) -> Ballots:
    steps = _Steps.of(study, values, now)
    people, taken, places, answers = zip(*rows, strict=True) if rows else ((), (), (), ())
    step, live = steps.find(taken)
    voters, voter = _named(people, live)
    contexts, place = _named([now.context(key) for key in places] if now.contexts else places, live)
    return Ballots(
        values=values,
        voters=voters,
        contexts=contexts,
        voter=voter,
        less_wise=steps.less_wise[step],
        wiser=steps.wiser[step],
        context=place,
        answer=_codes(answers)[live],
    )


def _newest(votes: Ballots) -> Ballots:
    """Return of several answers of a person to one question the last one, everything else as it is."""
    key = np.column_stack([votes.voter, votes.less_wise, votes.wiser, votes.context])
    _, last = np.unique(key[::-1], axis=0, return_index=True)
    kept = np.zeros(len(key), dtype=np.bool_)
    kept[len(key) - 1 - last] = True
    return votes.where(kept)


def tally(*, study: Study, context: int | None = None) -> Tally:
    """Return the published counts of the votes that ``live_votes`` means, added up by the database.

    Values are in the order of their numbers.
    """
    now = standing.standing(study=study)
    if now:
        return counted(ballots(study=study, context=context, now=now))
    values = tuple(live_values(study=study).order_by("pk").values_list("pk", flat=True))
    steps = _Steps.of(study, values, NOTHING)
    groups = standing_votes(study=study, context=context).order_by().values_list("transition_id", "answer")
    rows = list(groups.annotate(times=Count("pk")))
    taken, answers, times = zip(*rows, strict=True) if rows else ((), (), ())
    step, live = steps.find(taken)
    return of_columns(
        n=len(values),
        less_wise=steps.less_wise[step],
        wiser=steps.wiser[step],
        answer=_codes(answers)[live],
        times=np.array(times, dtype=np.int64)[live],
    )


def fingerprint(votes: Ballots) -> str:
    """Return a hash of votes and values, the same for the same votes in any order."""
    columns = np.column_stack([votes.voter, votes.less_wise, votes.wiser, votes.context, votes.answer])
    ordered = columns[np.lexsort(columns.T[::-1])]
    names = repr((votes.values, votes.voters, votes.contexts)).encode()
    return hashlib.sha256(names + np.ascontiguousarray(ordered).tobytes()).hexdigest()


@dataclass(frozen=True)
class _Steps:
    """The steps between live values, retired steps included: sorted numbers, and positions of both ends.

    An end that was put into another value is that one; a step whose ends are one value now is none.
    """

    pk: Ints
    less_wise: Ints
    wiser: Ints

    @classmethod
    def of(cls, study: Study, values: tuple[int, ...], now: Standing) -> "_Steps":
        rows = Transition.objects.filter(study=study).order_by("pk")
        ends = rows.values_list("pk", "less_wise_id", "wiser_id")
        table = np.array(list(ends), dtype=np.int64).reshape(-1, 3)
        for column in (1, 2) if now.values else ():
            table[:, column] = [now.value(key) for key in table[:, column].tolist()]
        known = np.array(values, dtype=np.int64)
        live = np.isin(table[:, 1], known) & np.isin(table[:, 2], known) & (table[:, 1] != table[:, 2])
        pk, low, high = table[live].T
        return cls(pk, np.searchsorted(known, low), np.searchsorted(known, high))

    def find(self, numbers: Sequence[int]) -> tuple[Ints, Bools]:
        """Return the rows of the numbers that are here, and which those are."""
        asked = np.array(numbers, dtype=np.int64)
        live = np.isin(asked, self.pk)
        return np.searchsorted(self.pk, asked[live]), live


def _named(names: Sequence[_Name], chosen: Bools) -> tuple[tuple[_Name, ...], Ints]:
    """Return the chosen rows' names, sorted and once, and which of them each row has."""
    kept = list(compress(names, chosen))
    found = tuple(sorted(set(kept)))
    places = {name: place for place, name in enumerate(found)}
    return found, np.array([places[name] for name in kept], dtype=np.int64)


def _codes(answers: Sequence[str]) -> Ints:
    return np.array([_CODE[answer] for answer in answers], dtype=np.int64)


def asked(votes: Ballots) -> Floats:
    """Return how often each step was asked about (lower end x upper end)."""
    n = len(votes.values)
    found = np.bincount(votes.less_wise * n + votes.wiser, minlength=n * n)
    return found.reshape(n, n).astype(np.float64)
