"""No card of others is shown before one's own is accepted: on no page, by no form, over no line."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from apps.elicitation import selectors
from apps.elicitation import urls as pages
from apps.elicitation.models import Participant
from apps.elicitation.services import cards, interviews
from apps.elicitation.services.participants import Session
from apps.moralgraph.models import Value
from tests.factories.elicitation import AGREED, ProtocolFactory, at_the_card, content, enrol
from tests.factories.moralgraph import ContextFactory, StoryFactory, TransitionFactory, ValueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
SECRET = "Lanterns"


def _others(session: Session) -> None:
    """Give the study values, stories and contexts of others, each with the same word in it."""
    study = session.participant.study
    context = ContextFactory(study=study, name="When it is dark")
    one, two = ValueFactory.create_batch(
        2, study=study, title=f"{SECRET} lit", summary=f"{SECRET} first.",
        policies=[{"attended": SECRET.upper(), "qualifier": "that burn"}],
    )  # fmt: skip
    step = TransitionFactory(study=study, less_wise=one, wiser=two)
    StoryFactory(transition=step, context=context, text=f"Somebody saw {SECRET}.")


def _addresses(session: Session) -> list[str]:
    """Return every address that a participant can reach, with the link where it has one."""
    slug, token = session.participant.study.slug, session.token
    found = []
    for pattern in pages.urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.converters
        filled = {"slug": slug, "token": token, "transition": 1, "context": 1}
        kwargs = {name: filled[name] for name in names}
        found.append(reverse(f"elicitation:{pattern.name}", kwargs=kwargs))
    return found


FORM: dict[str, Any] = {
    "action": "answer", "answer": "wiser", "transition": "1", "context": "1", "value": ["1", "2"], "text": "",
}  # fmt: skip


@pytest.mark.parametrize("step", ["about", "question", "interview", "card"])
def test_no_address_shows_a_value_of_others_before_ones_own_is_accepted(step: str) -> None:
    me = at_the_card(study=ProtocolFactory(draft=content(wise_values=True).to_json()).study)
    _others(me)
    Participant.objects.filter(pk=me.participant.pk).update(step=step)
    client = Client(raise_request_exception=False)

    # Not the withdrawal: it would end the session before the rest is tried.
    for address in [address for address in _addresses(me) if not address.endswith("/withdraw")]:
        for answer in (client.get(address, follow=True), client.post(address, FORM, follow=True)):
            shown = answer.content.decode()
            assert answer.status_code < 500, address
            assert SECRET.casefold() not in shown.casefold(), address


def test_the_same_search_finds_them_afterwards() -> None:
    me = at_the_card(study=ProtocolFactory(draft=content(wise_values=True).to_json()).study)
    _others(me)
    cards.accept(participant=me.participant)

    shown = Client().get(f"/p/{me.token}/", follow=True).content.decode()

    assert SECRET in shown


def test_the_open_line_of_the_interview_holds_nothing_of_others() -> None:
    me = enrol(ticks=AGREED)
    _others(me)

    interview = selectors.interview_of(participant=me.participant)
    view = selectors.view_interview(interview=interview)
    sent = [interviews.show_turn(turn=turn) for turn in view.turns]

    said = selectors.finished(interview=interview, turns=view.turns)
    assert SECRET not in str(sent) + str(selectors.standing(interview=interview, said=said))
    assert Value.objects.filter(title__startswith=SECRET).count() == 2
