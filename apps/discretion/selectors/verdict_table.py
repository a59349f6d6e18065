"""Every verdict that stands as a row of a table, with how it came about."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from apps.discretion.models import Act, Audit, Verdict
from apps.discretion.selectors import audits, guidance
from apps.shared.records import protect

COLUMNS = (
    "comparison", "annotator", "kind", "simulated", "principle", "answer", "preference", "order", "swapped",
    "confidence", "reason", "why", "against_own", "guideline", "outdated", "protocol", "batch", "seconds",
    "act", "at",
)  # fmt: skip
TEXTS = ("comparison", "annotator", "principle", "reason", "batch")
STEP = 2000


def lines(*, audit: Audit) -> Iterator[str]:
    """Yield the table as lines of CSV, a heading first; overall verdicts have no principle."""
    newest = guidance.guideline_number(audit=audit)
    yield _line(COLUMNS)
    rows = audits.live(audit=audit).select_related("comparison", "annotator", "principle").order_by("pk")
    last = 0
    while part := list(rows.filter(pk__gt=last)[:STEP]):
        acts = Act.objects.select_related("assignment__member__batch").in_bulk([row.act for row in part])
        for row in part:
            cells = _cells(row, acts.get(row.act), newest)
            yield _line([_cell(name, cells[name]) for name in COLUMNS])
        last = part[-1].pk


def _cells(row: Verdict, act: Act | None, newest: int) -> dict[str, Any]:
    batch = act.assignment.member.batch.title if act and act.assignment else ""
    return {
        "comparison": row.comparison.external_id,
        "annotator": row.annotator.name,
        "kind": row.annotator.kind,
        "simulated": row.annotator.simulated,
        "principle": row.principle.title if row.principle else "",
        "answer": row.answer,
        "preference": row.preference,
        "order": row.order,
        "swapped": row.swapped,
        "confidence": row.confidence,
        "reason": row.reason,
        "why": act.why if act and row.principle is None else "",
        "against_own": act.against_own if act and row.principle is None else None,
        "guideline": act.guideline if act else None,
        "outdated": act.guideline < newest if act else None,
        "protocol": act.protocol if act else None,
        "batch": batch,
        "seconds": act.seconds if act and row.principle is None else None,
        "act": row.act,
        "at": row.at.isoformat(),
    }


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return protect(str(value)) if name in TEXTS else str(value)


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
