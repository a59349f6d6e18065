"""Arrays of verdicts: one annotator's verdict makes nobody else's anew, and files give back the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.discretion.models import Audit
from apps.discretion.selectors import judgements, matrices
from apps.discretion.services import audits
from apps.shared.models import Study
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study, settings: Any, tmp_path: Path) -> Iterator[Audit]:
    settings.FILES_DIR = tmp_path
    made: Audit = AuditFactory(study=study)
    rows = comparisons(made, 3)
    care = PrincipleFactory(audit=made)
    kim, robin = AnnotatorFactory.create_batch(2, audit=made)
    for row in rows:
        verdict(kim, row, "a", care)
        verdict(kim, row, "a")
        verdict(robin, row, "b")
    yield made
    matrices.forget()


def _asked(audit: Audit) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        judgements.ballots(audit=audit)
    return [query["sql"] for query in queries if 'FROM "discretion_verdict"' in query["sql"]]


def test_a_verdict_makes_one_annotators_arrays_anew(audit: Audit) -> None:
    judgements.ballots(audit=audit)
    robin = audit.annotators.order_by("pk").last()
    assert robin is not None
    standing = robin.verdicts.first()
    standing.answer, standing.preference = "a", 1
    standing.save()

    audits.touch(audit=audit, what="verdicts", annotators=[robin.pk])
    asked = _asked(audit)

    assert len(asked) == 2
    assert all(f"IN ({robin.pk})" in question for question in asked)
    assert sorted(judgements.ballots(audit=audit).overall[1]) == [-1, -1, 1]


def test_any_other_change_reads_all(audit: Audit) -> None:
    judgements.ballots(audit=audit)

    audits.touch(audit=audit, what="principles")

    assert len(_asked(audit)) == 2


def test_files_give_back_what_was_read(audit: Audit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(matrices, "WORTH_A_FILE", 1)
    first = judgements.ballots(audit=audit)
    matrices.forget()
    judgements.forget()

    asked = _asked(audit)
    again = judgements.ballots(audit=audit)

    assert asked == []
    assert again.comparisons == first.comparisons
    for name in ("overall", "votes", "sure", "turned", "lengths", "contexts"):
        np.testing.assert_array_equal(getattr(again, name), getattr(first, name))
    audits.touch(audit=audit, what="principles")
    judgements.ballots(audit=audit)
    assert len(list(tmp_path.rglob("*.npz"))) == 3


def test_a_file_that_was_cut_off_is_read_anew(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(matrices, "WORTH_A_FILE", 1)
    first = judgements.ballots(audit=audit)
    for path in tmp_path.rglob("*.npz"):
        path.write_bytes(path.read_bytes()[:100])
    matrices.forget()
    judgements.forget()

    np.testing.assert_array_equal(judgements.ballots(audit=audit).overall, first.overall)
