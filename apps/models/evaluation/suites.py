"""Every suite about one checkpoint, each model loaded once and given back before the next."""

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.scores import PairScore, ScorablePair
from apps.models.evaluation import bases, control, held_out, position, scoring
from apps.models.training.scorer import Scorer


def measure(
    *, model: Path, examples: Sequence[PreferenceExample], controls: Sequence[PreferenceExample]
) -> dict[str, Any]:
    """Return suite -> figures: ``held_out`` of the target's examples, ``control`` of others.

    Raises TrainingError.
    """
    policy = bases.is_policy(model)
    asked = position.chosen(examples) if policy else []
    judge = bases.own(model)
    own = _scores(judge.scorer, examples)
    model_by, compared_by = judge.by, judge.by
    on_controls = [] if policy else _scores(judge.scorer, controls)
    del judge
    _release()
    before = bases.base(model)
    base, base_on_controls, base_by = (
        _scores(before.scorer, examples),
        _scores(before.scorer, controls),
        before.by,
    )
    base_leans = _leanings(before.scorer, asked)
    del before
    _release()
    leans: position.Leanings = []
    if policy:
        trained = bases.writer(model, trained=True)
        on_controls, compared_by = _scores(trained, controls), bases.WRITES
        leans = _leanings(trained, asked)
    return {
        "held_out": held_out.figures(
            examples=examples, scores=own, base=held_out.Base(base, base_by), judged_by=model_by
        )
        | {
            "position": position.figures(examples=asked, model=leans, base=base_leans)
            if policy
            else {"applies": False}
        },
        "control": control.figures(
            examples=controls, model=on_controls, base=base_on_controls, judged_by=(compared_by, base_by)
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


def _leanings(model: Any, asked: Sequence[PreferenceExample]) -> position.Leanings:
    return position.paired(model.leanings(position.questions(asked))) if asked else []


def _release() -> None:
    """Give back the memory of a model that is not needed any more."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
