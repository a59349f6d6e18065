"""Preference examples: what they refuse, and the way to a file and back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.models.domain.composition import compose, unusable
from apps.models.domain.examples import BadExample, PreferenceExample
from tests.factories.models import example


@pytest.mark.parametrize("target", [-0.01, 1.01, math.nan, math.inf])
def test_a_target_outside_of_nought_to_one_is_refused(target: float) -> None:
    with pytest.raises(BadExample, match="between 0 and 1"):
        example(p_a=target)


@given(prompt=st.text(), response=st.text(), target=st.floats(0, 1))
def test_an_example_comes_back_from_its_line_as_it_was(prompt: str, response: str, target: float) -> None:
    before = example(prompt=prompt, response_a=response, p_a=target)

    line = before.to_json()

    assert "\n" not in line
    assert PreferenceExample.from_json(line) == before


@pytest.mark.parametrize("line", ["", "[]", '{"id": "1"}', "{nonsense"])
def test_a_line_that_is_no_example_is_refused(line: str) -> None:
    with pytest.raises(BadExample):
        PreferenceExample.from_json(line)


def test_composition_counts_sides_ties_soft_targets_and_the_longer_response() -> None:
    examples = [
        example(0, p_a=1.0, response_a="long response", response_b="short"),
        example(1, p_a=0.2, response_a="long response", response_b="short"),
        example(2, p_a=0.5),
        example(3, p_a=0.0, response_a="same size", response_b="size same"),
    ]

    found = compose(examples)

    assert (found.prefers_a, found.prefers_b, found.ties, found.soft) == (1, 2, 1, 1)
    assert (found.longer_preferred.value, found.longer_preferred.n) == (0.5, 2)


def test_unusable_examples_are_named_with_a_reason() -> None:
    examples = [
        example(0),
        example(0),
        example(1, response_a="  "),
        example(2, response_a="x", response_b="x"),
        example(3, source={"simulated": True}),
    ]

    assert unusable(examples, simulated_allowed=False) == {
        1: "the example is there twice",
        2: "a response is empty",
        3: "the two responses are the same",
        4: "it leans on simulated people",
    }
    assert 4 not in unusable(examples, simulated_allowed=True)
