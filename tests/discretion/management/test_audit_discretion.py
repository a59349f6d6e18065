"""The headless audit: exact output, one sentence for every fault, nothing but the file needed."""

import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from apps.shared.models import Study
from tests.factories import discretion_files as make
from tests.factories.discretion import AuditFactory, received

ROOT = Path(__file__).resolve().parents[3]


def pairs(rows: list[dict[str, str | None]], **more: Any) -> dict[str, Any]:
    """Return an AnnotatedPairs file by two principles, a person and a model, from their prefs by id."""
    return {
        "metadata": {"version": "2.0", "default_annotator": "h1"},
        "annotators": {
            "p1": {"description": "Be kind", "name": "kind", "type": "principle"},
            "p2": {"name": "Be frank", "type": "principle"},
            "h1": {"name": "person", "description": "who reads", "type": "human"},
            "m1": {"name": "model", "type": "unknown"},
        },
        "comparisons": [
            {
                "id": f"c{number}",
                "prompt": None,
                "response_a": {"text": "one"},
                "response_b": {"text": "two"},
                "annotations": {key: {"pref": pref} for key, pref in row.items()},
            }
            for number, row in enumerate(rows)
        ],
    } | more


ROWS: list[dict[str, str | None]] = [
    {"p1": "a", "p2": "a", "h1": "a", "m1": "b"},  # consensus for A
    {"p1": "b", "p2": None, "h1": "a", "m1": "b"},  # consensus for B
    {"p1": "a", "p2": "b", "h1": "a", "m1": "b"},  # conflict
    {"p1": "b", "p2": "a", "h1": "a", "m1": None},  # conflict
    {"p1": None, "h1": "b"},  # indifference; the second principle and the model say nothing
]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Any], Path]:
    """Return what writes a file of pairs."""

    def write(content: Any) -> Path:
        path = tmp_path / "pairs.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write


def audited(path: Path, reference: str = "person", **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("audit_discretion", str(path), reference=reference, stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_small_file_worked_by_hand(written: Callable[[Any], Path]) -> None:
    found = audited(written(pairs(ROWS)))

    assert found["n"] == 5
    assert found["categories"] == {"consensus": 0.4, "conflict": 0.4, "indifference": 0.2}
    person, model = found["annotators"]["person"], found["annotators"]["model"]
    assert list(found["annotators"]) == ["person", "model"]
    assert (person["coverage"], model["coverage"]) == (1.0, 0.6)
    # Wilson for 1 of 2 at 95 %.
    assert person["da"] == {
        "value": 0.5,
        "n": 2,
        "against": 1,
        "low": pytest.approx(0.0945, abs=1e-4),
        "high": pytest.approx(0.9055, abs=1e-4),
    }
    assert (model["da"]["value"], model["da"]["against"], model["da"]["n"]) == (0.5, 1, 2)
    assert person["priority"] == {"Be kind": 0.0, "Be frank": 0.0}
    assert model["priority"] == {"Be kind": "always loses", "Be frank": "always wins"}
    assert {"winner": "Be kind", "loser": "Be frank", "value": 0.5, "n": 2} in person["supremacy"]
    assert {"winner": "Be frank", "loser": "Be kind", "value": 1.0, "n": 1} in model["supremacy"]
    # The person's two principles are tied, so there is no order to compare with.
    assert model["dd"]["value"] is None


def test_fewest_active_principles_restrict_arbitrariness_alone(written: Callable[[Any], Path]) -> None:
    path = written(pairs(ROWS))

    one, two = audited(path), audited(path, min_active=2)

    assert (two["annotators"]["person"]["da"]["n"], two["annotators"]["person"]["da"]["against"]) == (1, 0)
    assert two["categories"] == one["categories"]
    assert two["annotators"]["model"]["supremacy"] == one["annotators"]["model"]["supremacy"]


def test_discrepancy_with_bootstrap_and_noise_floor(written: Callable[[Any], Path]) -> None:
    rows: list[dict[str, str | None]] = [
        {"p1": "a", "p2": "b", "h1": "a" if number % 4 else "b", "m1": "b" if number % 4 else "a"}
        for number in range(200)
    ]

    found = audited(written(pairs(rows)))

    model, person = found["annotators"]["model"]["dd"], found["annotators"]["person"]["dd"]
    assert model == {"value": 1.0, "bootstrap_mean": 1.0, "bootstrap_sd": 0.0}
    assert person == {"value": 0.0, "bootstrap_mean": 0.0, "bootstrap_sd": 0.0}
    assert found["noise_floor"] == {"value": 0.0, "p95": 0.0}
    # log(3), centred: three of four clashes are decided for kindness.
    assert found["annotators"]["person"]["priority"]["Be kind"] == pytest.approx(0.5493, abs=1e-4)


def test_annotators_that_come_after_the_pairs_and_packed_files(
    written: Callable[[Any], Path], tmp_path: Path
) -> None:
    whole = pairs(ROWS)
    late = dict(reversed(whole.items()))
    packed = tmp_path / "pairs.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(whole).encode()))

    assert audited(written(late)) == audited(written(whole)) == audited(packed)


def test_two_annotators_of_one_name_are_told_apart(written: Callable[[Any], Path]) -> None:
    whole = pairs(ROWS)
    whole["annotators"]["m1"]["name"] = "person"

    found = audited(written(whole), reference="person (h1)")

    assert list(found["annotators"]) == ["person (h1)", "person (m1)"]


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in pairs(ROWS).items() if name != key}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "this file is empty"),
        (json.dumps(pairs(ROWS)).replace('"c0"', "9" * 5000), "a number of thousands of digits"),
        ("[]", "not a JSON object"),
        (json.dumps(pairs(ROWS)).replace('"c2", ', '"c2",, '), "comparison 3: This is not complete JSON"),
        ('{"annotators": {', "not complete JSON"),
        (json.dumps(pairs(ROWS))[:-40], "not complete JSON"),
        (json.dumps(pairs(ROWS)) + "{", "more text after the end"),
        (pairs([]), "no pair"),
        (_without("comparisons"), "no “comparisons”"),
        (_without("annotators"), "no “annotators”"),
        (pairs(ROWS, metadata={"version": "1.0"}), "only version 2.0"),
        (pairs([{"h1": "tie"}]), "comparison 1 (“c0”) has an annotation by “h1” whose pref is “tie”"),
        (pairs([{"h1": 1}]), "whose pref is 1"),
        (pairs([{"zz": "a"}]), "annotation by “zz”, who is not among"),
        (pairs(ROWS, comparisons=pairs(ROWS)["comparisons"][:1] * 2), "“c0”, which is there twice"),
        (json.dumps(pairs(ROWS)).replace('"h1": {"name', '"m1": {"name'), "id “m1” is there twice"),
        (pairs(ROWS, annotators={"h1": {"name": "person"}}), "is not among"),
        (pairs([{}], annotators={"h1": {"name": "person"}}), "no annotator of type “principle”"),
        (pairs(ROWS, comparisons=[3]), "comparison 1 is not an object"),
        (pairs(ROWS, comparisons=[{"id": "c"}]), "no “annotations”"),
    ],
)
def test_every_fault_is_one_sentence_that_names_the_file(
    written: Callable[[Any], Path], content: Any, sentence: str
) -> None:
    path = written(content)

    with pytest.raises(CommandError) as caught:
        audited(path)

    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said


def test_unknown_reference_missing_file_and_bad_controls(written: Callable[[Any], Path]) -> None:
    path = written(pairs(ROWS))

    with pytest.raises(CommandError, match=r"no annotator “nobody”.*“person”, “model”"):
        audited(path, reference="nobody")
    with pytest.raises(CommandError, match=r"missing\.json: .*No such file"):
        audited(path.with_name("missing.json"))
    with pytest.raises(CommandError, match="--min-active must be at least 1"):
        audited(path, min_active=0)
    path.write_bytes(b'{"a": "\xff\xfe"}')
    with pytest.raises(CommandError, match="not text in UTF-8"):
        audited(path)


def test_it_runs_by_itself_without_settings_database_or_data_folder(written: Callable[[Any], Path]) -> None:
    kept = {"PATH", "HOME", "LANG"}
    plain = {name: value for name, value in os.environ.items() if name in kept}
    plain["DATA_DIR"] = "/proc/nowhere"
    command = [sys.executable, str(ROOT / "manage.py"), "audit_discretion", str(written(pairs(ROWS)))]

    good = subprocess.run([*command, "--reference", "person"], env=plain, capture_output=True, text=True)
    bad = subprocess.run([*command, "--reference", "x"], env=plain, capture_output=True, text=True)

    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["n"] == 5
    assert bad.returncode != 0
    assert bad.stdout == ""
    assert len(bad.stderr.strip().splitlines()) == 1


def test_the_published_example_files_can_be_audited(shared_data: Path) -> None:
    found = audited(shared_data / "annotated-pairs" / "annotated_pairs.json", reference="preferred_text")

    # One pair, on which six principles speak for A and five for B: counted in the file by hand.
    assert found["categories"] == {"consensus": 0.0, "conflict": 1.0, "indifference": 0.0}
    said = found["annotators"]["preferred_text"]
    assert said["priority"]["Select the response that is more verbose"] == "always wins"
    assert said["priority"]["Select the response that is more concise"] == "always loses"
    assert said["priority"]["Select the response that is more polite"] is None
    assert len(said["supremacy"]) == 2 * len(_for("always wins", said)) * len(_for("always loses", said))


def _for(words: str, said: dict[str, Any]) -> list[str]:
    return [name for name, weight in said["priority"].items() if weight == words]


@pytest.mark.django_db
def test_file_and_studio_give_the_same_numbers(
    tmp_path: Path, researcher: APIClient, study: Study, django_capture_on_commit_callbacks: Any
) -> None:
    content = json.dumps(make.annotated_pairs()).encode()
    path = tmp_path / "pairs.json"
    path.write_bytes(content)
    audit = AuditFactory(study=study)
    with django_capture_on_commit_callbacks(execute=True):
        received(audit, content)

    stored = researcher.get(f"/api/studies/{study.slug}/audits/{audit.pk}/measures/").json()
    names = {row["name"]: row for row in stored["annotators"]}
    annotator = next(
        row["name"] for row in make.annotated_pairs()["annotators"].values() if row["type"] != "principle"
    )
    found = audited(path, reference=annotator)

    shares = {name: rate["value"] for name, rate in stored["categories"].items()}
    assert found["categories"] == pytest.approx(shares)
    for name, row in found["annotators"].items():
        assert row["coverage"] == names[name]["coverage"]["value"]
        assert row["da"]["value"] == names[name]["da"]["value"]
        assert (row["da"]["low"], row["da"]["high"]) == (names[name]["da"]["low"], names[name]["da"]["high"])
