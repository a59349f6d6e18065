"""For which live value and context another one stands now, and which votes that leaves out.

Votes stay on the step and in the context in which they were cast. Where the cards of a value were put into
another one, or a context into another, its votes count there, as long as that holds: nothing is copied, so
that everything is told apart again once it is undone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from apps.moralgraph.models import Belonging, ContextChange, MergeDecision, Transition, Value, Vote
from apps.shared.models import Study


@dataclass(frozen=True)
class Standing:
    """Which values and contexts stand for another one now; those that are not named stand for themselves."""

    values: Mapping[int, int]
    contexts: Mapping[int, int]

    def value(self, key: int) -> int:
        """Return the value that a value stands for."""
        return self.values.get(key, key)

    def context(self, key: int) -> int:
        """Return the context that a context stands for."""
        return self.contexts.get(key, key)

    def values_as(self, key: int) -> set[int]:
        """Return a value with those that stand for it."""
        return {key} | self._by_value.get(key, set())

    def contexts_as(self, key: int) -> set[int]:
        """Return a context with those that stand for it."""
        return {key} | {old for old, now in self.contexts.items() if now == key}

    @cached_property
    def _by_value(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for old, now in self.values.items():
            found[now].add(old)
        return found

    def __bool__(self) -> bool:
        return bool(self.values or self.contexts)

    def to_json(self) -> dict[str, dict[str, int]]:
        """Return what a snapshot keeps of it."""
        return {
            "values": {str(old): now for old, now in sorted(self.values.items())},
            "contexts": {str(old): now for old, now in sorted(self.contexts.items())},
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Mapping[str, int]]) -> "Standing":
        """Return what a snapshot kept; one from before anything was put together has nothing."""
        values, contexts = raw.get("values", {}), raw.get("contexts", {})
        return cls(
            {int(key): now for key, now in values.items()}, {int(key): now for key, now in contexts.items()}
        )


NOTHING = Standing({}, {})


@dataclass(frozen=True)
class LeftOut:
    """Votes that are left out because of what was put together since they were cast, by their numbers.

    ``same_value``: the two values of the step became one. ``answered_again``: the same person answered what
    is the same question now; the newer answer counts.
    """

    same_value: frozenset[int] = frozenset()
    answered_again: frozenset[int] = frozenset()


def standing(*, study: Study) -> Standing:
    """Return what stands for what in a study now."""
    return Standing(_values(study), _contexts(study))


def of_context(*, study: Study, context: int) -> set[int]:
    """Return a context with those that were put into it."""
    return Standing({}, _contexts(study)).contexts_as(context)


def _contexts(study: Study) -> dict[int, int]:
    merged = ContextChange.objects.filter(
        study=study, kind=ContextChange.Kind.MERGED, undone_at__isnull=True, other__isnull=False
    )
    return _ends(dict(merged.values_list("context_id", "other_id")))


def _values(study: Study) -> dict[int, int]:
    """Return where the values that were put away are: where the last card that left them stands now.

    A value without cards, one that came in with a file, is where the newest decision put it.
    """
    away = Value.objects.filter(study=study, retired_at__isnull=False, erased_at__isnull=True)
    gone = set(away.order_by().values_list("pk", flat=True))
    if not gone:
        return {}
    left = Belonging.objects.filter(
        card__study=study,
        value__retired_at__isnull=False,
        undone_at__isnull=False,
        card__erased_at__isnull=True,
    )
    found: dict[int, int] = {}
    for value, now in left.order_by("undone_at", "pk").values_list("value_id", "card__value_id"):
        if value in gone and now is not None and now != value:
            found[value] = now
    decided = MergeDecision.objects.filter(
        study=study, kind=MergeDecision.Kind.MERGED, undone_at__isnull=True, kept__isnull=False
    )
    held = set(found)
    for low, high, kept in decided.order_by("pk").values_list("low_id", "high_id", "kept_id"):
        old = low if kept == high else high
        if old in gone and old not in held:
            found[old] = kept
    ends = _ends(found)
    live = set(
        Value.objects.filter(pk__in=set(ends.values()), retired_at__isnull=True).values_list("pk", flat=True)
    )
    return {old: now for old, now in ends.items() if now in live}


def _ends(steps: Mapping[int, int]) -> dict[int, int]:
    """Return where each way ends; a way that comes back to itself leads nowhere."""
    found = {}
    for start in steps:
        seen, now = {start}, steps[start]
        while now in steps and now not in seen:
            seen.add(now)
            now = steps[now]
        if now not in seen:
            found[start] = now
    return found


def touching(*, values: set[int]) -> Q:
    """Return which votes are on a step from or to one of these values."""
    return Q(transition__less_wise_id__in=values) | Q(transition__wiser_id__in=values)


def as_they_count(votes: Iterable[Vote], now: Standing) -> list[Vote]:
    """Return votes, read with their transitions, as on the values and in the context where they count.

    The rows that are kept stay as they are.
    """
    found = list(votes)
    for vote in found if now else ():
        step = copy(vote.transition)
        step.less_wise_id, step.wiser_id = now.value(step.less_wise_id), now.value(step.wiser_id)
        vote.transition, vote.context_id = step, now.context(vote.context_id)
    return found


def left_out(*, votes: QuerySet[Vote], now: Standing) -> LeftOut:
    """Return which of these votes do not count because of what was put together."""
    if not now:
        return LeftOut()
    values = {*now.values, *now.values.values()}
    contexts = {*now.contexts, *now.contexts.values()}
    rows = votes.filter(touching(values=values) | Q(context_id__in=contexts)).order_by("pk")
    columns = ("pk", "participant_id", "transition__less_wise_id", "transition__wiser_id", "context_id")
    newest: dict[tuple[object, ...], int] = {}
    same, again = set(), set()
    for pk, person, low, high, context in rows.values_list(*columns):
        ends = now.value(low), now.value(high)
        if ends[0] == ends[1]:
            same.add(pk)
            continue
        key = (person, ends, now.context(context))
        if key in newest:
            again.add(newest[key])
        newest[key] = pk
    return LeftOut(frozenset(same), frozenset(again))


def collapsed(*, study: Study, now: Standing) -> list[int]:
    """Return the steps whose two values are one now."""
    if not now.values:
        return []
    ends = {*now.values, *now.values.values()}
    rows = Transition.objects.filter(study=study, less_wise_id__in=ends, wiser_id__in=ends)
    steps = rows.values_list("pk", "less_wise_id", "wiser_id")
    return [pk for pk, low, high in steps if now.value(low) == now.value(high)]
