"""Data sets from an audit: targets, lineage, and a split that keeps instructions together."""

import math
from typing import Any

import pytest

from apps.discretion.models import Audit, Principle
from apps.discretion.services import data_sets, principles
from apps.models import selectors as models_selectors
from apps.models.domain.examples import PreferenceExample
from apps.moralgraph import selectors as graph
from apps.moralgraph.models import Value
from apps.moralgraph.services import graphs
from apps.shared.errors import Invalid
from apps.shared.models import Study
from tests.factories import moralgraph as make
from tests.factories.discretion import AnnotatorFactory, AuditFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    return AuditFactory(study=study)


def examples(audit: Audit, built: data_sets.Built) -> dict[str, PreferenceExample]:
    data_set = models_selectors.data_set(study=audit.study, data_set_id=built.id)
    sides = ("train", "held_out")
    return {row.id: row for side in sides for row in models_selectors.examples(data_set=data_set, side=side)}


def test_the_target_is_the_share_of_decided_human_votes(audit: Audit) -> None:
    rows = comparisons(audit, 4)
    people = AnnotatorFactory.create_batch(3, audit=audit)
    judge = AnnotatorFactory(audit=audit, kind="algorithm")
    ids = [
        verdict(person, rows[0], answer).pk for person, answer in zip(people, ["a", "a", "b"], strict=True)
    ]
    verdict(judge, rows[0], "b")
    verdict(people[0], rows[1], "both_bad")
    verdict(people[0], rows[2], "skip")
    for row in rows[1:3]:
        verdict(people[1], row, "b")

    built = data_sets.build(audit=audit, target="verdicts", created_by=None)

    found = examples(audit, built)
    assert found[str(rows[0].pk)].p_a == pytest.approx(2 / 3)
    assert found[str(rows[1].pk)].p_a == 0
    assert found[str(rows[0].pk)].source["verdicts"] == ids
    assert found[str(rows[0].pk)].source["comparison"] == str(rows[0].pk)
    assert built.left_out == {"no human vote": 1}


def test_pairs_of_one_instruction_stay_on_one_side(audit: Audit) -> None:
    person = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 60):
        verdict(person, row, "a")

    built = data_sets.build(audit=audit, target="verdicts", created_by=None)

    data_set = models_selectors.data_set(study=audit.study, data_set_id=built.id)
    keys = [
        {row.split_key for row in models_selectors.examples(data_set=data_set, side=side)}
        for side in ("train", "held_out")
    ]
    assert keys[0] & keys[1] == set()
    assert built.held_out_count > 0


class Graph:
    """Two values, one clearly wiser, and an audit with principles made of them."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.low, self.high = (make.ValueFactory(study=audit.study) for _ in range(2))
        self.context = make.ContextFactory(study=audit.study)
        self.vote(self.low, self.high)
        self.snapshot = graphs.take_snapshot(study=audit.study)
        self.low_principle, self.high_principle = self.take()

    def vote(self, less_wise: Value, wiser: Value) -> None:
        """Have twenty people vote."""
        for _ in range(20):
            make.vote(less_wise, wiser, self.context)

    def take(self) -> list[Principle]:
        """Take both values over."""
        return principles.take_over(
            audit=self.audit, snapshot_id=self.snapshot.pk, value_ids=[self.low.pk, self.high.pk]
        )


def test_the_graph_decides_where_principles_clash(audit: Audit) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    clash, agreed, silent, _ = comparisons(audit, 4)
    verdict(reader, clash, "b", world.low_principle)
    verdict(reader, clash, "a", world.high_principle)
    verdict(reader, agreed, "b", world.low_principle)
    verdict(reader, silent, "tie", world.low_principle)

    built = data_sets.build(audit=audit, target="graph", created_by=None, temperature=0.5)

    found = examples(audit, built)
    values, draws = graph.score_draws(snapshot=world.snapshot.pk)
    low, high = (list(values).index(value.pk) for value in (world.low, world.high))
    chances = []
    for row in draws:
        weight = math.exp(row[high]) / (math.exp(row[high]) + math.exp(row[low]))
        chances.append(1 / (1 + math.exp(-(2 * weight - 1) / 0.5)))
    assert found[str(clash.pk)].p_a == pytest.approx(sum(chances) / len(chances))
    assert found[str(clash.pk)].p_a > 0.7
    assert found[str(agreed.pk)].p_a == pytest.approx(1 / (1 + math.exp(2)))
    assert found[str(clash.pk)].source["snapshot"] == world.snapshot.pk
    assert built.left_out == {"no principle judged": 1, "no principle decides": 1}


def test_a_later_snapshot_can_be_named(audit: Audit) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 3):
        verdict(reader, row, "b", world.low_principle)
        verdict(reader, row, "a", world.high_principle)
    for _ in range(3):
        world.vote(world.high, world.low)
    later = graphs.take_snapshot(study=audit.study)

    before = examples(audit, data_sets.build(audit=audit, target="graph", created_by=None))
    after = examples(
        audit, data_sets.build(audit=audit, target="graph", created_by=None, snapshot_id=later.pk)
    )

    assert min(row.p_a for row in before.values()) > 0.5 > max(row.p_a for row in after.values())


@pytest.mark.parametrize("wrong", [{"target": "wishes"}, {"target": "verdicts"}])
def test_a_data_set_of_nothing_or_of_an_unknown_target_is_refused(
    audit: Audit, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        data_sets.build(audit=audit, created_by=None, **wrong)
