"""What is compared of a card: its title and its lines, without the sentence about the person."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.domain.demo_cards import VALUES

VERSION = "card-1"
"""Raise this when a card is written differently for the encoder: its vectors are then made anew."""
IN_COMMON = 0.5
_GRAMS = (3, 4, 5)
_WORD = re.compile(r"\w+")


def written(*, title: str, policies: Sequence[Policy]) -> str:
    """Return a card as the encoder reads it; capitals, which only mark what is attended to, are left out.

    The summary tells the person's own story, which keeps like values apart (``docs/experiments.md``).
    """
    return f"{title}. " + "; ".join(f"{line.attended.casefold()} {line.qualifier}" for line in policies)


def reference() -> list[str]:
    """Return texts that show what every card has in common: those of the demo's values."""
    return [written(title=value.card.title, policies=value.card.policies) for value in VALUES]


def without_common(vectors: NDArray[np.float32], reference: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors of length 1 from which a part of what all cards share was taken.

    Sentences of a kind lie in one corner of an encoder's space. x' = x - IN_COMMON * mean(reference), at
    length 1. The reference is fixed, so that one cut serves small studies and large ones.
    Args: (cards, width), (texts, width). Returns (cards, width).
    """
    moved = vectors - IN_COMMON * reference.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-12), dtype=np.float32)


def by_words(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return TF-IDF vectors of length 1, (texts, terms): 1 + ln(count) times ln((1 + n) / (1 + df)) + 1."""
    return _weighted([Counter(_words(text)) for text in texts])


def by_letters(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return TF-IDF vectors of runs of three to five letters inside words, which endings disturb less."""
    return _weighted([Counter(_grams(text)) for text in texts])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _grams(text: str) -> Iterator[str]:
    for word in _words(text):
        padded = f" {word} "
        for size in _GRAMS:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _weighted(documents: Sequence[Counter[str]]) -> sparse.csr_matrix:
    places: dict[str, int] = {}
    rows, columns, counts = [], [], []
    for row, document in enumerate(documents):
        for term, count in document.items():
            rows.append(row)
            columns.append(places.setdefault(term, len(places)))
            counts.append(count)
    shape = (len(documents), max(len(places), 1))
    found = sparse.csr_matrix((1 + np.log(np.array(counts, dtype=float)), (rows, columns)), shape=shape)
    documents_with = np.bincount(np.array(columns, dtype=np.int64), minlength=shape[1])
    weight = np.log((1 + shape[0]) / (1 + documents_with)) + 1
    found = sparse.csr_matrix(found @ sparse.diags(weight))
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ found)
