"""What a person may set in a configuration, read from its schema, and how a run differs from its preset."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

from pydantic_core import ErrorDetails

from apps.models.domain.recipes.base import Recipe

Kind = Literal["whole", "number", "choice", "switch", "text"]
CHOSEN = ("method", "base", "reward", "seed", "limit", "dry_run")
"""What is chosen beside the settings."""
FIRST = (
    "learning_rate", "head_learning_rate", "epochs", "batch_size", "accumulate", "mode", "tuning",
    "lora_rank", "beta", "labels", "paired", "max_length", "margin", "group", "response_length",
    "save_every", "eval_every",
)  # fmt: skip
"""What people change most, in the order in which they look for it."""
_KINDS: dict[str, Kind] = {"integer": "whole", "number": "number", "boolean": "switch", "string": "text"}


@dataclasses.dataclass(frozen=True)
class Setting:
    """One field of a configuration; ``above`` and ``below`` are bounds that are not reached."""

    name: str
    label: str
    description: str
    kind: Kind
    default: Any
    matters: bool
    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    choices: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Change:
    """A setting of a run that is not as its preset has it."""

    name: str
    label: str
    value: Any
    preset: Any


def settings_of(recipe: Recipe) -> tuple[Setting, ...]:
    """Return what may be set in a recipe's configuration, what matters most first."""
    fields = recipe.config.model_json_schema()["properties"]
    order = [*(name for name in FIRST if name in fields), *(name for name in fields if name not in FIRST)]
    return tuple(_setting(name, fields[name]) for name in order if name not in CHOSEN)


def preset_of(recipe: Recipe, *, size: str) -> dict[str, Any]:
    """Return what each setting is in a size of a recipe."""
    values = next((preset.values for name, preset in recipe.sizes.items() if name == size), {})
    return {setting.name: values.get(setting.name, setting.default) for setting in settings_of(recipe)}


def changes(recipe: Recipe, *, size: str, config: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the settings in which a configuration differs from the preset of its size.

    A run that followed from no preset differs from none.
    """
    if size not in recipe.sizes:
        return ()
    preset = preset_of(recipe, size=size)
    labels = {setting.name: setting.label for setting in settings_of(recipe)}
    return tuple(
        Change(name=name, label=labels[name], value=config[name], preset=value)
        for name, value in preset.items()
        if name in config and config[name] != value
    )


_FAULTS = {
    "greater_than": "Must be more than {gt:g}.",
    "greater_than_equal": "Must be at least {ge:g}.",
    "less_than": "Must be less than {lt:g}.",
    "less_than_equal": "Must be at most {le:g}.",
    "int_type": "Must be a whole number.",
    "int_parsing": "Must be a whole number.",
    "int_from_float": "Must be a whole number.",
    "float_type": "Must be a number.",
    "float_parsing": "Must be a number.",
    "bool_type": "Must be on or off.",
    "bool_parsing": "Must be on or off.",
    "literal_error": "Must be one of these: {expected}.",
    "value_error": "{error}",
    "extra_forbidden": "This method has no such setting.",
}


def fault(error: ErrorDetails) -> str:
    """Return what is wrong with a value as a person reads it."""
    told = _FAULTS.get(error["type"])
    return told.format(**error.get("ctx", {})) if told else f"{error['msg']}."


def _setting(name: str, field: Mapping[str, Any]) -> Setting:
    return Setting(
        name=name,
        label=field["title"],
        description=field.get("description", ""),
        kind="choice" if "enum" in field else _KINDS[field["type"]],
        default=field["default"],
        matters=name in FIRST,
        least=field.get("minimum"),
        most=field.get("maximum"),
        above=field.get("exclusiveMinimum"),
        below=field.get("exclusiveMaximum"),
        choices=tuple(field.get("enum", ())),
    )
