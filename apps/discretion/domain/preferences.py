"""Ternary preferences: +1 for response A, -1 for response B, 0 for neither."""

import hashlib
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]

A, NEITHER, B = 1, 0, -1

Answer = Literal[
    "a", "b", "tie", "both_bad", "skip", "cannot_tell", "not_applicable", "unparsable", "order_decided"
]
Order = Literal["ab", "ba"]
Side = Literal["left", "right"]

PREFERENCE: dict[str, int] = {"a": A, "b": B}
"""What an answer prefers; every other answer prefers neither."""

RATINGS = frozenset({"a", "b", "tie", "both_bad"})
"""Answers that rate the pair. The others say that there is no rating, which is not the same as a tie."""


def preference_of(answer: str) -> int:
    """Return +1, -1 or 0 for an answer."""
    return PREFERENCE.get(answer, NEITHER)


def answer_of(preference: int) -> Answer:
    """Return the answer that a plain ternary preference stands for."""
    return "a" if preference > 0 else "b" if preference < 0 else "tie"


def side_to_answer(*, answer: str, order: str) -> str:
    """Turn what was chosen on the screen (left, right, tie ...) into A or B by who stood left."""
    if answer not in {"left", "right"}:
        return answer
    return "a" if (answer == "left") == (order == "ab") else "b"


def answer_to_side(*, answer: str, order: str) -> str:
    """Turn A or B back into the side of the screen on which it stood."""
    if answer not in {"a", "b"}:
        return answer
    return "left" if (answer == "a") == (order == "ab") else "right"


def side_order(*, annotator: str, comparison: str) -> Order:
    """Return which response stands left for this annotator: a fair coin, fixed by the two names."""
    digest = hashlib.sha256(f"{annotator}|{comparison}".encode()).digest()
    return "ab" if digest[0] % 2 == 0 else "ba"


def other_order(order: str) -> Order:
    """Return the order with the sides changed."""
    return "ba" if order == "ab" else "ab"


def sigma(logit: Floats) -> Floats:
    """Return the logistic function, 1 / (1 + exp(-logit)), for logits of moderate size."""
    return 1.0 / (1.0 + np.exp(-logit))


def signs(values: Floats) -> Signs:
    """Return -1, 0 or +1 in one byte each; what nobody judged (NaN) prefers neither, as published."""
    return np.sign(np.nan_to_num(values)).astype(np.int8)


def ternary(values: Floats) -> Floats:
    """Return the sign of mean preferences in [-1, 1]: -1, 0 or +1; what nobody judged (NaN) stays NaN."""
    return np.sign(values)


def against_own_principles(*, overall: int, by_principle: list[int]) -> bool:
    """Say whether an overall choice goes against every principle that the same person found to decide."""
    decided = [vote for vote in by_principle if vote]
    return bool(overall and decided) and all(vote == -overall for vote in decided)
