"""After a withdrawal nothing that the person wrote is left, and nothing of theirs counts."""

import json
import uuid

import pytest
from django.core import serializers

from apps.moralgraph import selectors
from apps.moralgraph.models import (
    Belonging,
    Card,
    CardVersion,
    Context,
    ContextChange,
    ContextProposal,
    Story,
    Transition,
    Value,
    Vote,
)
from apps.moralgraph.services import cards, contexts, transitions, votes
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.factories.moralgraph import CardFactory, CardVersionFactory, ContextFactory, ValueFactory
from tests.factories.shared import UserFactory

SECRET = "Xylophone"


@pytest.fixture
def person(study: Study) -> uuid.UUID:
    """Return somebody whose card, value, stories and reasons hold a word of their own."""
    person = uuid.uuid4()
    ValueFactory.create_batch(3, study=study)
    ContextFactory(study=study)
    line = {"attended": "SOUNDS", "qualifier": SECRET, "quote": f"I said {SECRET}", "turn": 1}
    card = cards.draft(
        study=study,
        participant_id=person,
        title=f"{SECRET} First",
        summary=SECRET,
        policies=[line],
        by="person",
    )
    value = cards.accept(card=card)
    for offer in transitions.draw(study=study, participant_id=person, own_value=value.pk):
        votes.cast(
            study=study, participant_id=person, transition_id=offer.transition_id,
            context_id=offer.context_id, story_id=offer.story_id, answer="wiser", reason=f"Because {SECRET}",
        )  # fmt: skip
    return person


def everything() -> str:
    tables = (Card, CardVersion, Value, Belonging, Story, Vote)
    return json.dumps([serializers.serialize("json", table.objects.all()) for table in tables])


def test_no_word_of_the_person_is_left_and_no_vote_counts(study: Study, person: uuid.UUID) -> None:
    assert SECRET in everything()

    withdrawn.send(sender=Study, study=study, participant_id=person)

    assert SECRET not in everything()
    assert selectors.live_votes(study=study).count() == 0
    assert Vote.objects.count() == 3
    assert selectors.card_of(participant_id=person) is None
    assert len(selectors.values(study=study)) == 3


def test_a_story_with_the_value_is_offered_to_nobody(study: Study, person: uuid.UUID) -> None:
    mine = Card.objects.get(participant_id=person).value_id
    votes = Vote.objects.select_related("transition")
    shown = [(vote.transition_id, vote.context_id, vote.story_id or 0) for vote in votes]
    others = {vote.transition_id for vote in votes if mine not in _ends(vote.transition)}

    withdrawn.send(sender=Study, study=study, participant_id=person)

    assert len(others) < len(shown)
    assert {offer.transition_id for offer in selectors.offers(study=study, shown=shown)} == others


def _ends(step: Transition) -> tuple[int, int]:
    return step.less_wise_id, step.wiser_id


def test_votes_of_others_and_their_values_stay(study: Study, person: uuid.UUID) -> None:
    offer = transitions.draw(study=study, participant_id=uuid.uuid4(), own_value=None, n=1)[0]
    votes.cast(
        study=study, participant_id=uuid.uuid4(), transition_id=offer.transition_id,
        context_id=offer.context_id, story_id=offer.story_id, answer="wiser", reason="Mine.",
    )  # fmt: skip

    withdrawn.send(sender=Study, study=study, participant_id=person)

    touched = SECRET in offer.less_wise.title or SECRET in offer.wiser.title
    assert Vote.objects.filter(reason="Mine.").count() == 1
    assert selectors.live_votes(study=study).count() == (0 if touched else 1)


def test_a_value_that_another_person_shares_lives_on_in_their_words(study: Study, person: uuid.UUID) -> None:
    mine = Card.objects.get(participant_id=person)
    other = CardFactory(study=study, value=mine.value, accepted_at=mine.accepted_at)
    CardVersionFactory(card=other, title="Quiet Attention")
    Belonging.objects.create(card=other, value=mine.value, by="researcher", reason="The same in other words.")

    withdrawn.send(sender=Study, study=study, participant_id=person)

    value = Value.objects.get(pk=mine.value_id)
    assert (value.title, value.retired_at) == ("Quiet Attention", None)
    assert SECRET not in everything()


def test_withdrawing_twice_changes_nothing_more(study: Study, person: uuid.UUID) -> None:
    withdrawn.send(sender=Study, study=study, participant_id=person)
    before = everything()

    withdrawn.send(sender=Study, study=study, participant_id=person)

    assert everything() == before


def test_a_context_that_was_renamed_forgets_what_the_person_had_called_it(
    study: Study, person: uuid.UUID
) -> None:
    context: Context = ContextFactory(study=study, name=f"When the {SECRET} plays")
    card = Card.objects.get(participant_id=person)
    ContextProposal.objects.create(
        study=study, card=card, name=context.name, context=context, made_context=True
    )
    renamed = contexts.rename(
        study=study, actor=UserFactory(), context_id=context.pk, name="When music plays", reason="Shorter."
    )

    withdrawn.send(sender=Study, study=study, participant_id=person)

    context.refresh_from_db()
    assert (context.name, context.retired_at) == ("When music plays", None)
    assert SECRET not in serializers.serialize("json", ContextChange.objects.all())
    contexts.undo(study=study, actor=UserFactory(), change_id=renamed.pk)
    context.refresh_from_db()
    assert context.name == f"A withdrawn context {context.pk}"
