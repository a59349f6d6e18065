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


class JudgingMoved(Event):
    """An algorithm that judges is further on, or stands."""

    kind = "judging.moved"

    annotator: int
    asked: int
    to_ask: int
    unparsable: int
    order_decided: int


class InstantModelMoved(Event):
    """An instant model was fitted anew, kept or dropped."""

    kind = "instant_model.moved"

    audit: int
