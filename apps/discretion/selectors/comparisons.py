"""Pages of comparisons with their categories."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.discretion.domain import categories, preferences
from apps.discretion.models import Audit, Comparison
from apps.discretion.selectors import audits, judgements

NOT_JUDGED = "not_judged"


def listed(
    *, audit: Audit, category: str | None = None, annotator: int | None = None
) -> QuerySet[Comparison]:
    """Return the comparisons in a category, or those that an annotator has judged."""
    rows = Comparison.objects.filter(audit=audit).order_by("place")
    if category is not None:
        of = categories_of(audit=audit)
        rows = rows.filter(pk__in=[pk for pk, name in of.items() if (name or NOT_JUDGED) == category])
    if annotator is not None:
        judged = audits.live(audit=audit).filter(annotator=annotator, principle__isnull=True)
        rows = rows.filter(pk__in=judged.values("comparison"))
    return rows


def categories_of(*, audit: Audit) -> dict[str, str | None]:
    """Return the category of each comparison by id; None where no principle was judged."""
    table = judgements.table(audit=audit)
    found = categories.categorise(preferences=preferences.ternary(table.by_principle))
    names: dict[str, str | None] = dict.fromkeys(table.comparisons)
    for name in categories.NAMES:
        for place in found.of(name).nonzero()[0]:
            names[table.comparisons[place]] = name
    return names


def with_categories(*, audit: Audit, rows: Iterable[Comparison]) -> list[dict[str, Any]]:
    """Return comparisons as they are listed."""
    of = categories_of(audit=audit)
    return [
        {
            "id": row.pk,
            "external_id": row.external_id,
            "prompt": row.prompt,
            "response_a": row.response_a,
            "response_b": row.response_b,
            "category": of.get(str(row.pk)),
        }
        for row in rows
    ]
