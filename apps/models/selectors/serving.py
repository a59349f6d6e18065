"""Where a checkpoint may work, where it works, and how it is served."""

import re
from dataclasses import dataclass
from pathlib import Path

from apps.models.domain import serving
from apps.models.domain.weights import ADAPTER, ancestor, read_json
from apps.models.models import Checkpoint, LanguageModel, ModelRole
from apps.models.selectors import promotions
from apps.models.selectors.promotions import Served

SCORES = frozenset({"reward_model", "reward_lm"})
"""Methods that train what scores, and does not write."""


@dataclass(frozen=True)
class Work:
    """A piece of work that a checkpoint does, as which registered model, and why where it is not promoted."""

    role: str
    language_model: str
    not_promoted: str


@dataclass(frozen=True)
class Place:
    """What a checkpoint may be put to: ``writes`` says whether it can do more than score."""

    checkpoint: Served
    writes: bool
    adapter: bool
    folder: str
    commands: tuple[serving.Command, ...]
    works: tuple[Work, ...]


def place(*, checkpoint: Checkpoint) -> Place:
    """Return what a checkpoint may be put to, and what it does already."""
    writes = checkpoint.run.method not in SCORES
    weights = _weights(checkpoint)
    rows = LanguageModel.objects.filter(checkpoint=checkpoint, retired_at__isnull=True)
    roles = ModelRole.objects.filter(language_model__in=rows).select_related("language_model")
    return Place(
        checkpoint=promotions.served(checkpoint=checkpoint),
        writes=writes,
        adapter=bool(weights.base),
        folder=weights.folder,
        commands=tuple(serving.commands(weights)) if writes else (),
        works=tuple(Work(row.role, row.language_model.name, row.not_promoted) for row in roles),
    )


def _weights(checkpoint: Checkpoint) -> serving.Weights:
    told = read_json(checkpoint.folder / ADAPTER)
    base = ancestor(checkpoint.folder)
    name = re.sub(r"[^a-z0-9]+", "-", f"{checkpoint.run.name} {checkpoint.step}".lower()).strip("-")
    return serving.Weights(
        folder=str(checkpoint.folder),
        name=name or f"checkpoint-{checkpoint.step}",
        base=base,
        rank=int(told.get("r") or 0),
        stacked=bool(base and ancestor(Path(base))),
    )
