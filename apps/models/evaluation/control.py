"""Suite ``control``: what training cost on pairs that have nothing to do with the values.

The bundled pairs were written for this project and are under its licence: a hundred short questions about
facts, sums, language, form and common sense, each with a right and a wrong response. In about as many the
longer response is right as the shorter one.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.models.domain import gaps
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.intervals import wilson_by_group
from apps.models.domain.scores import PairScore
from apps.models.domain.splits import shuffled_place

BUNDLED = Path(__file__).with_name("control_set.jsonl")


@dataclass(frozen=True)
class _Decided:
    """A control pair that both could read, and whether either is right about it."""

    example: PreferenceExample
    model: bool
    base: bool


def bundled() -> list[PreferenceExample]:
    """Return the project's own control pairs; which response stands first falls by the pair's name."""
    found = []
    for line in BUNDLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        right_first = shuffled_place(seed=0, key=row["id"]) < "8"
        sides = (row["right"], row["wrong"]) if right_first else (row["wrong"], row["right"])
        found.append(
            PreferenceExample(
                id=row["id"],
                prompt=row["prompt"],
                response_a=sides[0],
                response_b=sides[1],
                p_a=float(right_first),
                split_key=row["id"],
                source={"context": row["kind"]},
            )
        )
    return found


def figures(
    *,
    examples: Sequence[PreferenceExample],
    model: Sequence[PairScore],
    base: Sequence[PairScore],
    judged_by: tuple[str, str],
) -> dict[str, Any]:
    """Return how often checkpoint and base are right on the same control pairs, and the change between them.

    ``judged_by`` says by what either judges. Ties in the target and pairs that either cannot read are left
    out and counted; equal scores are wrong, for either of them. ``change`` below 0 is a drop.
    """
    decided = [
        _Decided(example, ours.preference == _wanted(example), theirs.preference == _wanted(example))
        for example, ours, theirs in zip(examples, model, base, strict=True)
        if not example.is_tie and ours.preference is not None and theirs.preference is not None
    ]
    by_kind: dict[str, list[_Decided]] = defaultdict(list)
    for one in decided:
        by_kind[str(one.example.source.get("context") or "")].append(one)
    return {
        "n": len(decided),
        "left_out": len(examples) - len(decided),
        **_both(decided),
        "change": gaps.paired(
            first=[one.model for one in decided],
            second=[one.base for one in decided],
            groups=[one.example.split_key for one in decided],
        ).to_dict(),
        "by_kind": {kind: _both(found) for kind, found in sorted(by_kind.items())},
        "model_by": judged_by[0],
        "base_by": judged_by[1],
    }


def _wanted(example: PreferenceExample) -> int:
    return 1 if example.p_a > 0.5 else -1


def _both(decided: Sequence[_Decided]) -> dict[str, Any]:
    groups = [one.example.split_key for one in decided]
    return {
        "model": wilson_by_group(right=[one.model for one in decided], groups=groups).to_dict(),
        "base": wilson_by_group(right=[one.base for one in decided], groups=groups).to_dict(),
    }
