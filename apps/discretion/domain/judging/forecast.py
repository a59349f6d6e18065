"""What a run of an algorithm would take, said before it begins."""

import dataclasses

CHARACTERS_A_TOKEN = 4.0
"""Of English by the tokenizers in use; other languages take more tokens."""
ASSUMED_SECONDS = 1.0
MEASURED, PROBED, ASSUMED = "measured", "probed", "assumed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a model: means over earlier answers on these pairs, else one probe, else nothing."""

    prompt_tokens: float | None = None
    completion_tokens: float | None = None
    seconds: float | None = None
    basis: str = ASSUMED
    n: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Forecast:
    """How many requests, tokens and minutes; ``cost`` is None where no price is known."""

    comparisons: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    minutes: float
    cost: float | None
    basis: str
    n: int


def forecast(
    *,
    comparisons: int,
    requests: int,
    characters: float,
    answer_tokens: float,
    at_once: int,
    known: Known,
    price_prompt: float | None,
    price_completion: float | None,
) -> Forecast:
    """Return what ``requests`` would take.

    tokens = requests x (measured mean, else characters / 4); minutes = requests x seconds / at once / 60;
    cost = tokens read x price / 10^6 + tokens written x price / 10^6.
    """
    read = known.prompt_tokens if known.prompt_tokens else characters / CHARACTERS_A_TOKEN
    written = known.completion_tokens if known.completion_tokens else answer_tokens
    seconds = known.seconds if known.seconds is not None else ASSUMED_SECONDS
    prompt_tokens, completion_tokens = round(requests * read), round(requests * written)
    cost = None
    if price_prompt is not None and price_completion is not None:
        cost = (prompt_tokens * price_prompt + completion_tokens * price_completion) / 1e6
    return Forecast(
        comparisons=comparisons,
        requests=requests,
        prompt_tokens=prompt_tokens,
        completion_tokens=completion_tokens,
        minutes=requests * seconds / max(at_once, 1) / 60,
        cost=cost,
        basis=known.basis,
        n=known.n,
    )
