"""The command: ``python -m apps.models.evaluation SUITE --model FOLDER --pairs FILE --out FILE``.

``score`` writes what a checkpoint says of pairs, ``held_out`` how it stands to their targets, ``suites`` that
and what training cost on control pairs (``--control FILE``, the project's own where none is named);
``--trained-on FILE`` says what taught it, so that learning can be told from luck.
``parting`` says where it and another (``--other FOLDER --targets FILE``) judge differently, beside what a
repetition does (``--again FOLDER``).
"""

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
    """Score pairs, or evaluate on examples; the file appears whole or not at all."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.evaluation", description="Evaluate.")
    parser.add_argument("suite", choices=["score", "held_out", "suites", "parting"])
    for name in ("--model", "--pairs", "--out"):
        parser.add_argument(name, type=Path, required=True)
    for name in ("--control", "--trained-on", "--other", "--targets", "--again"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    os.environ.update({"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "OMP_WAIT_POLICY": "passive"})
    StopWatch().end_with_parent()
    try:
        text = _written(options)
    except TrainingError as error:
        print(error, file=sys.stderr)
        return 2
    making = options.out.with_name(f".{options.out.name}.part")
    making.write_text(text, encoding="utf-8")
    making.replace(options.out)
    return 0


def _written(options: argparse.Namespace) -> str:
    if options.suite == "suites":
        return _suites(options)
    if options.suite == "parting":
        return _parting(options)
    return (_score if options.suite == "score" else _held_out)(model=options.model, pairs=options.pairs)


def _suites(options: argparse.Namespace) -> str:
    from apps.models.evaluation import control as controls  # loads torch: --help must not wait for it
    from apps.models.evaluation import suites

    found = suites.measure(
        model=options.model,
        examples=list(read_examples(options.pairs)),
        controls=list(read_examples(options.control)) if options.control else controls.bundled(),
        trained_on=list(read_examples(options.trained_on)) if options.trained_on else [],
    )
    return json.dumps(found)


def _parting(options: argparse.Namespace) -> str:
    from apps.models.evaluation import parting, suites  # loads torch: --help must not wait for it

    first, second = list(read_examples(options.pairs)), list(read_examples(options.targets))
    found = parting.figures(
        first=parting.Side(first, suites.scores(options.model, first)),
        second=parting.Side(second, suites.scores(options.other, second)),
        again=suites.scores(options.again, first) if options.again else None,
    )
    return json.dumps(found)


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
