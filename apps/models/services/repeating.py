"""What a person would choose to launch a run again: by rows, where its configuration names folders."""

import dataclasses
from typing import Any
from uuid import UUID

from apps.models import selectors
from apps.models.domain import recipes
from apps.models.domain.recipes import settings
from apps.models.models import LanguageModel, Run
from apps.models.selectors import language_models
from apps.models.services import checking
from apps.models.services.runs import REWARDS


@dataclasses.dataclass(frozen=True, kw_only=True)
class Repeat:
    """A choice that leads to a run's configuration; ``base`` and ``reward`` are None where they are gone."""

    data_set: UUID
    method: str
    size: str
    base: UUID | None
    reward: UUID | None
    seed: int
    limit: int | None
    settings: dict[str, Any]
    name: str


def choice_of(*, run: Run) -> Repeat:
    """Return what a launch form is filled with to repeat a run, with changes."""
    recipe, config = recipes.find(run.method), run.config
    size = run.size if run.size in recipe.sizes else next(iter(recipe.sizes))
    changed = settings.changes(recipe, size=size, config=config)
    limit = config.get("limit")
    preset = next(one.values.get("limit") for name, one in recipe.sizes.items() if name == size)
    return Repeat(
        data_set=run.data_set_id,
        method=run.method,
        size=size,
        base=_base(run) if recipe.needs_base else None,
        reward=_reward(run) if recipe.needs_reward else None,
        seed=config.get("seed", 0),
        limit=None if limit == preset else limit,
        settings={change.name: change.value for change in changed},
        name=selectors.name_of_repeat(run=run, how="changed"),
    )


def _base(run: Run) -> UUID | None:
    """Return the study's language model in the folder that the run starts from."""
    rows = language_models.language_models(study=run.study).exclude(source=LanguageModel.Source.ENDPOINT)
    named = {str(checking.folder_of(language_model=row)): row.pk for row in rows}
    return named.get(run.config["base"])


def _reward(run: Run) -> UUID | None:
    """Return the study's checkpoint in the folder whose rewards the run learns from."""
    found = selectors.checkpoints(study=run.study).filter(run__method__in=REWARDS)
    return {str(checkpoint.folder): checkpoint.pk for checkpoint in found}.get(run.config["reward"])
