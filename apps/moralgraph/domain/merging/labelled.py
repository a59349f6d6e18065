"""Cards that people put into groups: read from a file, and what our groups are worth beside theirs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.moralgraph.domain.cards import CardError, ValuesCard, read
from apps.moralgraph.domain.files import FileError
from apps.moralgraph.domain.merging import agreement, candidates
from apps.moralgraph.domain.merging.agreement import Agreement
from apps.moralgraph.domain.merging.candidates import Vectors
from apps.moralgraph.domain.merging.methods import Method

_CUTS = np.round(np.arange(0.02, 0.96, 0.01), 2)


@dataclass(frozen=True)
class Labelled:
    """A card with the group that it was put into, and the half of the file that it belongs to."""

    id: int | str
    card: ValuesCard
    group: str
    half: str = ""


@dataclass(frozen=True)
class Measured:
    """What a measure reaches on cards: its groups, and the pairs that it would put before a researcher.

    ``recall`` is the share of labelled pairs among the suggested ones, ``pairs`` how many those are.
    """

    method: str
    same: float
    suggest: float
    groups: Agreement
    pairs: int
    recall: float

    def to_json(self) -> dict[str, Any]:
        """Return the figures, shares rounded to three digits."""
        found = self.groups
        return {
            "method": self.method,
            "same_from": self.same,
            "pairwise_f1": round(found.f1, 3),
            "adjusted_rand": round(found.adjusted_rand, 3),
            "precision": round(found.precision, 3),
            "recall": round(found.recall, 3),
            "suggested_from": self.suggest,
            "suggested_pairs": self.pairs,
            "labelled_pairs_suggested": round(self.recall, 3),
        }


def read_labelled(raw: bytes, *, name: str) -> list[Labelled]:
    """Read a JSON list of cards with "id", "title", "policies", "group", "half" or none. Raises FileError."""
    try:
        rows = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FileError(f"{name}: this is not JSON in UTF-8.") from error
    if not isinstance(rows, list) or len(rows) < 2:
        raise FileError(f"{name}: a list of at least two cards is needed.")
    found = [_labelled(row, f"{name}, card {number}") for number, row in enumerate(rows, start=1)]
    ids = [str(item.id) for item in found]
    twice = next((key for key in ids if ids.count(key) > 1), None)
    if twice is not None:
        raise FileError(f"{name}: two cards have the id “{twice}”.")
    return found


def _labelled(row: Any, where: str) -> Labelled:
    if not isinstance(row, Mapping):
        raise FileError(f"{where}: a card is an object with “id”, “title”, “policies” and “group”.")
    key, group, half = row.get("id"), row.get("group"), row.get("half", "")
    if isinstance(key, bool) or not isinstance(key, int | str):
        raise FileError(f"{where}: “id” must be a word or a whole number.")
    if not isinstance(group, str | int) or not str(group).strip() or not isinstance(half, str):
        raise FileError(f"{where}: “group” must name the group, and “half” be a word.")
    policies = row.get("policies")
    if not isinstance(policies, list) or not all(isinstance(item, Mapping) for item in policies):
        raise FileError(f"{where}: “policies” must be a list of objects with “attended” and “qualifier”.")
    try:
        card = read(title=row.get("title", ""), summary=row.get("summary", ""), policies=policies)
    except CardError as error:
        raise FileError(f"{where}: {error.field}: {error.message % error.values}") from error
    return Labelled(key, card, str(group), half)


def measure(*, vectors: Vectors, groups: Sequence[str], method: Method) -> Measured:
    """Return what a measure reaches on labelled cards; ``vectors`` (cards, width) have length 1."""
    similarity = _similarity(vectors)
    found = agreement.group(similarity, threshold=method.same)
    pairs = candidates.find(vectors=vectors, threshold=method.suggest)
    labels = np.array(groups)
    alike = int((labels[pairs.first] == labels[pairs.second]).sum())
    labelled = (labels[:, None] == labels[None, :]).sum() - len(labels)
    return Measured(
        method=method.name,
        same=method.same,
        suggest=method.suggest,
        groups=agreement.compare(found, list(groups)),
        pairs=len(pairs),
        recall=2 * alike / labelled if labelled else 0.0,
    )


def best_cut(*, vectors: Vectors, groups: Sequence[str]) -> float:
    """Return the cut whose groups have the highest pairwise F1, the lowest of several."""
    similarity = _similarity(vectors)
    reached = [
        agreement.compare(agreement.group(similarity, threshold=cut), list(groups)).f1 for cut in _CUTS
    ]
    return float(_CUTS[int(np.argmax(reached))])


def _similarity(vectors: Vectors) -> candidates.Floats:
    product = vectors @ vectors.T
    dense = product if isinstance(product, np.ndarray) else product.toarray()
    return np.asarray(dense, dtype=np.float64)
