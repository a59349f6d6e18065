"""The participant's own card: worded by them, then accepted as a value of the graph."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation.domain import hints
from apps.elicitation.domain.hints import Hint
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Interview, Participant
from apps.elicitation.services import moments, openings, way
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.selectors import CardView
from apps.moralgraph.services import cards, context_proposals
from apps.shared.errors import Conflict, Missing

Lines = Sequence[dict[str, Any]]
MOST_BEGINNINGS = 3
MOST_HINTS = 200
BEGUN_OFTEN = gettext_noop(
    "You began three times. You can still change this card line by line, or ask those who run this study."
)


@transaction.atomic
def save(*, participant: Participant, title: str, summary: str, policies: Lines) -> None:
    """Keep the person's wording; the same wording again makes no new version."""
    card = _card(participant=participant)
    same = (card.title, card.summary, [_words(policy.to_json()) for policy in card.policies])
    if (title, summary, [_words(line) for line in policies]) != same:
        cards.revise(card=card.id, title=title, summary=summary, policies=policies)


def _words(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a form shows of a line; the further quotes beside it never come from a form."""
    return line["attended"], line.get("qualifier", ""), line.get("quote", ""), line.get("turn")


@transaction.atomic
def accept(*, participant: Participant) -> Participant:
    """Accept the card as it stands and go on.

    Where the person did not say in what kind of moment their story was, a model is asked, if there is one.
    """
    card = _card(participant=participant)
    value = cards.accept(card=card.id)
    moments.ask(participant=participant, card_id=card.id)
    participant.value_id = value.pk
    participant.save(update_fields=["value_id"])
    return way.go_on(participant=participant, done=Step.CARD)


@transaction.atomic
def say_moment(*, participant: Participant, name: str) -> None:
    """Keep in what kind of moment the person's story was, in their words. Raises Invalid and Conflict."""
    card = _card(participant=participant)
    if moralgraph.context_desk.proposal_of(card_id=card.id) != name.strip():
        context_proposals.say(card=card.id, name=name, language=participant.language)


@transaction.atomic
def answer_proposal(*, participant: Participant, take: bool) -> None:
    """Take the new draft that stands beside one's own wording, or leave it. Raises Conflict."""
    cards.answer_proposal(card=_card(participant=participant).id, take=take)


@transaction.atomic
def bring_back(*, participant: Participant, wording: int) -> None:
    """Let an earlier wording stand again, as a version of its own. Raises Missing for somebody else's."""
    card = _card(participant=participant)
    found = next(
        (item for item in moralgraph.wordings_of(participant_id=participant.pk) if item.id == wording), None
    )
    if found is None:
        raise Missing(_("There is no such earlier wording of your card."))
    cards.revise(
        card=card.id, title=found.title, summary=found.summary,
        policies=[policy.to_json() for policy in found.policies],
    )  # fmt: skip


def hints_on(*, participant: Participant, wording: ValuesCard) -> dict[str, list[Hint]]:
    """Return the hints on a wording of the person's card, saved or not, by place; none stops anybody."""
    state = Interview.objects.values_list("state", flat=True).get(participant=participant)
    return hints.hints_of(card=wording, judged=state.get("judged", ()), away=state.get("away", ()))


@transaction.atomic
def put_hint_away(*, participant: Participant, hint: str) -> None:
    """Do not show a hint again as long as its words stand; the card is not touched."""
    _card(participant=participant)
    interview = Interview.objects.select_for_update().get(participant=participant)
    away = [*interview.state.get("away", ()), hint]
    interview.state = {**interview.state, "away": sorted(set(away))[-MOST_HINTS:]}
    interview.save(update_fields=["state"])


@transaction.atomic
def start_over(*, participant: Participant) -> Participant:
    """Put the card away, because it is not the person's, and begin the interview anew.

    Raises Conflict where they began anew often enough.
    """
    card = _card(participant=participant)
    interview = (
        Interview.objects.select_for_update().select_related("participant").get(participant=participant)
    )
    if int(interview.state.get("begun", 1)) >= MOST_BEGINNINGS:
        raise Conflict(_(BEGUN_OFTEN))
    cards.reject(card=card.id)
    openings.begin_again(interview=interview)
    return way.go_to(participant=participant, then=Step.INTERVIEW)


def _card(*, participant: Participant) -> CardView:
    if participant.step != Step.CARD:
        raise Conflict(_("Your card is not open at this step."))
    card = moralgraph.card_of(participant_id=participant.pk)
    if card is None:
        raise Missing(_("There is no card in this session yet."))
    return card
