"""Whole cards: the level of detail, the language, and what a model judges."""

import json

import pytest

from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.linter import (
    JudgementUnreadable,
    Severity,
    language_of,
    lint,
    read_judgement,
)
from apps.moralgraph.domain.linter.base import MESSAGES
from tests.moralgraph.domain.linter.tables import policy

SHORT, LONG = (
    "PAUSES | before an answer",
    "WORDS | that somebody says slowly at the end of a long evening when the guests have gone home",
)
EVEN = (
    "MOMENTS | when somebody goes quiet",
    "PEOPLE | who will live with the outcome",
    "WORDS | that come back",
)


def card(*lines: str, title: str = "Patient Listening") -> ValuesCard:
    return ValuesCard(title, "", tuple(policy(line) for line in lines))


def test_a_line_far_longer_than_another_is_pointed_at() -> None:
    assert [(item.rule, item.where) for item in lint(card=card(SHORT, LONG))] == [(11, "policies.1")]


@pytest.mark.parametrize("lines", [EVEN, (SHORT,), (LONG, LONG)])
def test_lines_of_about_the_same_length_are_left_alone(lines: tuple[str, ...]) -> None:
    assert lint(card=card(*lines)) == []


def test_a_fault_is_told_from_a_hint() -> None:
    found = lint(card=card("CUSTOMERS | to avoid"))

    assert {item.rule: item.severity for item in found} == {6: Severity.HINT, 8: Severity.FAULT}


@pytest.mark.parametrize(
    ("written", "language"),
    [
        (card(*EVEN), "en"),
        (card("MOMENTOS | en que alguien calla", title="Escuchar con calma"), "es"),
        (card("لحظات | يصمت فيها شخص ما", title="الإصغاء بصبر"), "ar"),
        (card("PAUSAS | en la voz de alguien", title="Calma"), "es"),
        (card(title=""), "en"),
    ],
)
def test_the_language_of_a_card_is_read_from_its_words(written: ValuesCard, language: str) -> None:
    assert language_of(written) == language


def _said(*findings: dict[str, object]) -> str:
    return json.dumps({"findings": list(findings)})


def test_what_a_model_finds_is_put_into_our_words() -> None:
    said = _said(
        {"rule": 4, "line": 3, "why": "<b>poetry</b>"}, {"rule": 4, "line": 3}, {"rule": 9, "line": 1}
    )

    found = read_judgement(text=f"```json\n{said}\n```", card=card(*EVEN))

    assert [(item.rule, item.where) for item in found] == [(4, "policies.2"), (9, "policies.0")]
    assert [item.message for item in found] == [MESSAGES[4], MESSAGES[9]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No findings.",
        "[]",
        "[" * 3000,
        "x" * 5000,
        _said({"rule": 1, "line": 1}),
        _said({"rule": 3, "line": 4}),
        _said({"rule": 3, "line": 0}),
        _said({"rule": 3, "line": True}),
        _said({"rule": 3}),
        _said(*[{"rule": 3, "line": 1}] * 13),
    ],
)
def test_what_is_no_judgement_is_refused(text: str) -> None:
    with pytest.raises(JudgementUnreadable):
        read_judgement(text=text, card=card(*EVEN))
