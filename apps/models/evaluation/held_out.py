"""Suite ``held_out``: how often a checkpoint agrees with targets that it was not trained on."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.models.domain import calibration, gaps
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.intervals import wilson_by_group
from apps.models.domain.scores import PairScore


@dataclass(frozen=True)
class _Judged:
    """A pair with a target, as the checkpoint, the length rule and the coin see it: 1 for A, -1 for B."""

    example: PreferenceExample
    difference: float
    model: int
    longer: int
    coin: int

    @property
    def wanted(self) -> int:
        return 1 if self.example.p_a > 0.5 else -1


@dataclass(frozen=True)
class Base:
    """What a checkpoint was trained from, on the same examples, and by what it judges."""

    scores: Sequence[PairScore]
    by: str


def figures(
    *,
    examples: Sequence[PreferenceExample],
    scores: Sequence[PairScore],
    base: Base | None = None,
    judged_by: str = "",
    seed: int = 0,
) -> dict[str, Any]:
    """Return accuracy with its Wilson interval beside two nulls on the same pairs, and where it comes from.

    The nulls are "the longer response wins" (in characters) and a seeded coin. Ties in the target are left
    out and counted, and so are pairs that the checkpoint could not read. Where a judge is undecided (equal
    scores, equal lengths) the coin decides for it, so that all three are measured on the same n; likewise for
    the ``base``, which is laid beside the checkpoint pair by pair. ``judged_by`` says by what it judges.
    """
    by_id = {score.id: score for score in scores}
    ties = sum(example.is_tie for example in examples)
    skipped = Counter(by_id[e.id].skipped_reason for e in examples if not e.is_tie)
    readable = [e for e in examples if not e.is_tie and not by_id[e.id].skipped_reason]
    chance = random.Random(seed)
    judged = [_judge(example, by_id[example.id], chance.choice((-1, 1))) for example in readable]
    return {
        "accuracy": _share(judged, lambda pair: pair.model == pair.wanted),
        "longer": _share(judged, lambda pair: pair.longer == pair.wanted),
        "coin": _share(judged, lambda pair: pair.coin == pair.wanted),
        "n": len(judged),
        "ties_left_out": ties,
        "skipped": {reason: count for reason, count in skipped.items() if reason},
        "beyond_length": _beyond_length(judged, seed),
        "calibration": _calibration(judged),
        "length": _length(judged, seed),
        "base": None if base is None else _base(judged, base, seed),
        "judged_by": judged_by,
        "by_context": _by_context(judged),
        "by_principle": _by_principle(judged),
        "rule": "held-out targets; Wilson 95 %, over prompts; ties in the target left out",
    }


def _judge(example: PreferenceExample, score: PairScore, toss: int) -> _Judged:
    difference = (score.score_a or 0.0) - (score.score_b or 0.0)
    length = len(example.response_a) - len(example.response_b)
    return _Judged(example, difference, _sign(score.preference or toss), _sign(length or toss), toss)


def _sign(number: float) -> int:
    return 1 if number > 0 else -1


def _share(judged: Sequence[_Judged], said: Callable[[_Judged], bool]) -> dict[str, float | int | None]:
    """Return of how many pairs something can be said, with its interval over prompts."""
    groups = [pair.example.split_key for pair in judged]
    return wilson_by_group(right=[said(pair) for pair in judged], groups=groups).to_dict()


def _beyond_length(judged: Sequence[_Judged], seed: int) -> dict[str, Any]:
    """Return how much oftener than the longer response the checkpoint is right, on the same pairs."""
    return gaps.paired(
        first=[pair.model == pair.wanted for pair in judged],
        second=[pair.longer == pair.wanted for pair in judged],
        groups=[pair.example.split_key for pair in judged],
        seed=seed,
    ).to_dict()


def _calibration(judged: Sequence[_Judged]) -> dict[str, Any]:
    """Compare p = sigma(r(A) - r(B)), as Bradley and Terry read rewards, with the targets."""
    said = [1 / (1 + math.exp(-max(min(pair.difference, 500.0), -500.0))) for pair in judged]
    return calibration.calibrate(p=said, targets=[pair.example.p_a for pair in judged]).to_dict()


def _base(judged: Sequence[_Judged], base: Base, seed: int) -> dict[str, Any]:
    """Return how often the base is right, and how much oftener the checkpoint is, on the same pairs."""
    by_id = {score.id: score for score in base.scores}

    def is_right(pair: _Judged) -> bool:
        return _sign(by_id[pair.example.id].preference or pair.coin) == pair.wanted

    return {
        "accuracy": _share(judged, is_right),
        "gap": gaps.paired(
            first=[pair.model == pair.wanted for pair in judged],
            second=[is_right(pair) for pair in judged],
            groups=[pair.example.split_key for pair in judged],
            seed=seed,
        ).to_dict(),
        "by": base.by,
    }


def before_and_after(
    *, examples: Sequence[PreferenceExample], before: Sequence[PairScore], after: Sequence[PairScore]
) -> dict[str, Any]:
    """Return how often a model was right before training and is after it, both by one and the same measure.

    Ties in the target and pairs that either cannot read are left out; equal scores are wrong.
    """
    decided = [
        (example, [side.preference == (1 if example.p_a > 0.5 else -1) for side in sides])
        for example, *sides in zip(examples, before, after, strict=True)
        if not example.is_tie and all(side.preference is not None for side in sides)
    ]
    groups = [example.split_key for example, _ in decided]
    was, became = ([right[place] for _, right in decided] for place in (0, 1))
    return {
        "before": wilson_by_group(right=was, groups=groups).to_dict(),
        "after": wilson_by_group(right=became, groups=groups).to_dict(),
        "gap": gaps.paired(first=became, second=was, groups=groups).to_dict(),
    }


def _length(judged: Sequence[_Judged], seed: int) -> dict[str, Any]:
    """Return how often checkpoint and target prefer the longer of two unequal responses, and the difference:
    above 0 the checkpoint likes length more than it should.
    """
    unequal = [pair for pair in judged if len(pair.example.response_a) != len(pair.example.response_b)]
    return {
        "model": _share(unequal, lambda pair: pair.model == pair.longer),
        "target": _share(unequal, lambda pair: pair.wanted == pair.longer),
        "gap": gaps.paired(
            first=[pair.model == pair.longer for pair in unequal],
            second=[pair.wanted == pair.longer for pair in unequal],
            groups=[pair.example.split_key for pair in unequal],
            seed=seed,
        ).to_dict(),
    }


def _by_context(judged: Sequence[_Judged]) -> dict[str, Any]:
    found: dict[str, list[_Judged]] = defaultdict(list)
    for pair in judged:
        found[str(pair.example.source.get("context") or "")].append(pair)
    return {
        context: _share(pairs, lambda pair: pair.model == pair.wanted)
        for context, pairs in sorted(found.items())
    }


def _by_principle(judged: Sequence[_Judged]) -> dict[str, Any]:
    """Return how often checkpoint and target side with each principle, where it prefers a response."""
    spoken: dict[str, dict[str, int]] = defaultdict(dict)
    for pair in judged:
        for principle, preference in (pair.example.source.get("principles") or {}).items():
            spoken[principle][pair.example.id] = _sign(preference)
    return {
        principle: _on_its_side([pair for pair in judged if pair.example.id in sides], sides)
        for principle, sides in sorted(spoken.items())
    }


def _on_its_side(pairs: Sequence[_Judged], sides: Mapping[str, int]) -> dict[str, Any]:
    return {
        "model": _share(pairs, lambda pair: pair.model == sides[pair.example.id]),
        "target": _share(pairs, lambda pair: pair.wanted == sides[pair.example.id]),
    }
