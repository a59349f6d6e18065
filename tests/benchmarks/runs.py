"""Training runs in a running installation: `python -m tests.benchmarks.runs KIND`. Prints the run's address.

``live`` launches a real run, which the trainer takes at once; ``long`` writes one of 100,000 points of one
series and as many of ten others; ``told`` writes two runs about which there is everything to see.
"""

import json
import math
import os
import random
import subprocess
import sys
from typing import Any

from tests.browser.installation import ROOT, Installation

SLUG = "asking-for-advice"
STEPS = 100_000
OTHERS = ("kl", "rewards/margins", "grad_norm", "learning_rate", "steps_per_second", "memory_mb", "entropy",
          "response_tokens", "held_out_loss", "seconds_left")  # fmt: skip


def prepare(installation: Installation, *, kind: str) -> str:
    """Make a run in an installation and return its id."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.runs", kind],
        cwd=ROOT,
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[-1]


def _launch(config: dict[str, Any], *, method: str = "reward_model", count: int = 160) -> Any:
    from django.contrib.auth import get_user_model

    from apps.models.services import runs
    from apps.shared.models import Study
    from tests.factories.models import frozen_data_set, kind_world

    study = Study.objects.get(slug=SLUG)
    data_set = frozen_data_set(study=study, examples=kind_world(count=count), name="The kind world")
    admin = get_user_model().objects.get(username="admin")
    return runs.launch(study=study, data_set=data_set, method=method, config=config, created_by=admin)


def _live() -> Any:
    from apps.models.domain import recipes

    return _launch(recipes.configure(recipes.Choice(size="small")).model_dump() | {"batch_size": 1})


def _written(config: dict[str, Any], *, method: str, steps: int) -> Any:
    """Return a run that has ended without a trainer."""
    from django.db import transaction

    from apps.models.models import Run
    from apps.shared.models import Job

    with transaction.atomic():
        run = _launch(config, method=method)
        Job.objects.filter(pk=run.job_id).update(state=Job.State.SUCCEEDED, progress=1.0)
        Run.objects.filter(pk=run.pk).update(step=steps, total_steps=steps)
    return run


def _points(run: Any, name: str, values: dict[int, float]) -> None:
    from apps.models.models import RunPoint

    rows = [RunPoint(run=run, step=step, name=name, value=value) for step, value in values.items()]
    RunPoint.objects.bulk_create(rows, batch_size=5000)


def _long() -> Any:
    chance = random.Random(0)
    run = _written({}, method="reward_model", steps=STEPS)
    falling = {step: math.exp(-step / 3e4) + chance.gauss(0, 0.05) for step in range(1, STEPS + 1)}
    _points(run, "loss", falling)
    for name in OTHERS:
        _points(run, name, {step: 1 + chance.random() for step in range(10, STEPS + 1, 10)})
    return run


def _told() -> Any:
    from apps.models.services import alerts

    chance = random.Random(1)
    config = {"method": "dpo", "base": "/models/base"}
    for number in range(2):
        run = _written(config, method="dpo", steps=240)
        for name, first, last, spread in (
            ("loss", 0.69, 0.35 + 0.1 * number, 0.03), ("rewards/margins", 0.0, 1.2, 0.1),
            ("kl", 0.0, 3.0, 0.2), ("perplexity", 9.0, 8.4, 0.1), ("grad_norm", 2.0, 0.8, 0.2),
            ("learning_rate", 5e-6, 1e-7, 0.0), ("memory_mb", 900.0, 940.0, 5.0),
            ("steps_per_second", 3.0, 3.1, 0.2), ("response_tokens", 40, 44, 3),
        ):  # fmt: skip
            values = {
                s: first + (last - first) * s / 240 + chance.gauss(0, 1) * spread for s in range(1, 241)
            }
            _points(run, name, values)
    run.folder.mkdir(parents=True)
    prompts = ["My friend wants to leave her job. What should I say?", "Is it right to tell the whole truth?"]
    lines = [
        {
            "step": step,
            "rows": [{"prompt": p, "response": answer} for p in prompts],
        }
        for step, answer in ((0, "Just decide."), (120, "It depends on her."), (240, "Listen to her first."))
    ]
    (run.folder / "samples.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    log = "".join(f"2026-11-21 10:00:{s % 60:02} step {s} of 240: loss 0.5\n" for s in range(1, 241))
    (run.folder / "log.txt").write_text(log)
    alerts.raise_alert(run=run, kind="stall", message="Nothing was heard of this run for 6 minutes.")
    alerts.end(run=run, kinds=["stall"])
    alerts.raise_alert(
        run=run,
        kind="divergence",
        message="The mean loss of the last 20 steps is 2.4 times that of the first 20. Stop the run.",
    )
    return run


def main() -> None:
    """Make what was asked for."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    django.setup()
    print({"live": _live, "long": _long, "told": _told}[sys.argv[1]]().pk)


if __name__ == "__main__":
    main()
