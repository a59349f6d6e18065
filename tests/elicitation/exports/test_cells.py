"""What a spreadsheet could run is disarmed, reversibly; what no text file can hold is replaced."""

import csv
import datetime
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.elicitation.domain.exports.cells import csv_text, plain, tidy
from apps.shared.records import Missing, protect, unprotect

NASTY = st.text(alphabet=st.one_of(st.sampled_from("=+-@'\"\t\r\n,; ＝\x00\ufeffسلامñ🦉"), st.characters()))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        '=HYPERLINK("x")',
    ],
)
def test_a_text_that_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert protect(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=b", "1+1", "Well - no", "سلام", "", "🦉", "(=1)"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert protect(text) == text


@given(text=NASTY)
@example("'quoted'")
@example("''=1")
def test_taking_one_apostrophe_away_gives_the_text_back(text: str) -> None:
    assert unprotect(protect(text)) == text


@given(text=NASTY)
def test_no_protected_text_begins_like_a_formula(text: str) -> None:
    assert protect(text).lstrip(" ")[:1] not in set("=+-@＝＋－＠\t\r")


@given(texts=st.lists(NASTY, min_size=1, max_size=4))
def test_every_text_comes_back_from_csv(texts: list[str]) -> None:
    kept = [tidy(text) for text in texts]
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerow([csv_text(cell) for cell in kept] + ["end"])

    [read] = csv.reader(io.StringIO(held.getvalue(), newline=""))

    assert [unprotect(cell) for cell in read[:-1]] == ["" if cell is Missing.NONE else cell for cell in kept]


@given(text=NASTY)
def test_what_no_file_can_hold_becomes_one_mark_and_nothing_else_changes(text: str) -> None:
    kept = plain(tidy(text)) or ""

    kept.encode("utf-8")

    assert len(kept) == len(text)
    assert all(
        after == before or (after == "\ufffd" and (before == "\0" or "\ud800" <= before <= "\udfff"))
        for before, after in zip(text, kept, strict=True)
    )


def test_numbers_and_times_and_truth_are_never_taken_for_formulas() -> None:
    at = datetime.datetime(2026, 3, 1, 10, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))

    assert [csv_text(tidy(value)) for value in (-1, -0.5, True, False, at, None)] == [
        "-1",
        "-0.5",
        "true",
        "false",
        "2026-03-01T09:30:00+00:00",
        "",
    ]


def test_lists_are_tidied_inside_and_written_as_json() -> None:
    kept = tidy([{"quote": "=1\0", "turn": 3, "more": ""}])

    assert json.loads(csv_text(kept)) == [{"quote": "=1\ufffd", "turn": 3, "more": ""}]
