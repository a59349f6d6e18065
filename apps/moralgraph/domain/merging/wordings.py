"""What is compared of a card: its title and its lines, without the sentence about the person."""

import re
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
    return _weighted(_counts([_words(text) for text in texts])[0])


def by_letters(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return TF-IDF vectors of runs of three to five letters inside words, which endings disturb less.

    Each word is taken apart once, however many texts have it.
    """
    counts, words = _counts([_words(text) for text in texts])
    letters, _ = _counts([list(_grams(word)) for word in words])
    return _weighted(sparse.csr_matrix(counts @ letters))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _grams(word: str) -> Iterator[str]:
    padded = f" {word} "
    for size in _GRAMS:
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def _counts(documents: Sequence[Sequence[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    """Return how often each document has each term, (documents, terms), and the terms in their order."""
    terms = sorted({term for document in documents for term in document}) or [""]
    places = {term: place for place, term in enumerate(terms)}
    columns = [places[term] for document in documents for term in document]
    rows = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    shape = (len(documents), len(terms))
    return sparse.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=shape), terms


def _weighted(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    found = counts.copy()
    found.data = 1 + np.log(found.data)
    documents_with = np.bincount(found.indices, minlength=found.shape[1])
    weight = np.log((1 + found.shape[0]) / (1 + documents_with)) + 1
    found = sparse.csr_matrix(found @ sparse.diags(weight))
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ found)
