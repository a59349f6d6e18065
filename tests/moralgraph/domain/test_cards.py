"""What a card must be."""

import pytest

from apps.moralgraph.domain import cards
from apps.moralgraph.domain.cards import CardError, Policy, Quote, ValuesCard


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


def test_further_quotes_are_kept_and_an_old_row_has_none() -> None:
    line = Policy("PAUSES", "before a plan", "I said it", 4, (Quote("And this", 6),))

    assert Policy.from_json(line.to_json()) == line
    assert cards.read(title="T", summary="", policies=[line]).policies == (line,)
    assert Policy.from_json({"attended": "PAUSES"}).more == ()
    assert "more" not in Policy("PAUSES").to_json()
    assert line.without_quote() == {"attended": "PAUSES", "qualifier": "before a plan"}
