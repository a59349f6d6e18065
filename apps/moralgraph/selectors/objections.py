"""Reads of people's word that a merge is wrong, for researchers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from apps.moralgraph.models import Belonging, CardVersion, MergeObjection, ObjectionAnswer
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.values import cards_of_value
from apps.moralgraph.selectors.views import CardView, ValueView, view_of_card, view_of_value
from apps.shared import selectors as shared
from apps.shared.errors import Missing
from apps.shared.models import Study

OPEN = "open"


@dataclass(frozen=True)
class ObjectionView:
    """An objection: ``state`` is open, or what was decided; the reason is the person's."""

    id: int
    at: datetime
    state: str
    reason: str
    card_title: str
    value: ValueView
    simulated: bool


@dataclass(frozen=True)
class ObjectionDetail:
    """An objection with both sides: the person's card, and what else is in the value that it was put into.

    ``merged`` is the membership that they object to. Quotes are only those of people who agreed to be quoted.
    """

    objection: ObjectionView
    card: CardView
    members: tuple[CardView, ...]
    merged: Belonging
    answers: tuple[ObjectionAnswer, ...]


@dataclass(frozen=True)
class ObjectionList:
    """All objections of a study, the open ones first; ``seq`` is the last event that they know of."""

    objections: tuple[ObjectionView, ...]
    open: int
    seq: int


def objections(*, study: Study) -> ObjectionList:
    """Return the merges that people objected to: those without an answer first, then the newest."""
    seq = shared.last_seq(stream=f"study/{study.slug}/graph")
    found = [_view(row) for row in _rows(study=study)]
    return ObjectionList(
        objections=tuple(sorted(found, key=lambda item: item.state != OPEN)),
        open=sum(item.state == OPEN for item in found),
        seq=seq,
    )


def objection(*, study: Study, objection_id: int) -> ObjectionDetail:
    """Return one objection with both sides. Raises Missing."""
    row = _rows(study=study).filter(pk=objection_id).first()
    if row is None:
        raise Missing("There is no such objection in this study, or its author withdrew.")
    card = row.belonging.card
    version = _newest(card.versions.all())
    if not card.quotes_allowed:
        version.policies = [
            {"attended": line["attended"], "qualifier": line["qualifier"]} for line in version.policies
        ]
    members = [member for member in cards_of_value(value_id=row.belonging.value_id) if member.id != card.pk]
    return ObjectionDetail(
        objection=_view(row),
        card=view_of_card(card, version),
        members=tuple(members),
        merged=row.belonging,
        answers=tuple(row.answers.all()),
    )


def _rows(*, study: Study) -> QuerySet[MergeObjection]:
    people = counted(study=study, path="belonging__card__")
    wordings = CardVersion.objects.filter(proposal="").order_by("number")
    return (
        MergeObjection.objects.filter(people, belonging__card__study=study, erased_at__isnull=True)
        .select_related("belonging__card", "belonging__value")
        .prefetch_related("answers", Prefetch("belonging__card__versions", queryset=wordings))
    )


def _newest(versions: Iterable[CardVersion]) -> CardVersion:
    return max(versions, key=lambda version: version.number)


def _view(row: MergeObjection) -> ObjectionView:
    stands = next((item.decision for item in row.answers.all() if item.undone_at is None), OPEN)
    return ObjectionView(
        id=row.pk,
        at=row.at,
        state=stands,
        reason=row.reason,
        card_title=_newest(row.belonging.card.versions.all()).title,
        value=view_of_value(row.belonging.value),
        simulated=row.belonging.card.simulated,
    )
