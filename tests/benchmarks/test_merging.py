"""How long it takes to find the merge candidates of many cards, and what the search loses."""

import json
import os
import time
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.domain.merging import candidates, methods, wordings
from apps.moralgraph.services.merging import points
from tests.benchmarks.machine import describe_load

CARDS = Path(__file__).parents[1] / "moralgraph" / "merging" / "english.json"
N = 10_000
EMBEDDED = 1_000


def texts(n: int) -> list[str]:
    """Return cards put together from the labelled cards' titles and lines: about as near as real ones."""
    rng = np.random.default_rng(5)
    cards = json.loads(CARDS.read_text())
    lines = [Policy(**line) for card in cards for line in card["policies"]]
    found = []
    for _ in range(n):
        card = cards[rng.integers(len(cards))]
        own = [Policy(**line) for line in card["policies"]]
        drawn = [own[rng.integers(len(own))], *(lines[place] for place in rng.integers(len(lines), size=2))]
        found.append(wordings.written(title=card["title"], policies=drawn))
    return found


def spread(vectors: np.ndarray, n: int) -> np.ndarray:
    """Return n points around the given ones, so that every size has the neighbourhoods of real cards."""
    rng = np.random.default_rng(6)
    near = vectors[rng.integers(len(vectors), size=n)]
    moved = near + rng.normal(scale=0.7 / np.sqrt(near.shape[1]), size=near.shape).astype(np.float32)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def exactly(vectors: np.ndarray, threshold: float, most: int) -> tuple[set[tuple[int, int]], int]:
    """Return each card's nearest and how many pairs are near, looking at every pair in double precision."""
    wide, kept, near = vectors.astype(np.float64), set(), 0
    for card in range(len(wide)):
        found = np.round(wide @ wide[card], 4)
        found[card] = -1
        near += int((found >= threshold).sum())
        others = np.flatnonzero(found >= threshold)
        first, second = np.minimum(others, card), np.maximum(others, card)
        order = np.lexsort((second, first, -found[others]))[:most]
        kept |= {(int(first[place]), int(second[place])) for place in order}
    return kept, near // 2


@pytest.mark.timeout(900)
def test_time_to_find_the_candidates_of_many_cards() -> None:
    """Print a row a size; the target is 3 s for 10,000 cards that are embedded already."""
    print(f"\n\n{describe_load()}")
    began = time.perf_counter()
    read = points.by_meaning(texts=texts(EMBEDDED), threads=os.cpu_count() or 1)
    whole = time.perf_counter() - began
    again = time.perf_counter()
    points.by_meaning(texts=texts(1), threads=1)
    starting = time.perf_counter() - again
    rate = EMBEDDED / max(whole - starting, 0.1)
    print(
        f"embedding {EMBEDDED:,} cards: {whole:.1f} s, of which starting takes {starting:.1f} s; "
        f"{rate:.0f} cards a second, so about {N / rate:.0f} s for {N:,}"
    )
    print("\n  cards   seconds  of a core  candidates   near pairs  recall: each card's 20 nearest, all near")
    for n in (1_000, N):
        vectors = spread(read, n)
        cut = methods.MEANING.suggest
        times, used = [], []
        for _ in range(3):
            began, of_cores = time.perf_counter(), time.process_time()
            found = candidates.find(vectors=vectors, threshold=cut)
            times.append(time.perf_counter() - began)
            used.append(time.process_time() - of_cores)
        wanted, near = exactly(vectors, cut, candidates.MOST)
        ours = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
        share = len(ours & wanted) / len(wanted)
        print(
            f"{n:7,} {min(times):9.2f} {min(used):10.2f} {len(found):11,} {near:12,} {share:20.2%} "
            f"{len(ours) / near:19.1%}"
        )
        assert share > 0.999


def invented(n: int) -> list[str]:
    """Return texts with the vocabulary of a large study: made-up words, most of them seldom.

    Each card keeps about half of the words of one of a quarter as many patterns.
    """
    rng = np.random.default_rng(1)
    syllables = [
        one + two + end for one in "bcdfglmnprstvz" for two in "aeiou" for end in ("", "n", "r", "s")
    ]
    sizes = rng.choice([1, 2, 3, 4], p=[0.2, 0.4, 0.3, 0.1], size=9_000)
    words = np.array(["".join(rng.choice(syllables, size=size)) for size in sizes])
    often = 1 / np.arange(1, len(words) + 1)
    often /= often.sum()
    patterns = rng.choice(len(words), p=often, size=(n // 4, 32))
    cards = patterns[rng.integers(len(patterns), size=n)]
    own = rng.choice(len(words), p=often, size=cards.shape)
    return [" ".join(words[row]) for row in np.where(rng.random(cards.shape) < 0.55, own, cards)]


def nearest_of_some(vectors: sparse.csr_matrix, asked: np.ndarray, most: int) -> set[tuple[int, int]]:
    """Return the nearest of some cards, looking at every pair; what ties with the last is left out."""
    found = np.round((vectors[asked] @ vectors.T).toarray(), 4)
    found[np.arange(len(asked)), asked] = -1
    last = np.partition(found, -most, axis=1)[:, -most]
    places, others = np.nonzero(found > last[:, None])
    return {(min(one, other), max(one, other)) for one, other in zip(asked[places], others, strict=True)}


@pytest.mark.timeout(600)
def test_time_to_find_candidates_by_letters() -> None:
    """Print a row a kind of cards, for languages that the encoder does not know; the target is 3 s."""
    print(f"\n\n{describe_load()}")
    print(f"{'cards of':20} {'terms':>9} {'counting, s':>12} {'finding, s':>11} {'of a core':>10}", end="")
    print(f" {'candidates':>11} {'recall, 20 nearest':>20}")
    asked = np.sort(np.random.default_rng(2).choice(N, size=1_000, replace=False))
    for name, written in (("the labelled cards", texts(N)), ("invented words", invented(N))):
        began = time.perf_counter()
        vectors = wordings.by_letters(written)
        counted = time.perf_counter() - began
        times, used = [], []
        for _ in range(3):
            began, of_cores = time.perf_counter(), time.process_time()
            found = candidates.find(vectors=vectors, threshold=methods.LETTERS.suggest)
            times.append(time.perf_counter() - began)
            used.append(time.process_time() - of_cores)
        wanted = nearest_of_some(vectors, asked, candidates.MOST)
        ours = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
        share = len(ours & wanted) / len(wanted)
        print(f"{name:20} {vectors.shape[1]:9,} {counted:12.2f} {min(times):11.2f} {min(used):10.2f}", end="")
        print(f" {len(found):11,} {share:20.2%}")
        assert share > 0.98
