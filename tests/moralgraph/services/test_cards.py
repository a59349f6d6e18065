"""A person's card goes from draft to value, and keeps every wording."""

import uuid
from typing import Any

import pytest

from apps.moralgraph import selectors
from apps.moralgraph.models import Card, Value
from apps.moralgraph.services import cards
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import StreamEvent, Study

LINES = [
    {"attended": "MOMENTS", "qualifier": "when somebody goes quiet", "quote": "She went quiet.", "turn": 3},
    {"attended": "WORDS", "qualifier": "that a person returns to", "quote": "He kept saying it.", "turn": 5},
]


def draft(study: Study, person: uuid.UUID, **changes: Any) -> Card:
    fields: dict[str, Any] = {
        "title": "Patient Listening",
        "summary": "I wait.",
        "policies": LINES,
        "by": "interviewer",
    }
    return cards.draft(study=study, participant_id=person, **(fields | changes))


@pytest.fixture
def person() -> uuid.UUID:
    return uuid.uuid4()


def test_a_draft_is_shown_with_its_quotes(study: Study, person: uuid.UUID) -> None:
    draft(study, person)

    card = selectors.card_of(participant_id=person)

    assert card is not None
    assert (card.title, card.number, card.accepted) == ("Patient Listening", 1, False)
    assert card.policies[0].quote == "She went quiet."
    assert card.policies[1].text == "WORDS that a person returns to"


def test_a_second_draft_is_the_next_version_of_the_same_card(study: Study, person: uuid.UUID) -> None:
    first = draft(study, person)

    second = draft(study, person, title="Waiting")

    assert first.pk == second.pk
    assert [version.title for version in second.versions.all()] == ["Patient Listening", "Waiting"]


def test_accepting_makes_a_value_without_quotes(study: Study, person: uuid.UUID) -> None:
    card = draft(study, person)

    value = cards.accept(card=card)

    assert value.title == "Patient Listening"
    assert value.policies[0] == {"attended": "MOMENTS", "qualifier": "when somebody goes quiet"}
    assert [item.id for item in selectors.values(study=study)] == [value.pk]


def test_accepting_twice_makes_one_value(study: Study, person: uuid.UUID) -> None:
    card = draft(study, person)

    first, second = cards.accept(card=card), cards.accept(card=card.pk)

    assert first == second
    assert Value.objects.count() == 1
    assert card.belongings.count() == 1


def test_accepting_tells_those_who_watch_the_graph(study: Study, person: uuid.UUID) -> None:
    cards.accept(card=draft(study, person))

    event = StreamEvent.objects.get(stream_id=f"study/{study.slug}/graph")
    assert (event.kind, event.data) == ("graph.changed", {"votes": 0, "participants": 0})


def test_a_person_rewords_a_line_and_keeps_its_quote(study: Study, person: uuid.UUID) -> None:
    card = draft(study, person)

    cards.revise(
        card=card, title="Slow Listening", summary="I wait.", policies=[LINES[1] | {"qualifier": "twice"}]
    )

    shown = selectors.card_of(participant_id=person)
    assert shown is not None
    assert (shown.title, shown.number, shown.by) == ("Slow Listening", 2, "person")
    assert (shown.policies[0].qualifier, shown.policies[0].quote) == ("twice", "He kept saying it.")


def test_a_quote_of_somebody_else_is_refused(study: Study, person: uuid.UUID) -> None:
    card = draft(study, person)

    with pytest.raises(Invalid) as caught:
        cards.revise(card=card, title="T", summary="", policies=[LINES[0] | {"quote": "I never said this."}])

    assert list(caught.value.fields) == ["policies.0.quote"]
    assert card.versions.count() == 1


def test_further_quotes_stay_with_their_line_whatever_a_form_says(study: Study, person: uuid.UUID) -> None:
    further = [{"quote": "She sighed.", "turn": 7}]
    card = draft(study, person, policies=[{**LINES[0], "more": further}, LINES[1]])
    forged = {**LINES[1], "more": [{"quote": "I never said this.", "turn": 5}]}

    cards.revise(card=card, title="T", summary="", policies=[forged, {**LINES[0], "attended": "SILENCES"}])

    kept = selectors.card_of(participant_id=person)
    assert kept is not None
    assert kept.policies[0].more == ()
    assert [quote.quote for quote in kept.policies[1].more] == ["She sighed."]


def test_others_see_no_quote_of_somebody_who_did_not_allow_it(study: Study, person: uuid.UUID) -> None:
    further = [{"quote": "She sighed.", "turn": 7}]
    value = cards.accept(card=draft(study, person, policies=[{**LINES[0], "more": further}]))

    (shown,) = selectors.cards_of_value(value_id=value.pk)

    assert [policy.text for policy in shown.policies] == ["MOMENTS when somebody goes quiet"]
    assert (shown.policies[0].quote, shown.policies[0].more) == ("", ())


def test_a_card_without_a_line_cannot_be_accepted(study: Study, person: uuid.UUID) -> None:
    card = draft(study, person, policies=[])

    with pytest.raises(Invalid, match="at least one line"):
        cards.accept(card=card)

    assert Value.objects.count() == 0


def test_a_line_that_says_nothing_is_refused_with_its_place(study: Study, person: uuid.UUID) -> None:
    with pytest.raises(Invalid) as caught:
        draft(study, person, policies=[LINES[0], {"attended": "  ", "qualifier": "x"}])

    assert list(caught.value.fields) == ["policies.1.attended"]
    assert Card.objects.count() == 0


def test_an_accepted_card_can_no_longer_be_changed(study: Study, person: uuid.UUID) -> None:
    card = draft(study, person)
    cards.accept(card=card)

    for change in (
        lambda: cards.revise(card=card, title="T", summary="", policies=LINES),
        lambda: cards.reject(card=card),
        lambda: draft(study, person),
    ):
        with pytest.raises(Conflict):
            change()


def test_after_a_rejection_a_new_card_can_be_drafted(study: Study, person: uuid.UUID) -> None:
    rejected = draft(study, person)
    cards.reject(card=rejected)
    assert selectors.card_of(participant_id=person) is None

    again = draft(study, person, title="Another Try")

    assert again.pk != rejected.pk
    with pytest.raises(Conflict):
        cards.accept(card=rejected)


def test_an_unknown_card_is_missing(db: None) -> None:
    with pytest.raises(Missing):
        cards.accept(card=4711)


def test_simulated_values_stay_out_of_a_study_of_real_people(study: Study, person: uuid.UUID) -> None:
    cards.accept(card=draft(study, person, simulated=True))

    assert selectors.values(study=study) == []
    study.include_simulated = True
    assert len(selectors.values(study=study)) == 1
