"""What a method makes of preference examples: pairs, demonstrations, judgements, prompts."""

import dataclasses
from collections.abc import Iterable, Iterator

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.recipes.base import Reads


@dataclasses.dataclass(frozen=True)
class PairRow:
    """Two responses, and the probability that the first is preferred: at least 0.5."""

    id: str
    prompt: str
    chosen: str
    rejected: str
    p: float


@dataclasses.dataclass(frozen=True)
class JudgedRow:
    """One response of a pair that is desired, or is not."""

    id: str
    pair: str
    prompt: str
    response: str
    desired: bool


def pairs(
    examples: Iterable[PreferenceExample], *, hard: bool = False, ties: bool = True
) -> Iterator[PairRow]:
    """Yield pairs with the preferred response first; hard targets are all 1 and have no ties."""
    for example in examples:
        if example.is_tie and (hard or not ties):
            continue
        a_first = example.p_a >= 0.5
        yield PairRow(
            id=example.id,
            prompt=example.prompt,
            chosen=example.response_a if a_first else example.response_b,
            rejected=example.response_b if a_first else example.response_a,
            p=1.0 if hard else max(example.p_a, 1 - example.p_a),
        )


def judgements(examples: Iterable[PreferenceExample]) -> Iterator[JudgedRow]:
    """Yield both responses of every decided pair: the preferred one is desired, the other is not."""
    for pair in pairs(examples, hard=True):
        yield JudgedRow(f"{pair.id}+", pair.id, pair.prompt, pair.chosen, desired=True)
        yield JudgedRow(f"{pair.id}-", pair.id, pair.prompt, pair.rejected, desired=False)


def prompts(examples: Iterable[PreferenceExample]) -> Iterator[str]:
    """Yield every prompt once, in their order; to none there is nothing to answer."""
    yield from dict.fromkeys(example.prompt for example in examples if example.prompt.strip())


def count(*, reads: Reads, pairs: int, ties: int, prompts: int) -> int:
    """Return how many rows a method makes of so many pairs, of which some are ties."""
    found: dict[Reads, int] = {
        "pairs": pairs,
        "decided_pairs": pairs - ties,
        "preferred": pairs - ties,
        "judgements": 2 * (pairs - ties),
        "prompts": prompts,
    }
    return found[reads]


SENTENCES: dict[Reads, str] = {
    "pairs": "Reads every pair with the share that preferred each response; ties count as even.",
    "decided_pairs": "Reads every pair in which somebody preferred a response; ties are left out.",
    "preferred": "Reads the preferred response of every pair; ties are left out.",
    "judgements": "Reads each pair as one desired and one undesired response; ties are left out.",
    "prompts": "Reads the prompts alone, each once; the responses are not used.",
}


def objection(*, reads: Reads, count: int, ties: int) -> str:
    """Return in a sentence why a data set does not fit a method, '' where it fits.

    ``count`` is of the pairs to train on and ``ties`` of those that prefer neither response.
    """
    if count < 2:
        return "The data set has no pairs to train on."
    if reads == "pairs" and ties == count:
        return "Every pair of this data set is a tie, so there is no preference to learn."
    if reads in {"decided_pairs", "preferred", "judgements"} and count - ties < 2:
        return (
            f"This method leaves ties out, and {ties} of the {count} pairs are ties: it needs two pairs "
            "in which a response was preferred."
        )
    return ""
