"""What changed between two versions of a text."""

import pytest

from apps.discretion.domain.wording import difference

Pieces = list[tuple[str, str]]


def _pieces(before: str, after: str) -> Pieces:
    return [(piece.kind, piece.text) for piece in difference(before=before, after=after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Judge by one principle.", "Judge by one principle.", [("same", "Judge by one principle.")]),
        (
            "Length is no merit.",
            "Length alone is no merit.",
            [("same", "Length "), ("in", "alone "), ("same", "is no merit.")],
        ),
        (
            "One.\nPrefer the kind answer.\nThree.",
            "One.\nPrefer the plain answer.\nThree.",
            [
                ("same", "One.\nPrefer the "),
                ("out", "kind "),
                ("in", "plain "),
                ("same", "answer.\nThree."),
            ],
        ),
        ("One.\nTwo.", "One.", [("same", "One."), ("out", "Two.")]),
        ("One  two", "One two", [("same", "One two")]),
        ("", "New.", [("in", "New.")]),
        (
            "Ünïcode 好 now",
            "Ünïcode 善 now",
            [("same", "Ünïcode "), ("out", "好 "), ("in", "善 "), ("same", "now")],
        ),
    ],
)
def test_words_that_went_and_came_are_told_apart(before: str, after: str, expected: Pieces) -> None:
    assert _pieces(before, after) == expected


def test_without_what_was_taken_out_the_pieces_are_the_later_text() -> None:
    before, after = "A b c.\n\nD e f.\nG h.", "A c b.\nD e x f.\n\nNew line.\nG h."

    assert "".join(text for kind, text in _pieces(before, after) if kind != "out") == after
