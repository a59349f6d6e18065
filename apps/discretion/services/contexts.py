"""The moral graph's context of a comparison: imported, or proposed and then confirmed by a person."""

import dataclasses
import uuid
from collections.abc import Sequence

from django.db import transaction

from apps.discretion.domain import proposals
from apps.discretion.models import Audit, Comparison
from apps.discretion.services import audits
from apps.moralgraph import selectors as graph
from apps.shared.errors import Conflict, Missing

CONFIRMED = "confirmed"
BATCH = 2000


@dataclasses.dataclass(frozen=True)
class Proposed:
    """How many comparisons without a context got a proposal, and how many no context leads for."""

    proposed: int
    undecided: int


@transaction.atomic
def propose(*, audit: Audit) -> Proposed:
    """Propose a context for every comparison that has none; nothing counts until a person confirms it.

    Raises Conflict where the study has no context.
    """
    contexts = {
        row.pk: proposals.words_of(f"{row.name} {row.description}")
        for row in graph.contexts(study=audit.study)
    }
    if not contexts:
        raise Conflict("This study has no context to propose. Add some to its moral graph first.")
    rows = list(Comparison.objects.filter(audit=audit, context_id=None).only("pk", "prompt"))
    for row in rows:
        row.proposed_context_id = proposals.propose(prompt=row.prompt, contexts=contexts)
    Comparison.objects.bulk_update(rows, ["proposed_context_id"], batch_size=500)
    found = sum(row.proposed_context_id is not None for row in rows)
    return Proposed(found, len(rows) - found)


@transaction.atomic
def confirm(*, audit: Audit, comparison_ids: Sequence[uuid.UUID], context_id: int | None) -> int:
    """Say which context comparisons have, or that they have none; return how many.

    Raises Missing for an unknown context or comparison.
    """
    if context_id is not None:
        graph.context(study=audit.study, context_id=context_id)
    rows = Comparison.objects.filter(audit=audit, pk__in=list(comparison_ids))
    count = rows.update(context_id=context_id, context_from=CONFIRMED, proposed_context_id=None)
    if count < len(set(comparison_ids)):
        raise Missing("There is no such comparison in this audit.")
    audits.touch(audit=audit, what="comparisons")
    return count
