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


def test_figures_by_context_and_principle_by_hand() -> None:
    kind = {"context": "When in doubt", "principles": {"Kindness": 1.0, "Candour": -0.5}}
    plain = {"context": "", "principles": {"Candour": 1.0}}
    examples = [
        example(0, p_a=1.0, source=kind),
        example(1, p_a=0.0, source=kind),
        example(2, p_a=1.0, source=plain),
    ]
    scores = [
        PairScore("example-0", 1.0, 0.0),
        PairScore("example-1", 1.0, 0.0),
        PairScore("example-2", 0.0, 1.0),
    ]

    found = figures(examples=examples, scores=scores)

    assert {name: share["value"] for name, share in found["by_context"].items()} == {
        "": 0.0,
        "When in doubt": 0.5,
    }
    kindness, candour = found["by_principle"]["Kindness"], found["by_principle"]["Candour"]
    assert (kindness["model"]["value"], kindness["target"]["value"], kindness["model"]["n"]) == (1.0, 0.5, 2)
    assert (candour["model"]["value"], candour["target"]["value"]) == (0.0, pytest.approx(2 / 3))


def test_a_model_that_follows_length_is_said_to_and_gains_nothing_over_it() -> None:
    examples = [
        example(number, p_a=float(number % 4 > 0), response_a=LONG, response_b=SHORT) for number in range(40)
    ]
    scores = [PairScore(item.id, 1.0, 0.0) for item in examples]

    found = figures(examples=examples, scores=scores)

    assert (found["length"]["model"]["value"], found["length"]["target"]["value"]) == (1.0, 0.75)
    gap = found["beyond_length"]
    assert (gap["value"], gap["detected"], gap["n"]) == (0.0, False, 40)


def test_a_model_that_reads_better_than_length_is_noticed() -> None:
    examples = [
        example(number, p_a=float(number % 2), response_a=LONG, response_b=SHORT) for number in range(60)
    ]
    scores = [PairScore(item.id, item.p_a, 0.5) for item in examples]

    gap = figures(examples=examples, scores=scores)["beyond_length"]

    assert (gap["value"], gap["detected"]) == (0.5, True)
    assert 0.3 < gap["low"] < 0.5 < gap["high"] < 0.7
    # Half of 60 differences are 1: their sd is 0.5, the mean's 0.0645; 2.80 of those could be noticed.
    assert gap["noticeable"] == pytest.approx(0.181, abs=0.01)
