"""Which context of the moral graph a prompt speaks of, by its words: a proposal that a person confirms.

A context's words weigh by how few contexts share them; a proposal needs words of one context only to lead.
"""

import math
import re
from collections.abc import Mapping

WORD = re.compile(r"[^\W\d_]{3,}")
COMMON = frozenset(
    "the and for that with this from what when how who why you your are was were not but can could should "
    "would have has had will about into than then them they their there which someone somebody something "
    "people".split()
)
LEAST = 1.0
"""A proposal rests on words that weigh at least so much together: one that a single context has."""


def words_of(text: str) -> frozenset[str]:
    """Return a text's telling words, cut to their stems as far as a plural or an ending goes."""
    found = (word.casefold() for word in WORD.findall(text))
    return frozenset(_stem(word) for word in found if word not in COMMON)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def propose(*, prompt: str, contexts: Mapping[int, frozenset[str]]) -> int | None:
    """Return the context whose words the prompt shares most; None where none leads."""
    said = words_of(prompt)
    shared = {word: sum(word in words for words in contexts.values()) for word in said}
    scores = {
        context: sum(1 + math.log(len(contexts) / shared[word]) for word in words & said)
        for context, words in contexts.items()
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
