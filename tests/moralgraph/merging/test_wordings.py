"""What is compared of a card, and TF-IDF on a case worked by hand."""

import math

import numpy as np
import pytest

from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.domain.merging import wordings


def test_a_card_is_written_without_the_story_and_without_capitals() -> None:
    lines = (Policy("PAUSES", "that people need", "I waited.", 3), Policy("WORDS", "that come back"))

    assert wordings.written(title="Slow Talk", policies=lines) == (
        "Slow Talk. pauses that people need; words that come back"
    )


def test_tf_idf_of_two_texts() -> None:
    # "tea" is in both, so it weighs 1; "warm" and "cold" are in one: ln(3 / 2) + 1.
    rare = math.log(3 / 2) + 1

    found = wordings.by_words(["Warm tea", "cold TEA"])

    assert (found @ found.T).toarray()[0, 1] == pytest.approx(1 / (1 + rare**2))
    assert (found @ found.T).toarray().diagonal() == pytest.approx([1, 1])


def test_letters_see_through_endings_where_words_do_not() -> None:
    texts = ["preguntas", "preguntar", "silencio"]

    assert (wordings.by_words(texts) @ wordings.by_words(texts).T).toarray()[0, 1] == 0
    letters = (wordings.by_letters(texts) @ wordings.by_letters(texts).T).toarray()
    assert letters[0, 1] > 0.5
    assert letters[0, 2] == 0


def test_an_empty_text_is_like_nothing() -> None:
    found = wordings.by_letters(["", "tea"])

    assert (found @ found.T).toarray()[0].tolist() == [0, 0]


def test_what_all_share_is_taken_off() -> None:
    # Half of (1, 0) off (0.6, 0.8) is (0.1, 0.8).
    found = wordings.without_common(
        np.array([[0.6, 0.8]], dtype=np.float32), np.array([[1.0, 0.0]], dtype=np.float32)
    )

    assert found[0] == pytest.approx(np.array([0.1, 0.8]) / math.hypot(0.1, 0.8))
