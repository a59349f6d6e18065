"""What those who watch an audit hear."""

from typing import Literal

from apps.shared.events import Event


class AuditChanged(Event):
    """Something that the measures are made of changed."""

    kind = "audit.changed"

    audit: int
    comparisons: int
    verdicts: int
    what: Literal["comparisons", "verdicts", "principles", "annotators", "guidance", "batches"]
