"""The headless twin says what the studio says."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from apps.shared.models import Study
from tests.factories import discretion_files as make
from tests.factories.discretion import AuditFactory, received


def audited(*paths: Path, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("audit_discretion", *map(str, paths), stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_pandalm_from_files_to_json(shared_data: Path) -> None:
    folder = shared_data / "pandalm"

    found = audited(folder / "testset-v1.json", folder / "gpt-3.5-turbo-testset-v1.json")

    assert round(found["agreement"]["alpha_nominal"]["value"], 3) == 0.864
    assert round(found["agreement"]["unanimous"]["value"], 3) == 0.88
    assert {row["name"] for row in found["annotators"]} >= {"annotator1", "gpt-3.5-turbo"}
    assert found["left_out"] == []


@pytest.mark.django_db
def test_files_and_database_give_the_same_numbers(
    tmp_path: Path, researcher: APIClient, study: Study, django_capture_on_commit_callbacks: Any
) -> None:
    content = json.dumps(make.annotated_pairs()).encode()
    path = tmp_path / "pairs.json"
    path.write_bytes(content)
    audit = AuditFactory(study=study)
    with django_capture_on_commit_callbacks(execute=True):
        received(audit, content)

    stored = researcher.get(f"/api/studies/{study.slug}/audits/{audit.pk}/measures/").json()
    found = audited(path)

    assert found["categories"] == stored["categories"]
    assert found["agreement"] == stored["agreement"]
    rates = {row["name"]: (row["da"], row["coverage"]) for row in found["annotators"]}
    assert rates == {row["name"]: (row["da"], row["coverage"]) for row in stored["annotators"]}


def test_it_can_write_a_file_and_names_rows_that_it_left_out(tmp_path: Path) -> None:
    path, judge, out = tmp_path / "a.json", tmp_path / "model-testset.json", tmp_path / "out.json"
    path.write_bytes(make.pandalm(3))
    judge.write_bytes(make.pandalm_judge(4))

    call_command("audit_discretion", str(path), str(judge), out=out)

    found = json.loads(out.read_text())
    assert found["comparisons"] == 3
    assert found["left_out"] == [
        {"file": judge.name, "row": 4, "reason": "There is no pair “3” in the files before."}
    ]


def test_a_file_that_is_not_there_or_not_readable_is_said_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[{")

    with pytest.raises(CommandError, match="not complete JSON"):
        audited(broken)
    with pytest.raises(CommandError, match="No such file"):
        audited(tmp_path / "missing.json")
