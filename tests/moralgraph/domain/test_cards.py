"""What a card must be, and what its wording is hinted at."""

import pytest

from apps.moralgraph.domain import cards
from apps.moralgraph.domain.cards import CardError, Policy, ValuesCard


def test_a_card_is_read_and_tidied() -> None:
    card = cards.read(
        title="  Patient   Listening ", summary="I wait.",
        policies=[{"attended": "PAUSES", "qualifier": " before\n a plan", "quote": "I  said it", "turn": 4}],
    )  # fmt: skip

    assert card == ValuesCard(
        "Patient Listening", "I wait.", (Policy("PAUSES", "before a plan", "I  said it", 4),)
    )
    assert card.statement == "Patient Listening: attend to PAUSES before a plan."


@pytest.mark.parametrize(
    ("title", "policies", "field"),
    [
        ("x" * 81, [], "title"),
        (None, [], "title"),
        ("T", [{"attended": "A", "qualifier": 3}], "policies.0.qualifier"),
        ("T", [{"qualifier": "alone"}], "policies.0.attended"),
        ("T", [{"attended": "A", "turn": True}], "policies.0.turn"),
        ("T", [{"attended": "A"}] * 13, "policies"),
    ],
)
def test_what_is_no_card_is_refused_with_its_place(
    title: str, policies: list[dict[str, object]], field: str
) -> None:
    with pytest.raises(CardError) as caught:
        cards.read(title=title, summary="", policies=policies)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("attended", "qualifier", "rule"),
    [
        ("Moments", "when somebody goes quiet", "capitals"),
        ("LOVE", "in all that I do", "concrete"),
        ("MOMENT", "when somebody goes quiet", "plural"),
        ("MOMENTS", "", "qualifier"),
        ("MOMENTS", "of deep connection", "plain_words"),
        ("AVOID LIES", "about the plan", "positive"),
        ("WORDS", "that the girl repeats", "anybody"),
        ("WORDS", "that I am supposed to say", "own_view"),
    ],
)
def test_hints_on_a_line(attended: str, qualifier: str, rule: str) -> None:
    card = ValuesCard("Two Words", "", (Policy(attended, qualifier),))

    assert [(finding.rule, finding.where) for finding in cards.lint(card)] == [(rule, "policies.0")]


def test_a_good_card_gets_no_hint() -> None:
    lines = (
        Policy("MOMENTS", "when somebody goes quiet"),
        Policy("PEOPLE", "who will live with the outcome"),
    )

    assert cards.lint(ValuesCard("Patient Listening", "", lines)) == []


def test_a_long_title_gets_a_hint() -> None:
    card = ValuesCard("A Title Of Rather Many Words", "", (Policy("PAUSES", "before a plan"),))

    assert [finding.rule for finding in cards.lint(card)] == ["title"]
