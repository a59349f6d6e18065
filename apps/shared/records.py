"""Rows on their way into a file: what stands in a cell, and why nothing stands there."""

import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Missing(enum.Enum):
    """Why a cell is empty; in a file it is an empty cell, and the codebook counts the reasons."""

    NONE = "none"
    NOT_ASKED = "not_asked"
    NOT_REACHED = "not_reached"
    SKIPPED = "skipped"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Record:
    """One row of a table: its cells by column, the person it is about, and whether a program stood in."""

    cells: Mapping[str, Any]
    person: uuid.UUID | None = None
    simulated: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)
    """What is needed to complete the row and does not stand in it."""
