"""The implicit reward of a trained checkpoint, by which it judges a pair without writing a word.

Rafailov et al., "Direct Preference Optimization" (2023), equation 5, without the part that depends on the
prompt alone, which cancels within a pair:

    r(x, y) = beta * ( log pi(y | x) - log ref(y | x) )          log-probabilities summed over y's tokens
    m(x)    = r(x, y_a) - r(x, y_b),     p(A preferred) = sigma(m)
"""

import dataclasses
import math

BETA = 0.1


@dataclasses.dataclass(frozen=True)
class Margin:
    """The reward difference in nats, +1, 0 or -1 for it, and how sure the model is of its side."""

    margin: float
    preference: int
    confidence: float


def margin(*, policy: tuple[float, float], reference: tuple[float, float], beta: float = BETA) -> Margin:
    """Return the margin from log-probabilities of the two responses under policy and reference."""
    found = beta * ((policy[0] - reference[0]) - (policy[1] - reference[1]))
    confidence = 1.0 / (1.0 + math.exp(-min(abs(found), 700.0)))
    return Margin(found, (found > 0) - (found < 0), confidence)
