"""Comparisons behind a number, page by page, and one with everybody's verdicts."""

import dataclasses
import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.discretion.domain import categories, cells, preferences
from apps.discretion.domain.ballots import EVERYTHING, Choice, parts
from apps.discretion.models import Act, Annotator, Audit, Comparison, Verdict
from apps.discretion.selectors import audits, desk, disputes, guidance, judgements
from apps.shared.access import Person


@dataclasses.dataclass(frozen=True)
class Said:
    """What somebody said of a comparison, overall where ``principle`` is None, and how it came about.

    ``stands`` unless it was superseded or taken back since; ``left``: the person's account is gone.
    """

    id: int
    at: datetime
    stands: bool
    left: bool
    annotator: str
    kind: str
    principle: str | None
    answer: str
    order: str
    confidence: float | None
    swapped: str
    reason: str
    why: str
    against_own: bool
    outdated: bool


@dataclasses.dataclass(frozen=True)
class Opened:
    """A comparison with all that stands of what was said of it, principles first; nothing of it where it is
    ``hidden``, because the reader has still to judge it.
    """

    comparison: Comparison
    verdicts: list[Said]
    blurred: bool
    hidden: bool = False


def listed(
    *,
    audit: Audit,
    cell: cells.Cell,
    choice: Choice = EVERYTHING,
    reference: str = "",
    weighted: bool = False,
    standing: str = "",
) -> QuerySet[Comparison]:
    """Return the comparisons in a cell, as they are counted under a choice; ``standing`` keeps those whose
    context is proposed, or that have none.
    """
    rows = Comparison.objects.filter(audit=audit).order_by("place")
    if standing:
        rows = rows.filter(context_id=None, proposed_context_id__isnull=standing == "none")
    if cell == cells.Cell() and choice == EVERYTHING:
        return rows
    table, _ = judgements.judgements(audit=audit, choice=choice, weighted=weighted)
    apart = cell.tells_people_apart
    said = parts(ballots=judgements.ballots(audit=audit), choice=choice) if apart else None
    inside = cells.behind(judgements=table, cell=cell, reference=reference, weighted=weighted, ballots=said)
    return rows.filter(pk__in=[table.comparisons[place] for place in inside.nonzero()[0]])


def with_categories(
    *, audit: Audit, rows: Iterable[Comparison], choice: Choice = EVERYTHING
) -> list[dict[str, Any]]:
    """Return comparisons as they are listed."""
    of = _categories(audit, choice)
    in_force = guidance.protocol(audit=audit)
    return [
        {
            "id": row.pk,
            "external_id": row.external_id,
            "prompt": row.prompt,
            "response_a": row.response_a,
            "response_b": row.response_b,
            "category": of.get(str(row.pk)),
            "context": row.context_id,
            "context_from": row.context_from,
            "proposed_context": row.proposed_context_id,
            "blurred": desk.is_blurred(pair=row, in_force=in_force),
        }
        for row in rows
    ]


def _categories(audit: Audit, choice: Choice) -> dict[str, str | None]:
    """Return the category of each comparison by id; None where no principle was judged."""
    table, _ = judgements.judgements(audit=audit, choice=choice)
    found = categories.categorise(preferences=preferences.ternary(table.by_principle))
    names: dict[str, str | None] = dict.fromkeys(table.comparisons)
    for name in categories.NAMES:
        for place in found.of(name).nonzero()[0]:
            names[table.comparisons[place]] = name
    return names


def opened(*, audit: Audit, comparison_id: uuid.UUID, reader: Person, named: Collection[int] = ()) -> Opened:
    """Return one comparison with everybody's verdicts, or those alone that are ``named`` by their ids.

    A data set names verdicts: what became of these since does not change what it was made of. Raises
    Missing.
    """
    found = desk.comparison(audit=audit, comparison_id=comparison_id)
    blurred = desk.is_blurred(pair=found, in_force=guidance.protocol(audit=audit))
    if disputes.still_to_judge(audit=audit, user=reader, comparison=found):
        return Opened(found, [], blurred, hidden=True)
    said = audits.ever(audit=audit).filter(pk__in=named) if named else audits.live(audit=audit)
    verdicts = said.filter(comparison=found).select_related("annotator", "principle")
    rows = list(verdicts.order_by("principle__position", "principle", "annotator"))
    acts = Act.objects.in_bulk({row.act for row in rows})
    newest = guidance.guideline_number(audit=audit)
    return Opened(found, [_said(row, acts.get(row.act), newest) for row in rows], blurred)


def _said(row: Verdict, act: Act | None, newest: int) -> Said:
    overall = act if row.principle is None else None
    return Said(
        id=row.pk,
        at=row.at,
        stands=row.superseded_at is None,
        left=row.annotator.kind == Annotator.Kind.PERSON and row.annotator.user_id is None,
        annotator=row.annotator.name,
        kind=row.annotator.kind,
        principle=row.principle.title if row.principle else None,
        answer=row.answer,
        order=row.order,
        confidence=row.confidence,
        swapped=row.swapped,
        reason=row.reason,
        why=overall.why if overall else "",
        against_own=bool(overall and overall.against_own),
        outdated=bool(overall and overall.guideline < newest),
    )
