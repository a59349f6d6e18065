"""All tables of an export, in the order in which they are written."""

from collections.abc import Sequence

from apps.elicitation.domain.exports import graph_tables, talk_tables
from apps.elicitation.domain.exports.columns import Table, stamped
from apps.elicitation.domain.protocol import Protocol

_FIXED = (
    talk_tables.TURNS,
    graph_tables.CARDS,
    graph_tables.CARD_VERSIONS,
    graph_tables.VALUES,
    graph_tables.MEMBERSHIPS,
    graph_tables.OBJECTIONS,
    graph_tables.CONTEXTS,
    graph_tables.CONTEXT_PROPOSALS,
    graph_tables.TRANSITIONS,
    graph_tables.STORIES,
    graph_tables.OWN_STORIES,
    graph_tables.VOTES,
    talk_tables.WISE_CHOICES,
    talk_tables.CODES,
    talk_tables.PASSAGES,
)
NAMES = ("participants", *(table.name for table in _FIXED))


def tables(
    *, versions: Sequence[tuple[int, Protocol]], panel_ids: bool = False, only: Sequence[str] = NAMES
) -> tuple[Table, ...]:
    """Return tables with all their columns; what people are asked follows from the study's versions."""
    people = talk_tables.participants(versions=versions, panel_ids=panel_ids)
    return tuple(stamped(table) for table in (people, *_FIXED) if table.name in only)
