"""Suite ``held_out``: how often a checkpoint agrees with targets that it was not trained on."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.intervals import wilson
from apps.models.domain.scores import PairScore


def figures(
    *, examples: Sequence[PreferenceExample], scores: Sequence[PairScore], seed: int = 0
) -> dict[str, Any]:
    """Return accuracy with its Wilson interval beside two nulls on the same pairs.

    The nulls are "the longer response wins" (in characters) and a seeded coin. Ties in the target are left
    out and counted, and so are pairs that the checkpoint could not read. Where a judge is undecided (equal
    scores, equal lengths) the coin decides for it, so that all three are measured on the same n.
    """
    by_id = {score.id: score for score in scores}
    ties = sum(example.is_tie for example in examples)
    skipped = Counter(by_id[e.id].skipped_reason for e in examples if not e.is_tie)
    judged = [e for e in examples if not e.is_tie and not by_id[e.id].skipped_reason]
    chance = random.Random(seed)  # noqa: S311  (a null to compare with, not a secret)
    coins = [chance.choice((-1, 1)) for _ in judged]
    model = longer = coin = 0
    for example, toss in zip(judged, coins, strict=True):
        wanted = 1 if example.p_a > 0.5 else -1
        length = len(example.response_a) - len(example.response_b)
        model += ((by_id[example.id].preference or toss) > 0) == (wanted > 0)
        longer += ((length or toss) > 0) == (wanted > 0)
        coin += toss == wanted
    n = len(judged)
    return {
        "accuracy": wilson(model, n).to_dict(),
        "longer": wilson(longer, n).to_dict(),
        "coin": wilson(coin, n).to_dict(),
        "n": n,
        "ties_left_out": ties,
        "skipped": {reason: count for reason, count in skipped.items() if reason},
        "rule": "held-out targets; Wilson 95 %; ties in the target left out",
    }
