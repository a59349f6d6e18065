"""How long 100,000 comparisons take: to read, to keep, and to measure. Prints a table and asserts only that
it is all there.
"""

import json
import resource
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File

from apps.discretion.domain.parsers import files
from apps.discretion.domain.report import Controls
from apps.discretion.models import Audit, Verdict
from apps.discretion.selectors.judgements import Choice, measures
from apps.discretion.services import imports
from tests.factories import discretion_files as make
from tests.factories.discretion import AuditFactory

ROWS = 100_000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a file of 100,000 pairs with three verdicts each."""
    path = tmp_path / "large.json"
    with path.open("w") as file:
        for number in range(ROWS):
            file.write("[" if number == 0 else ",")
            file.write(json.dumps(make.pandalm_record(number)))
        file.write("]")
    return path


@pytest.mark.django_db
def test_a_hundred_thousand_comparisons(large: Path, django_capture_on_commit_callbacks: Any) -> None:
    audit: Audit = AuditFactory()
    table: list[tuple[str, float]] = []

    def timed(what: str, begun: float) -> None:
        table.append((what, time.perf_counter() - begun))

    begun = time.perf_counter()
    parsed = sum(1 for _ in files.open_file(large, filename=large.name).rows())
    timed("read every row", begun)

    begun = time.perf_counter()
    with large.open("rb") as file, django_capture_on_commit_callbacks(execute=True):
        imports.receive(audit=audit, upload=File(file), filename=large.name, created_by=None)
    timed("keep pairs and verdicts", begun)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    audit.refresh_from_db()
    begun = time.perf_counter()
    found = measures(audit=audit, choice=Choice(), controls=Controls()).measures
    timed("measure", begun)
    begun = time.perf_counter()
    measures(audit=audit, choice=Choice(), controls=Controls())
    timed("measure again, kept", begun)

    print(f"\n\n{'100,000 comparisons, 3 people':32} {'seconds':>8} {'rows/s':>10}")
    for what, seconds in table:
        print(f"{what:32} {seconds:8.2f} {ROWS / max(seconds, 1e-9):10,.0f}")
    print(f"keeping them: goal 60 s; the whole process held {megabytes:.0f} MB at most, goal 500")
    assert parsed == found.n == ROWS
    assert Verdict.objects.count() == 3 * ROWS
