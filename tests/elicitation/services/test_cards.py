"""The card is the person's own: their wording stands, their quotes are theirs, accepting makes it a value."""

from typing import Any

import pytest

from apps.elicitation.models import Interview, Participant
from apps.elicitation.services import cards, drafts
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import MOST_POLICIES, Policy, ValuesCard
from apps.moralgraph.models import CardVersion, Value
from apps.shared.errors import Conflict, Invalid
from tests.factories.elicitation import at_the_card, enrol

pytestmark = pytest.mark.django_db
OWN_LINE = {"attended": "SILENCES", "qualifier": "that I do not fill", "quote": "", "turn": None}


@pytest.fixture
def me(db: None) -> Participant:
    """Return somebody in front of the card that was drafted from their words."""
    return at_the_card().participant


def _card(me: Participant) -> moralgraph.CardView:
    found = moralgraph.card_of(participant_id=me.pk)
    assert found is not None
    return found


def _save(me: Participant, **changes: Any) -> None:
    card = _card(me)
    lines = [policy.to_json() for policy in card.policies]
    cards.save(participant=me, **{"title": card.title, "summary": card.summary, "policies": lines, **changes})


def test_the_persons_wording_replaces_the_draft_and_the_draft_is_kept(me: Participant) -> None:
    drafted = _card(me)

    _save(me, title="Room to hear oneself", policies=[OWN_LINE])

    mine = _card(me)
    assert (mine.title, mine.summary) == ("Room to hear oneself", drafted.summary)
    assert [policy.text for policy in mine.policies] == ["SILENCES that I do not fill"]
    versions = CardVersion.objects.filter(card=mine.id).order_by("number")
    assert [(version.by, version.title) for version in versions] == [
        ("interviewer", drafted.title),
        ("person", "Room to hear oneself"),
    ]


def test_saving_the_same_wording_again_makes_no_version(me: Participant) -> None:
    _save(me, title="Room to hear oneself")
    before = _card(me).number

    _save(me, title="Room to hear oneself")

    assert _card(me).number == before == 2


def test_lines_keep_their_quote_when_they_are_reworded_and_moved(me: Participant) -> None:
    lines = [policy.to_json() for policy in _card(me).policies]
    moved = [{**line, "attended": f"MY {line['attended']}"[:120]} for line in reversed(lines)]

    _save(me, policies=moved)

    assert [policy.quote for policy in _card(me).policies] == [line["quote"] for line in reversed(lines)]
    assert any(line["quote"] for line in lines)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 81}, "title"),
        ({"summary": "x" * 601}, "summary"),
        ({"policies": [{**OWN_LINE, "attended": "  "}]}, "policies.0.attended"),
        ({"policies": [OWN_LINE, {**OWN_LINE, "qualifier": "x" * 301}]}, "policies.1.qualifier"),
        ({"policies": [OWN_LINE] * (MOST_POLICIES + 1)}, "policies"),
        ({"policies": [{**OWN_LINE, "quote": "I never said this.", "turn": 1}]}, "policies.0.quote"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_the_card_stays(
    me: Participant, changes: dict[str, Any], field: str
) -> None:
    before = _card(me)

    with pytest.raises(Invalid) as refused:
        _save(me, **changes)

    assert set(refused.value.fields) == {field}
    assert _card(me) == before


def test_an_accepted_card_is_a_value_without_quotes_and_the_person_goes_on(me: Participant) -> None:
    _save(me, title="Room to hear oneself")

    cards.accept(participant=me)

    value = Value.objects.get(study=me.study)
    me.refresh_from_db()
    assert (value.title, value.pk) == ("Room to hear oneself", me.value_id)
    assert value.policies
    assert all(set(policy) == {"attended", "qualifier"} for policy in value.policies)
    assert me.step == "votes"
    assert _card(me).accepted


def test_pressing_accept_twice_makes_one_value(me: Participant) -> None:
    twice = Participant.objects.get(pk=me.pk)

    cards.accept(participant=me)
    cards.accept(participant=twice)

    assert Value.objects.filter(study=me.study).count() == 1
    assert Participant.objects.get(pk=me.pk).step == "votes"


def test_a_card_without_a_line_cannot_be_accepted(me: Participant) -> None:
    _save(me, policies=[])

    with pytest.raises(Invalid, match="at least one line"):
        cards.accept(participant=me)

    assert Participant.objects.get(pk=me.pk).step == "card"
    assert not Value.objects.filter(study=me.study).exists()


def test_a_card_is_neither_changed_nor_accepted_twice_after_the_person_went_on(me: Participant) -> None:
    cards.accept(participant=me)
    me.refresh_from_db()

    with pytest.raises(Conflict, match="not open at this step"):
        _save(me, title="Another title")
    with pytest.raises(Conflict, match="not open at this step"):
        cards.accept(participant=me)


def test_there_is_no_card_before_the_interview_is_over() -> None:
    me = enrol().participant

    with pytest.raises(Conflict, match="not open at this step"):
        cards.save(participant=me, title="Mine", summary="I wait.", policies=[OWN_LINE])

    assert moralgraph.card_of(participant_id=me.pk) is None


def test_a_full_card_keeps_every_line_of_the_person_and_takes_no_more(me: Participant) -> None:
    mine = [{**OWN_LINE, "qualifier": f"of kind {number}"} for number in range(MOST_POLICIES)]
    _save(me, title="Mine", policies=mine)
    interview = Interview.objects.get(participant=me)
    said_since = Policy("CUPS", "that he held", "how he held the cup", 99)

    drafts.keep(interview=interview, card=ValuesCard("New", "New.", (said_since,)), up_to=100)

    card = _card(me)
    assert card.title == "Mine"
    assert [policy.to_json() for policy in card.policies] == mine
