"""Where two checkpoints part, by hand."""

import pytest

from apps.models.domain.scores import PairScore
from apps.models.evaluation import parting
from tests.factories.models import example

CALM = {"context": "In haste", "principles": {"Calm": 1.0}}


def side(*judgements: tuple[float, float | None]) -> parting.Side:
    """Return a checkpoint from its targets and the differences of its scores."""
    examples = [example(number, p_a=p, source=CALM) for number, (p, _) in enumerate(judgements)]
    scores = [
        PairScore(one.id, None, None, "too long") if said is None else PairScore(one.id, said, 0.0)
        for one, (_, said) in zip(examples, judgements, strict=True)
    ]
    return parting.Side(examples, scores)


def test_parting_by_hand() -> None:
    # Targets: part, part, agree, tie with a preference, agree (not read by the second).
    first = side((1.0, 2.0), (0.8, 1.0), (1.0, 1.0), (0.5, -1.0), (1.0, 1.0))
    second = side((0.0, -3.0), (0.1, 1.0), (0.9, 0.5), (1.0, 1.0), (1.0, None))

    found = parting.figures(first=first, second=second)

    assert (found["n"], found["left_out"], found["floor"]) == (4, 1, None)
    assert found["agreement"]["value"] == 0.5
    apart = found["targets_part"]
    assert (apart["parts"]["value"], apart["parts"]["n"]) == (0.5, 2)
    assert (apart["first"]["value"], apart["second"]["value"]) == (1.0, 0.5)
    alike = found["targets_agree"]
    assert (alike["parts"]["value"], alike["parts"]["n"]) == (0.0, 1)
    assert found["by_context"]["In haste"]["value"] == 0.5
    calm = found["by_principle"]["Calm"]
    assert (calm["first"]["value"], calm["second"]["value"], calm["gap"]["value"]) == (0.75, 0.75, 0.0)
    # The surest comes first: on comparison 0 both are surer than on 3.
    assert [(row["id"], row["says"]) for row in found["parted"]] == [
        ("example-0", [1, -1]),
        ("example-3", [-1, 1]),
    ]


def test_the_floor_is_what_another_seed_alone_parts() -> None:
    first = side(*[(1.0, 1.0)] * 30)
    second = side(*[(0.0, -1.0)] * 20, *[(1.0, 1.0)] * 10)
    again = side(*[(1.0, -1.0)] * 2, *[(1.0, 1.0)] * 28).scores

    found = parting.figures(first=first, second=second, again=again)

    assert found["agreement"]["value"] == pytest.approx(10 / 30)
    floor = found["floor"]
    assert floor["agreement"]["value"] == pytest.approx(28 / 30)
    assert (floor["beyond"]["value"], floor["beyond"]["detected"]) == (pytest.approx(18 / 30), True)
    assert found["parted"][0]["again"] in {1, -1}


def test_nothing_held_out_gives_no_number() -> None:
    found = parting.figures(first=side(), second=side())

    assert (found["n"], found["agreement"]["value"], found["kappa"]["value"]) == (0, None, None)
