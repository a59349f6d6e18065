"""Suite ``parting``: where two checkpoints of one recipe, trained on two targets, judge differently."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.models.domain import gaps
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.intervals import wilson_by_group
from apps.models.domain.kappa import cohen
from apps.models.domain.scores import PairScore


@dataclass(frozen=True)
class Side:
    """A checkpoint's scores of the comparisons, and what its own target says of each."""

    examples: Sequence[PreferenceExample]
    scores: Sequence[PairScore]


@dataclass(frozen=True)
class _Seen:
    """A comparison that everybody could read: two targets, two judgements, the repeated one's where there is
    one; 1 for A, -1 for B, 0 for neither.
    """

    example: PreferenceExample
    targets: tuple[float, float]
    says: tuple[int, int]
    differences: tuple[float, float]
    again: int | None

    @property
    def parts(self) -> bool:
        return self.says[0] != self.says[1]

    @property
    def wanted(self) -> tuple[int, int]:
        first, second = self.targets
        return _sign(first - 0.5), _sign(second - 0.5)


def figures(*, first: Side, second: Side, again: Sequence[PairScore] | None = None) -> dict[str, Any]:
    """Return how far two checkpoints agree on the same held-out comparisons, and where they part.

    ``again`` are the scores of the first recipe under another seed: the floor. Comparisons that one of them
    cannot read are left out and counted.
    """
    seen = list(_seen(first, second, again))
    groups = [one.example.split_key for one in seen]
    return {
        "n": len(seen),
        "left_out": len(first.examples) - len(seen),
        "agreement": _share(seen, lambda one: not one.parts),
        "kappa": cohen(
            first=[one.says[0] for one in seen], second=[one.says[1] for one in seen], groups=groups
        ).to_dict(),
        "floor": None if again is None else _floor(seen, groups),
        "targets_part": _follows([one for one in seen if one.wanted[0] * one.wanted[1] < 0]),
        "targets_agree": _follows([one for one in seen if one.wanted[0] * one.wanted[1] > 0]),
        "by_context": _by_context(seen),
        "by_principle": _by_principle(seen),
        "parted": [_row(one) for one in _surest(seen)],
    }


def _seen(first: Side, second: Side, again: Sequence[PairScore] | None) -> list[_Seen]:
    others = {
        example.id: (example, score) for example, score in zip(second.examples, second.scores, strict=True)
    }
    repeated = {score.id: score for score in again or ()}
    found = []
    for example, score in zip(first.examples, first.scores, strict=True):
        other, theirs = others[example.id]
        repeat = repeated.get(example.id)
        if score.preference is None or theirs.preference is None:
            continue
        if repeat is not None and repeat.preference is None:
            continue
        found.append(
            _Seen(
                example,
                (example.p_a, other.p_a),
                (score.preference, theirs.preference),
                (_difference(score), _difference(theirs)),
                None if repeat is None else repeat.preference,
            )
        )
    return found


def _difference(score: PairScore) -> float:
    return (score.score_a or 0.0) - (score.score_b or 0.0)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _share(seen: Sequence[_Seen], said: Callable[[_Seen], bool]) -> dict[str, float | int | None]:
    """Return of how many comparisons something can be said, with its interval over prompts."""
    groups = [one.example.split_key for one in seen]
    return wilson_by_group(right=[said(one) for one in seen], groups=groups).to_dict()


def _floor(seen: Sequence[_Seen], groups: Sequence[str]) -> dict[str, Any]:
    """Return the same for the first recipe and its repetition, and how much more the targets part."""
    repeated = [one.says[0] != one.again for one in seen]
    return {
        "agreement": _share(seen, lambda one: one.says[0] == one.again),
        "kappa": cohen(
            first=[one.says[0] for one in seen], second=[one.again or 0 for one in seen], groups=groups
        ).to_dict(),
        "beyond": gaps.paired(first=[one.parts for one in seen], second=repeated, groups=groups).to_dict(),
    }


def _follows(seen: Sequence[_Seen]) -> dict[str, Any]:
    """Return how often the two part among these, and how often either is on its own target's side."""
    return {
        "parts": _share(seen, lambda one: one.parts),
        "first": _share(seen, lambda one: one.says[0] == one.wanted[0]),
        "second": _share(seen, lambda one: one.says[1] == one.wanted[1]),
    }


def _by_context(seen: Sequence[_Seen]) -> dict[str, Any]:
    found: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        found[str(one.example.source.get("context") or "")].append(one)
    return {context: _share(ones, lambda one: one.parts) for context, ones in sorted(found.items())}


def _by_principle(seen: Sequence[_Seen]) -> dict[str, Any]:
    """Return how often either sides with a principle where it prefers a response, and the difference."""
    spoken: dict[str, dict[str, int]] = defaultdict(dict)
    for one in seen:
        for principle, preference in (one.example.source.get("principles") or {}).items():
            spoken[principle][one.example.id] = _sign(preference)
    return {
        principle: _siding([one for one in seen if one.example.id in sides], sides)
        for principle, sides in sorted(spoken.items())
    }


def _siding(seen: Sequence[_Seen], sides: Mapping[str, int]) -> dict[str, Any]:
    return {
        "first": _share(seen, lambda one: one.says[0] == sides[one.example.id]),
        "second": _share(seen, lambda one: one.says[1] == sides[one.example.id]),
        "gap": gaps.paired(
            first=[one.says[0] == sides[one.example.id] for one in seen],
            second=[one.says[1] == sides[one.example.id] for one in seen],
            groups=[one.example.split_key for one in seen],
        ).to_dict(),
    }


def _surest(seen: Sequence[_Seen]) -> list[_Seen]:
    """Return the comparisons on which the two part, those first about which both are sure for themselves."""
    scales = [sum(abs(one.differences[at]) for one in seen) / max(len(seen), 1) or 1.0 for at in (0, 1)]

    def sureness(one: _Seen) -> float:
        return min(abs(one.differences[at]) / scales[at] for at in (0, 1))

    return sorted((one for one in seen if one.parts), key=lambda one: (-sureness(one), one.example.id))


def _row(one: _Seen) -> dict[str, Any]:
    return {
        "id": one.example.id,
        "targets": list(one.targets),
        "says": list(one.says),
        "again": one.again,
        "context": str(one.example.source.get("context") or ""),
        "principles": dict(one.example.source.get("principles") or {}),
    }
