"""What a reward model learns: a rule that is there, and nothing where there is none."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apps.models.domain import instant, recipes
from apps.models.domain.examples import read_examples
from apps.models.domain.scores import ScorablePair
from apps.models.evaluation import held_out, scoring
from apps.models.training import loop
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from tests.factories.models import KIND, kind_world
from tests.models.training.conftest import MakeRun
from tests.models.training.lines import points_of

pytestmark = pytest.mark.training


def evaluated(folder: RunFolder) -> dict[str, Any]:
    """Train a run and return its held-out figures."""
    log = MetricsLog(folder.metrics)
    loop.train(folder=folder, log=log, stop=StopWatch())
    log.close()
    examples = list(read_examples(folder.path / "held_out.jsonl"))
    pairs = [ScorablePair(e.id, e.prompt, e.response_a, e.response_b) for e in examples]
    return held_out.figures(examples=examples, scores=scoring.score(model=folder.model, pairs=pairs))


def tiny(**changes: Any) -> dict[str, Any]:
    """Return the tiny size on the real sentence encoder."""
    return (
        dict(recipes.find("reward_model").sizes["tiny"].values)
        | {"encoder": "minilm", "max_length": 128, "epochs": 8}
        | changes
    )


def test_a_known_rule_is_learnt_and_shown_by_the_chart(make_run: MakeRun) -> None:
    folder = make_run(examples=kind_world(count=120), **tiny())

    found = evaluated(folder)

    assert found["accuracy"]["low"] > 0.5
    assert found["accuracy"]["value"] > found["coin"]["value"]
    losses = points_of(folder)
    assert losses[1] == pytest.approx(0.693147, abs=1e-5)
    assert losses[max(losses)] < 0.2


def test_shuffled_labels_teach_nothing(make_run: MakeRun) -> None:
    found = evaluated(make_run(examples=kind_world(count=160, shuffled=True), **tiny(weight_decay=1.0)))

    assert found["accuracy"]["low"] < 0.5 < found["accuracy"]["high"]


def test_fine_tuning_learns_the_rule_too(make_run: MakeRun) -> None:
    found = evaluated(make_run(examples=kind_world(count=100), epochs=4, batch_size=8))

    assert found["accuracy"]["low"] > 0.5


def test_swapped_targets_turn_the_model_around(make_run: MakeRun, tmp_path: Path) -> None:
    pair = [ScorablePair("p", "What should I think about in moving away, case 3?", KIND[0], "Just decide.")]
    preferences = []
    for name, turned in (("straight", False), ("turned", True)):
        examples = [type(e)(**{**vars(e), "p_a": 1 - e.p_a}) if turned else e for e in kind_world(count=60)]
        folder = make_run(name, examples=examples, mode="frozen", epochs=10, head_learning_rate=0.05)
        evaluated(folder)
        preferences.append(scoring.score(model=folder.model, pairs=pair)[0].preference)

    assert preferences == [1, -1]


def test_a_limit_trains_on_no_more_pairs_and_holds_out_as_many(make_run: MakeRun) -> None:
    folder = make_run(examples=kind_world(count=64), limit=10, epochs=1, batch_size=2)

    found = evaluated(folder)

    assert max(points_of(folder)) == 5
    assert found["n"] == 16


def test_the_instant_fit_learns_the_rule_and_ends_where_no_step_gains(make_run: MakeRun) -> None:
    folder = make_run(examples=kind_world(count=100), mode="instant", ridge=0.1)

    found = evaluated(folder)

    assert found["accuracy"]["low"] > 0.5
    assert points_of(folder, "held_out_accuracy") == {1: pytest.approx(found["accuracy"]["value"])}
    assert points_of(folder)[1] < 0.69


def test_a_dry_run_of_the_instant_fit_publishes_nothing(make_run: MakeRun) -> None:
    folder = make_run(mode="instant", dry_run=5)
    log = MetricsLog(folder.metrics)

    loop.train(folder=folder, log=log, stop=StopWatch())
    log.close()

    assert '"dry_run": true' in folder.result.read_text()
    assert not folder.model.exists()


def test_the_instant_fit_of_turned_pairs_is_the_same_head() -> None:
    random = np.random.default_rng(0)
    differences, targets = random.normal(size=(40, 8)), random.random(40)

    prompts = [str(place // 4) for place in range(40)]

    for ridge in (0.5, None):
        asked = {"prompts": prompts, "ridge": ridge, "margin": 0.3}
        straight = instant.head(differences=differences, targets=targets, **asked)  # type: ignore[arg-type]
        turned = instant.head(differences=-differences, targets=1 - targets, **asked)  # type: ignore[arg-type]
        assert turned.weights == pytest.approx(straight.weights, abs=1e-6)


def test_the_instant_fit_learns_nothing_from_shuffled_labels(make_run: MakeRun) -> None:
    found = evaluated(make_run(examples=kind_world(count=160, shuffled=True), mode="instant"))

    assert found["accuracy"]["low"] < 0.5 < found["accuracy"]["high"]
