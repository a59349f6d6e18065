"""An interview that is longer than a model reads: what is kept, what goes first, and that it is said."""

import pytest

from apps.elicitation.domain import fitting
from apps.models.engine.base import Message


def chat(exchanges: int) -> list[Message]:
    """Return a chat with the opening, the first answer, and so many exchanges after them."""
    listed = [Message("system", "Ask."), Message("user", "Please begin.")]
    for number in range(exchanges + 1):
        listed += [Message("assistant", f"Question {number}?"), Message("user", f"Answer {number}.")]
    return listed


def texts(messages: list[Message]) -> list[str]:
    return [message.content for message in messages[1:]]


def test_nothing_left_out_changes_nothing() -> None:
    assert fitting.leave_out(messages=chat(5), count=0) == chat(5)


def test_the_oldest_of_the_middle_goes_first_and_the_chat_says_so() -> None:
    shorter = fitting.leave_out(messages=chat(4), count=2)

    assert texts(shorter) == [
        "Please begin.", "Question 0?", "Answer 0.", "Question 3?", "Answer 3.", "Question 4?", "Answer 4.",
    ]  # fmt: skip
    assert shorter[0].content.startswith("Ask.\n\n(The middle of the conversation, 2 exchanges,")


def test_at_the_very_last_only_the_last_exchange_is_left() -> None:
    assert texts(fitting.leave_out(messages=chat(4), count=4)) == [
        "Please begin.",
        "Question 4?",
        "Answer 4.",
    ]


@pytest.mark.parametrize("exchanges", range(8))
@pytest.mark.parametrize("count", range(10))
def test_people_and_model_speak_in_turn_whatever_is_left_out(exchanges: int, count: int) -> None:
    shorter = fitting.leave_out(messages=chat(exchanges), count=count)

    assert [message.role for message in shorter[1:]] == (["user", "assistant"] * 20)[: len(shorter) - 1]
    assert shorter[-1] == chat(exchanges)[-1]


def test_as_much_is_left_out_as_a_known_bound_asks_for_and_no_more() -> None:
    messages = chat(20)  # 42 messages of 8 tokens each, and some 4 to 5 more for their letters

    counts = [
        fitting.to_leave_out(messages=messages, context_tokens=reads, answer_tokens=100)
        for reads in (0, 10_000, 400, 1)
    ]

    assert counts[:2] == [0, 0]
    assert 0 < counts[2] < 20
    assert counts[3] == 20


def test_after_each_refusal_more_goes_until_nothing_can() -> None:
    tried, count = list[int](), 0
    while (found := fitting.more(messages=chat(10), count=count)) is not None:
        count = found
        tried.append(count)

    assert tried == [5, 8, 9, 10]
