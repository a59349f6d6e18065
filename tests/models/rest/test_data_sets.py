"""Endpoints of data sets."""

import io
import json
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.models.models import DataSet, Run
from apps.models.services import checkpoints
from apps.shared.models import Role, Study
from apps.shared.signals import withdrawn
from tests.factories.models import example, frozen_data_set, kind_world
from tests.factories.shared import StudyFactory


@pytest.fixture
def data_set(study: Study) -> DataSet:
    """Return a data set with a plain, a soft and a tied target."""
    examples = [example(0, p_a=1.0), example(1, p_a=0.2), example(2, p_a=0.5), example(3, response_b="")]
    return frozen_data_set(study=study, examples=examples, held_out=0.0, rule={"target": "verdicts"})


def address(data_set: DataSet, tail: str = "") -> str:
    """Return a data set's address."""
    return f"/api/studies/{data_set.study.slug}/data-sets/{data_set.pk}/{tail}"


def exported(client: APIClient, data_set: DataSet, form: str = "own") -> list[dict[str, Any]]:
    """Return the lines of an export."""
    answer = client.get(address(data_set, f"export/?form={form}"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson"
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return [json.loads(line) for line in text.splitlines()]


def test_a_data_set_shows_counts_what_was_left_out_balance_and_samples(
    researcher: APIClient, data_set: DataSet
) -> None:
    body = researcher.get(address(data_set)).json()

    assert (body["train_count"], body["held_out_count"]) == (3, 0)
    assert body["left_out"] == {"a response is empty": 1}
    assert body["rule"] == {"target": "verdicts"}
    train = body["composition"]["train"]
    assert (train["prefers_a"], train["prefers_b"], train["ties"], train["soft"]) == (1, 1, 1, 1)
    assert train["longer_preferred"]["n"] == 2
    assert body["composition"]["held_out"]["longer_preferred"]["value"] is None
    assert [sample["id"] for sample in body["samples"]] == ["example-0", "example-1", "example-2"]


def test_an_export_holds_every_example_with_its_lineage(researcher: APIClient, data_set: DataSet) -> None:
    rows = exported(researcher, data_set)

    assert [row["p_a"] for row in rows] == [1.0, 0.2, 0.5]
    assert rows[0]["split"] == "train"
    assert rows[0]["source"]["comparison"] == "comparison-0"


def test_an_export_for_trl_puts_the_preferred_response_first_and_leaves_ties_out(
    researcher: APIClient, data_set: DataSet
) -> None:
    rows = exported(researcher, data_set, form="trl")

    assert [row["chosen"] for row in rows] == ["A longer first answer to 0", "Answer 1"]
    assert [row["p_chosen"] for row in rows] == [1.0, 0.8]


def test_an_unpaired_export_for_trl_labels_each_response_by_itself(
    researcher: APIClient, data_set: DataSet
) -> None:
    paired = exported(researcher, data_set, form="trl")

    rows = exported(researcher, data_set, form="trl-unpaired")

    assert len(rows) == 2 * len(paired)
    labelled = {(row["prompt"], row["completion"]): (row["label"], row["p"]) for row in rows}
    for pair in paired:
        assert labelled[pair["prompt"], pair["chosen"]] == (True, pair["p_chosen"])
        assert labelled[pair["prompt"], pair["rejected"]] == (False, pytest.approx(1 - pair["p_chosen"]))


def test_one_side_alone_is_exported_so_that_nobody_trains_on_what_is_held_out(
    researcher: APIClient, study: Study
) -> None:
    made = frozen_data_set(study=study, examples=kind_world(count=12))

    for form in ("own", "trl", "trl-unpaired", "trl-prompts"):
        both = exported(researcher, made, form=form)
        sides = {
            side: exported(researcher, made, form=f"{form}&side={side}") for side in ("train", "held_out")
        }
        assert both == [*sides["train"], *sides["held_out"]]
        assert {row["split"] for row in sides["train"]} == {"train"}
        assert not {row["prompt"] for row in sides["train"]} & {row["prompt"] for row in sides["held_out"]}
    assert researcher.get(address(made, "export/?side=left")).status_code == 400


def test_people_lead_to_the_data_sets_that_lean_on_them_and_back(
    researcher: APIClient, study: Study, data_set: DataSet
) -> None:
    person, other = uuid.uuid4(), uuid.uuid4()
    leaning = frozen_data_set(study=study, examples=kind_world(count=8), people=[person])

    found = researcher.get(f"/api/studies/{study.slug}/data-sets/?participant={person}").json()

    assert [row["id"] for row in found] == [str(leaning.pk)]
    assert researcher.get(address(leaning)).json()["people"] == {"n": 1, "ids": [str(person)]}
    assert researcher.get(f"/api/studies/{study.slug}/data-sets/?participant={other}").json() == []
    assert researcher.get(f"/api/studies/{study.slug}/data-sets/?snapshot=0").status_code == 400


def test_comparisons_and_values_lead_to_data_sets_and_on_to_what_was_trained_on_them(
    researcher: APIClient, study: Study, data_set: DataSet
) -> None:
    pairs = [str(uuid.uuid4()) for _ in range(4)]
    rows = [
        example(place, source={"comparison": pair, "values": [3, 5] if place else [3], "rule": "graph"})
        for place, pair in enumerate(pairs)
    ]
    leaning = frozen_data_set(study=study, examples=rows, name="From the graph")
    run = Run.objects.create(
        study=study, number=4, name="Fourth run", data_set=leaning, method="reward", size="tiny", config={}
    )
    saved = checkpoints.record(run=run, step=12, path="model", sha256="0" * 64, size_bytes=1)
    foreign = frozen_data_set(study=StudyFactory(), examples=rows)

    def found(asked: str) -> list[dict[str, Any]]:
        answer = researcher.get(f"/api/studies/{study.slug}/data-sets/?{asked}")
        assert answer.status_code == 200
        listed: list[dict[str, Any]] = answer.json()
        return listed

    assert {row["id"] for row in found("")} == {str(leaning.pk), str(data_set.pk)}
    for asked in (f"comparison={pairs[0]}", "value=5", "value=8&value=3", f"value=3&comparison={pairs[3]}"):
        (row,) = found(asked)
        assert (row["id"], row["name"]) == (str(leaning.pk), "From the graph")
        assert row["runs"] == [
            {
                "id": str(run.pk),
                "number": 4,
                "name": "Fourth run",
                "checkpoints": [{"id": str(saved.pk), "step": 12}],
            }
        ]
    assert found("value=8") == found(f"comparison={uuid.uuid4()}") == []
    assert found(f"value=8&comparison={pairs[0]}") == []
    assert foreign.lineage.filter(kind="value").count() == 2


@pytest.mark.parametrize("asked", ["value=0", "value=x", f"value={'9' * 40}", "comparison=one", "value="])
def test_what_is_no_comparison_and_no_value_is_refused(
    researcher: APIClient, study: Study, asked: str
) -> None:
    assert researcher.get(f"/api/studies/{study.slug}/data-sets/?{asked}").status_code == 400


def test_many_data_sets_with_runs_take_as_many_queries_as_one(researcher: APIClient, study: Study) -> None:
    def make(number: int) -> None:
        made = frozen_data_set(study=study, examples=[example(source={"values": [3]})])
        for each in (1, 2):
            run = Run.objects.create(
                study=study, number=10 * number + each, name=f"Run {number}{each}", data_set=made,
                method="reward", size="tiny", config={},
            )  # fmt: skip
            checkpoints.record(run=run, step=12, path="model", sha256="0" * 64, size_bytes=1)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            answer = researcher.get(f"/api/studies/{study.slug}/data-sets/?value=3")
        assert len(answer.json()) == DataSet.objects.count()
        return len(found)

    make(1)
    before = queries()
    for number in range(2, 6):
        make(number)
    assert queries() == before


def test_an_unknown_form_is_refused(researcher: APIClient, data_set: DataSet) -> None:
    answer = researcher.get(address(data_set, "export/?form=excel"))

    assert answer.status_code == 400
    assert (
        answer.json()["error"]["message"]
        == "There is no form excel; there are own, trl, trl-unpaired, trl-prompts."
    )


def test_files_that_are_gone_are_said(researcher: APIClient, data_set: DataSet) -> None:
    (data_set.folder / "train.jsonl").unlink()

    assert researcher.get(address(data_set)).status_code == 404
    assert researcher.get(address(data_set, "export/")).status_code == 404


def test_examples_come_a_page_at_a_time_with_what_each_leans_on(researcher: APIClient, study: Study) -> None:
    source = {"comparison": "one", "verdicts": [4, 7], "values": [3], "consents": 15}
    made = frozen_data_set(study=study, examples=[example(n, source=source) for n in range(50)], held_out=0.1)

    first = researcher.get(address(made, "examples/")).json()
    rest = [researcher.get(address(made, f"examples/?start={start}")).json() for start in (20, 40)]
    held_out = researcher.get(address(made, "examples/?side=held_out")).json()

    assert (first["total"], first["next"], len(first["examples"])) == (45, 20, 20)
    assert [page["next"] for page in rest] == [40, None]
    names = [row["id"] for page in (first, *rest, held_out) for row in page["examples"]]
    assert len(set(names)) == len(names) == 50
    assert first["examples"][0]["source"] == source
    assert (held_out["total"], held_out["next"]) == (5, None)
    assert researcher.get(address(made, "examples/?side=left")).status_code == 400
    assert researcher.get(address(made, "examples/?start=-1")).status_code == 400


def test_a_data_set_from_before_shows_the_titles_that_its_files_hold(
    researcher: APIClient, study: Study
) -> None:
    source = {"context": "When in doubt", "principles": {"Patience": 1.0}, "comparison": "one"}
    rule = {"target": "graph", "principles": ["Patience"]}
    made = frozen_data_set(study=study, examples=[example(n, source=source) for n in range(8)], rule=rule)

    found = researcher.get(address(made)).json()

    assert found["rule"] == rule
    assert found["samples"][0]["source"] == source
    assert exported(researcher, made)[0]["source"]["principles"] == [
        {"principle": "Patience", "preference": 1.0}
    ]


def test_a_folder_holds_a_card_that_says_whose_consent_counted(researcher: APIClient, study: Study) -> None:
    people = [uuid.uuid4() for _ in range(3)]
    rule = {"target": "graph", "group": "Age: under 30"}
    made = frozen_data_set(study=study, examples=kind_world(count=8), rule=rule, people=people)
    bare = frozen_data_set(study=study, examples=kind_world(count=8)[:2], held_out=0.0)

    def opened(data_set: DataSet) -> dict[str, str]:
        answer = researcher.get(address(data_set, "folder/?form=trl"))
        assert answer["Content-Type"] == "application/zip"
        raw = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        with zipfile.ZipFile(raw) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name).decode() for name in archive.namelist()}

    files = opened(made)
    assert set(files) == {"README.md", "train.jsonl", "held_out.jsonl"}
    assert [json.loads(line) for line in files["train.jsonl"].splitlines()] == [
        row for row in exported(researcher, made, form="trl") if row["split"] == "train"
    ]
    card = files["README.md"]
    assert "Participants who agreed to training and stand behind it: 3." in card
    assert "- group: Age: under 30" in card
    assert "license: unknown" in card
    assert made.hash in card
    assert "withdrawn" not in card
    withdrawn.send(sender=Study, study=study, participant_id=people[0])
    assert "**1 person behind its data has withdrawn since it was frozen.**" in opened(made)["README.md"]
    # The library refuses an empty file: a side without rows has none.
    assert set(opened(bare)) == {"README.md", "train.jsonl"}
    assert "held_out.jsonl" not in opened(bare)["README.md"]
    assert "No participant's votes" in opened(bare)["README.md"]
    assert researcher.get(address(made, "folder/?form=excel")).status_code == 400


def test_an_annotator_and_a_stranger_see_no_data_sets(
    sign_in: Callable[[Role], APIClient], data_set: DataSet, researcher: APIClient
) -> None:
    foreign = frozen_data_set(study=StudyFactory())

    assert sign_in(Role.ANNOTATOR).get(address(data_set)).status_code == 403
    assert APIClient().get(address(data_set)).status_code in {401, 403}
    assert researcher.get(address(foreign)).status_code == 404
