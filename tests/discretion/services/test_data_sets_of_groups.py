"""Data sets of one group of people, and of two groups beside each other."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from apps.discretion.models import Audit, Batch, BatchMember, Comparison
from apps.discretion.selectors.groups import may_be_heard
from apps.discretion.services import data_sets
from apps.discretion.services.data_sets import Manner
from apps.discretion.services.targeting import Asked
from apps.models import selectors as models_selectors
from apps.models.models import DataSet
from apps.models.services import counterfactuals
from apps.moralgraph.models import Value
from apps.moralgraph.services import graphs
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study
from apps.shared.signals import training_consents_asked, traits_asked
from tests.discretion.worlds import Graph, examples
from tests.factories import moralgraph as make
from tests.factories.discretion import (
    AnnotatorFactory,
    AuditFactory,
    PrincipleFactory,
    comparisons,
    verdict,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    return AuditFactory(study=study)


def told(groups: dict[str, list[Any]]) -> Iterator[None]:
    """Have people tell their group, as a study's question about them would."""

    def answer(**_: Any) -> dict[str, dict[Any, str]]:
        return {"age": {person: group for group, people in groups.items() for person in people}}

    traits_asked.connect(answer)
    yield
    traits_asked.disconnect(answer)


class Ages(Graph):
    """Seven of the young find one value wiser, seven of the old the other, and four are of an age alone."""

    def __init__(self, audit: Audit) -> None:
        self.groups = {"young": uuids(7), "old": uuids(7), "between": uuids(4)}
        super().__init__(audit)

    def vote(self, less_wise: Value, wiser: Value) -> None:
        """Have each age vote; the old see it the other way round."""
        for group, people in self.groups.items():
            ends = (wiser, less_wise) if group == "old" else (less_wise, wiser)
            for person in people:
                make.vote(*ends, self.context, participant_id=person)


def uuids(count: int) -> list[uuid.UUID]:
    return [uuid.uuid4() for _ in range(count)]


@pytest.fixture
def ages(audit: Audit, everybody_lets_train: None) -> Iterator[Ages]:
    """Return a graph on which ages differ, and twelve comparisons in which its values clash."""
    world = Ages(audit)
    reader = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 12):
        verdict(reader, row, "b", world.low_principle)
        verdict(reader, row, "a", world.high_principle)
    yield from (world for _ in told(world.groups))


def frozen(audit: Audit, built: data_sets.Built) -> DataSet:
    return models_selectors.data_set(study=audit.study, data_set_id=built.id)


def test_a_group_alone_makes_its_own_target(audit: Audit, ages: Ages) -> None:
    young, old = (
        data_sets.build(audit=audit, asked=Asked("graph", by="age", group=group), created_by=None)
        for group in ("young", "old")
    )

    assert min(row.p_a for row in examples(audit, young).values()) > 0.5
    assert max(row.p_a for row in examples(audit, old).values()) < 0.5
    rule = frozen(audit, old).rule
    assert (rule["group"], rule["by"], rule["answer"]) == ("age: old", "age", "old")
    assert (rule["people"], rule["votes"], rule["votes without consent"]) == (7, 7, 0)
    named = frozen(audit, old).lineage.filter(kind="participant").values_list("reference", flat=True)
    assert set(named) == {str(person) for person in ages.groups["old"]}
    source = next(iter(examples(audit, old).values())).source
    assert source["consents"] == 7
    assert source["values"] == sorted([ages.low.pk, ages.high.pk])
    assert old.name == f"age: old: moral graph, {audit.title}"


def test_a_group_so_small_that_it_could_be_named_is_no_target(audit: Audit, ages: Ages) -> None:
    def build(group: str, split: str = "prompts") -> None:
        asked = Asked("graph", by="age", group=group)
        data_sets.build(audit=audit, asked=asked, manner=Manner(split=split), created_by=None)

    with pytest.raises(Invalid, match="Fewer than 5 people of this group"):
        build("between")
    with pytest.raises(Invalid, match="Fewer than 5 people of this group"):
        build("nobody")
    with pytest.raises(Invalid, match="there is: age"):
        data_sets.build(audit=audit, asked=Asked("graph", by="height", group="tall"), created_by=None)
    # Of seven, two or three would be held out: the targets of so few could name them as well.
    with pytest.raises(Invalid, match="Fewer than 5 people of this group"):
        build("old", split="people")
    assert [trait.by for trait in may_be_heard(audit=audit).voters] == ["age"]
    assert {(row.name, row.people) for row in may_be_heard(audit=audit).voters[0].groups} == {
        ("old", 7),
        ("young", 7),
    }


def test_consent_is_asked_of_each_in_a_group(audit: Audit) -> None:
    world = Ages(audit)
    verdict(AnnotatorFactory(audit=audit), comparisons(audit, 2)[0], "a", world.high_principle)
    agreed = {*world.groups["old"][:5], *world.groups["young"][:4]}

    def answer(**_: Any) -> set[uuid.UUID]:
        return agreed

    training_consents_asked.connect(answer)
    for _ in told(world.groups):
        old = Asked("graph", by="age", group="old")
        rule = frozen(audit, data_sets.build(audit=audit, asked=old, created_by=None)).rule
        with pytest.raises(Invalid, match="agreed that a model is trained"):
            data_sets.build(audit=audit, asked=Asked("graph", by="age", group="young"), created_by=None)
        assert [group.name for trait in may_be_heard(audit=audit).voters for group in trait.groups] == ["old"]
    training_consents_asked.disconnect(answer)

    assert (rule["people"], rule["votes"], rule["votes without consent"]) == (5, 5, 2)


def test_where_too_few_of_a_group_voted_in_a_context_its_comparisons_are_left_out(
    audit: Audit, ages: Ages
) -> None:
    rare = make.ContextFactory(study=audit.study)
    for person in ages.groups["old"][:4]:
        make.vote(ages.low, ages.high, rare, participant_id=person)
    snapshot = graphs.take_snapshot(study=audit.study)
    first, second, *_ = Comparison.objects.filter(audit=audit)
    Comparison.objects.filter(pk__in=[first.pk, second.pk]).update(context_id=rare.pk)
    asked = Asked("graph", snapshot=snapshot.pk, by="age", group="old")

    built = data_sets.build(audit=audit, asked=asked, created_by=None)

    reason = "fewer than 5 of the group who agreed to training voted in its context"
    assert built.left_out == {reason: 2}
    assert {str(first.pk), str(second.pk)}.isdisjoint(examples(audit, built))


def test_two_groups_make_two_data_sets_that_differ_in_their_targets_alone(audit: Audit, ages: Ages) -> None:
    rare = make.ContextFactory(study=audit.study)
    for person in ages.groups["old"]:
        make.vote(ages.high, ages.low, rare, participant_id=person)
    snapshot = graphs.take_snapshot(study=audit.study)
    one = Comparison.objects.filter(audit=audit)[0]
    Comparison.objects.filter(pk=one.pk).update(context_id=rare.pk)
    asked = Asked("graph", snapshot=snapshot.pk, by="age")

    young, old = data_sets.build_two(audit=audit, asked=asked, groups=("young", "old"), created_by=None)

    pair = frozen(audit, young), frozen(audit, old)
    assert counterfactuals.matched(first=pair[0], second=pair[1], created_by=None) == pair
    assert (young.train_count, young.held_out_count) == (old.train_count, old.held_out_count)
    assert young.train_count + young.held_out_count == 11
    assert old.left_out == {"not in the other data set": 1}
    targets = [examples(audit, built) for built in (young, old)]
    assert all(row.p_a > 0.5 > targets[1][name].p_a for name, row in targets[0].items())
    with pytest.raises(Invalid, match="Choose two groups"):
        data_sets.build_two(audit=audit, asked=asked, groups=("old", "old"), created_by=None)


def test_where_one_of_two_groups_is_too_small_neither_data_set_is_made(audit: Audit, ages: Ages) -> None:
    with pytest.raises(Invalid, match="Fewer than 5"):
        data_sets.build_two(
            audit=audit, asked=Asked("graph", by="age"), groups=("old", "between"), created_by=None
        )

    assert not DataSet.objects.exists()


def test_some_annotators_alone_make_the_target_of_verdicts_and_of_a_principle(audit: Audit) -> None:
    care = PrincipleFactory(audit=audit)
    ann, ben, cleo = AnnotatorFactory.create_batch(3, audit=audit)
    batch = Batch.objects.create(audit=audit, title="Night shift")
    BatchMember.objects.bulk_create(BatchMember(batch=batch, annotator=person) for person in (ben, cleo))
    row, other = comparisons(audit, 2)
    for person, answer in ((ann, "a"), (ben, "b"), (cleo, "b")):
        said = verdict(person, row, answer)
        verdict(person, row, answer, care)
    verdict(ann, other, "a")
    by_batch = {"by": "batch", "group": str(batch.pk)}

    shift = data_sets.build(audit=audit, asked=Asked("verdicts", **by_batch), created_by=None)
    alone = Asked("principle", principle=care.pk, by="annotator", group=str(ann.pk))
    one = data_sets.build(audit=audit, asked=alone, created_by=None)

    assert {pk: row.p_a for pk, row in examples(audit, shift).items()} == {str(row.pk): 0.0}
    assert len(examples(audit, shift)[str(row.pk)].source["verdicts"]) == 2
    assert said.pk in examples(audit, shift)[str(row.pk)].source["verdicts"]
    assert shift.left_out == {"no human vote": 1}
    assert frozen(audit, shift).rule["group"] == "Batch “Night shift”"
    assert [row.p_a for row in examples(audit, one).values()] == [1.0]
    offered = {
        kind.by: [group.people for group in kind.groups] for kind in may_be_heard(audit=audit).annotators
    }
    assert offered == {"came": [3], "batch": [2], "annotator": [1, 1, 1]}


def test_a_group_of_annotators_who_judged_nothing_of_it_is_no_target(audit: Audit) -> None:
    care = PrincipleFactory(audit=audit)
    ann, ben = AnnotatorFactory.create_batch(2, audit=audit)
    row = comparisons(audit, 2)[0]
    verdict(ann, row, "a")
    verdict(ben, row, "b", care)

    asked = Asked("principle", principle=care.pk, by="annotator", group=str(ann.pk))
    with pytest.raises(Conflict, match="Nobody of the group"):
        data_sets.build(audit=audit, asked=asked, created_by=None)
    with pytest.raises(Invalid, match="no such group of annotators"):
        data_sets.build(audit=audit, asked=Asked("verdicts", by="annotator", group="0"), created_by=None)
