"""What every chat model does: one suite for the scripted one, a real server with a real model, and a process
of ours with the same model.
"""

import dataclasses
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from apps.elicitation.domain import cardblock, chat
from apps.models.engine import registry
from apps.models.engine.asking import Together, ask, ask_json
from apps.models.engine.base import (
    Answerer,
    AnswerUnreadable,
    ChatModel,
    ChatSettings,
    ContextTooLong,
    EngineRefused,
    Message,
    Question,
)
from apps.models.engine.fake import FakeChatModel
from apps.models.engine.local.client import LocalEngine
from apps.models.engine.probing import probe
from tests.models import scripts
from tests.models.engine.conftest import QUESTION

CHATS = scripts.chats(question=QUESTION)
READS = 4096
"""What the tiny model reads at once; an installation that serves a folder knows it."""


@dataclasses.dataclass(frozen=True)
class Engine:
    """A way to make chat models, and the name of the model to ask for."""

    make: Callable[[], ChatModel]
    model: str
    many: Answerer

    def settings(self, **changes: Any) -> ChatSettings:
        """Return settings for this engine."""
        return ChatSettings(model=self.model, **changes)

    def answer(self, messages: Sequence[Message], **changes: Any) -> list[str]:
        """Return the pieces of one answer."""
        return list(self.make().stream(messages, self.settings(**changes)))


def from_script(messages: Sequence[Message]) -> str:
    """Answer as the interviewer of whichever script the messages come from."""
    for known in CHATS:
        if list(messages) == known[: len(messages)] and len(messages) < len(known):
            return known[len(messages)].content
    return "I did not follow that."


def together(make: Callable[[], ChatModel], model: str) -> Engine:
    """Return an engine that makes a chat model for each answer."""
    return Engine(make=make, model=model, many=Together(make, at_once=3))


@pytest.fixture(params=["fake", "remote", "local"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each engine in turn."""
    if request.param == "fake":
        return together(lambda: FakeChatModel(from_script, reads=READS), "scripted")
    folder: Path = request.getfixturevalue("tiny_lm")
    if request.param == "local":
        process: LocalEngine = request.getfixturevalue("local_engine")
        return Engine(make=process.chat_model, model=str(folder), many=process)
    url: str = request.getfixturevalue("llm_url")
    return together(lambda: registry.chat_model(url=url, model=str(folder), reads=READS), str(folder))


def before_answer(known: list[Message], number: int) -> list[Message]:
    """Return a chat up to the model's answer of this number."""
    places = [place for place, message in enumerate(known) if message.role == "assistant"]
    return known[: places[number]]


@pytest.mark.parametrize("script", range(len(CHATS)))
def test_an_interview_comes_out_word_for_word_to_its_card(engine: Engine, script: int) -> None:
    known, card = CHATS[script], scripts.SCRIPTS[script].card

    for number in range(len(scripts.SCRIPTS[script].questions)):
        so_far = before_answer(known, number)
        assert "".join(engine.answer(so_far)) == known[len(so_far)].content
    closing = cardblock.take_apart("".join(engine.answer(before_answer(known, -1))))

    assert closing.shown == scripts.BEFORE_CARD
    assert closing.block is not None
    read = cardblock.read_card(block=closing.block, turns=scripts.SCRIPTS[script].turns())
    assert read.title == card["title"]
    assert [policy.quote for policy in read.policies] == [item["quotes"][0] for item in card["policies"]]


def test_an_answer_comes_in_pieces(engine: Engine) -> None:
    assert len(engine.answer(before_answer(CHATS[0], 0))) > 5


def test_the_same_question_gets_the_same_answer(engine: Engine) -> None:
    first, second = (engine.answer(before_answer(CHATS[0], 1), seed=7) for _ in range(2))

    assert "".join(first) == "".join(second)


def test_a_low_temperature_keeps_to_what_was_learnt(engine: Engine) -> None:
    answer = engine.answer(before_answer(CHATS[1], 1), temperature=0.2, seed=5)

    assert "".join(answer) == scripts.SCRIPTS[1].questions[1]


def test_an_answer_ends_at_the_bound(engine: Engine) -> None:
    whole = "".join(engine.answer(before_answer(CHATS[0], 0)))

    cut = "".join(engine.answer(before_answer(CHATS[0], 0), max_tokens=4))

    assert 0 < len(cut) < len(whole)
    assert whole.startswith(cut)


@pytest.mark.parametrize("text", ["", "ünïcödé ✓ 日本語", '"quotes" \\ and\nlines', "x" * 3000])
def test_any_text_is_answered(engine: Engine, text: str) -> None:
    opening = scripts.SCRIPTS[0].turns()[:1]
    messages = [*chat.messages(question=QUESTION, turns=opening), Message("user", text)]

    assert "".join(engine.answer(messages, max_tokens=8))


def test_a_chat_that_is_longer_than_the_model_reads_is_refused_with_the_limit(engine: Engine) -> None:
    long = [Message("user", "What else did you notice, and what then? " * 600)]

    with pytest.raises(ContextTooLong, match="reads 4,096 tokens at once") as caught:
        engine.answer(long, max_tokens=8)
    (answered,) = engine.many.answers(iter([Question("long", long)]), engine.settings(max_tokens=8))

    assert caught.value.limit == READS
    assert isinstance(answered.error, ContextTooLong)
    assert "".join(engine.answer(before_answer(CHATS[0], 0))) == scripts.OPENING


def test_tokens_are_counted_where_the_engine_knows_them(engine: Engine) -> None:
    model = engine.make()

    pieces = list(model.stream(before_answer(CHATS[0], 0), engine.settings()))

    assert pieces
    if model.usage is not None:
        assert model.usage.completion_tokens > 3
        assert model.usage.prompt_tokens > 100


def test_a_reader_may_leave_in_the_middle(engine: Engine) -> None:
    answer = engine.make().stream(before_answer(CHATS[0], 0), engine.settings())
    next(answer)
    answer.close()  # type: ignore[attr-defined]

    assert "".join(engine.answer(before_answer(CHATS[0], 0))) == scripts.OPENING


def test_many_questions_come_back_under_their_names(engine: Engine) -> None:
    openings = [before_answer(known, 0) for known in CHATS]
    questions = [
        Question((script, number), chat) for number in range(2) for script, chat in enumerate(openings)
    ]

    answered = list(engine.many.answers(iter(questions), engine.settings(seed=1)))

    assert sorted(item.key for item in answered) == sorted(question.key for question in questions)
    for item in answered:
        assert item.answer is not None
        assert item.answer.text == CHATS[item.key[0]][len(openings[item.key[0]])].content


@pytest.mark.parametrize("temperature", [0.0, 0.7])
def test_the_first_tokens_probabilities_are_those_of_the_model_where_they_are_given(
    engine: Engine, temperature: float
) -> None:
    answer = ask(
        model=engine.make(),
        messages=before_answer(CHATS[0], 0),
        settings=engine.settings(top_logprobs=5, max_tokens=4, temperature=temperature, seed=1),
    )

    if answer.first:
        likeliest = max(answer.first, key=lambda token: answer.first[token])
        assert scripts.OPENING.startswith(likeliest)
        # It knows its scripts by heart: every token it learnt has a probability of 0.98 or more.
        assert 0.97 < math.exp(answer.first[likeliest]) <= 1.0
        assert sum(math.exp(value) for value in answer.first.values()) <= 1.0 + 1e-6


def test_an_engine_that_does_not_keep_to_a_schema_is_noticed_and_asked_again(engine: Engine) -> None:
    model = engine.make()
    schema = {"type": "object", "required": ["choice"], "properties": {"choice": {"enum": ["A", "B"]}}}
    asked = [Message("user", "Which of the two?")]

    with pytest.raises(AnswerUnreadable) as caught:
        ask_json(
            model=model, messages=asked, settings=engine.settings(max_tokens=12), schema=schema, attempts=2
        )

    assert len(caught.value.answers) == 2
    assert model.offers.schema is False


def test_a_served_folder_is_known_for_a_server_that_must_not_be_sent_too_much(
    tiny_lm: Path, llm_url: str
) -> None:
    found = probe(model=registry.chat_model(url=llm_url, model=str(tiny_lm)), name=str(tiny_lm))

    assert (found.refuses_long, found.obeys_temperature, found.offers_schema) == (False, False, False)


@pytest.mark.parametrize(("url", "model"), [("", "m"), ("http://127.0.0.1:1/v1", "")])
def test_without_a_server_or_a_name_there_is_no_engine(url: str, model: str) -> None:
    with pytest.raises(EngineRefused, match="LLM_URL and LLM_MODEL"):
        registry.chat_model(url=url, model=model)
