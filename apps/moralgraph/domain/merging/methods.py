"""By which measure cards of a language are compared, and from where on they are worth a look."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Method:
    """A measure with its two cuts, tuned on one half of the labelled cards (``docs/experiments.md``).

    From ``suggest`` on a pair is put before a researcher, from ``same`` on it would be called the same if
    nobody looked; nothing in the product acts on the second.
    """

    name: Literal["meaning", "letters", "words"]
    suggest: float
    same: float
    note: str = ""


MEANING = Method("meaning", suggest=0.25, same=0.29)
WORDS = Method("words", suggest=0.08, same=0.08)
LETTERS = Method(
    "letters", suggest=0.08, same=0.08,
    note="The bundled encoder was trained on English. In this language cards are compared by the letters "
    "of their words, so what is said in other words is not found; look through the values yourself as well.",
)  # fmt: skip
CONTEXTS = {"meaning": 0.5, "letters": 0.15}
"""From where on two names of contexts are put before a researcher: they are shorter than cards."""
METHODS = {method.name: method for method in (MEANING, LETTERS, WORDS)}


def for_language(code: str) -> Method:
    """Return how cards of a language are compared."""
    return MEANING if code == "en" else LETTERS
