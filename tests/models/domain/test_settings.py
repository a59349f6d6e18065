"""What may be set in a configuration, what is wrong with a value, and how a run differs from its preset."""

from typing import Any

import pytest

from apps.models.domain import alerts, recipes
from apps.models.domain.recipes import BadRecipe, Choice, settings


def test_every_field_that_is_not_chosen_elsewhere_may_be_set_and_says_what_it_is() -> None:
    for recipe in recipes.TABLE.values():
        found = settings.settings_of(recipe)

        assert {setting.name for setting in found} == set(recipe.config.model_fields) - set(settings.CHOSEN)
        assert all(setting.label and setting.description for setting in found)
        assert [setting.matters for setting in found] == sorted(
            (setting.matters for setting in found), reverse=True
        )


def test_bounds_choices_and_kinds_are_those_of_the_configuration() -> None:
    found = {setting.name: setting for setting in settings.settings_of(recipes.find("dpo"))}

    assert (found["learning_rate"].above, found["learning_rate"].most) == (0, 1)
    assert (found["warmup"].least, found["warmup"].below) == (0, 1)
    assert (found["epochs"].kind, found["epochs"].least, found["epochs"].most) == ("whole", 1, 1000)
    assert (found["labels"].kind, found["labels"].choices) == ("choice", ("soft", "hard"))
    assert (found["checkpointing"].kind, found["checkpointing"].default) == ("switch", False)
    assert next(iter(found)) == "learning_rate"


def test_settings_take_the_place_of_the_presets() -> None:
    config = recipes.configure(
        Choice(method="dpo", base="/a/model", settings={"learning_rate": 1e-6, "lora_rank": 8})
    )

    usual = recipes.configure(Choice(method="dpo", base="/a/model"))
    assert config == usual.model_copy(update={"learning_rate": 1e-6, "lora_rank": 8})
    changed = settings.changes(recipes.find("dpo"), size="tiny", config=config.model_dump())
    assert [(change.label, change.value, change.preset) for change in changed] == [
        ("Learning rate", 1e-6, 5e-6),
        ("LoRA rank", 8, 16),
    ]
    assert not settings.changes(recipes.find("dpo"), size="tiny", config=usual.model_dump())


@pytest.mark.parametrize(
    ("method", "given", "field", "told"),
    [
        ("dpo", {"learning_rate": 0}, "learning_rate", "Must be more than 0."),
        ("dpo", {"epochs": 1.5}, "epochs", "Must be a whole number."),
        ("dpo", {"epochs": "many"}, "epochs", "Must be a whole number."),
        ("dpo", {"warmup": 1}, "warmup", "Must be less than 1."),
        ("dpo", {"labels": "firm"}, "labels", "Must be one of these: 'soft' or 'hard'."),
        ("kto", {"batch_size": 1}, "batch_size", "Must be at least 2."),
        ("sft", {"beta": 0.1}, "beta", "This method has no such setting."),
        ("sft", {"checkpointing": "perhaps"}, "checkpointing", "Must be on or off."),
        ("grpo", {"group": 3}, "group", "A batch of 8 does not divide into groups of 3."),
        ("grpo", {"batch_size": 6}, "group", "A batch of 6 does not divide into groups of 4."),
        (
            "grpo",
            {"response_length": 512},
            "response_length",
            "Of 512 tokens together, 512 for the response leave none for a prompt.",
        ),
        ("sft", {"seed": 4}, "seed", "Is chosen beside the settings."),
        ("sft", {"base": "/another"}, "base", "Is chosen beside the settings."),
    ],
)
def test_what_is_wrong_is_said_at_the_setting(
    method: str, given: dict[str, Any], field: str, told: str
) -> None:
    with pytest.raises(BadRecipe) as raised:
        recipes.configure(Choice(method=method, base="/a/model", reward="/a/reward", settings=given))

    assert raised.value.fields == {f"settings.{field}": [told]}


def test_a_run_whose_loss_went_astray_is_to_learn_at_a_third_of_its_rate() -> None:
    config = {"learning_rate": 5e-7, "head_learning_rate": 1e-3}

    assert alerts.gentler("divergence", config) == {"learning_rate": 1.7e-7, "head_learning_rate": 3.3e-4}
    assert alerts.gentler("nan", {"learning_rate": 0.01}) == {"learning_rate": 0.0033}
    assert alerts.gentler("disk", config) == {}
