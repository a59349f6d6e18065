"""From a few choices to a whole configuration."""

import pytest

from apps.models.domain import recipes
from apps.models.domain.recipes import BadRecipe, Choice, Size


@pytest.mark.parametrize(
    ("method", "size"), [(method, size) for method, found in recipes.TABLE.items() for size in found.sizes]
)
def test_every_size_of_every_method_is_a_valid_configuration(method: str, size: Size) -> None:
    config = recipes.configure(
        Choice(method=method, size=size, base="/a/model", reward="/a/reward", seed=3, limit=20)
    )

    assert (config.method, config.seed, config.limit) == (method, 3, 20)
    assert recipes.parse(config.model_dump()) == config


@pytest.mark.parametrize("method", [name for name, found in recipes.TABLE.items() if found.needs_base])
def test_a_method_on_a_language_model_asks_for_one(method: str) -> None:
    with pytest.raises(BadRecipe) as raised:
        recipes.configure(Choice(method=method, reward="/a/reward"))

    assert list(raised.value.fields) == ["base"]


def test_a_method_against_a_reward_model_asks_for_one() -> None:
    with pytest.raises(BadRecipe, match="reward model"):
        recipes.configure(Choice(method="grpo", base="/a/model"))


def test_an_unknown_method_and_a_wrong_value_are_named() -> None:
    with pytest.raises(BadRecipe, match="no method magic"):
        recipes.parse({"method": "magic"})
    with pytest.raises(BadRecipe, match="no such size"):
        recipes.configure(Choice(method="sft", size="instant", base="/a/model"))
    with pytest.raises(BadRecipe) as raised:
        recipes.parse({"method": "dpo", "base": "/a/model", "beta": -1, "colour": "red"})
    assert set(raised.value.fields) == {"beta", "colour"}


def test_a_dry_run_is_the_same_configuration_cut_short() -> None:
    whole = recipes.configure(Choice(method="sft", base="/a/model"))
    dry = recipes.configure(Choice(method="sft", base="/a/model", dry_run=3))

    assert dry == whole.model_copy(update={"dry_run": 3})
