"""Reads of what became of a person's card: what it belongs to, who objected, and how far its value went."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.models import Belonging, CardVersion, MergeObjection, Snapshot, Value
from apps.moralgraph.selectors.counted import counted_anywhere
from apps.moralgraph.selectors.offers import live_votes
from apps.moralgraph.selectors.standing import standing, touching
from apps.moralgraph.selectors.views import ValueView, policies_of, view_of_value
from apps.shared import selectors as shared
from apps.shared.models import Study

MOST_OTHERS = 20


@dataclass(frozen=True)
class OtherCard:
    """Another person's card in the same value: its words without the sentences that it came from."""

    title: str
    policies: tuple[Policy, ...]


@dataclass(frozen=True)
class BelongingView:
    """Which value a card belongs to, who put it there, why and when; ``own`` where it stands for itself."""

    value: ValueView
    own: bool
    by: str
    reason: str
    at: datetime
    others: tuple[OtherCard, ...]
    objections: tuple[MergeObjection, ...]


@dataclass(frozen=True)
class Compared:
    """Another value, and how many people found the one wiser than it, or it wiser than the one."""

    title: str
    wiser: int
    less_wise: int


@dataclass(frozen=True)
class Influence:
    """What a value changed: counts of other people, and of where it stands."""

    people: int
    compared: tuple[Compared, ...]
    snapshots: int
    uses: dict[str, int]


def belonging_of(*, participant_id: uuid.UUID) -> BelongingView | None:
    """Return what a person's accepted card belongs to; None where there is none, or they withdrew."""
    row = (
        Belonging.objects.filter(
            card__participant_id=participant_id, card__accepted_at__isnull=False, undone_at__isnull=True
        )
        .select_related("value")
        .first()
    )
    if row is None:
        return None
    objections = MergeObjection.objects.filter(belonging__card=row.card_id, erased_at__isnull=True)
    return BelongingView(
        value=view_of_value(row.value),
        own=row.by == "person",
        by=row.by,
        reason=row.reason,
        at=row.at,
        others=_others(row),
        objections=tuple(objections.select_related("belonging__value").prefetch_related("answers")),
    )


def _others(row: Belonging) -> tuple[OtherCard, ...]:
    beside = Belonging.objects.filter(value=row.value_id, undone_at__isnull=True).exclude(card=row.card_id)
    beside = beside.filter(counted_anywhere(path="card__"))
    cards = list(beside.order_by("card").values_list("card_id", flat=True)[:MOST_OTHERS])
    newest: dict[int, CardVersion] = {}
    for version in CardVersion.objects.filter(card__in=cards, proposal="").order_by("card", "number"):
        newest[version.card_id] = version
    return tuple(
        OtherCard(
            version.title,
            tuple(Policy(policy.attended, policy.qualifier) for policy in policies_of(version.policies)),
        )
        for version in newest.values()
    )


def influence_of(*, study: Study, value: int, without: uuid.UUID) -> Influence:
    """Return what a value changed, as other people's judgements and as the places where it stands.

    ``without`` leaves a person's own judgements out.
    """
    now = standing(study=study)
    votes = live_votes(study=study).filter(touching(values=now.values_as(value)))
    votes = votes.exclude(participant_id=without).order_by()
    found: dict[int, list[int]] = {}
    columns = ("transition__less_wise_id", "transition__wiser_id")
    called_wiser = votes.filter(answer=Answer.WISER.value).values_list(*columns)
    for low, high, n in called_wiser.annotate(n=Count("participant_id", distinct=True)):
        less_wise, wiser = now.value(low), now.value(high)
        counts = found.setdefault(less_wise if wiser == value else wiser, [0, 0])
        counts[0 if wiser == value else 1] += n
    titles = dict(Value.objects.filter(pk__in=found).values_list("pk", "title"))
    compared = [Compared(titles[other], *counts) for other, counts in found.items()]
    held = Snapshot.objects.filter(study=study).values_list("ids__values", flat=True)
    return Influence(
        people=votes.aggregate(n=Count("participant_id", distinct=True))["n"],
        compared=tuple(sorted(compared, key=lambda item: (-item.wiser, -item.less_wise, item.title))),
        snapshots=sum(value in (ids or ()) for ids in held),
        uses=shared.uses_of_value(study=study, value_id=value),
    )
