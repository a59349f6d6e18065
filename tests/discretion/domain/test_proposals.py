"""Contexts proposed by the words of a prompt."""

import pytest

from apps.discretion.domain.proposals import propose, words_of

CONTEXTS = {
    1: words_of("When someone is in distress"),
    2: words_of("When parents argue about school"),
    3: words_of("When school friends argue"),
}


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("I am distressed; my sister is in distress too.", 1),
        ("Our parents argued about the school again", 2),
        ("My friends argue", 3),
        ("They argue at school", None),
        ("Bake me a cake", None),
        ("", None),
    ],
)
def test_the_context_whose_words_lead_is_proposed(prompt: str, expected: int | None) -> None:
    assert propose(prompt=prompt, contexts=CONTEXTS) == expected


def test_without_contexts_nothing_is_proposed() -> None:
    assert propose(prompt="distress", contexts={}) is None
