"""Fit a reward head on the frozen sentence encoder at once, and hold it against unseen pairs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.models.domain import composition, instant, splits
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.scores import PairScore
from apps.models.evaluation import held_out as suite
from apps.models.services import vectors
from apps.shared.errors import Conflict
from apps.shared.models import Job, Study

TOO_LONG = "too long for the encoder"
TOO_FEW = "Too few pairs of different prompts are judged: some are needed to be held out."


@dataclass(frozen=True)
class Fitted:
    """What a fit found on held-out pairs, and on how much it rests; ``read`` responses were new."""

    figures: dict[str, Any]
    train_count: int
    held_out_count: int
    left_out: dict[str, int]
    read: int


def fit(
    *,
    study: Study,
    examples: Sequence[PreferenceExample],
    held_out: float = 0.25,
    seed: int = 0,
    ridge: float | None = None,
    job: Job | None = None,
) -> Fitted:
    """Fit a head on these examples, prompts held out whole as for a data set, and measure it on the rest.

    What cannot be trained on is left out and counted. Raises Conflict where there are too few pairs.
    """
    why = composition.unusable(examples, simulated_allowed=study.include_simulated)
    left_out = Counter(why.values())
    usable = [example for place, example in enumerate(examples) if place not in why]
    if len(usable) < 2:
        raise Conflict(TOO_FEW)
    asked = [(e.prompt, response) for e in usable for response in (e.response_a, e.response_b)]
    found, read = vectors.of_responses(study=study, asked=asked, job=job)
    sides = found.reshape(len(usable), 2, -1).astype(np.float64)
    whole = [not bool(np.isnan(side).any()) for side in sides]
    left_out[TOO_LONG] += whole.count(False)
    seen = {e.id: side for e, side, ok in zip(usable, sides, whole, strict=True) if ok}
    split = splits.split_by_key([e for e in usable if e.id in seen], held_out=held_out, seed=seed)
    if not split.train or not split.held_out:
        raise Conflict(TOO_FEW)
    features = np.stack([seen[e.id] for e in split.train])
    head = instant.head(
        differences=features[:, 0] - features[:, 1],
        targets=np.array([e.p_a for e in split.train], dtype=np.float64),
        prompts=[e.split_key for e in split.train],
        ridge=ridge,
    )
    scores = [PairScore(e.id, *(seen[e.id] @ head.weights).tolist()) for e in split.held_out]
    return Fitted(
        figures=suite.figures(examples=split.held_out, scores=scores),
        train_count=len(split.train),
        held_out_count=len(split.held_out),
        left_out=dict(+left_out),
        read=read,
    )
