"""Freezing a data set: whole or not at all, and never changed unseen."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from apps.models import selectors
from apps.models.domain.composition import OVER_LIMIT
from apps.models.models import DataSet
from apps.models.services import data_sets, withdrawal
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.factories.models import example, frozen_data_set, kind_world
from tests.factories.shared import StudyFactory


def test_a_data_set_holds_both_sides_with_counts_hash_and_lineage(study: Study) -> None:
    data_set = frozen_data_set(study=study, examples=kind_world(count=20), rule={"target": "verdicts"})

    train = list(selectors.examples(data_set=data_set, side="train"))
    held_out = list(selectors.examples(data_set=data_set, side="held_out"))
    assert (len(train), len(held_out)) == (data_set.train_count, data_set.held_out_count) == (15, 5)
    assert len(data_set.hash) == 64
    assert data_set.rule == {"target": "verdicts"}
    assert data_set.composition["train"]["n"] == 15
    assert selectors.held_out_ids(data_set=data_set) == [e.source["comparison"] for e in held_out]
    data_sets.verify(data_set=data_set)


def test_the_same_examples_have_the_same_hash_and_others_have_not(study: Study) -> None:
    same = [frozen_data_set(study=study, examples=kind_world(count=9, seed=1)).hash for _ in range(2)]
    other = frozen_data_set(study=study, examples=kind_world(count=9, seed=2)).hash

    assert same[0] == same[1] != other


def test_nothing_to_train_on_is_refused_and_leaves_nothing_behind(study: Study, files: Path) -> None:
    with pytest.raises(Invalid, match="nothing to train on"):
        frozen_data_set(study=study, examples=[example(0, response_a=" ")])

    assert not DataSet.objects.exists()
    assert not list(files.rglob("*"))


@pytest.mark.parametrize("fields", [{"held_out": 1.0}, {"held_out": -0.1}, {"limit": 0}])
def test_parameters_out_of_range_are_refused(study: Study, fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        frozen_data_set(study=study, **fields)


def test_what_is_left_out_is_counted_beside_what_the_maker_left_out(study: Study) -> None:
    examples = [*kind_world(count=12), example(99, response_b="")]

    data_set = frozen_data_set(study=study, examples=examples, limit=8, left_out={"no verdict": 3})

    assert data_set.left_out == {"no verdict": 3, "a response is empty": 1, OVER_LIMIT: 4}
    assert data_set.train_count + data_set.held_out_count == 8


@pytest.mark.django_db
def test_simulated_people_are_left_out_unless_the_study_asks_for_them() -> None:
    examples = [*kind_world(count=4), example(50, source={"simulated": True})]
    strict, open_to_all = StudyFactory(), StudyFactory(include_simulated=True)

    assert frozen_data_set(study=strict, examples=examples).left_out == {"it leans on simulated people": 1}
    assert frozen_data_set(study=open_to_all, examples=examples).left_out == {}


def test_a_changed_file_is_noticed(study: Study) -> None:
    data_set = frozen_data_set(study=study)
    path = data_set.folder / "train.jsonl"
    path.write_text(path.read_text().replace('"p_a": 1.0', '"p_a": 0.0'))

    with pytest.raises(Conflict, match="changed after it was frozen"):
        data_sets.verify(data_set=data_set)


def test_a_withdrawal_marks_the_data_sets_that_lean_on_the_person(study: Study) -> None:
    person = uuid.uuid4()
    leaning = frozen_data_set(
        study=study, examples=[example(0, source={"participants": [str(person)]}), example(1)]
    )
    free = frozen_data_set(study=study)
    before = leaning.hash

    withdrawn.send(sender=Study, study=study, participant_id=person)

    leaning.refresh_from_db()
    free.refresh_from_db()
    assert (leaning.withdrawals, free.withdrawals) == (1, 0)
    assert leaning.hash == before
    assert not leaning.lineage.filter(reference=str(person)).exists()


def test_a_data_set_notes_each_thing_that_it_leans_on_once(study: Study) -> None:
    person = uuid.uuid4()
    made = frozen_data_set(
        study=study,
        examples=[
            example(0, source={"comparison": "c-0", "values": [3, 5], "snapshot": 7}),
            example(1, source={"comparison": "c-1", "values": [3], "snapshot": 7}),
            example(2, response_b="", source={"comparison": "c-2", "values": [9]}),
        ],
        people=[person],
        held_out=0.0,
    )

    noted = set(made.lineage.values_list("kind", "reference"))
    assert noted == {
        ("participant", str(person)),
        ("snapshot", "7"),
        ("comparison", "c-0"),
        ("comparison", "c-1"),
        ("value", "3"),
        ("value", "5"),
    }


def test_a_withdrawal_from_a_snapshot_marks_what_was_made_from_it(study: Study) -> None:
    made = frozen_data_set(study=study, examples=[example(0, source={"snapshot": 7}), example(1)])

    marked = withdrawal.note_graph(study=study, snapshot_ids=[7, 8], participant_id=uuid.uuid4())

    made.refresh_from_db()
    assert (marked, made.withdrawals) == (1, 1)


def test_a_withdrawn_value_marks_what_was_made_of_it_without_a_snapshot(study: Study) -> None:
    of_value = frozen_data_set(study=study, examples=[example(0, source={"values": [5]}), example(1)])
    of_snapshot = frozen_data_set(
        study=study, examples=[example(2, source={"values": [5], "snapshot": 7}), example(3)]
    )

    marked = withdrawal.note_graph(
        study=study, snapshot_ids=[], value_ids=[4, 5], participant_id=uuid.uuid4()
    )

    of_value.refresh_from_db()
    of_snapshot.refresh_from_db()
    assert (marked, of_value.withdrawals, of_snapshot.withdrawals) == (1, 1, 0)


def test_one_person_counts_once_where_they_are_named_and_in_the_snapshot(study: Study) -> None:
    person = uuid.uuid4()
    source = {"participants": [str(person)], "snapshot": 7}
    made = frozen_data_set(study=study, examples=[example(0, source=source), example(1)])

    withdrawn.send(sender=Study, study=study, participant_id=person)
    marked = withdrawal.note_graph(study=study, snapshot_ids=[7], participant_id=person)

    made.refresh_from_db()
    assert (marked, made.withdrawals) == (0, 1)
