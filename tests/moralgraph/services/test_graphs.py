"""A snapshot keeps the graph as it was, whatever happens to votes and words afterwards."""

import json
import uuid

import numpy as np
import pytest
from django.core.cache import cache
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.moralgraph import selectors
from apps.moralgraph.models import Snapshot
from apps.moralgraph.selectors import rankings
from apps.moralgraph.services import cards, graphs, votes
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import AuditEntry, Study
from apps.shared.services import jobs
from apps.shared.signals import traits_asked, withdrawn
from tests.factories.moralgraph import ValueFactory, vote
from tests.factories.shared import UserFactory
from tests.moralgraph.conftest import World


def kept(snapshot: Snapshot) -> dict[str, object]:
    row = Snapshot.objects.get(pk=snapshot.pk)
    return {name: getattr(row, name) for name in ("rule", "parameters", "ids", "counts", "result")}


def test_a_snapshot_names_what_it_rests_on(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study)

    assert (snapshot.number, snapshot.rule) == (1, "touchstone")
    assert snapshot.parameters == {
        "draws": 400, "prior_sd": 0.0, "leaning_sd": 1.0, "seed": 1, "level": 0.95,
    }  # fmt: skip
    assert snapshot.ids["votes"] == [vote.pk for vote in world.votes]
    assert snapshot.ids["values"] == [world.low.pk, world.middle.pk, world.high.pk]
    assert (snapshot.counts["votes"], snapshot.counts["participants"]) == (15, 5)
    key = f"{world.votes[2].transition_id}:{world.second.pk}"
    assert snapshot.counts["by_transition_and_context"][key] == {"not_wiser": 5}


def test_the_hash_can_be_checked_from_what_is_stored(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study)

    assert graphs.fingerprint(kept(snapshot)) == snapshot.hash
    assert graphs.fingerprint(kept(snapshot) | {"rule": "other"}) != snapshot.hash


def test_the_same_votes_give_the_same_hash_and_other_votes_another(world: World) -> None:
    first, same = graphs.take_snapshot(study=world.study), graphs.take_snapshot(study=world.study)
    vote(world.low, world.high, world.first)
    other = graphs.take_snapshot(study=world.study)

    assert [first.number, same.number, other.number] == [1, 2, 3]
    assert first.hash == same.hash != other.hash


def test_later_votes_and_undone_ones_do_not_reach_a_snapshot(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study)
    before = selectors.snapshot_graph(snapshot=snapshot, context=world.first.pk)

    for cast in world.votes:
        votes.undo(vote=cast)

    after = selectors.snapshot_graph(snapshot=snapshot.pk, context=world.first.pk)
    assert after == before
    assert [node.title for node in after.nodes] == ["High", "Middle", "Low"]
    assert selectors.graph(study=world.study).votes == 0


def test_a_withdrawal_takes_the_words_and_leaves_ids_counts_and_hash(world: World) -> None:
    person = uuid.uuid4()
    line = {"attended": "SOUNDS", "qualifier": "of a xylophone"}
    card = cards.draft(
        study=world.study,
        participant_id=person,
        title="Xylophone First",
        summary="",
        policies=[line],
        by="person",
    )
    value = cards.accept(card=card)
    vote(world.low, value, world.first, participant_id=person)
    snapshot = graphs.take_snapshot(study=world.study)
    before = kept(snapshot)
    assert any(item.value_id == value.pk for item in selectors.principles(snapshot=snapshot))

    withdrawn.send(sender=Study, study=world.study, participant_id=person)

    assert kept(snapshot) == before
    assert graphs.fingerprint(kept(snapshot)) == snapshot.hash
    assert "ylophone" not in json.dumps(before)
    titles = [node.title for node in selectors.snapshot_graph(snapshot=snapshot).nodes]
    assert "A withdrawn value" in titles
    assert not any(item.value_id == value.pk for item in selectors.principles(snapshot=snapshot))
    assert selectors.snapshot(study=world.study, snapshot_id=snapshot.pk).withdrawn == 1


def test_principles_come_wisest_first_with_their_scores(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study)

    found = selectors.principles(snapshot=snapshot, context=world.first.pk)

    assert [item.title for item in found] == ["High", "Middle", "Low"]
    assert found[0].weight_score > found[1].weight_score > found[2].weight_score
    assert found[0].statement == (
        "High: attend to QUESTIONS that a person asks twice; PAUSES that come before a plan is named."
    )


def test_draws_for_soft_targets_are_those_of_the_ranking(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study)

    values, draws = selectors.score_draws(snapshot=snapshot, context=world.first.pk)

    live = selectors.ranking(study=world.study, context=world.first.pk).draws
    assert values == [world.low.pk, world.middle.pk, world.high.pk]
    assert draws.shape == (100, 3)
    np.testing.assert_allclose(draws[:50], live[:50], atol=1e-4)
    np.testing.assert_allclose(draws[50:], live[200:250], atol=1e-4)


def test_the_published_rule_gives_no_draws_and_says_so(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study, rule="mge-2023", parameters={"wiser_at_least": 1})

    assert snapshot.parameters["wiser_at_least"] == 1
    with pytest.raises(Conflict, match="touchstone"):
        selectors.score_draws(snapshot=snapshot)


@pytest.mark.parametrize(
    ("rule", "parameters"),
    [
        ("coin", {}),
        ("touchstone", {"drawss": 10}),
        ("touchstone", {"draws": 20_000}),
        ("touchstone", {"draws": 4.5}),
        ("touchstone", {"prior_sd": "wide"}),
        ("mge-2023", {"damping": 1.5}),
    ],
)
def test_what_a_rule_does_not_know_is_refused(world: World, rule: str, parameters: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        graphs.take_snapshot(study=world.study, rule=rule, parameters=parameters)

    assert Snapshot.objects.count() == 0


def test_a_snapshot_of_an_empty_study_is_possible(study: Study) -> None:
    snapshot = graphs.take_snapshot(study=study)

    assert selectors.snapshot_graph(snapshot=snapshot).nodes == ()
    assert selectors.principles(snapshot=snapshot) == []


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let more than nine votes be too many to be resampled at once."""
    monkeypatch.setattr(rankings, "MANY_VOTES", 9)


def test_a_large_snapshot_has_its_scores_at_once_and_its_hash_from_a_job(
    world: World,
    few: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with django_capture_on_commit_callbacks() as later:
        snapshot = graphs.take_snapshot(study=world.study)
    at_once = selectors.snapshot_graph(snapshot=snapshot)

    assert snapshot.hash == ""
    assert selectors.snapshots(study=world.study)[0].state == "computing"
    assert (len(at_once.nodes), at_once.nodes[0].low, at_once.parameters["draws"]) == (3, None, 400)
    for use in (selectors.principles, selectors.score_draws):
        with pytest.raises(Conflict, match="still being worked out"):
            use(snapshot=snapshot)

    # Votes that come, go and are withdrawn meanwhile change nothing of it.
    vote(world.high, world.low, world.first)
    votes.undo(vote=world.votes[0])
    withdrawn.send(sender=Study, study=world.study, participant_id=world.votes[3].participant_id)
    for callback in later:
        callback()

    done = selectors.snapshot(study=world.study, snapshot_id=snapshot.pk)
    shown = selectors.snapshot_graph(snapshot=snapshot)
    assert (done.state, done.hash) == ("ready", graphs.fingerprint(kept(snapshot)))
    assert [node.score for node in shown.nodes] == [node.score for node in at_once.nodes]
    assert all(node.low is not None and node.low < node.score for node in shown.nodes)
    assert shown.votes == 15


def test_a_large_snapshot_is_the_one_that_waiting_would_have_given(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    at_once = graphs.take_snapshot(study=world.study)
    cache.clear()
    monkeypatch.setattr(rankings, "MANY_VOTES", 9)

    with django_capture_on_commit_callbacks(execute=True):
        by_job = graphs.take_snapshot(study=world.study)

    assert selectors.snapshot(study=world.study, snapshot_id=by_job.pk).hash == at_once.hash


def test_a_stopped_snapshot_says_so_and_is_not_used(
    world: World, few: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as later:
        snapshot = graphs.take_snapshot(study=world.study)
    assert snapshot.job is not None
    jobs.request_stop(job=snapshot.job)
    for callback in later:
        callback()

    assert selectors.snapshot(study=world.study, snapshot_id=snapshot.pk).state == "failed"
    with pytest.raises(Conflict, match="never completed"):
        selectors.principles(snapshot=snapshot)


def test_a_snapshot_keeps_by_what_groups_were_balanced(world: World) -> None:
    told = {uuid.UUID(int=number): "young" for number in range(5)}

    def answer(**_: object) -> dict[str, dict[uuid.UUID, str]]:
        return {"age": told}

    traits_asked.connect(answer)
    plain = graphs.take_snapshot(study=world.study)
    balanced = graphs.take_snapshot(study=world.study, balance="age")
    with pytest.raises(Invalid, match="there is: age"):
        graphs.take_snapshot(study=world.study, balance="height")
    traits_asked.disconnect(answer)

    assert (balanced.balance, selectors.snapshot_graph(snapshot=balanced).balance) == ("age", "age")
    # One group alone weighs nobody, so that nothing but the name of the balance differs.
    assert balanced.result == plain.result
    assert balanced.hash != plain.hash


def test_taking_one_is_noted_in_the_audit_log(world: World) -> None:
    person = UserFactory()

    snapshot = graphs.take_snapshot(study=world.study, created_by=person)

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (person, "graph.snapshot", f"snapshot/{snapshot.pk}")
    assert selectors.snapshots(study=world.study)[0].created_by == person.username


def test_a_context_made_after_the_snapshot_is_not_in_it(world: World) -> None:
    snapshot = graphs.take_snapshot(study=world.study)
    ValueFactory(study=world.study)

    with pytest.raises(Missing, match="holds no such context"):
        selectors.snapshot_graph(snapshot=snapshot, context=4711)
    with pytest.raises(Missing):
        selectors.snapshot(study=world.study, snapshot_id=4711)
