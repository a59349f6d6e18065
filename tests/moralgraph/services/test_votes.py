"""Votes are kept, changed and undone, and never lost from the history."""

import uuid

import pytest

from apps.moralgraph import selectors
from apps.moralgraph.models import Story, Vote
from apps.moralgraph.services import votes
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import StreamEvent, Study
from tests.factories.moralgraph import ContextFactory, StoryFactory, TransitionFactory


@pytest.fixture
def story(study: Study) -> Story:
    return StoryFactory(transition=TransitionFactory(study=study))


def cast(story: Story, person: uuid.UUID, answer: str = "wiser", **fields: object) -> Vote:
    return votes.cast(
        study=story.transition.study,
        participant_id=person,
        transition_id=fields.pop("transition_id", story.transition_id),  # type: ignore[arg-type]
        context_id=fields.pop("context_id", story.context_id),  # type: ignore[arg-type]
        story_id=fields.pop("story_id", story.pk),  # type: ignore[arg-type]
        answer=answer,
        **fields,  # type: ignore[arg-type]
    )


def test_a_vote_counts_and_is_announced(study: Study, story: Story) -> None:
    cast(story, uuid.uuid4(), reason="It fits.")

    assert [vote.reason for vote in selectors.live_votes(study=study)] == ["It fits."]
    event = StreamEvent.objects.get()
    assert event.data == {"votes": 1, "participants": 1}


def test_another_answer_replaces_the_first_and_keeps_it_in_the_history(study: Study, story: Story) -> None:
    person = uuid.uuid4()
    cast(story, person, "wiser")

    cast(story, person, "unsure")

    assert [vote.answer for vote in selectors.live_votes(study=study)] == ["unsure"]
    assert [(vote.answer, vote.undone_at is None) for vote in Vote.objects.all()] == [
        ("wiser", False),
        ("unsure", True),
    ]


def test_the_same_answer_sent_twice_is_one_vote(study: Study, story: Story) -> None:
    person = uuid.uuid4()

    assert cast(story, person) == cast(story, person)
    assert Vote.objects.count() == 1


def test_the_same_pair_can_be_judged_in_two_contexts(study: Study, story: Story) -> None:
    person = uuid.uuid4()
    elsewhere = StoryFactory(transition=story.transition, context=ContextFactory(study=study))

    cast(story, person, "wiser")
    cast(elsewhere, person, "not_wiser")

    assert selectors.live_votes(study=study).count() == 2
    assert selectors.live_votes(study=study, context=elsewhere.context_id).get().answer == "not_wiser"


def test_undoing_takes_a_vote_back_but_not_out_of_the_history(study: Study, story: Story) -> None:
    person = uuid.uuid4()
    vote = cast(story, person)

    votes.undo(vote=vote)
    first_undone = Vote.objects.get(pk=vote.pk).undone_at
    votes.undo(vote=vote.pk)

    assert selectors.live_votes(study=study).count() == 0
    assert Vote.objects.get(pk=vote.pk).undone_at == first_undone
    assert cast(story, person).pk != vote.pk


@pytest.mark.parametrize(
    ("fields", "error", "says"),
    [
        ({"transition_id": 987654}, Missing, "no such pair of values"),
        ({"context_id": 987654}, Missing, "no such context"),
        ({"story_id": 987654}, Invalid, "another pair"),
        ({"answer": "maybe"}, Invalid, "five answers"),
        ({"reason": "x" * 2001}, Invalid, "at most 2000"),
    ],
)
def test_a_vote_that_makes_no_sense_is_refused_and_leaves_nothing(
    story: Story, fields: dict[str, object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        cast(story, uuid.uuid4(), **fields)  # type: ignore[arg-type]

    assert Vote.objects.count() == 0


def test_a_pair_of_another_study_is_no_pair_here(story: Story, db: None) -> None:
    foreign = TransitionFactory()

    with pytest.raises(Missing, match="no such pair"):
        cast(story, uuid.uuid4(), transition_id=foreign.pk)


def test_a_pair_with_a_withdrawn_value_is_no_longer_asked_about(story: Story) -> None:
    value = story.transition.wiser
    value.retired_at = value.created_at
    value.save()

    with pytest.raises(Conflict, match="withdrawn"):
        cast(story, uuid.uuid4())


def test_simulated_votes_count_only_where_the_study_asks_for_them(study: Study, story: Story) -> None:
    cast(story, uuid.uuid4(), simulated=True)
    cast(story, uuid.uuid4())

    assert selectors.live_votes(study=study).count() == 1
    study.include_simulated = True
    assert selectors.live_votes(study=study).count() == 2


def test_undoing_an_unknown_vote_is_an_error(db: None) -> None:
    with pytest.raises(Missing):
        votes.undo(vote=1)
