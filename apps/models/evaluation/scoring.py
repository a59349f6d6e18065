"""Let what a run has trained score pairs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from apps.models.domain.scores import PairScore, ScorablePair
from apps.models.training.scorer import Scorer
from apps.models.training.scorers import load_scorer

TOO_LONG = "too long for the encoder"
EMPTY = "a response is empty"


def read_pairs(path: Path) -> Iterator[ScorablePair]:
    """Yield the pairs of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield ScorablePair(**{name: row[name] for name in ("id", "prompt", "response_a", "response_b")})


def score(*, model: Path, pairs: Sequence[ScorablePair], threads: int = 1) -> list[PairScore]:
    """Return each pair's scores; a pair that does not fit, or is half empty, is skipped with the reason."""
    torch.set_num_threads(threads)
    return score_by(scorer=load_scorer(model), pairs=pairs)


def score_by(*, scorer: Scorer, pairs: Sequence[ScorablePair]) -> list[PairScore]:
    """Return each pair's scores by a scorer that is loaded."""
    skipped = {pair.id: _why_skipped(pair=pair, scorer=scorer) for pair in pairs}
    readable = [pair for pair in pairs if not skipped[pair.id]]
    asked = [(pair.prompt, side) for pair in readable for side in (pair.response_a, pair.response_b)]
    found = scorer.scores(asked)
    scores = {
        pair.id: PairScore(pair.id, found[2 * place], found[2 * place + 1])
        for place, pair in enumerate(readable)
    }
    return [scores.get(pair.id) or PairScore(pair.id, None, None, skipped[pair.id]) for pair in pairs]


def _why_skipped(*, pair: ScorablePair, scorer: Scorer) -> str:
    if not pair.response_a.strip() or not pair.response_b.strip():
        return EMPTY
    sides = (pair.response_a, pair.response_b)
    if not all(scorer.fits(prompt=pair.prompt, response=side) for side in sides):
        return TOO_LONG
    return ""
