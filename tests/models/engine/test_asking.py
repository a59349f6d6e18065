"""Whole answers, many at a time, and answers that must be JSON."""

import threading
from collections.abc import Iterator

import pytest

from apps.models.engine.asking import Together, ask, ask_json
from apps.models.engine.base import (
    AnswerUnreadable,
    ChatSettings,
    EngineBroken,
    EngineOverloaded,
    Message,
    Question,
)
from apps.models.engine.fake import FakeChatModel, Said

SETTINGS = ChatSettings(model="scripted")
ASKED = [Message("user", "Which?")]
SCHEMA = {
    "type": "object",
    "required": ["choice"],
    "additionalProperties": False,
    "properties": {"choice": {"enum": ["A", "B"]}},
}


@pytest.mark.parametrize(
    "text",
    [
        '{"choice": "B"}',
        '```json\n{"choice": "B"}\n```',
        'It is either {"choice": "A"} or {"choice": "B"}. I choose {"choice": "B"}',
        'Let me think.\n```\n{"choice": "A"}\n```\nNo:\n```\n{"choice": "B"}\n```',
    ],
)
def test_json_is_found_where_it_needs_no_guess_and_the_last_one_counts(text: str) -> None:
    model = FakeChatModel([text])

    parsed = ask_json(model=model, messages=ASKED, settings=SETTINGS, schema=SCHEMA)

    assert parsed.value == {"choice": "B"}
    assert len(model.asked) == 1


def test_a_model_is_told_what_is_wrong_with_its_answer_and_asked_again() -> None:
    model = FakeChatModel(['{"choice": "C"}', '{"choice": "A"}'])

    parsed = ask_json(model=model, messages=ASKED, settings=SETTINGS, schema=SCHEMA)

    assert parsed.value == {"choice": "A"}
    assert [answer.text for answer in parsed.answers] == ['{"choice": "C"}', '{"choice": "A"}']
    again = model.asked[1]
    assert [message.role for message in again] == ["user", "assistant", "user"]
    assert "'C' is not one of ['A', 'B']" in again[-1].content
    assert '"choice"' in again[-1].content


def test_after_the_last_attempt_the_answers_are_kept_with_the_error() -> None:
    model = FakeChatModel(["no", "still no", "never"])

    with pytest.raises(AnswerUnreadable, match="no JSON") as caught:
        ask_json(model=model, messages=ASKED, settings=SETTINGS, schema=SCHEMA)

    assert caught.value.answers == ("no", "still no", "never")


def test_an_answer_carries_its_first_tokens_probabilities_where_they_are_asked_for() -> None:
    model = FakeChatModel([Said("A", {"A": -0.1, "B": -2.5})] * 2)

    with_them = ask(model=model, messages=ASKED, settings=ChatSettings(model="m", top_logprobs=5))
    without = ask(model=model, messages=ASKED, settings=SETTINGS)

    assert with_them.first == {"A": -0.1, "B": -2.5}
    assert without.first == {}


def test_an_answer_without_end_is_broken_off() -> None:
    class Endless(FakeChatModel):
        def stream(self, messages: object, settings: object) -> Iterator[str]:
            while True:
                yield "and so on " * 100

    with pytest.raises(EngineBroken, match="does not end"):
        ask(model=Endless([]), messages=ASKED, settings=SETTINGS)


def test_no_more_questions_are_on_their_way_than_allowed_and_none_is_taken_before_it_is_needed() -> None:
    at_once, most, taken = 0, 0, 0
    lock, both = threading.Lock(), threading.Barrier(2, timeout=20)

    def answer(_: object) -> str:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        both.wait()
        with lock:
            at_once -= 1
        return "A"

    def questions() -> Iterator[Question]:
        nonlocal taken
        for number in range(6):
            taken += 1
            yield Question(number, ASKED)

    answers = Together(lambda: FakeChatModel(answer), at_once=2).answers(questions(), SETTINGS)
    first = next(answers)

    assert first.answer is not None
    assert taken <= 4
    assert sorted(item.key for item in [first, *answers]) == list(range(6))
    assert most == 2


def test_one_question_that_fails_leaves_the_others_alone() -> None:
    def answer(messages: object) -> str | EngineOverloaded:
        return EngineOverloaded("busy") if "second" in str(messages) else "A"

    asked = [Question(name, [Message("user", name)]) for name in ("first", "second", "third")]
    many = Together(lambda: FakeChatModel(answer), at_once=2)

    found = {item.key: item for item in many.answers(iter(asked), SETTINGS)}

    assert {key for key, item in found.items() if item.answer is not None} == {"first", "third"}
    assert isinstance(found["second"].error, EngineOverloaded)
