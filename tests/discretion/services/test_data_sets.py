"""Data sets from an audit: targets, lineage, and a split that keeps instructions together."""

import math
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.discretion.models import Annotator, Audit
from apps.discretion.services import data_sets
from apps.discretion.services.data_sets import Manner
from apps.discretion.services.targeting import Asked
from apps.elicitation.models import Consent
from apps.elicitation.services import withdrawals
from apps.models import selectors as models_selectors
from apps.models.models import Lineage
from apps.moralgraph import selectors as graph
from apps.moralgraph.models import Belonging, GraphImport, Vote
from apps.moralgraph.services import graphs
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study
from tests.discretion.worlds import Graph, examples
from tests.factories import moralgraph as make
from tests.factories.discretion import (
    AnnotatorFactory,
    AuditFactory,
    PrincipleFactory,
    comparisons,
    verdict,
)
from tests.factories.elicitation import at_the_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    return AuditFactory(study=study)


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

    built = data_sets.build(audit=audit, asked=Asked("verdicts"), created_by=None)

    found = examples(audit, built)
    assert found[str(rows[0].pk)].p_a == pytest.approx(2 / 3)
    assert found[str(rows[1].pk)].p_a == 0
    assert found[str(rows[0].pk)].source["verdicts"] == ids
    assert found[str(rows[0].pk)].source["comparison"] == str(rows[0].pk)
    assert built.left_out == {"no human vote": 1}


def test_a_data_set_says_how_many_of_its_annotators_came_with_a_file(audit: Audit) -> None:
    here = AnnotatorFactory(audit=audit, kind=Annotator.Kind.PERSON)
    people = [here, *AnnotatorFactory.create_batch(2, audit=audit)]
    for row in comparisons(audit, 4):
        for person in people:
            verdict(person, row, "a")

    built = data_sets.build(audit=audit, asked=Asked("verdicts"), created_by=None)

    rule = models_selectors.data_set(study=audit.study, data_set_id=built.id).rule
    assert (len(rule["annotators"]), rule["annotators who came with a file"]) == (3, 2)


def test_pairs_of_one_instruction_stay_on_one_side(audit: Audit) -> None:
    person = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 60):
        verdict(person, row, "a")

    built = data_sets.build(audit=audit, asked=Asked("verdicts"), created_by=None)

    data_set = models_selectors.data_set(study=audit.study, data_set_id=built.id)
    keys = [
        {row.split_key for row in models_selectors.examples(data_set=data_set, side=side)}
        for side in ("train", "held_out")
    ]
    assert keys[0] & keys[1] == set()
    assert built.held_out_count > 0


@pytest.mark.usefixtures("everybody_lets_train")
def test_the_graph_decides_where_principles_clash(audit: Audit) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    clash, agreed, silent, _ = comparisons(audit, 4)
    verdict(reader, clash, "b", world.low_principle)
    verdict(reader, clash, "a", world.high_principle)
    verdict(reader, agreed, "b", world.low_principle)
    verdict(reader, silent, "tie", world.low_principle)

    built = data_sets.build(audit=audit, asked=Asked("graph", temperature=0.5), created_by=None)

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


@pytest.mark.usefixtures("everybody_lets_train")
def test_a_target_leans_on_the_values_that_make_it_and_on_no_others(audit: Audit) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    row, _ = comparisons(audit, 2)
    verdict(reader, row, "b", world.low_principle)
    verdict(reader, row, "a", world.high_principle)
    verdict(reader, row, "a")

    def values(asked: Asked) -> tuple[list[int], set[str]]:
        built = data_sets.build(audit=audit, asked=asked, created_by=None)
        noted = Lineage.objects.filter(data_set=built.id, kind="value")
        named: list[int] = examples(audit, built)[str(row.pk)].source["values"]
        return named, set(noted.values_list("reference", flat=True))

    low, high = world.low.pk, world.high.pk
    assert values(Asked("graph")) == ([low, high], {str(low), str(high)})
    assert values(Asked("principle", principle=world.high_principle.pk)) == ([high], {str(high)})
    assert values(Asked("verdicts")) == ([], set())


@pytest.mark.usefixtures("everybody_lets_train")
def test_a_later_snapshot_can_be_named(audit: Audit) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 3):
        verdict(reader, row, "b", world.low_principle)
        verdict(reader, row, "a", world.high_principle)
    for _ in range(3):
        world.vote(world.high, world.low)
    later = graphs.take_snapshot(study=audit.study)

    before = examples(audit, data_sets.build(audit=audit, asked=Asked("graph"), created_by=None))
    after = examples(
        audit,
        data_sets.build(audit=audit, asked=Asked("graph", snapshot=later.pk), created_by=None),
    )

    assert min(row.p_a for row in before.values()) > 0.5 > max(row.p_a for row in after.values())


@pytest.mark.parametrize("wrong", [{"target": "wishes"}, {"target": "verdicts"}])
def test_a_data_set_of_nothing_or_of_an_unknown_target_is_refused(
    audit: Audit, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        data_sets.build(audit=audit, asked=Asked(**wrong), created_by=None)


def test_only_those_who_agreed_to_training_make_the_graph_that_a_model_is_trained_on(audit: Audit) -> None:
    world = Graph(audit)
    agreed = [at_the_card(study=audit.study).participant for _ in range(6)]
    for person in agreed:
        Consent.objects.filter(participant=person).update(training=True)
        make.vote(world.high, world.low, world.context, participant_id=person.pk)
    snapshot = graphs.take_snapshot(study=audit.study)
    reader = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 3):
        verdict(reader, row, "b", world.low_principle)
        verdict(reader, row, "a", world.high_principle)
    asked = Asked("graph", snapshot=snapshot.pk)

    built = data_sets.build(audit=audit, asked=asked, created_by=None)

    # Twenty people found the one wiser and did not agree; six who agreed found the other wiser.
    assert max(row.p_a for row in examples(audit, built).values()) < 0.5
    data_set = models_selectors.data_set(study=audit.study, data_set_id=built.id)
    assert (data_set.rule["people"], data_set.rule["votes"], data_set.rule["votes without consent"]) == (
        6,
        6,
        20,
    )
    named = Lineage.objects.filter(data_set=data_set, kind="participant")
    assert set(named.values_list("reference", flat=True)) == {str(person.pk) for person in agreed}

    withdrawals.withdraw(participant=agreed[0])
    data_set.refresh_from_db()
    assert data_set.withdrawals == 1
    Consent.objects.update(training=False)
    with pytest.raises(Conflict, match="agreed"):
        data_sets.build(audit=audit, asked=asked, created_by=None)


def test_imported_votes_count_only_where_the_researcher_vouches_for_them(audit: Audit) -> None:
    world = Graph(audit)
    Vote.objects.update(imported=GraphImport.objects.create(study=audit.study, sha256="0" * 64))
    reader = AnnotatorFactory(audit=audit)
    verdict(reader, comparisons(audit, 2)[0], "a", world.high_principle)

    with pytest.raises(Conflict, match="agreed"):
        data_sets.build(audit=audit, asked=Asked("graph"), created_by=None)
    built = data_sets.build(audit=audit, asked=Asked("graph", imported=True), created_by=None)

    rule = models_selectors.data_set(study=audit.study, data_set_id=built.id).rule
    assert (rule["votes"], rule["imported votes"]) == (20, "taken as agreed")


def test_one_principles_votes_are_a_target_of_their_own(audit: Audit) -> None:
    kindness, candour = PrincipleFactory.create_batch(2, audit=audit)
    readers = AnnotatorFactory.create_batch(4, audit=audit)
    split, silent, unread = comparisons(audit, 3)
    for reader, answer in zip(readers, ["a", "a", "a", "b"], strict=True):
        verdict(reader, split, answer, kindness)
        verdict(reader, split, "b", candour)
    verdict(readers[0], silent, "tie", kindness)

    built = data_sets.build(audit=audit, asked=Asked("principle", principle=kindness.pk), created_by=None)

    assert {row.id: row.p_a for row in examples(audit, built).values()} == {str(split.pk): 0.75}
    assert built.left_out == {"not judged by the principle": 1, "the principle does not decide": 1}
    assert built.name.endswith(kindness.title)
    with pytest.raises(Invalid):
        data_sets.build(audit=audit, asked=Asked("principle", principle=unread.pk), created_by=None)


def test_split_by_people_nobody_is_heard_on_both_sides(audit: Audit) -> None:
    people = AnnotatorFactory.create_batch(4, audit=audit)
    rows = comparisons(audit, 40)
    for row in rows:
        for place, person in enumerate(people):
            verdict(person, row, "a" if place % 2 else "b")

    built = data_sets.build(
        audit=audit, asked=Asked("verdicts"), manner=Manner(split="people", held_out=0.5), created_by=None
    )

    data_set = models_selectors.data_set(study=audit.study, data_set_id=built.id)
    trained, against = data_set.rule["annotators"], data_set.rule["held out"]["annotators"]
    assert (len(trained), len(against)) == (2, 2)
    assert set(trained) | set(against) == {person.name for person in people}
    behind = {
        side: {
            name
            for row in models_selectors.examples(data_set=data_set, side=side)
            for name in Annotator.objects.filter(verdicts__in=row.source["verdicts"]).values_list(
                "name", flat=True
            )
        }
        for side in ("train", "held_out")
    }
    assert behind == {"train": set(trained), "held_out": set(against)}
    prompts = [
        {row.split_key for row in models_selectors.examples(data_set=data_set, side=side)}
        for side in ("train", "held_out")
    ]
    assert prompts[0] & prompts[1] == set()


def test_split_by_people_one_person_alone_is_refused(audit: Audit) -> None:
    verdict(AnnotatorFactory(audit=audit), comparisons(audit, 2)[0], "a")

    with pytest.raises(Conflict, match="two people"):
        data_sets.build(audit=audit, asked=Asked("verdicts"), manner=Manner(split="people"), created_by=None)


@pytest.mark.usefixtures("everybody_lets_train")
def test_split_by_people_the_graph_of_each_side_has_its_own_voters(audit: Audit) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    for row in comparisons(audit, 12):
        verdict(reader, row, "a", world.high_principle)

    built = data_sets.build(audit=audit, asked=Asked("graph"), manner=Manner(split="people"), created_by=None)

    rule = models_selectors.data_set(study=audit.study, data_set_id=built.id).rule
    assert (rule["people"], rule["held out"]["people"], rule["votes without consent"]) == (15, 5, 0)


@pytest.mark.usefixtures("everybody_lets_train")
def test_votes_on_a_value_that_was_put_into_another_are_trained_on_as_the_snapshot_counts_them(
    audit: Audit,
) -> None:
    world = Graph(audit)
    twin = make.ValueFactory(study=audit.study)
    card = make.CardFactory(study=audit.study, value=twin)
    Belonging.objects.create(card=card, value=twin)
    make.merge(card, into=world.low)
    world.vote(twin, world.high)
    snapshot = graphs.take_snapshot(study=audit.study)
    verdict(AnnotatorFactory(audit=audit), comparisons(audit, 2)[0], "a", world.high_principle)

    built = data_sets.build(audit=audit, asked=Asked("graph", snapshot=snapshot.pk), created_by=None)

    rule = models_selectors.data_set(study=audit.study, data_set_id=built.id).rule
    assert (rule["people"], rule["votes"], rule["votes without consent"]) == (40, 40, 0)


@pytest.mark.usefixtures("everybody_lets_train")
@pytest.mark.parametrize("split", ["prompts", "people"])
def test_a_snapshots_votes_are_read_once_however_many_contexts_and_sides_there_are(
    audit: Audit, split: str
) -> None:
    world = Graph(audit)
    reader = AnnotatorFactory(audit=audit)
    for place, row in enumerate(comparisons(audit, 12)):
        verdict(reader, row, "a", world.high_principle)
        row.context_id = world.context.pk if place % 2 else None
        row.save(update_fields=["context_id"])

    with CaptureQueriesContext(connection) as done:
        data_sets.build(audit=audit, asked=Asked("graph"), manner=Manner(split=split), created_by=None)

    read = [row["sql"] for row in done if '"moralgraph_vote"."answer"' in row["sql"]]
    assert len(read) == 1
