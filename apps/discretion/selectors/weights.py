"""What the moral graph says of an audit's principles in each comparison's context."""

import numpy as np
from numpy.typing import NDArray

from apps.discretion.domain.preferences import Floats
from apps.discretion.models import Audit
from apps.discretion.selectors import audits
from apps.moralgraph import selectors as graph
from apps.shared.errors import Conflict


def snapshot_of(*, audit: Audit) -> int | None:
    """Return the newest snapshot that a principle in use was taken from; None where none was."""
    taken = [row.snapshot_id for row in audits.principles(audit=audit) if row.value_id and row.snapshot_id]
    return max(taken, default=None)


def scores(*, audit: Audit, contexts: NDArray[np.int64]) -> Floats:
    """Return the graph's score of each principle in each comparison's context, (C, n); NaN where the graph
    does not know the principle there. ``contexts`` (n,) is 0 where a comparison has none: all are pooled.

    Raises Conflict where no principle comes from the graph.
    """
    principles = list(audits.principles(audit=audit))
    chosen = snapshot_of(audit=audit)
    if chosen is None:
        raise Conflict(
            "No principle of this audit comes from the moral graph, so there are no weights. "
            "Take some over from a snapshot, or leave the weights off."
        )
    snapshot = graph.snapshot(study=audit.study, snapshot_id=chosen)
    found = np.full((len(principles), len(contexts)), np.nan)
    for context in np.unique(contexts):
        ranked = graph.principles(snapshot=snapshot, context=int(context) or None)
        known = {item.value_id: item.weight_score for item in ranked}
        column = [known.get(row.value_id or 0, np.nan) for row in principles]
        found[:, contexts == context] = np.array(column)[:, None]
    return found
