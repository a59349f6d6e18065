"""Votes stay where they were cast and count where their values and contexts stand now."""

import csv
import io
import uuid
from typing import Any

import numpy as np
import pytest

from apps.moralgraph import selectors
from apps.moralgraph.domain import counting
from apps.moralgraph.models import Card, Context, MergeObjection, Transition, Value, Vote
from apps.moralgraph.selectors import graph_files
from apps.moralgraph.selectors.asked import asked_steps, closed_pairs
from apps.moralgraph.selectors.ballots import ballots, tally
from apps.moralgraph.selectors.rows import Which
from apps.moralgraph.services import belongings, contexts, graphs, objections, withdrawal
from apps.moralgraph.services import votes as ballot_box
from apps.moralgraph.services.merging import deciding
from apps.shared.models import Role, StreamEvent, Study
from tests.factories.moralgraph import ContextFactory, TransitionFactory, ValueFactory, vote
from tests.factories.shared import member
from tests.moralgraph.merging.test_deciding import merge, person, value_of
from tests.moralgraph.services.test_belongings import accepted


@pytest.fixture
def robin(study: Study) -> Any:
    return member(study=study, role=Role.RESEARCHER, username="robin")


@pytest.fixture
def cards(study: Study) -> list[Card]:
    """Return the cards of three people; each has a value of its own."""
    return [accepted(study, person(n), title) for n, title in enumerate(("Slow Ears", "Long Ears", "Care"))]


@pytest.fixture
def place(study: Study) -> Context:
    return ContextFactory(study=study, name="When somebody waits")


def values(cards: list[Card]) -> list[Value]:
    return [Value.objects.get(pk=value_of(card)) for card in cards]


def counts(study: Study, context: Context | None = None) -> dict[tuple[int, int], int]:
    """Return how many votes count on each step, by the values that it leads between."""
    votes = ballots(study=study, context=context.pk if context else None)
    found: dict[tuple[int, int], int] = {}
    for item in votes.judgements():
        key = (int(item.less_wise), int(item.wiser))
        found[key] = found.get(key, 0) + 1
    shown = selectors.live_votes(study=study, context=context.pk if context else None)
    assert shown.count() == len(votes)
    return found


def test_votes_follow_the_cards_of_their_value_and_come_back(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    vote(third, first, place)
    vote(third, second, place)
    vote(first, third, place)

    made = merge(study, robin, first.pk, second.pk, keep=second.pk)

    assert counts(study) == {(third.pk, second.pk): 2, (second.pk, third.pk): 1}
    asked = asked_steps(study=study)
    assert sorted(zip(asked.less_wise.tolist(), asked.wiser.tolist(), strict=True)) == sorted(counts(study))
    assert asked.answers.sum() == 3
    deciding.undo(study=study, actor=robin, decision_id=made.pk)
    assert counts(study) == {(third.pk, first.pk): 1, (third.pk, second.pk): 1, (first.pk, third.pk): 1}


def test_a_vote_whose_two_values_became_one_is_left_out_and_said_to_be(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    vote(first, second, place, participant_id=person(7))
    vote(third, second, place)

    merge(study, robin, first.pk, second.pk, keep=second.pk)

    assert counts(study) == {(third.pk, second.pk): 1}
    view = selectors.graph(study=study)
    assert (view.left_out.same_value, view.left_out.answered_again, view.votes) == (1, 0, 1)
    assert selectors.vote_rows(study=study, which=Which(left_out="same_value")).total == 1
    assert len(asked_steps(study=study).less_wise) == 1
    assert closed_pairs(study=study, participant_id=person(7)) == set()


def test_somebody_who_answered_what_is_one_question_now_counts_once_with_the_newer_answer(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    me = person(7)
    vote(third, first, place, participant_id=me, answer="wiser")
    vote(third, second, place, participant_id=me, answer="not_wiser")

    merge(study, robin, first.pk, second.pk, keep=second.pk)

    assert counts(study) == {(third.pk, second.pk): 1}
    assert [item.answer.value for item in ballots(study=study).judgements()] == ["not_wiser"]
    assert selectors.graph(study=study).left_out.answered_again == 1
    older = selectors.vote_rows(study=study, which=Which(left_out="answered_again")).votes
    assert [(row.answer, row.transition.wiser_id) for row in older] == [("wiser", second.pk)]
    assert closed_pairs(study=study, participant_id=me) == {frozenset((second.pk, third.pk))}
    votes, added = ballots(study=study), tally(study=study)
    assert np.array_equal(added.counters, counting.tally(votes).counters)


def told(study: Study) -> dict[str, int]:
    """Return what those who watch the graph were told last; it must be what all votes come to."""
    newest = StreamEvent.objects.filter(stream_id=f"study/{study.slug}/graph").latest("seq").data
    rows = selectors.live_votes(study=study)
    people = set(rows.values_list("participant_id", flat=True))
    assert newest == {"votes": rows.count(), "participants": len(people)}
    return dict(newest)


def test_those_who_watch_are_told_counts_that_follow_merges_new_answers_and_undone_votes(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    up, over = (TransitionFactory(study=study, less_wise=third, wiser=end) for end in (first, second))
    across = TransitionFactory(study=study, less_wise=first, wiser=second)

    def cast(who: int, step: Transition, answer: str) -> Vote:
        return ballot_box.cast(
            study=study, participant_id=person(who), transition_id=step.pk, context_id=place.pk,
            story_id=None, answer=answer,
        )  # fmt: skip

    cast(7, up, "wiser")
    cast(8, across, "wiser")
    assert told(study) == {"votes": 2, "participants": 2}

    merge(study, robin, first.pk, second.pk, keep=second.pk)
    assert told(study) == {"votes": 1, "participants": 1}
    again = cast(7, over, "not_wiser")
    assert told(study) == {"votes": 1, "participants": 1}
    cast(9, over, "wiser")
    cast(9, over, "unsure")
    assert told(study) == {"votes": 2, "participants": 2}
    ballot_box.undo(vote=again)
    assert told(study) == {"votes": 2, "participants": 2}
    withdrawal.erase(study=study, participant_id=person(9))
    assert told(study) == {"votes": 1, "participants": 1}


def test_rows_behind_the_numbers_are_named_as_they_count(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    cast = vote(third, first, place, reason="Ears.")
    merge(study, robin, first.pk, second.pk, keep=second.pk)

    rows = selectors.vote_rows(study=study, which=Which(value=second.pk, other=third.pk)).votes
    pair = selectors.pair(study=study, one=third.pk, other=second.pk)

    assert [(row.pk, row.transition.less_wise_id, row.transition.wiser_id) for row in rows] == [
        (cast.pk, third.pk, second.pk)
    ]
    assert [(step.less_wise, step.wiser, step.n) for step in pair.steps] == [(third.pk, second.pk, 1)]
    assert len(selectors.value_detail(study=study, value_id=second.pk).votes) == 1
    influence = selectors.influence_of(study=study, value=second.pk, without=person(9))
    assert [(item.title, item.wiser) for item in influence.compared] == [("Care", 1)]


def test_a_chain_of_merges_ends_where_the_cards_are_whatever_is_undone_first(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    fourth = ValueFactory(study=study)
    vote(fourth, first, place)
    one = merge(study, robin, first.pk, second.pk, keep=second.pk)
    merge(study, robin, second.pk, third.pk, keep=third.pk)
    assert counts(study) == {(fourth.pk, third.pk): 1}

    # The card went on since, so that undoing the first decision moves nothing.
    deciding.undo(study=study, actor=robin, decision_id=one.pk)

    assert value_of(cards[0]) == third.pk
    assert counts(study) == {(fourth.pk, third.pk): 1}


def test_a_value_without_cards_is_where_the_decision_put_it(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    brought, kept, other = ValueFactory(study=study), values(cards)[0], values(cards)[2]
    vote(other, brought, place)

    made = merge(study, robin, kept.pk, brought.pk, keep=kept.pk)

    assert counts(study) == {(other.pk, kept.pk): 1}
    deciding.undo(study=study, actor=robin, decision_id=made.pk)
    assert Value.objects.get(pk=brought.pk).retired_at is None
    assert counts(study) == {(other.pk, brought.pk): 1}


def test_an_objection_takes_the_votes_with_the_card_and_the_desks_undo_leaves_it_there(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    vote(third, first, place)
    made = merge(study, robin, first.pk, second.pk, keep=second.pk)

    belongings.object_to_belonging(study=study, participant_id=person(0), reason="Mine is about time.")
    assert counts(study) == {(third.pk, first.pk): 1}
    deciding.undo(study=study, actor=robin, decision_id=made.pk)
    assert (value_of(cards[0]), counts(study)) == (first.pk, {(third.pk, first.pk): 1})

    objection = MergeObjection.objects.get()
    objections.answer(study=study, actor=robin, objection_id=objection.pk, decision="together", reason="Yes.")
    assert (value_of(cards[0]), counts(study)) == (second.pk, {(third.pk, second.pk): 1})
    objections.take_back(study=study, actor=robin, objection_id=objection.pk)
    assert (value_of(cards[0]), counts(study)) == (first.pk, {(third.pk, first.pk): 1})


def test_the_desks_undo_does_not_move_a_card_that_an_objections_answer_put_back(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    vote(third, first, place)
    made = merge(study, robin, first.pk, second.pk, keep=second.pk)
    belongings.object_to_belonging(study=study, participant_id=person(0))
    objection = MergeObjection.objects.get()
    objections.answer(study=study, actor=robin, objection_id=objection.pk, decision="together", reason="Yes.")

    deciding.undo(study=study, actor=robin, decision_id=made.pk)

    assert (value_of(cards[0]), counts(study)) == (second.pk, {(third.pk, second.pk): 1})


def test_a_split_leaves_the_values_votes_with_the_value(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    vote(third, first, place)
    vote(third, second, place)
    merge(study, robin, first.pk, second.pk, keep=second.pk)

    deciding.split(study=study, actor=robin, card_id=cards[0].pk, reason="It is about time.")

    assert counts(study) == {(third.pk, first.pk): 1, (third.pk, second.pk): 1}


def test_withdrawn_words_take_their_votes_out_of_what_they_were_put_into(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    vote(third, first, place)
    merge(study, robin, first.pk, second.pk, keep=second.pk)

    withdrawal.erase(study=study, participant_id=person(0))

    assert counts(study) == {}


def test_votes_of_a_merged_context_count_in_the_other_one_and_are_told_apart_again(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    alike = ContextFactory(study=study, name="When somebody is waiting")
    assert selectors.graph(study=study).votes == 0
    vote(first, second, alike, participant_id=person(5), answer="not_wiser")
    vote(first, second, place, participant_id=person(5), answer="wiser")
    vote(first, third, alike, participant_id=person(6))

    made = contexts.merge(
        study=study, actor=robin, context_id=alike.pk, into=place.pk, reason="The same moment."
    )

    assert counts(study, place) == {(first.pk, second.pk): 1, (first.pk, third.pk): 1}
    assert selectors.graph(study=study, context=place.pk).votes == 2
    assert [item.answer.value for item in ballots(study=study).judgements()] == ["wiser", "wiser"]
    assert {item.context for item in ballots(study=study).judgements()} == {place.pk}
    assert list(selectors.contexts(study=study)) == [place]
    table = csv.DictReader(io.StringIO(selectors.votes_table(study=study)))
    assert {row["context"] for row in table} == {place.name}
    contexts.undo(study=study, actor=robin, change_id=made.pk)
    assert counts(study, place) == {(first.pk, second.pk): 1}
    assert counts(study, alike) == {(first.pk, second.pk): 1, (first.pk, third.pk): 1}


def test_a_snapshot_keeps_what_stood_for_what(
    study: Study, robin: Any, cards: list[Card], place: Context
) -> None:
    first, second, third = values(cards)
    alike = ContextFactory(study=study, name="When somebody is waiting")
    vote(third, first, alike, participant_id=uuid.uuid4())
    before = graphs.take_snapshot(study=study)
    made = merge(study, robin, first.pk, second.pk, keep=second.pk)
    contexts.merge(study=study, actor=robin, context_id=alike.pk, into=place.pk, reason="The same.")

    kept = graphs.take_snapshot(study=study)
    deciding.undo(study=study, actor=robin, decision_id=made.pk)

    assert "stands_for" not in before.ids
    assert kept.ids["stands_for"] == {
        "values": {str(first.pk): second.pk}, "contexts": {str(alike.pk): place.pk},
    }  # fmt: skip
    file = graph_files.snapshot_file(study=study, snapshot_id=kept.pk, context=place.pk)
    assert [(edge.less_wise, edge.wiser, edge.contexts) for edge in file.edges] == [
        (third.pk, second.pk, (place.name,))
    ]
