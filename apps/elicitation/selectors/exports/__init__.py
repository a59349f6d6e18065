"""Reads of what leaves in an export: who is in it, and the rows of every table."""

from apps.elicitation.selectors.exports.lists import (
    export_of,
    export_view,
    export_views,
    purposes,
    versions_in,
    versions_of,
)
from apps.elicitation.selectors.exports.people import left_out, people
from apps.elicitation.selectors.exports.rows import batches, expected_rows

__all__ = [
    "batches",
    "expected_rows",
    "export_of",
    "export_view",
    "export_views",
    "left_out",
    "people",
    "purposes",
    "versions_in",
    "versions_of",
]
