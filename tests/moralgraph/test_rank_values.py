"""The headless twin gives what the studio shows."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.moralgraph import selectors
from apps.moralgraph.services import demo
from apps.shared.models import Study


def rank(path: Path, *options: str) -> Any:
    out = io.StringIO()
    call_command("rank_values", str(path), *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def exported(study: Study, tmp_path: Path) -> Path:
    study.include_simulated = True
    study.save()
    demo.load(study=study)
    path = tmp_path / "votes.json"
    path.write_text(json.dumps(selectors.votes_export(study=study)))
    return path


@pytest.mark.parametrize("rule", ["touchstone", "mge-2023"])
def test_an_exported_graph_is_ranked_to_the_same_numbers(study: Study, exported: Path, rule: str) -> None:
    found = rank(exported, "--rule", rule)

    shown = selectors.ranked_graph(study=study, rule=rule)
    assert [item["value"] for item in found["values"]] == [item.value for item in shown.ranking.values]
    for mine, theirs in zip(found["values"], shown.ranking.values, strict=True):
        assert mine["score"] == pytest.approx(theirs.score, abs=1e-9)
        assert mine["low"] == theirs.low
        assert mine["p_top"] == theirs.p_top
    assert found["votes"] == shown.ranking.votes
    assert found["cycles"] == [list(group) for group in shown.cycles]


def test_one_context_and_parameters_can_be_chosen(study: Study, exported: Path) -> None:
    context = selectors.contexts(study=study)[1].pk

    found = rank(exported, "--context", str(context), "--set", "draws=50")

    shown = selectors.ranking(study=study, context=context)
    assert found["votes"] == shown.votes
    assert found["parameters"]["draws"] == 50


def test_simulated_people_can_be_left_out(exported: Path) -> None:
    found = rank(exported, "--real-people-only")

    assert (found["votes"], found["support"], len(found["values"])) == (0, "none", 12)


def test_a_table_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(
        "voter,less_wise,wiser,answer\nann,tea,water,wiser\nbob,tea,water,wiser\ncy,water,tea,unsure\n"
    )

    found = rank(path)

    assert [item["value"] for item in found["values"]] == ["water", "tea"]
    assert (found["votes"], found["participants"]) == (3, 3)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty"),
        ("voter,wiser,answer\n", "The header lacks: less_wise"),
        ("voter,less_wise,wiser,answer\nann,a,b,maybe\n", "Row 2: the answer “maybe”"),
        ("voter,less_wise,wiser,answer\nann,a,,wiser\n", "Row 2: “wiser” is missing"),
        ("voter,less_wise,wiser,answer\nann,a,a,wiser\n", "two different values"),
        ('{"votes": [', "this is not JSON"),
        ('{"votes": 3}', "a list “votes”"),
        ('[{"voter": 1, "less_wise": [], "wiser": "b", "answer": "wiser"}]', "names nothing"),
        ('["x"]', "Row 1"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "votes"
    path.write_text(text)

    with pytest.raises(CommandError, match=says):
        rank(path)


def test_a_missing_file_and_a_bad_parameter_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        rank(tmp_path / "nowhere.json")
    path = tmp_path / "votes.json"
    path.write_text("[]")
    with pytest.raises(CommandError, match="draws"):
        rank(path, "--set", "draws=1")
    with pytest.raises(CommandError, match="NAME=NUMBER"):
        rank(path, "--set", "draws=many")
