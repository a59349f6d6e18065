"""Suites on a reward model that was really trained: beside its base, and where two targets part."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apps.discretion.domain import targets
from apps.models.domain.examples import PreferenceExample, read_examples
from apps.models.evaluation import bases, control, parting, suites
from apps.models.evaluation.__main__ import main
from apps.models.training import loop
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from tests.factories.models import BRUSQUE, KIND, kind_world
from tests.models.training.conftest import MakeRun

pytestmark = pytest.mark.training

CALM, FRANK = 0, 1
PRINCIPLES = ("Calm", "Frankness")


def trained(folder: RunFolder) -> Path:
    """Train a run in this process and return its checkpoint."""
    log = MetricsLog(folder.metrics)
    loop.train(folder=folder, log=log, stop=StopWatch())
    log.close()
    return folder.model


def held_out(folder: RunFolder) -> list[PreferenceExample]:
    return list(read_examples(folder.path / "held_out.jsonl"))


def test_a_checkpoint_that_learned_a_rule_is_better_than_its_base_on_the_same_pairs(
    make_run: MakeRun,
) -> None:
    folder = make_run(examples=kind_world(count=160), mode="instant", ridge=0.1)

    found = suites.measure(
        model=trained(folder),
        examples=held_out(folder),
        controls=control.bundled(),
        trained_on=list(read_examples(folder.path / "train.jsonl")),
    )

    by_luck = found["held_out"]["luck"]
    assert (by_luck["n"], by_luck["trained_on"], by_luck["as_right"], by_luck["detected"]) == (
        40,
        120,
        0,
        True,
    )
    assert by_luck["low"] < 0.5 < by_luck["high"] < found["held_out"]["accuracy"]["value"]
    base = found["held_out"]["base"]
    assert found["held_out"]["n"] == base["accuracy"]["n"] == base["gap"]["n"] == 40
    gain = found["held_out"]["accuracy"]["value"] - base["accuracy"]["value"]
    assert base["gap"]["value"] == pytest.approx(gain)
    assert base["gap"]["detected"]
    assert found["held_out"]["position"] == {"applies": False}
    # The tiny encoder knows none of the control pairs, and neither does what was trained on it.
    assert found["control"]["n"] + found["control"]["left_out"] == len(control.bundled())
    assert not found["control"]["change"]["detected"]
    assert (found["control"]["base_by"], found["control"]["model_by"]) == (bases.NEARNESS, bases.REWARD)


def test_the_command_measures_on_control_pairs_of_ones_own(
    make_run: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StopWatch, "end_with_parent", lambda _: None)
    folder = make_run(mode="instant")
    own, out = tmp_path / "control.jsonl", tmp_path / "figures.json"
    own.write_text("".join(one.to_json() + "\n" for one in kind_world(count=12, seed=9)))
    pairs = folder.path / "held_out.jsonl"
    arguments = ["--model", trained(folder), "--pairs", pairs, "--control", own, "--out", out]

    assert main(["suites", *map(str, arguments)]) == 0

    found = json.loads(out.read_text())
    assert set(found) == {"held_out", "control"}
    assert found["control"]["n"] == 12


def two_graphs(count: int) -> tuple[list[PreferenceExample], list[PreferenceExample]]:
    """Return the same comparisons under two graphs that rank two principles the other way round.

    Calm prefers the kind response, frankness the brusque one; in every fourth comparison frankness is silent,
    so that there the two graphs agree.
    """
    examples = kind_world(count=count)
    kind_first = np.array([1.0 if one.response_a in KIND else -1.0 for one in examples])
    silent = np.arange(count) % 4 == 0
    preferences = np.stack([kind_first, np.where(silent, 0.0, -kind_first)])
    made = []
    for scores in ([3.0, -3.0], [-3.0, 3.0]):
        p = targets.from_graph(preferences=preferences, draws=np.array([scores])).p
        made.append([_told(one, float(p[at]), preferences[:, at]) for at, one in enumerate(examples)])
    return made[0], made[1]


def _told(one: PreferenceExample, p: float, said: Any) -> PreferenceExample:
    spoken = {name: float(value) for name, value in zip(PRINCIPLES, said, strict=True) if value}
    marked = "" if len(spoken) == 2 else " Be calm."
    source = {**one.source, "principles": spoken}
    return type(one)(**{**vars(one), "prompt": one.prompt + marked, "p_a": p, "source": source})


def test_two_opposite_graphs_make_checkpoints_that_part_where_the_graphs_part(make_run: MakeRun) -> None:
    first, second = two_graphs(160)
    # All comparisons clash here: with silent ones among them a linear head could not tell which is which.
    clash = [at for at, one in enumerate(first) if len(one.source["principles"]) == 2]
    folders = [
        make_run(name, examples=[graph[at] for at in clash], mode="instant", ridge=0.1)
        for name, graph in (("calm", first), ("frank", second), ("calm-again", first))
    ]
    models = [trained(folder) for folder in folders]
    sides = [
        parting.Side(held_out(folder), suites.scores(model, held_out(folder)))
        for folder, model in zip(folders, models, strict=True)
    ]

    found = parting.figures(first=sides[0], second=sides[1], again=sides[2].scores)

    assert found["n"] == 30
    apart = found["targets_part"]
    assert apart["parts"]["low"] > 0.5
    assert apart["first"]["low"] > 0.5
    assert apart["second"]["low"] > 0.5
    assert found["kappa"]["high"] < 0
    assert found["floor"]["agreement"]["value"] == 1.0
    assert found["floor"]["beyond"]["detected"]
    calm, frank = (found["by_principle"][name] for name in PRINCIPLES)
    assert calm["first"]["low"] > 0.5 > calm["second"]["high"]
    assert frank["first"]["high"] < 0.5 < frank["second"]["low"]
    assert len(found["parted"]) == apart["parts"]["n"] - round((1 - apart["parts"]["value"]) * 30)
    assert {row["id"] for row in found["parted"]} <= {one.id for one in sides[0].examples}


def test_two_graphs_that_agree_make_checkpoints_that_do(make_run: MakeRun) -> None:
    first, second = two_graphs(160)
    agree = [at for at, one in enumerate(first) if len(one.source["principles"]) == 1]
    folders = [
        make_run(name, examples=[graph[at] for at in agree], mode="instant", ridge=0.1)
        for name, graph in (("calm", first), ("frank", second))
    ]
    sides = [
        parting.Side(held_out(folder), suites.scores(trained(folder), held_out(folder))) for folder in folders
    ]

    found = parting.figures(first=sides[0], second=sides[1])

    assert found["targets_part"]["parts"]["n"] == 0
    assert found["agreement"]["value"] == 1.0
    assert found["parted"] == []


def test_the_base_judges_by_what_lies_near_and_says_nothing_of_what_does_not_fit(make_run: MakeRun) -> None:
    folder = trained(make_run(mode="instant"))
    scorer = bases.base(folder).scorer

    near, far, empty, long = scorer.scores(
        [(KIND[0], KIND[0]), (KIND[0], BRUSQUE[1]), (KIND[0], " "), (KIND[0], KIND[1] * 20)]
    )

    assert near == pytest.approx(1.0, abs=1e-5)
    assert far is not None
    assert far < near
    assert (empty, long) == (None, None)
