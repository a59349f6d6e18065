"""What a reward model on the bundled encoder takes and learns: 2,000 pairs of a known rule, two cores.

The rule needs words together: a response says what somebody does with something, and its worth is the deed's
(good or bad) times the thing's (how much it matters). A tenth of the training targets are turned around.
"""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from apps.models.domain import recipes
from apps.models.domain.examples import PreferenceExample, read_examples
from apps.models.training.folder import RunFolder
from tests.benchmarks.machine import describe_load
from tests.factories.models import example

ROOT = Path(__file__).resolve().parents[2]
TRAIN, HELD_OUT, NOISE = 2000, 500, 0.1
GOOD = "protect mend share honour welcome tend heed lift".split()
BAD = "harm break hoard mock banish neglect ignore crush".split()
THINGS = {
    "a child": 3.0, "a friendship": 2.6, "the truth": 2.3, "a neighbour": 2.0, "a promise": 1.8,
    "the garden": 1.2, "a book": 1.0, "an old song": 0.8, "a chair": 0.5, "a spoon": 0.2,
}  # fmt: skip
SETTINGS = ("at home", "at work", "on the road", "in the village", "after a long day", "before the meeting")


def pairs(count: int, *, seed: int, noise: float, tag: str) -> list[PreferenceExample]:
    """Return pairs of the rule; ``noise`` is the share of targets that are turned around."""
    chance = random.Random(seed)
    made: list[PreferenceExample] = []
    while len(made) < count:
        sides = [(chance.choice((1, -1)), chance.choice(list(THINGS))) for _ in range(2)]
        worth = [sign * THINGS[thing] for sign, thing in sides]
        if worth[0] == worth[1]:
            continue
        texts = [f"I {chance.choice(GOOD if sign > 0 else BAD)} {thing}." for sign, thing in sides]
        right = worth[0] > worth[1]
        turned = chance.random() < noise
        place = len(made)
        made.append(
            example(
                place,
                id=f"{tag}-{place}",
                split_key=f"{tag}-{place}",
                prompt=f"What do you do {chance.choice(SETTINGS)}, case {place}?",
                response_a=texts[0],
                response_b=texts[1],
                p_a=float(right != turned),
            )
        )
    return made


def run_of(folder: Path, size: str) -> RunFolder:
    """Return the folder of a run in one of the sizes that people choose from."""
    folder.mkdir()
    values = dict(recipes.find("reward_model").sizes[size].values) | {"threads": 2, "method": "reward_model"}  # type: ignore[index]
    (folder / "config.json").write_text(recipes.parse(values).model_dump_json())
    sides = {
        "train": pairs(TRAIN, seed=1, noise=NOISE, tag="train"),
        "held_out": pairs(HELD_OUT, seed=2, noise=0.0, tag="held-out"),
    }
    for side, rows in sides.items():
        (folder / f"{side}.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))
    return RunFolder(folder)


def command(*arguments: object) -> float:
    """Run a command of ours as an installation does; return the seconds."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", *map(str, arguments)], cwd=ROOT, check=True)
    return time.monotonic() - began


def share(figures: dict[str, Any], name: str) -> str:
    """Return a rate with its interval."""
    rate = figures[name]
    return f"{rate['value']:.3f} [{rate['low']:.3f}, {rate['high']:.3f}]"


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("size", ["instant", "small"])
def test_two_thousand_pairs_of_a_known_rule(tmp_path: Path, size: str, capsys: Any) -> None:
    run = run_of(tmp_path / size, size)
    load = describe_load()

    seconds = command("apps.models.training", run.path)
    out = tmp_path / "figures.json"
    rows = ["--model", run.model, "--pairs", run.path / "held_out.jsonl", "--out", out]
    judging = command("apps.models.evaluation", "held_out", *rows)

    figures, result = json.loads(out.read_text()), json.loads(run.result.read_text())
    with capsys.disabled():
        print(f"\nreward model on MiniLM, {size}, {TRAIN} pairs, {NOISE:.0%} of targets turned ({load})")
        print(f"  training {seconds / 60:.1f} min, judging {judging:.0f} s")
        print(f"  peak memory {result['peak_memory_mb']:.0f} MB")
        for name in ("accuracy", "longer", "coin"):
            print(f"  {name:9} {share(figures, name)}, n = {figures['n']}")
    assert figures["n"] == len(list(read_examples(run.path / "held_out.jsonl"))) == HELD_OUT
    assert figures["accuracy"]["low"] > figures["coin"]["high"]
