"""Imports from the command line."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.discretion.models import Audit, Comparison, Verdict
from apps.shared.models import Study
from tests.factories import discretion_files as make
from tests.factories.discretion import AuditFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Return a file of pairs with three people's verdicts."""
    path = tmp_path / "pairs.json"
    path.write_bytes(make.pandalm(6))
    return path


def imported(path: Path, study: Study, **options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_comparisons", str(path), study=study.slug, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_file_begins_an_audit_and_a_second_time_adds_nothing(pairs: Path, study: Study) -> None:
    out, _ = imported(pairs, study)

    audit = Audit.objects.get(study=study)
    assert out == f"Audit {audit.pk}: 6 of 6 rows were kept: 6 new pairs, 18 new verdicts.\n"
    again, _ = imported(pairs, study, audit=audit.pk)
    assert again == f"Audit {audit.pk}: this file was imported before; nothing was added.\n"
    assert (Comparison.objects.count(), Verdict.objects.count()) == (6, 18)


def test_bad_rows_are_listed_and_the_rest_is_kept_or_nothing_is(tmp_path: Path, study: Study) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("one,two,best\nyes,no,1\nyes,no,9\n")
    columns = {"column": ["response_a=one", "response_b=two", "preferred=best"]}
    audit = AuditFactory(study=study)

    with pytest.raises(CommandError, match="1 of 2 rows cannot be used, so nothing was imported"):
        imported(path, study, audit=audit.pk, **columns)
    assert not Comparison.objects.exists()
    _, err = imported(path, study, audit=audit.pk, keep_rest=True, **columns)

    assert err.startswith("row 2: ")
    assert Comparison.objects.filter(audit=audit).count() == 1


def test_a_dry_run_writes_nothing(pairs: Path, study: Study) -> None:
    out, _ = imported(pairs, study, dry_run=True)

    assert "6 of 6 rows can be read, nothing was written" in out
    assert not Comparison.objects.exists()


def test_what_is_not_there_is_said_in_one_sentence(pairs: Path, study: Study) -> None:
    with pytest.raises(CommandError, match="no study “elsewhere”"):
        call_command("import_comparisons", str(pairs), study="elsewhere")
    with pytest.raises(CommandError, match="no audit 999"):
        imported(pairs, study, audit=999)
    with pytest.raises(CommandError, match="cannot be read"):
        imported(pairs.with_name("missing.json"), study)
    with pytest.raises(CommandError, match="write it as FIELD=NAME"):
        imported(pairs, study, column=["left"])
