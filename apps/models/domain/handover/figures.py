"""The shape of what suites find, for figures that come from another machine.

What pages read must be there and be numbers; what later suites add beside it may stand there too.
"""

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Text = Annotated[str, Field(max_length=1000)]
Number = Annotated[FiniteFloat, Field(strict=True)]


class BadFigures(ValueError):
    """Figures that no suite has found."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")


class Share(_Part):
    """A share with its interval."""

    value: Number | None
    low: Number
    high: Number
    n: Count


class Gap(Share):
    """A difference of two shares."""

    groups: Count
    noticeable: Number | None
    detected: bool


class Bin(_Part):
    """Pairs about which a checkpoint was about as sure."""

    low: Number
    high: Number
    said: Number
    right: Share


class Calibration(_Part):
    """How sure it is beside how right."""

    error: Number | None
    brier: Number | None
    n: Count
    bins: list[Bin]


class Sides(_Part):
    """Checkpoint and target."""

    model: Share
    target: Share


class Length(Sides):
    """How often either prefers the longer response."""

    gap: Gap


class Base(_Part):
    """What it was trained from, on the same pairs."""

    accuracy: Share
    gap: Gap
    by: Text


class ByPlace(_Part):
    """How often the order decides."""

    decided: Share
    first: Share


class Position(_Part):
    """Position bias."""

    applies: bool
    model: ByPlace | None = None
    base: ByPlace | None = None
    gap: Gap | None = None


class HeldOut(_Part):
    """The suite on held-out pairs."""

    accuracy: Share
    longer: Share
    coin: Share
    n: Count
    ties_left_out: Count
    skipped: dict[Text, Count]
    rule: Text
    beyond_length: Gap
    calibration: Calibration
    length: Length
    base: Base
    position: Position
    judged_by: Text
    by_context: dict[Text, Share]
    by_principle: dict[Text, Sides]


class BothRight(_Part):
    """Checkpoint and base."""

    model: Share
    base: Share


class Control(BothRight):
    """The suite on control pairs."""

    n: Count
    left_out: Count
    change: Gap
    by_kind: dict[Text, BothRight]
    model_by: Text
    base_by: Text


class Suites(BaseModel):
    """Every suite."""

    held_out: HeldOut
    control: Control


class Measured(BaseModel):
    """What a machine found about the weights with this hash."""

    sha256: str
    suites: Suites


def read(text: str) -> tuple[str, dict[str, Any]]:
    """Return the hash of the weights that were measured, and suite -> figures. Raises BadFigures."""
    try:
        found = json.loads(text, parse_constant=_refuse)
        measured = Measured.model_validate(found)
    except (ValidationError, ValueError, RecursionError) as error:
        raise BadFigures(
            "figures.json does not hold what the suites find: measure again, or leave it out."
        ) from error
    return measured.sha256, dict(found["suites"])


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number.")
