"""The control suite, by hand, and the pairs that the project brings along."""

from collections import Counter

import pytest

from apps.models.domain.scores import PairScore
from apps.models.evaluation import control
from tests.factories.models import example


def test_the_bundled_pairs_give_no_rule_of_place_or_length_away() -> None:
    pairs = control.bundled()

    assert 60 <= len(pairs) <= 200
    assert len({pair.id for pair in pairs}) == len({pair.prompt for pair in pairs}) == len(pairs)
    assert all(pair.response_a.strip() != pair.response_b.strip() for pair in pairs)
    first = sum(pair.p_a == 1.0 for pair in pairs)
    longer = Counter(
        (len(pair.response_a) > len(pair.response_b)) == (pair.p_a == 1.0)
        for pair in pairs
        if len(pair.response_a) != len(pair.response_b)
    )
    assert 0.4 < first / len(pairs) < 0.6
    assert 0.4 < longer[True] / longer.total() < 0.6
    assert set(Counter(pair.source["context"] for pair in pairs)) == {
        "fact",
        "sum",
        "language",
        "form",
        "sense",
    }


def test_a_drop_is_the_difference_on_the_same_pairs() -> None:
    examples = [example(number, p_a=1.0, source={"context": "sum"}) for number in range(40)]
    # The base is right on all of 40, the checkpoint on all but 10; one pair it cannot read.
    base = [PairScore(one.id, 1.0, 0.0) for one in examples]
    model = [PairScore(one.id, float(place >= 10), 0.5) for place, one in enumerate(examples)]
    model[39] = PairScore(model[39].id, None, None, "too long")

    found = control.figures(examples=examples, model=model, base=base, judged_by=("its reward", "nearness"))

    assert (found["n"], found["left_out"]) == (39, 1)
    assert found["model"]["value"] == pytest.approx(29 / 39)
    assert found["base"]["value"] == 1.0
    change = found["change"]
    assert (change["value"], change["detected"]) == (pytest.approx(-10 / 39), True)
    assert found["by_kind"]["sum"]["base"]["n"] == 39


def test_equal_scores_are_not_right() -> None:
    examples = [example(number, p_a=float(number % 2)) for number in range(4)]
    silent = [PairScore(one.id, 0.0, 0.0) for one in examples]

    found = control.figures(examples=examples, model=silent, base=silent, judged_by=("", ""))

    assert (found["model"]["value"], found["base"]["value"], found["change"]["value"]) == (0.0, 0.0, 0.0)
