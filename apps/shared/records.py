"""Rows on their way into a file: what stands in a cell, and why nothing stands there."""

import enum
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What a spreadsheet may take for the beginning of a formula, wide forms too; and the mark itself.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n']")


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


def protect(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run, or that begins with an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """Return the text that ``protect`` was given."""
    return text.removeprefix("'")
