"""The record that training reads: two responses to one prompt and how likely the first is to be preferred."""

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


class BadExample(ValueError):
    """A preference example that cannot be one."""


@dataclasses.dataclass(frozen=True)
class PreferenceExample:
    """Two responses to one prompt with a target.

    ``p_a`` is the probability, from 0 to 1, that response A is preferred: 1 and 0 are plain verdicts, 0.5
    is a tie. Examples with one ``split_key`` (the prompt's) never lie on both sides of a split. ``source``
    is the lineage: ``comparison`` (id), ``verdicts`` (ids), ``snapshot`` (id of the graph's, or None),
    ``rule``, ``principles`` (key -> preference in [-1, 1], where it is not 0) with the ``values`` of the
    graph (ids) that they are, ``consents`` (how many people's votes the target leans on), ``context`` (its
    key), and, where the target leans on them, ``participants`` (UUIDs) and ``simulated``. Keys, and no names:
    these are people's words, and examples stay when words are erased (``naming``).
    """

    id: str
    prompt: str
    response_a: str
    response_b: str
    p_a: float
    split_key: str
    context: str = ""
    source: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.p_a, int | float) or not math.isfinite(self.p_a) or not 0.0 <= self.p_a <= 1.0:
            raise BadExample(f"Example {self.id}: the target must lie between 0 and 1, and is {self.p_a!r}.")

    @property
    def is_tie(self) -> bool:
        """Whether the target prefers neither response."""
        return self.p_a == 0.5

    def to_json(self) -> str:
        """Return the example as one line of JSON with its keys in a fixed order."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> "PreferenceExample":
        """Read one line of JSON. Raises BadExample."""
        try:
            return cls(**json.loads(line))
        except (TypeError, ValueError) as error:
            raise BadExample(f"Not a preference example: {error}") from error


def read_examples(path: Path) -> Iterator[PreferenceExample]:
    """Yield the examples of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield PreferenceExample.from_json(line)
