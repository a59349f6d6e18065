"""The held-out suite, by hand."""

import pytest

from apps.models.domain.scores import PairScore
from apps.models.evaluation.held_out import figures
from tests.factories.models import example

LONG, SHORT = "a long response", "short"


def test_accuracy_and_the_longer_response_by_hand() -> None:
    # Targets: A, A, B, B. The model says A, B, B, B: 3 of 4. The longer response is A, A, A, B: also 3.
    examples = [
        example(0, p_a=1.0, response_a=LONG, response_b=SHORT),
        example(1, p_a=0.9, response_a=LONG, response_b=SHORT),
        example(2, p_a=0.0, response_a=LONG, response_b=SHORT),
        example(3, p_a=0.3, response_a=SHORT, response_b=LONG),
    ]
    scores = [
        PairScore("example-0", 2.0, 1.0),
        PairScore("example-1", 0.0, 0.5),
        PairScore("example-2", -1.0, 1.0),
        PairScore("example-3", 0.1, 0.2),
    ]

    found = figures(examples=examples, scores=scores)

    assert (found["accuracy"]["value"], found["longer"]["value"], found["n"]) == (0.75, 0.75, 4)
    # Wilson for 3 of 4, z^2 = 3.841459: (0.75 + 0.480182 +- 1.959964 sqrt(0.046875 + 0.060023)) / 1.960365.
    assert found["accuracy"]["low"] == pytest.approx(0.30064, abs=1e-4)
    assert found["accuracy"]["high"] == pytest.approx(0.95441, abs=1e-4)


def test_ties_and_pairs_that_could_not_be_read_are_left_out_and_counted() -> None:
    examples = [example(0, p_a=0.5), example(1), example(2)]
    scores = [
        PairScore("example-0", 1.0, 0.0),
        PairScore("example-1", None, None, "too long for the encoder"),
        PairScore("example-2", 1.0, 0.0),
    ]

    found = figures(examples=examples, scores=scores)

    assert (found["n"], found["ties_left_out"]) == (1, 1)
    assert found["skipped"] == {"too long for the encoder": 1}
    assert found["accuracy"]["value"] == 1.0


def test_a_model_that_scores_everything_alike_does_as_the_coin() -> None:
    examples = [example(number, p_a=float(number % 3 == 0)) for number in range(60)]
    scores = [PairScore(item.id, 0.0, 0.0) for item in examples]

    found = figures(examples=examples, scores=scores, seed=3)

    assert found["accuracy"] == found["coin"]
    assert found["coin"]["low"] < 0.5 < found["coin"]["high"]
    assert figures(examples=examples, scores=scores, seed=4)["coin"] != found["coin"]


def test_nothing_held_out_gives_no_number() -> None:
    found = figures(examples=[], scores=[])

    assert found["accuracy"] == {"value": None, "low": 0.0, "high": 1.0, "n": 0}
