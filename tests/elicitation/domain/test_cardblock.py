"""The card in a model's message: hidden while it streams, read strictly, refused where it misquotes."""

import json
from typing import Any

import pytest

from apps.elicitation.domain import cardblock
from apps.elicitation.domain.transcript import Speaker, Turn
from apps.moralgraph.domain.cards import Quote

TURNS = [
    Turn(0, Speaker.INTERVIEWER, "I noticed the clouds. What happened?"),
    Turn(1, Speaker.PERSON, "We met.  I noticed the pauses before she answered; it’s what I remember."),
]
LINE: dict[str, Any] = {
    "attended": "pauses",
    "qualifier": "before she answers",
    "quotes": ["I noticed the pauses before she answered"],
}
CARD: dict[str, Any] = {"title": "The pauses", "summary": "I wait.", "policies": [LINE] * 3}


def _with(**policy: Any) -> str:
    return json.dumps({**CARD, "policies": [{**LINE, **policy}, LINE, LINE]})


def test_the_block_is_taken_out_of_what_is_shown() -> None:
    message = cardblock.take_apart(f"Here it is.\n\n```card\n{json.dumps(CARD)}\n```\n")

    assert message.shown == "Here it is."
    assert json.loads(message.block or "") == CARD


def test_a_message_without_a_block_is_all_shown() -> None:
    assert cardblock.take_apart(" What happened? ") == cardblock.Message("What happened?", None)


def test_no_part_of_the_fence_is_ever_shown_while_it_streams() -> None:
    whole = f"Here it is.\n\n```card\n{json.dumps(CARD)}\n```"

    shown = [cardblock.showable(whole[:end]) for end in range(len(whole) + 1)]

    assert not any("`" in text for text in shown)
    assert shown[-1] == "Here it is."


def test_the_mark_of_distress_is_read_and_never_shown() -> None:
    whole = "I hear you.\n[[distress]]\n"

    assert cardblock.take_apart(whole) == cardblock.Message("I hear you.", None, distress=True)
    assert not any("[" in cardblock.showable(whole[:end]) for end in range(len(whole) + 1))
    assert cardblock.take_apart("[[DISTRESS]]").distress
    assert cardblock.take_apart("What was [[it]]?") == cardblock.Message("What was ?", None)


def test_a_card_is_read_with_the_turn_of_each_quote() -> None:
    card = cardblock.read_card(block=json.dumps(CARD), turns=TURNS)

    assert card.policies[0].attended == "PAUSES"
    assert card.policies[0].turn == 1


def test_typographic_signs_do_not_make_a_quote_another() -> None:
    assert (
        cardblock.read_card(block=_with(quotes=["it's what I remember"]), turns=TURNS).policies[0].turn == 1
    )


def test_a_line_rests_on_up_to_three_quotes_each_with_its_turn() -> None:
    card = cardblock.read_card(block=_with(quotes=["We met.", "the pauses", "what I remember"]), turns=TURNS)

    assert card.policies[0].quote == "We met."
    assert card.policies[0].more == (Quote("the pauses", 1), Quote("what I remember", 1))


def test_one_word_is_a_quote_only_where_it_was_the_whole_answer() -> None:
    turns = [Turn(1, Speaker.PERSON, "I noticed the pauses."), Turn(3, Speaker.PERSON, "Silence.")]

    assert cardblock.find_place(quote="silence", turns=turns) == 3
    assert cardblock.find_place(quote="pauses", turns=turns) is None
    assert cardblock.find_place(quote="the pause", turns=turns) is None


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("{", "no JSON"),
        ("[]", "not as asked"),
        ("[" * 5000, "no JSON"),
        ("x" * 13_000, "too long"),
        (json.dumps({**CARD, "policies": [LINE] * 2}), "not as asked"),
        (json.dumps({**CARD, "policies": [LINE] * 8}), "not as asked"),
        (_with(qualifier=3), "not as asked"),
        (_with(quotes=[]), "not as asked"),
        (_with(quotes=["I noticed"] * 4), "not as asked"),
        (_with(quotes=["I noticed the pauses", "I noticed the rain"]), "did not say"),
        (_with(quotes=["I noticed the clouds"]), "did not say"),
        (_with(quotes=["e paus"]), "did not say"),
        (_with(quotes=["  "]), "did not say"),
    ],
)
def test_what_is_no_card_of_this_person_is_refused(block: str, said: str) -> None:
    with pytest.raises(cardblock.CardRefused, match=said):
        cardblock.read_card(block=block, turns=TURNS)
