"""The paragraph that an audit begins with."""

import dataclasses

import numpy as np

from apps.discretion.domain import findings, report
from tests.discretion.domain.test_report import PRINCIPLES, judgements


def test_what_was_found_stands_in_one_paragraph() -> None:
    # Three consensus pairs for A and one clash; people go against one of the three, the models against one
    # and against all.
    table = judgements(
        {"Kim": [1, -1, 1, 1], "near": [1, 1, -1, 1], "far": [-1, -1, -1, 1]},
        [[1, 1, 1, 1], [0, 1, 1, -1]],
        kinds="near far",
    )

    said = findings.finding(measures=report.measure(judgements=table))

    assert said.startswith(
        "The principles agree on 75.0 % of 4 pairs; where they do, people together decide against them in "
        "33.3 % [6.1 %, 79.2 %] of 3. Of 2 algorithms, near does so least, in 33.3 %"
    )
    assert "and far most, in 100.0 %" in said


def test_priorities_above_the_noise_floor_are_told_from_those_below() -> None:
    rng = np.random.default_rng(5)
    first = rng.choice([1.0, -1.0], size=60)
    flips = np.where(np.arange(60) % 10 == 0, -1, 1)
    table = judgements(
        {
            "Kim": (first * flips).tolist(),
            "same": (first * flips).tolist(),
            "turned": (-first * flips).tolist(),
        },
        [first.tolist(), (-first).tolist()],
        kinds="same turned",
    )

    said = findings.finding(measures=report.measure(judgements=table))

    assert said.endswith(
        "Priorities differ from people's by more than chance makes in turned, and cannot be told from "
        "people's in same."
    )


def test_without_judgements_by_principle_there_is_only_agreement_to_tell() -> None:
    table = judgements({"Kim": [1, -1, 0], "Robin": [1, -1, 1]}, [[np.nan] * 3])

    said = findings.finding(measures=report.measure(judgements=table))

    assert said.startswith("No pair has been judged by principle yet, so nothing can be said of discretion.")
    assert "Krippendorff alpha" in said


def test_an_audit_of_algorithms_alone_says_that_no_person_decided() -> None:
    table = judgements({"near": [1, 1]}, [[1, 1], [0, 1]], kinds="near")
    table = dataclasses.replace(table, principles=PRINCIPLES)

    said = findings.finding(measures=report.measure(judgements=table))

    assert said.startswith("The principles agree on 100.0 % of 2 pairs; no person has decided any of these.")
    assert "near does so in 0.0 %" in said
