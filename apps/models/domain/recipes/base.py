"""What every recipe has: a whole configuration, three sizes of it for people, and what its charts show."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Size = Literal["instant", "tiny", "small", "full"]
SIZE_NAMES: tuple[Size, ...] = ("instant", "tiny", "small", "full")
Reads = Literal["pairs", "decided_pairs", "preferred", "judgements", "prompts"]
"""What a method makes of preference examples; ``domain.rows`` makes it."""


class BadRecipe(ValueError):
    """A choice that no configuration follows from; ``fields`` says where and why."""

    def __init__(self, message: str, *, fields: Mapping[str, list[str]]) -> None:
        super().__init__(message)
        self.fields = dict(fields)


class TrainingConfig(BaseModel):
    """What all configurations have; stored with the run, so that it can be repeated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: str
    epochs: int = Field(default=1, ge=1, le=1000, title="Passes", description="Times that all rows are seen.")
    batch_size: int = Field(default=4, ge=1, le=512, title="Batch size", description="Rows a step.")
    learning_rate: float = Field(
        default=3e-5,
        gt=0,
        le=1,
        title="Learning rate",
        description="How far a step moves the weights, at most.",
    )
    weight_decay: float = Field(
        default=0.01,
        ge=0,
        le=1,
        title="Weight decay",
        description="How strongly each step draws the weights towards 0.",
    )
    warmup: float = Field(
        default=0.1, ge=0, lt=1, title="Warm-up", description="Share of steps in which the rate rises."
    )
    max_length: int = Field(
        default=256,
        ge=8,
        le=131_072,
        title="Length at most",
        description="Tokens of prompt and response together; what is longer is set aside whole.",
    )
    precision: Literal["float32", "bfloat16"] = Field(
        default="float32",
        title="Precision",
        description="Numbers of 32 bits, or of 16: less memory and time.",
    )
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    save_every: int = Field(default=10, ge=1, title="Save every", description="Steps between checkpoints.")
    eval_every: int = Field(
        default=20, ge=1, title="Check every", description="Steps between checks on held-out pairs."
    )
    threads: int = Field(
        default=1, ge=1, le=256, title="Threads", description="Processor cores that the run may use."
    )
    limit: int | None = Field(
        default=None, ge=2, title="Pairs at most", description="Train on at most so many examples."
    )
    dry_run: int | None = Field(
        default=None, ge=1, le=100, description="Stop after so many steps; only time and memory are kept."
    )


@dataclasses.dataclass(frozen=True)
class SizePreset:
    """One of the sizes that a person chooses from."""

    label: str
    description: str
    values: Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Measure:
    """A series of a method's charts, in words."""

    name: str
    label: str
    meaning: str


MACHINE = (
    Measure("steps_per_second", "Steps per second", "How fast the run is, checkpoints and checks included."),
    Measure(
        "memory_mb",
        "Memory",
        "MB that the process holds; on a GPU, what it holds of the card.",
    ),
    Measure("seconds_left", "Time left", "Seconds to the last step at the pace of the run so far."),
)
"""What every recorded run tells of the machine; no two runs tell the same."""


@dataclasses.dataclass(frozen=True)
class Recipe:
    """A method that a person can launch. ``method`` names it in configurations and over REST."""

    method: str
    title: str
    summary: str
    reads: Reads
    config: type[TrainingConfig]
    sizes: Mapping[Size, SizePreset]
    measures: tuple[Measure, ...]
    needs_base: bool = False
    needs_reward: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """The small configuration: what a person chooses, from which the whole one follows.

    ``settings`` are fields of the whole one that are not to be as the size has them.
    """

    method: str = "reward_model"
    size: Size = "tiny"
    base: str = ""
    reward: str = ""
    seed: int = 0
    limit: int | None = None
    dry_run: int | None = None
    settings: Mapping[str, Any] = dataclasses.field(default_factory=dict)
