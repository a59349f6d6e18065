"""Splits into training and held-out examples that leak nothing from one side to the other."""

import dataclasses
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from apps.models.domain.examples import PreferenceExample


@dataclasses.dataclass(frozen=True)
class Split:
    """The two sides of a split; the examples keep their order."""

    train: tuple[PreferenceExample, ...]
    held_out: tuple[PreferenceExample, ...]


def shuffled_place(*, seed: int, key: str) -> str:
    """Return a key's place in an order that looks random and is the same on every machine."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def plain(text: str) -> str:
    """Return a text as it reads, whatever its case, its white space and how its characters are composed."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", composed).split())


def split_by_key(examples: Sequence[PreferenceExample], *, held_out: float = 0.25, seed: int = 0) -> Split:
    """Hold out about this share of the examples, whole split keys at a time.

    Keys of which two examples have prompts that read the same are taken together. They are taken in a seeded
    order until the share is reached. One always stays for training, so that a set with one key holds nothing
    out; with two keys and a share above 0, both sides have examples.
    """
    first = _together(examples)
    sizes = Counter(first[example.split_key] for example in examples)
    order = sorted(sizes, key=lambda key: shuffled_place(seed=seed, key=key))
    chosen: set[str] = set()
    count, wanted = 0, held_out * len(examples)
    for key in order[:-1]:
        if count >= wanted:
            break
        chosen.add(key)
        count += sizes[key]
    return Split(
        train=tuple(example for example in examples if first[example.split_key] not in chosen),
        held_out=tuple(example for example in examples if first[example.split_key] in chosen),
    )


def _together(examples: Iterable[PreferenceExample]) -> dict[str, str]:
    """Return for each split key the least of those that it is tied to by prompts that read the same."""
    first: dict[str, str] = {}
    said: dict[str, str] = {}

    def find(key: str) -> str:
        while first[key] != key:
            first[key] = first[first[key]]
            key = first[key]
        return key

    for example in examples:
        own = find(first.setdefault(example.split_key, example.split_key))
        prompt = plain(example.prompt)
        other = find(said.setdefault(prompt, own)) if prompt else own
        first[max(own, other)] = min(own, other)
    return {key: find(key) for key in first}


def heard_apart(
    split: Split, *, train: Sequence[PreferenceExample], held_out: Sequence[PreferenceExample]
) -> Split:
    """Return the split with each side's own targets, without what nobody of that side judged."""
    heard, others = ({example.id: example for example in side} for side in (train, held_out))
    return Split(
        train=tuple(heard[example.id] for example in split.train if example.id in heard),
        held_out=tuple(others[example.id] for example in split.held_out if example.id in others),
    )


def sample(examples: Sequence[PreferenceExample], *, limit: int, seed: int = 0) -> list[PreferenceExample]:
    """Return at most ``limit`` examples, drawn by seed, in the order in which they came."""
    drawn = sorted(examples, key=lambda example: shuffled_place(seed=seed, key=example.id))[:limit]
    kept = {example.id for example in drawn}
    return [example for example in examples if example.id in kept]
