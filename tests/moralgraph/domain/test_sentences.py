"""Sentences say what the numbers support and no more."""

import pytest

from apps.moralgraph.domain import sentences
from apps.moralgraph.domain.results import Ranking, Scored, Support, support_of


def ranking(support: Support, p_top: float) -> Ranking:
    values = (Scored(1, 1.0, 1, 4, p_top=p_top), Scored(2, 0.0, 2, 4, p_top=1 - p_top))
    return Ranking("touchstone", {}, values, votes=8, participants=1, support=support)


TITLES = {1: "One", 2: "Two"}


@pytest.mark.parametrize(
    ("p_top", "votes", "support"),
    [
        (0.95, 9, "clear"),
        (0.9, 9, "clear"),
        (0.7, 9, "leaning"),
        (0.4, 9, "contested"),
        (1.0, 0, "none"),
        (None, 9, "none"),
    ],
)
def test_support_follows_from_the_probability_alone(
    p_top: float | None, votes: int, support: Support
) -> None:
    assert support_of(p_top=p_top, votes=votes) == support


def test_a_clear_a_leaning_and_a_contested_finding() -> None:
    clear = sentences.finding(ranking=ranking("clear", 0.93), titles=TITLES)
    leaning = sentences.finding(ranking=ranking("leaning", 0.7), titles=TITLES)
    contested = sentences.finding(ranking=ranking("contested", 0.55), titles=TITLES)

    assert clear == "“One” is judged wisest: it comes first in 93 % of resamplings (8 votes of 1 person)."
    assert leaning.startswith("“One” leads, but not for certain: it comes first in 70 %")
    assert contested.startswith(
        "No value stands out yet: “One” comes first in 55 % of resamplings, “Two” in 45 %"
    )


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "0 %"),
        (0.001, "less than 1 %"),
        (0.5, "50 %"),
        (0.385, "39 %"),
        (0.999, "more than 99 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_is_never_rounded_to_certainty(probability: float, text: str) -> None:
    assert sentences.share(probability) == text


def test_a_wide_place_is_called_wide() -> None:
    narrow = sentences.place(n=9, rank_low=2, rank_high=3, of=12, above=1, below=2, even=0)
    wide = sentences.place(n=1, rank_low=2, rank_high=12, of=12, above=0, below=0, even=1)
    exact = sentences.place(n=1, rank_low=1, rank_high=1, of=1, above=0, below=0, even=0)

    assert "wide" not in narrow[1]
    assert wide[0].endswith("was compared 1 time.")
    assert "that is still wide" in wide[1]
    assert "1 is even with it so far" in wide[2]
    assert exact[1] == "It stands at place 1 of 1, counted from the wisest."


def test_a_large_circle_is_told_by_its_size_and_its_first_values() -> None:
    titles = {number: f"V{number}" for number in range(40)}

    told = sentences.circles(cycles=[tuple(titles), (1, 2, 3)], titles=titles)

    assert "40 values, among them “V0”, “V1”" in told
    assert "V6" not in told
    assert told.endswith("“V1”, “V2”, “V3”.")
