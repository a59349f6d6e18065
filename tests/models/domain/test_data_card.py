"""What cards say of the people behind a data set."""

from typing import Any

import pytest

from apps.models.domain.data_card import FROM_FILES, behind

UNKNOWN = "agreed to training is not on record here."


@pytest.mark.parametrize(
    ("people", "rule", "says"),
    [
        (0, {}, ["No participant's votes are behind it."]),
        (
            0,
            {"annotators": ["a", "b", "c"], FROM_FILES: 3},
            [
                "No participant's votes are behind it.",
                "The targets rest on the verdicts of 3 annotators, all of whom came with an imported file.",
                f"Whether they {UNKNOWN}",
            ],
        ),
        (
            0,
            {"annotators": ["label of the file"], FROM_FILES: 1},
            [
                "No participant's votes are behind it.",
                "The targets rest on the verdicts of 1 annotator, who came with an imported file.",
                f"Whether this one {UNKNOWN}",
            ],
        ),
        (
            12,
            {"annotators": ["a", "b"], "held out": {"annotators": ["c"]}, FROM_FILES: 1},
            [
                "Participants who agreed to training and stand behind it: 12.",
                "The targets rest on the verdicts of 3 annotators, 1 of whom came with an imported file.",
                f"Whether they {UNKNOWN}",
            ],
        ),
        (
            0,
            {"annotators": ["a", "b"]},
            [
                "No participant's votes are behind it.",
                "The targets rest on the verdicts of 2 annotators.",
                f"Whether they {UNKNOWN}",
            ],
        ),
    ],
)
def test_participants_and_annotators_are_told_apart(
    people: int, rule: dict[str, Any], says: list[str]
) -> None:
    assert list(behind(people=people, rule=rule)) == says
