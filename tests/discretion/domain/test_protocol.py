"""What lies on the desk blurred, and what an older protocol did not know."""

import pytest

from apps.discretion.domain.protocol import DEFAULT, Protocol, from_dict


@pytest.mark.parametrize(
    ("blur", "marked", "hidden"),
    [("never", True, False), ("sensitive", True, True), ("sensitive", False, False), ("always", False, True)],
)
def test_a_pair_is_blurred_as_the_protocol_says(blur: str, marked: bool, hidden: bool) -> None:
    assert Protocol(blur=blur).hides(texts=("Tea?", "Yes", "No"), marked=marked) is hidden


@pytest.mark.parametrize(("text", "hidden"), [("A KNIFE lay there", True), ("knifefish", False)])
def test_a_sensitive_word_is_found_as_a_whole_word(text: str, hidden: bool) -> None:
    assert Protocol(sensitive_words=("knife",)).hides(texts=("", text, ""), marked=False) is hidden


def test_what_was_kept_comes_back_and_what_it_lacks_has_its_default() -> None:
    kept = Protocol(overall=("tie",), repeat_share=0.1)

    assert from_dict(kept.to_dict()) == kept
    assert from_dict({"overall": ["tie"]}) == Protocol(overall=("tie",))
    assert from_dict({}) == DEFAULT
