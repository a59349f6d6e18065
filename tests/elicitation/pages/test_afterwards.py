"""Afterwards: one's card, what it was merged with, what it changed, and the way out when something fails."""

import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.elicitation.domain.protocol import Codes
from apps.elicitation.models import Participant
from apps.elicitation.services import cards
from apps.elicitation.services.participants import Session
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.models import Card, MergeObjection, Value
from apps.moralgraph.services import graphs, objections
from apps.shared.models import Role
from tests.factories.discretion import AuditFactory, PrincipleFactory
from tests.factories.elicitation import ProtocolFactory, at_the_card, content, enrol
from tests.factories.moralgraph import ContextFactory, ValueFactory, merge, vote
from tests.factories.shared import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def me() -> Session:
    """Return somebody who came to the end."""
    session = at_the_card()
    return _finish(session)


def _finish(session: Session) -> Session:
    cards.accept(participant=session.participant)
    Participant.objects.filter(pk=session.participant.pk).update(step="done", exit="complete")
    return Session(Participant.objects.get(pk=session.participant.pk), session.token)


def _page(me: Session, page: str = "done") -> str:
    return html.unescape(Client().get(f"/p/{me.token}/{page}").content.decode())


def _card(me: Session) -> Card:
    return Card.objects.get(participant_id=me.participant.pk)


def _own(me: Session) -> Value:
    value = _card(me).value
    assert value is not None
    return value


@pytest.mark.parametrize("page", ["result", "done"])
def test_the_private_page_shows_ones_card_with_its_quotes(me: Session, page: str) -> None:
    Participant.objects.filter(pk=me.participant.pk).update(step=page)
    card = moralgraph.card_of(participant_id=me.participant.pk)
    assert card is not None

    shown = _page(me, page)

    assert card.title in shown
    for policy in card.policies:
        assert policy.qualifier in shown
        assert policy.quote in shown
    assert "it was not put together with any other" in shown
    assert "This merge is wrong" not in shown


def test_it_shows_what_the_card_was_merged_with_by_whom_and_why(me: Session) -> None:
    other = _finish(at_the_card(study=me.participant.study))
    into = ValueFactory(study=me.participant.study, title="Both of them")
    merge(_card(other), into=into)
    merge(_card(me), into=into, by="robin", reason="The same in other words.")

    shown = _page(me)

    assert "Your card was put together with 1 other card into the value “Both of them”." in shown
    assert "The same in other words." in shown
    assert "the people who run this study" in shown
    assert "robin" not in shown  # A participant is not told the account's name.
    quote = moralgraph.card_of(participant_id=other.participant.pk)
    assert quote is not None
    theirs = shown.split("The other cards")[1].split("</details>")[0]
    assert quote.title in theirs
    assert "<blockquote" not in theirs


def test_this_merge_is_wrong_takes_the_card_out_and_says_so(me: Session) -> None:
    own, study = _own(me), me.participant.study
    merge(_card(me), into=ValueFactory(study=study, title="Both of them"))
    client = Client()

    answer = client.post(f"/p/{me.token}/object", {"reason": "Mine is about time."}, follow=True)

    shown = html.unescape(answer.content.decode())
    assert "Your card stands for itself again." in shown
    assert "you said that your card does not belong to “Both of them”" in shown
    assert "This merge is wrong" not in shown
    assert Participant.objects.get(pk=me.participant.pk).value_id == own.pk
    assert MergeObjection.objects.get().reason == "Mine is about time."
    again = client.post(f"/p/{me.token}/object", {"reason": ""}, follow=True).content.decode()
    assert "there is no merge to object to" in again


def test_nobody_objects_before_they_have_a_card() -> None:
    me = enrol()

    answer = Client().post(f"/p/{me.token}/object", {"reason": "x"}, follow=True)

    assert "There is no accepted card in this session." in answer.content.decode()
    assert not MergeObjection.objects.exists()


def test_the_letter_counts_people_states_of_the_graph_and_audits(me: Session) -> None:
    study, own = me.participant.study, _own(me)
    context, other = ContextFactory(study=study), ValueFactory(study=study, title="Quick help")
    for _ in range(23):
        vote(other, own, context)
    vote(own, other, context)
    graphs.take_snapshot(study=study)
    for _ in range(2):
        PrincipleFactory(audit=AuditFactory(study=study), value_id=own.pk)

    shown = _page(me)

    assert "24 other people judged a story with your value." in shown
    assert "23 people found it wiser than “Quick help”." in shown
    assert "1 person found “Quick help” wiser than it." in shown
    assert "It stands in 1 kept state of the graph" in shown
    assert "It stands in 2 audits" in shown


def test_the_letter_promises_nothing_where_nothing_happened(me: Session) -> None:
    shown = _page(me)

    assert "Nobody else has judged a story with your value yet." in shown
    assert "No audit of AI responses uses it yet." in shown


def test_the_page_asks_the_database_as_often_in_a_large_study(me: Session) -> None:
    study, own = me.participant.study, _own(me)
    context = ContextFactory(study=study)

    def queries(people: int) -> int:
        for _ in range(people):
            vote(ValueFactory(study=study), own, context)
        for _ in range(people // 2):
            merge(_card(_finish(at_the_card(study=study))), into=own)
        with CaptureQueriesContext(connection) as captured:
            _page(me)
        return len(captured)

    assert queries(12) == queries(2)


def test_when_it_does_not_work_people_end_with_the_code_for_that_and_their_words_stay() -> None:
    codes = Codes(complete="C-1", failed="F-6")
    protocol = ProtocolFactory(
        draft=content(codes=codes, return_url="https://panel.example/?cc={code}").to_json()
    )
    me = at_the_card(study=protocol.study)
    client = Client()
    offered = client.get(f"/p/{me.token}/card").content.decode()
    assert f'href="/p/{me.token}/trouble"' in offered
    assert "End here" in client.get(f"/p/{me.token}/trouble").content.decode()
    assert Participant.objects.get(pk=me.participant.pk).step == "card"

    shown = client.post(f"/p/{me.token}/trouble", follow=True).content.decode()

    assert 'value="F-6"' in shown
    assert 'href="https://panel.example/?cc=F-6"' in shown
    person = Participant.objects.get(pk=me.participant.pk)
    assert (person.step, person.exit) == ("failed", "failed")
    assert Card.objects.filter(participant_id=person.pk).exists()
    # It cannot be taken back into another exit afterwards.
    client.post(f"/p/{me.token}/trouble")
    assert Participant.objects.get(pk=me.participant.pk).exit == "failed"


def test_withdrawing_takes_two_clicks_and_says_what_goes_and_what_stays(me: Session) -> None:
    client = Client()
    assert f'href="/p/{me.token}/withdraw"' in client.get(f"/p/{me.token}/done").content.decode()

    shown = html.unescape(client.get(f"/p/{me.token}/withdraw").content.decode())

    assert shown.index("What goes") < shown.index("What stays") < shown.index("Yes, erase my words")
    assert 'type="checkbox"' not in shown
    done = client.post(f"/p/{me.token}/withdraw", {"confirm": "withdraw"}, follow=True)
    assert "You withdrew" in done.content.decode()


def test_the_author_reads_what_was_decided_on_their_objection_and_can_object_again(me: Session) -> None:
    study = me.participant.study
    merge(_card(me), into=ValueFactory(study=study, title="Both of them"))
    client = Client()
    client.post(f"/p/{me.token}/object", {"reason": "Mine is about time."})
    objection = MergeObjection.objects.get()
    robin = member(study=study, role=Role.RESEARCHER)

    objections.answer(
        study=study, actor=robin, objection_id=objection.pk, decision="together", reason="Both mean waiting."
    )

    shown = _page(me)
    assert "the people who run this study put it back, because:" in shown
    assert "Both mean waiting." in shown
    assert "This merge is wrong" in shown
    held = client.get(f"/p/{me.token}/data.json").json()["card_belongs_to"]["you_objected"]
    assert held[0]["answered"][0]["because"] == "Both mean waiting."
