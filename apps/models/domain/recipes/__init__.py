"""Which methods there are: one table that training, the API and the launch form read."""

import dataclasses
from typing import Any

from pydantic import ValidationError

from apps.models.domain.recipes import preferences
from apps.models.domain.recipes.base import (
    MACHINE,
    SIZE_NAMES,
    BadRecipe,
    Choice,
    Recipe,
    Size,
    TrainingConfig,
)
from apps.models.domain.recipes.sentence import MINILM, MINILM_SHA256, SENTENCE_REWARD, RewardConfig
from apps.models.domain.recipes.settings import CHOSEN, fault

__all__ = [
    "MACHINE",
    "METHODS",
    "MINILM",
    "MINILM_SHA256",
    "SIZE_NAMES",
    "TABLE",
    "BadRecipe",
    "Choice",
    "Recipe",
    "RewardConfig",
    "Size",
    "TrainingConfig",
    "configure",
    "find",
    "parse",
]

TABLE: dict[str, Recipe] = {
    recipe.method: dataclasses.replace(recipe, measures=(*recipe.measures, *MACHINE))
    for recipe in (
        SENTENCE_REWARD,
        preferences.REWARD,
        preferences.SFT,
        preferences.DPO,
        preferences.BCO,
        preferences.KTO,
        preferences.GRPO,
    )
}

METHODS = tuple(TABLE)
UNSUITED = "Some settings cannot be used: each says why."


def find(method: str) -> Recipe:
    """Return a recipe by its name. Raises BadRecipe."""
    if method not in TABLE:
        raise BadRecipe(f"There is no method {method}.", fields={"method": ["Not a known method."]})
    return TABLE[method]


def parse(content: dict[str, Any]) -> TrainingConfig:
    """Return a whole configuration, checked. Raises BadRecipe."""
    recipe = find(str(content.get("method", "reward_model")))
    try:
        return recipe.config.model_validate(content)
    except ValidationError as error:
        fields = {".".join(str(part) for part in item["loc"]): [fault(item)] for item in error.errors()}
        raise BadRecipe("The configuration is not valid.", fields=fields) from error


def configure(choice: Choice) -> TrainingConfig:
    """Return the whole configuration of what a person chose.

    Raises BadRecipe, whose fields name a setting as ``settings.NAME``.
    """
    recipe = find(choice.method)
    if choice.size not in recipe.sizes:
        raise BadRecipe("This method has no such size.", fields={"size": ["Choose one of its sizes."]})
    values = dict(recipe.sizes[choice.size].values) | {"method": choice.method, "seed": choice.seed}
    if choice.limit is not None:
        values["limit"] = choice.limit
    if choice.dry_run is not None:
        values["dry_run"] = choice.dry_run
    for needed, name, given, sentence in (
        (recipe.needs_base, "base", choice.base, "This method starts from a language model: choose one."),
        (recipe.needs_reward, "reward", choice.reward, "This method learns from a reward model: choose one."),
    ):
        if needed and not given:
            raise BadRecipe(sentence, fields={name: [sentence]})
        if needed:
            values[name] = given
    for name in CHOSEN:
        if name in choice.settings:
            raise BadRecipe(UNSUITED, fields={f"settings.{name}": ["Is chosen beside the settings."]})
    try:
        return parse(values | dict(choice.settings))
    except BadRecipe as error:
        fields = {
            name if name in CHOSEN else f"settings.{name}": texts for name, texts in error.fields.items()
        }
        raise BadRecipe(UNSUITED, fields=fields) from error
