"""The graph as it is shown: places, edges, sentences and the picture."""

import uuid

import plotly.graph_objects as go
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.moralgraph import selectors
from apps.moralgraph.selectors import outlines
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.factories.moralgraph import ContextFactory, ValueFactory, vote
from tests.moralgraph.conftest import World


def test_wiser_values_stand_higher_and_the_first_wins(world: World) -> None:
    view = selectors.graph(study=world.study, context=world.first.pk)

    assert [node.title for node in view.nodes] == ["High", "Middle", "Low"]
    assert view.nodes[0].y > view.nodes[1].y > view.nodes[2].y
    assert view.winner is not None
    assert (view.winner.title, view.winner.n) == ("High", 5)
    assert view.winner.interval is not None
    assert view.winner.interval[0] < view.winner.score < view.winner.interval[1]
    assert (view.votes, view.participants, view.simulated) == (10, 5, False)


def test_an_edge_holds_the_counts_of_both_directions(world: World) -> None:
    vote(world.middle, world.low, world.first, answer="wiser")
    vote(world.middle, world.low, world.first, answer="same")

    view = selectors.graph(study=world.study, context=world.first.pk)

    edges = view.edges
    place = edges.less_wise.index(world.low.pk)
    assert edges.wiser[place] == world.middle.pk
    assert [edges.counts[answer][place] for answer in ("wiser", "not_wiser", "same")] == [5, 1, 1]
    assert edges.likelihood[place] == pytest.approx(5.5 / 7, abs=1e-6)
    assert edges.both_ways == tuple(low == world.low.pk for low in edges.less_wise)


def test_a_circle_is_found_and_said(world: World) -> None:
    view = selectors.graph(study=world.study)

    assert view.cycles == ((world.low.pk, world.middle.pk, world.high.pk),)
    assert "round in a circle" in view.summary
    assert "“Low”, “Middle”, “High”" in view.summary


def test_a_graph_without_votes_says_so(study: Study) -> None:
    ValueFactory.create_batch(2, study=study)

    view = selectors.graph(study=study)

    assert view.winner is None
    assert view.summary == "Nobody has voted yet, so no value stands out."
    assert len(view.nodes) == 2


def test_a_study_without_values_has_an_empty_graph(study: Study) -> None:
    for rule in ("touchstone", "mge-2023"):
        view = selectors.graph(study=study, rule=rule)
        assert (view.nodes, len(view.edges), view.winner) == ((), 0, None)
        go.Figure(view.figure)


def test_the_published_rule_shows_its_own_places(world: World) -> None:
    view = selectors.graph(study=world.study, context=world.first.pk, rule="mge-2023")

    assert [node.title for node in view.nodes] == ["High", "Middle", "Low"]
    assert view.nodes[2].score == pytest.approx(0.05)
    assert view.nodes[0].low is None
    assert view.winner is not None
    assert view.winner.support == "none"
    assert "does not say how sure" in view.summary


@pytest.mark.parametrize("rule", ["touchstone", "mge-2023"])
def test_the_figure_is_one_that_plotly_draws_and_states_the_finding(world: World, rule: str) -> None:
    figure = selectors.graph(study=world.study, context=world.first.pk, rule=rule).figure

    drawn = go.Figure(figure)
    assert "“High”" in drawn.layout.title.text
    assert list(drawn.layout.yaxis.ticktext) == ["Low", "Middle", "High"]
    assert [point[0] for point in drawn.data[0].customdata] == [world.high.pk, world.middle.pk, world.low.pk]
    assert (drawn.data[0].error_x.array is not None) is (rule == "touchstone")


def test_simulated_values_are_drawn_hollow_and_named(world: World) -> None:
    world.study.include_simulated = True
    world.high.simulated = True
    world.high.save()

    drawn = go.Figure(selectors.graph(study=world.study).figure)

    symbols = {trace.name: trace.marker.symbol for trace in drawn.data}
    assert symbols == {"values of people": "circle", "values of simulated people": "circle-open"}
    assert drawn.layout.showlegend


def test_the_graph_says_the_last_event_it_knows_of(world: World) -> None:
    from apps.moralgraph.services import votes

    assert selectors.graph(study=world.study).seq == 0
    votes.undo(vote=world.votes[0])

    assert selectors.graph(study=world.study).seq == 1


def test_a_person_reads_where_their_value_landed(world: World) -> None:
    place = selectors.place_of(study=world.study, value=world.middle.pk, context=world.first.pk)

    assert place is not None
    assert (place.rank, place.of, place.n) == (2, 3, 10)
    assert [(item.value.title, item.stands) for item in place.neighbours] == [
        ("High", "above"),
        ("Low", "below"),
    ]
    assert place.sentences[0] == "Your value is one of 3 in the graph and was compared 10 times."
    assert (
        place.sentences[-1] == "Of the values it was compared with, 1 is judged less wise, 1 is judged wiser."
    )


def test_a_value_that_nobody_compared_is_told_so(world: World) -> None:
    new = ValueFactory(study=world.study)

    place = selectors.place_of(study=world.study, value=new.pk)

    assert place is not None
    assert "Nobody has compared it" in place.sentences[1]
    assert place.neighbours == ()


def test_a_value_outside_the_graph_has_no_place(world: World) -> None:
    assert selectors.place_of(study=world.study, value=4711) is None


def test_a_large_graph_takes_as_many_queries_as_a_small_one(world: World) -> None:
    with CaptureQueriesContext(connection) as small:
        selectors.graph(study=world.study)
    context = ContextFactory(study=world.study)
    for value in ValueFactory.create_batch(30, study=world.study):
        vote(world.low, value, context)

    with CaptureQueriesContext(connection) as large:
        selectors.graph(study=world.study)

    # One of them asks whether these are still the votes that were ranked before, two what was put together.
    assert len(large) == len(small) <= 9


def test_a_graph_that_did_not_change_is_neither_ranked_nor_laid_out_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = selectors.graph(study=world.study)
    monkeypatch.setattr(outlines, "ranked_graph", lambda **_: pytest.fail("ranked again"))

    with CaptureQueriesContext(connection) as found:
        assert selectors.graph(study=world.study) == first
    assert len(found) == 6


def test_whatever_changes_votes_or_values_shows_at_once(world: World) -> None:
    def seen() -> tuple[int, int, float]:
        view = selectors.graph(study=world.study, context=world.first.pk)
        return len(view.nodes), view.votes, view.nodes[0].score

    states = [seen()]
    new = vote(world.low, world.high, world.first, answer="not_wiser", participant_id=uuid.uuid4())
    states.append(seen())
    new.answer = "wiser"
    new.save()
    states.append(seen())
    withdrawn.send(sender=Study, study=world.study, participant_id=new.participant_id)
    states.append(seen())
    world.middle.retired_at = timezone.now()
    world.middle.save()
    states.append(seen())

    assert [(nodes, votes) for nodes, votes, _ in states] == [(3, 10), (3, 11), (3, 11), (3, 10), (2, 0)]
    assert states[2][2] > states[1][2]
    assert states[3] == states[0]


def test_words_are_never_kept_with_the_numbers(world: World) -> None:
    selectors.graph(study=world.study)
    world.high.title = "Another name"
    world.high.save()

    view = selectors.graph(study=world.study)

    assert "Another name" in {node.title for node in view.nodes}
