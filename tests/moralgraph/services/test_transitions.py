"""People are asked about pairs that settle the top, once about their own value, in different contexts."""

import uuid
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.moralgraph import selectors
from apps.moralgraph.models import Story, Transition
from apps.moralgraph.services import transitions, votes
from apps.shared.models import Study
from tests.factories.moralgraph import ContextFactory, StoryFactory, ValueFactory, VoteFactory, step

PERSON = uuid.UUID(int=7)


@pytest.fixture
def own(study: Study) -> int:
    ValueFactory.create_batch(5, study=study)
    ContextFactory.create_batch(3, study=study)
    return int(ValueFactory(study=study, title="My Own Value").pk)


def test_one_of_three_stories_holds_the_own_value_and_no_pair_comes_twice(study: Study, own: int) -> None:
    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own)

    pairs = [{offer.less_wise.id, offer.wiser.id} for offer in offers]
    assert len(offers) == 3
    assert sum(own in pair for pair in pairs) == 1
    assert len({frozenset(pair) for pair in pairs}) == 3
    assert len({offer.context_id for offer in offers}) == 3


def test_where_only_one_other_value_is_the_own_one_is_asked_about_all_the_same(study: Study) -> None:
    ContextFactory(study=study)
    own, other = ValueFactory(study=study), ValueFactory(study=study)

    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own.pk)

    assert [{offer.less_wise.id, offer.wiser.id} for offer in offers] == [{own.pk, other.pk}]


def test_a_retired_pair_is_asked_about_in_neither_direction(study: Study, own: int) -> None:
    first, second = selectors.live_values(study=study)[:2]
    Transition.objects.filter(pk=step(first, second).pk).update(retired_at="2026-01-01T00:00Z")

    drawn = [
        {offer.less_wise.id, offer.wiser.id}
        for seed in range(12)
        for offer in transitions.draw(study=study, participant_id=PERSON, own_value=None, n=14, seed=seed)
    ]

    assert {first.pk, second.pk} not in drawn
    assert len({frozenset(pair) for pair in drawn}) == 14


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
    for pair in permutations(selectors.live_values(study=study), 2):
        StoryFactory(transition=step(*pair), context=context, text="Written by hand.")

    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own)

    assert [offer.story_text for offer in offers] == ["Written by hand."] * 3


def test_of_several_stories_of_a_step_the_one_that_was_judged_least_comes(study: Study) -> None:
    context = ContextFactory(study=study)
    own, other = ValueFactory(study=study), ValueFactory(study=study)
    told = {}
    for pair in (step(own, other), step(other, own)):
        judged, fresh = StoryFactory.create_batch(2, transition=pair, context=context)
        VoteFactory(transition=pair, context=context, story=judged)
        told[pair.pk] = fresh.pk

    offer = transitions.draw(study=study, participant_id=PERSON, own_value=own.pk)[0]

    assert offer.story_id == told[offer.transition_id]


def test_what_was_answered_is_not_asked_again(study: Study, own: int) -> None:
    seen = set()
    for seed in range(4):
        for offer in transitions.draw(study=study, participant_id=PERSON, own_value=own, seed=seed):
            key = frozenset((offer.less_wise.id, offer.wiser.id))
            assert key not in seen
            seen.add(key)
            votes.cast(
                study=study, participant_id=PERSON, transition_id=offer.transition_id,
                context_id=offer.context_id, story_id=offer.story_id, answer="wiser",
            )  # fmt: skip
    assert len(seen) == 12


def test_values_that_nobody_was_asked_about_are_asked_about_first(study: Study, own: int) -> None:
    busy, *quiet = selectors.live_values(study=study).exclude(pk=own)
    context = selectors.contexts(study=study)[0]
    for other in quiet[:-1]:
        for _ in range(2):
            VoteFactory(transition=step(busy, other), context=context)

    offers = transitions.draw(study=study, participant_id=PERSON, own_value=own)

    assert quiet[-1].pk in {value.id for offer in offers for value in (offer.less_wise, offer.wiser)}


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
