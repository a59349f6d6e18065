"""A ranking is computed once for each content of the votes, and never shown for others."""

import uuid

import pytest
from django.utils import timezone

from apps.moralgraph import selectors
from apps.moralgraph.domain import graph as graphs
from apps.moralgraph.services import votes
from apps.shared.errors import Invalid, Missing
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.factories.moralgraph import vote
from tests.moralgraph.conftest import World


def order(world: World, **fields: object) -> list[str]:
    titles = {world.low.pk: "Low", world.middle.pk: "Middle", world.high.pk: "High"}
    found = selectors.ranking(study=world.study, **fields)  # type: ignore[arg-type]
    return [titles[int(item.value)] for item in found.values]


def test_each_context_has_its_own_order(world: World) -> None:
    assert order(world, context=world.first.pk) == ["High", "Middle", "Low"]
    # In the second context nobody asked about the middle value, so it stays at the prior's middle.
    assert order(world, context=world.second.pk) == ["Low", "Middle", "High"]


def test_the_same_votes_are_ranked_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = selectors.ranking(study=world.study)
    monkeypatch.setattr(graphs, "build", lambda **_: pytest.fail("ranked again"))

    assert selectors.ranking(study=world.study) == first


def test_a_new_vote_an_undone_one_and_a_changed_one_all_show_at_once(world: World) -> None:
    def top() -> float:
        found = selectors.ranking(study=world.study, context=world.first.pk)
        return {item.value: item.score for item in found.values}[world.high.pk]

    seen = [top()]
    new = vote(world.low, world.high, world.first, participant_id=uuid.uuid4())
    seen.append(top())
    new.answer = "not_wiser"
    new.save()
    seen.append(top())
    votes.undo(vote=new)
    seen.append(top())

    assert seen[1] > seen[0] > seen[2]
    assert seen[3] == seen[0]


def test_a_person_who_withdraws_no_longer_counts(world: World) -> None:
    before = selectors.ranking(study=world.study)

    withdrawn.send(sender=Study, study=world.study, participant_id=uuid.UUID(int=0))

    after = selectors.ranking(study=world.study)
    assert (before.participants, before.votes) == (5, 15)
    assert (after.participants, after.votes) == (4, 12)


def test_a_retired_value_leaves_the_ranking_with_its_votes(world: World) -> None:
    world.middle.retired_at = timezone.now()
    world.middle.save()

    assert order(world) == ["Low", "High"]
    assert selectors.ranking(study=world.study).votes == 5


def test_simulated_people_count_only_where_the_study_asks_for_them(world: World) -> None:
    for number in range(30):
        vote(world.high, world.low, world.first, participant_id=uuid.UUID(int=100 + number), simulated=True)

    assert order(world, context=world.first.pk)[0] == "High"
    world.study.include_simulated = True
    assert order(world, context=world.first.pk)[0] == "Low"


def test_a_context_of_another_study_and_an_unknown_rule_are_errors(world: World) -> None:
    with pytest.raises(Missing):
        selectors.ranking(study=world.study, context=4711)
    with pytest.raises(Invalid) as caught:
        selectors.ranking(study=world.study, rule="coin")
    assert list(caught.value.fields) == ["rule"]
