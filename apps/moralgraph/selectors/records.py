"""Rows of the moral graph for a file: cards, values and votes, of those people only who are asked for.

``people`` and ``agreed`` are participants that elicitation chose: whose rows are wanted, and whose words may
be used. They stay queries, so that a large study is never held as a list of ids.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.models import (
    Belonging,
    Card,
    CardVersion,
    Context,
    MergeObjection,
    ObjectionAnswer,
    Story,
    Transition,
    Value,
    Vote,
)
from apps.moralgraph.selectors.views import policies_of
from apps.shared.models import Study
from apps.shared.records import Missing, Record
from apps.shared.selectors import in_batches

People = QuerySet[Any, Any]
Batches = Iterator[list[Record]]


def card_records(*, study: Study, people: People) -> Batches:
    """Yield cards as they are worded now."""
    cards = Card.objects.filter(study=study, participant_id__in=people, erased_at__isnull=True)
    stood = CardVersion.objects.filter(proposal="").order_by("number")
    for batch in in_batches(rows=cards.prefetch_related(Prefetch("versions", stood))):
        yield [_card(card) for card in batch]


def _card(card: Card) -> Record:
    version = next(reversed(card.versions.all()), None)
    state = "accepted" if card.accepted_at else "rejected" if card.rejected_at else "open"
    cells = {
        "card_id": card.pk,
        "participant_id": card.participant_id,
        "state": state,
        "version": version.number if version else None,
        "value_id": card.value_id,
        "accepted_at": card.accepted_at,
        "rejected_at": card.rejected_at,
        "created_at": card.created_at,
    }
    return Record(cells | _worded(version, card), person=card.participant_id)


def _worded(version: CardVersion | None, card: Card) -> dict[str, Any]:
    if version is None:
        return dict.fromkeys(("title", "summary", "policies", "quotes"))
    policies = policies_of(version.policies)
    return {
        "title": version.title,
        "summary": version.summary,
        "policies": [policy.without_quote() for policy in policies],
        "quotes": _quotes(policies) if card.quotes_allowed else Missing.WITHHELD,
    }


def _quotes(policies: Sequence[Policy]) -> list[dict[str, Any]]:
    return [
        {"policy": place, "quote": quote, "turn": turn}
        for place, policy in enumerate(policies)
        for quote, turn in [(policy.quote, policy.turn), *((more.quote, more.turn) for more in policy.more)]
        if quote
    ]


def card_version_records(*, study: Study, people: People) -> Batches:
    """Yield every wording that a card ever had or was offered."""
    rows = CardVersion.objects.filter(
        card__study=study, card__participant_id__in=people, card__erased_at__isnull=True
    )
    for batch in in_batches(rows=rows.select_related("card")):
        yield [
            Record(
                {
                    "card_id": row.card_id,
                    "version": row.number,
                    "participant_id": row.card.participant_id,
                    "by": row.by,
                    "proposal": row.proposal,
                    "created_at": row.created_at,
                }
                | _worded(row, row.card),
                person=row.card.participant_id,
            )
            for row in batch
        ]


def value_records(*, study: Study, people: People, agreed: People, simulated: bool) -> Batches:
    """Yield the values, their words only where these stand in a card of somebody who agreed."""
    standing = Q(belongings__undone_at__isnull=True, belongings__card__participant_id__in=people)
    alive = Q(belongings__card__erased_at__isnull=True)
    rows = Value.objects.filter(_counted(simulated), study=study)
    for batch in in_batches(rows=rows.annotate(n_cards=Count("belongings", filter=standing & alive))):
        usable = _usable(batch, agreed=agreed)
        yield [_value(row, usable=row.pk in usable) for row in batch]


def _counted(simulated: bool, prefix: str = "") -> Q:
    """Return which values are wanted; what a preview made never is."""
    if simulated:
        return ~Q(**{f"{prefix}rehearsal__startswith": "preview/"})
    return Q(**{f"{prefix}simulated": False})


def _value(row: Any, *, usable: bool) -> Record:
    words: dict[str, Any] = dict.fromkeys(("title", "summary", "policies"), Missing.WITHHELD)
    if row.erased_at:
        words = dict.fromkeys(words, Missing.NONE)
    elif usable:
        words = {"title": row.title, "summary": row.summary, "policies": _lines(row.policies)}
    cells = {
        "value_id": row.pk,
        "cards": row.n_cards,
        "created_at": row.created_at,
        "retired_at": row.retired_at,
        "erased_at": row.erased_at,
    }
    return Record(words | cells, simulated=row.simulated)


def _lines(stored: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [policy.without_quote() for policy in policies_of(stored)]


def _usable(values: Collection[Value], *, agreed: People) -> set[int]:
    """Return the values whose words may be used: the study's own, or those of somebody who agreed.

    A value says what a person said where it began as their card, or was worded anew when somebody withdrew.
    """
    ids = [value.pk for value in values]
    of_people = Q(by="person") | Q(card__erased_at__isnull=False)
    owned = set(Belonging.objects.filter(of_people, value__in=ids).values_list("value_id", flat=True))
    usable = set(ids) - owned
    words = {value.pk: (value.title, value.summary, _lines(value.policies)) for value in values}
    rows = CardVersion.objects.filter(
        card__belongings__value__in=owned, card__participant_id__in=agreed, card__erased_at__isnull=True
    ).values_list("card__belongings__value_id", "title", "summary", "policies")
    for value, title, summary, policies in rows.iterator(chunk_size=500):
        if words.get(value) == (title, summary, _lines(policies)):
            usable.add(value)
    return usable


def membership_records(*, study: Study, people: People) -> Batches:
    """Yield each time a card was put into a value."""
    rows = Belonging.objects.filter(
        card__study=study, card__participant_id__in=people, card__erased_at__isnull=True
    )
    for batch in in_batches(rows=rows.select_related("card")):
        yield [
            Record(
                {
                    "membership_id": row.pk,
                    "participant_id": row.card.participant_id,
                    "card_id": row.card_id,
                    "value_id": row.value_id,
                    "by": "person" if row.by == "person" else "study",
                    "reason": row.reason,
                    "at": row.at,
                    "undone_at": row.undone_at,
                },
                person=row.card.participant_id,
            )
            for row in batch
        ]


def objection_records(*, study: Study, people: People) -> Batches:
    """Yield each time a person said that their card does not belong to a value."""
    rows = MergeObjection.objects.filter(
        belonging__card__study=study, belonging__card__participant_id__in=people, erased_at__isnull=True
    )
    standing = Prefetch("answers", ObjectionAnswer.objects.filter(undone_at__isnull=True))
    for batch in in_batches(rows=rows.select_related("belonging__card").prefetch_related(standing)):
        yield [_objection(row) for row in batch]


def _objection(row: MergeObjection) -> Record:
    answer = next(iter(row.answers.all()), None)
    cells = {
        "objection_id": row.pk,
        "participant_id": row.belonging.card.participant_id,
        "membership_id": row.belonging_id,
        "card_id": row.belonging.card_id,
        "value_id": row.belonging.value_id,
        "reason": row.reason,
        "at": row.at,
        "answer": answer.decision if answer else None,
        "answer_reason": answer.reason if answer else None,
        "answered_at": answer.at if answer else None,
    }
    return Record(cells, person=row.belonging.card.participant_id)


def context_records(*, study: Study) -> Batches:
    """Yield the contexts, those out of use as well."""
    for batch in in_batches(rows=Context.objects.filter(study=study)):
        yield [
            Record(
                {
                    "context_id": row.pk,
                    "name": row.name,
                    "description": row.description,
                    "retired_at": row.retired_at,
                }
            )
            for row in batch
        ]


def transition_records(*, study: Study, simulated: bool) -> Batches:
    """Yield the steps from value to value."""
    rows = Transition.objects.filter(
        _counted(simulated, "less_wise__"), _counted(simulated, "wiser__"), study=study
    )
    for batch in in_batches(rows=rows.select_related("less_wise", "wiser")):
        yield [
            Record(
                {
                    "transition_id": row.pk,
                    "less_wise_id": row.less_wise_id,
                    "wiser_id": row.wiser_id,
                    "retired_at": row.retired_at,
                },
                simulated=row.less_wise.simulated or row.wiser.simulated,
            )
            for row in batch
        ]


def story_records(*, study: Study, agreed: People, simulated: bool) -> Batches:
    """Yield the stories, their words only where those of both values may be used."""
    rows = Story.objects.filter(
        _counted(simulated, "transition__less_wise__"),
        _counted(simulated, "transition__wiser__"),
        transition__study=study,
    )
    for batch in in_batches(rows=rows.select_related("transition__less_wise", "transition__wiser")):
        ends = {end.pk: end for row in batch for end in (row.transition.less_wise, row.transition.wiser)}
        usable = _usable(list(ends.values()), agreed=agreed)
        yield [_story(row, usable=usable) for row in batch]


def _story(row: Story, *, usable: Collection[int]) -> Record:
    step = row.transition
    told = step.less_wise_id in usable and step.wiser_id in usable and row.origin != Story.Origin.PERSON
    return Record(
        {
            "story_id": row.pk,
            "transition_id": row.transition_id,
            "context_id": row.context_id,
            "origin": row.origin,
            "text": row.text if told else Missing.WITHHELD,
        },
        simulated=step.less_wise.simulated or step.wiser.simulated,
    )


def vote_records(*, study: Study, people: People) -> Batches:
    """Yield the votes, those that were taken back included."""
    rows = Vote.objects.filter(study=study, participant_id__in=people, withdrawn_at__isnull=True)
    for batch in in_batches(rows=rows.select_related("transition")):
        yield [
            Record(
                {
                    "vote_id": row.pk,
                    "participant_id": row.participant_id,
                    "transition_id": row.transition_id,
                    "less_wise_id": row.transition.less_wise_id,
                    "wiser_id": row.transition.wiser_id,
                    "context_id": row.context_id,
                    "story_id": row.story_id,
                    "answer": row.answer,
                    "reason": row.reason,
                    "stands": row.undone_at is None,
                    "cast_at": row.cast_at,
                    "undone_at": row.undone_at,
                },
                person=row.participant_id,
            )
            for row in batch
        ]
