"""Every suite about one checkpoint, each model loaded once and given back before the next."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.scores import PairScore, ScorablePair
from apps.models.evaluation import bases, control, held_out, luck, position, scoring
from apps.models.training.scorer import Scorer


@dataclass(frozen=True)
class _Said:
    """What one judge said of everything that it was asked, and by what it judges."""

    by: str
    examples: list[PairScore]
    controls: list[PairScore]
    leans: position.Leanings


def measure(
    *,
    model: Path,
    examples: Sequence[PreferenceExample],
    controls: Sequence[PreferenceExample],
    trained_on: Sequence[PreferenceExample] = (),
) -> dict[str, Any]:
    """Return suite -> figures: ``held_out`` of the target's examples, ``control`` of others.

    What it was ``trained_on``, where that is known, tells what was taught from luck. Raises TrainingError.
    """
    policy = bases.is_policy(model)
    asked = position.chosen(examples) if policy else []
    own = _said(lambda: bases.own(model), examples, [] if policy else controls, [])
    base = _said(lambda: bases.base(model), examples, controls, asked)
    found = held_out.figures(
        examples=examples, scores=own.examples, base=held_out.Base(base.examples, base.by), judged_by=own.by
    )
    after, placed, writes = own, {"applies": False}, None
    if policy:
        after = _said(lambda: bases.written_by(model), examples, controls, asked)
        placed = position.figures(examples=asked, model=after.leans, base=base.leans)
        writes = held_out.before_and_after(examples=examples, before=base.examples, after=after.examples)
    by_luck = luck.figures(
        model=model, trained_on=trained_on, held_out=examples, own=found["accuracy"]["value"]
    )
    return {
        "held_out": found | {"position": placed, "writes": writes, "luck": by_luck},
        "control": control.figures(
            examples=controls, model=after.controls, base=base.controls, judged_by=(after.by, base.by)
        ),
    }


def scores(model: Path, examples: Sequence[PreferenceExample]) -> list[PairScore]:
    """Return what a checkpoint says of examples, as where it is an annotator; it is given back afterwards.

    Raises TrainingError.
    """
    found = _scores(bases.own(model).scorer, examples)
    _release()
    return found


def _scores(scorer: Scorer, examples: Sequence[PreferenceExample]) -> list[PairScore]:
    pairs = [ScorablePair(e.id, e.prompt, e.response_a, e.response_b) for e in examples]
    return scoring.score_by(scorer=scorer, pairs=pairs)


def _said(
    load: Callable[[], bases.Judge],
    examples: Sequence[PreferenceExample],
    controls: Sequence[PreferenceExample],
    asked: Sequence[PreferenceExample],
) -> _Said:
    """Load a judge, ask it everything, and give its memory back."""
    judge = load()
    leans: position.Leanings = []
    if asked:
        writer: Any = judge.scorer
        leans = position.paired(writer.leanings(position.questions(asked)))
    said = _Said(judge.by, _scores(judge.scorer, examples), _scores(judge.scorer, controls), leans)
    del judge
    _release()
    return said


def _release() -> None:
    """Give back the memory of a model that is not needed any more."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
