"""The command: ``python -m apps.models.evaluation score|held_out --model FOLDER --pairs FILE --out FILE``."""

import argparse
import dataclasses
import json
import os
import sys
from pathlib import Path

from apps.models.domain.examples import read_examples
from apps.models.domain.scores import ScorablePair
from apps.models.training.errors import TrainingError
from apps.models.training.stopping import StopWatch


def main(arguments: list[str] | None = None) -> int:
    """Score pairs, or evaluate on held-out examples; the file appears whole or not at all."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.evaluation", description="Evaluate.")
    parser.add_argument("suite", choices=["score", "held_out"])
    for name in ("--model", "--pairs", "--out"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args(arguments)
    os.environ.update({"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "OMP_WAIT_POLICY": "passive"})
    StopWatch().end_with_parent()
    try:
        text = (_score if options.suite == "score" else _held_out)(model=options.model, pairs=options.pairs)
    except TrainingError as error:
        print(error, file=sys.stderr)  # noqa: T201  (read by whoever started the process)
        return 2
    making = options.out.with_name(f".{options.out.name}.part")
    making.write_text(text, encoding="utf-8")
    making.replace(options.out)
    return 0


def _score(*, model: Path, pairs: Path) -> str:
    from apps.models.evaluation import scoring  # loads torch: --help must not wait for it

    scores = scoring.score(model=model, pairs=list(scoring.read_pairs(pairs)))
    return "".join(json.dumps(dataclasses.asdict(score)) + "\n" for score in scores)


def _held_out(*, model: Path, pairs: Path) -> str:
    from apps.models.evaluation import held_out, scoring

    examples = list(read_examples(pairs))
    asked = [ScorablePair(e.id, e.prompt, e.response_a, e.response_b) for e in examples]
    return json.dumps(held_out.figures(examples=examples, scores=scoring.score(model=model, pairs=asked)))


if __name__ == "__main__":
    sys.exit(main())
