"""People are asked about their own value, in both directions, in different contexts."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.moralgraph import selectors
from apps.moralgraph.models import Story, Transition
from apps.moralgraph.services import transitions, votes
from apps.shared.models import Study
from tests.factories.moralgraph import ContextFactory, StoryFactory, ValueFactory, step

PERSON = uuid.UUID(int=7)


@pytest.fixture
def own(study: Study) -> int:
    ValueFactory.create_batch(5, study=study)
    ContextFactory.create_batch(3, study=study)
    return int(ValueFactory(study=study, title="My Own Value").pk)


def test_three_stories_hold_the_own_value_in_both_directions(study: Study, own: int) -> None:
    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own)

    ends = [(offer.less_wise.id, offer.wiser.id) for offer in offers]
    assert len(offers) == 3
    assert all(own in pair for pair in ends)
    assert len({(set(pair) - {own}).pop() for pair in ends}) == 3
    assert {pair.index(own) for pair in ends} == {0, 1}
    assert len({offer.context_id for offer in offers}) == 3


def test_a_story_nobody_wrote_is_neutral_and_names_both_values(study: Study, own: int) -> None:
    offer = transitions.draw(study=study, participant_id=PERSON, own_value=own, n=1)[0]

    assert offer.less_wise.title in offer.story_text
    assert offer.wiser.title in offer.story_text
    assert offer.context_name[1:] in offer.story_text
    assert Story.objects.get(pk=offer.story_id).origin == "template"


def test_the_same_seed_draws_the_same_and_makes_nothing_twice(study: Study, own: int) -> None:
    first = transitions.draw(study=study, participant_id=PERSON, own_value=own, seed=3)

    again = transitions.draw(study=study, participant_id=PERSON, own_value=own, seed=3)

    assert first == again
    assert Transition.objects.count() == Story.objects.count() == 3


def test_a_story_that_a_researcher_wrote_comes_before_the_template(study: Study, own: int) -> None:
    context = selectors.contexts(study=study)[0]
    selectors.contexts(study=study).exclude(pk=context.pk).delete()
    values = selectors.live_values(study=study)
    mine = values.get(pk=own)
    for other in values.exclude(pk=own):
        for pair in (step(mine, other), step(other, mine)):
            StoryFactory(transition=pair, context=context, text="Written by hand.")

    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own)

    assert [offer.story_text for offer in offers] == ["Written by hand."] * 3


def test_what_was_answered_is_not_asked_again(study: Study, own: int) -> None:
    seen = set()
    for seed in range(4):
        for offer in transitions.draw(study=study, participant_id=PERSON, own_value=own, seed=seed):
            key = (offer.transition_id, offer.context_id)
            assert key not in seen
            seen.add(key)
            votes.cast(
                study=study, participant_id=PERSON, transition_id=offer.transition_id,
                context_id=offer.context_id, story_id=offer.story_id, answer="wiser",
            )  # fmt: skip
    assert len(seen) == 12


def test_values_with_few_votes_are_asked_about_first(study: Study, own: int) -> None:
    busy, *quiet = selectors.live_values(study=study).exclude(pk=own)
    context = selectors.contexts(study=study)[0]
    for number in range(4):
        votes.cast(
            study=study, participant_id=uuid.uuid4(), transition_id=step(busy, quiet[number]).pk,
            context_id=context.pk, story_id=None, answer="wiser",
        )  # fmt: skip

    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own, n=4)

    assert busy.pk not in {offer.less_wise.id for offer in offers} | {offer.wiser.id for offer in offers}


def test_the_first_value_of_a_study_has_nothing_to_be_compared_with(study: Study) -> None:
    ContextFactory(study=study)
    alone = ValueFactory(study=study)

    assert transitions.draw(study=study, participant_id=PERSON, own_value=alone.pk) == []


def test_without_an_own_value_others_are_asked_about(study: Study, own: int) -> None:
    offers = transitions.draw(study=study, participant_id=PERSON, own_value=None)

    assert len(offers) == 3
    assert len({frozenset((offer.less_wise.id, offer.wiser.id)) for offer in offers}) == 3


def test_stored_offers_are_shown_again_in_their_order(study: Study, own: int) -> None:
    drawn = transitions.draw(study=study, participant_id=PERSON, own_value=own)
    keys = [(offer.transition_id, offer.context_id, offer.story_id) for offer in reversed(drawn)]

    assert selectors.offers(study=study, shown=keys) == list(reversed(drawn))


def test_drawing_asks_the_database_as_often_in_a_large_graph(study: Study, own: int) -> None:
    transitions.draw(study=study, participant_id=PERSON, own_value=own)
    with CaptureQueriesContext(connection) as small:
        transitions.draw(study=study, participant_id=PERSON, own_value=own)

    ValueFactory.create_batch(40, study=study)
    transitions.draw(study=study, participant_id=PERSON, own_value=own)
    with CaptureQueriesContext(connection) as large:
        transitions.draw(study=study, participant_id=PERSON, own_value=own)

    assert len(large) == len(small)
