"""What is particular to a model in a process of ours: likelihoods, points, its beginning and its end."""

import math
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from apps.models.engine.base import ChatSettings, EngineBroken, EngineRefused, Message, Question
from apps.models.engine.local.client import LocalEngine, Weights
from tests.models import scripts
from tests.models.engine.conftest import QUESTION

CHATS = scripts.chats(question=QUESTION)


def by_hand(folder: Path, messages: list[Message], completion: str) -> float:
    """Return log p(completion | chat), token by token, without a batch and without our code."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder)
    chat = [{"role": message.role, "content": message.content} for message in messages]
    asked = tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
    begin = tokenizer(asked)["input_ids"]
    said = [*tokenizer(completion)["input_ids"], tokenizer.eos_token_id]
    total = 0.0
    for place, token in enumerate(said):
        with torch.inference_mode():
            logits = model(input_ids=torch.tensor([begin + said[:place]])).logits[0, -1]
        total += float(torch.log_softmax(logits, dim=-1)[token])
    return total


def test_likelihoods_in_a_batch_are_those_worked_out_one_token_at_a_time(
    local_engine: LocalEngine, tiny_lm: Path
) -> None:
    short = [Message("user", "Hello")]
    asked = [(short, "No."), (CHATS[0][:2], "Something else entirely, and longer."), (short, "Yes, I do.")]

    found = local_engine.likelihoods(asked)

    expected = [by_hand(tiny_lm, list(messages), completion) for messages, completion in asked]
    assert [item.logprob for item in found] == pytest.approx(expected, rel=1e-4)


def test_what_the_model_learnt_by_heart_is_likelier_than_anything_else(local_engine: LocalEngine) -> None:
    place = next(place for place, message in enumerate(CHATS[0]) if message.role == "assistant")
    asked = CHATS[0][:place]

    learnt, other = local_engine.likelihoods([(asked, CHATS[0][place].content), (asked, "Go away.")])

    assert learnt.logprob is not None
    assert other.logprob is not None
    assert math.exp(learnt.logprob / learnt.tokens) > 0.97
    assert learnt.logprob > other.logprob


def test_what_is_empty_or_does_not_fit_is_skipped_with_the_reason(local_engine: LocalEngine) -> None:
    asked = [Message("user", "Hello")]

    found = local_engine.likelihoods([(asked, "  "), (asked, "word " * 5000), (asked, "Yes.")])

    assert [item.skipped_reason for item in found] == ["a response is empty", "too long for the model", ""]
    assert [item.logprob is None for item in found] == [True, True, False]


def test_a_chat_that_does_not_fit_is_refused_and_the_others_are_answered(local_engine: LocalEngine) -> None:
    questions = [
        Question("long", [Message("user", "word " * 5000)]),
        Question("short", [Message("user", "Hello")]),
    ]

    found = {
        item.key: item for item in local_engine.answers(iter(questions), ChatSettings(model="", max_tokens=3))
    }

    assert isinstance(found["long"].error, EngineRefused)
    assert "tokens" in str(found["long"].error)
    assert found["short"].answer is not None


def test_texts_become_points_of_length_one_that_do_not_depend_on_their_batch(
    local_engine: LocalEngine,
) -> None:
    alone = local_engine.embed(["to listen before advising"])
    together = local_engine.embed(["word " * 40, "to listen before advising", ""])

    assert together[1] == pytest.approx(alone[0], abs=1e-5)
    assert [math.hypot(*vector) for vector in together] == pytest.approx([1.0] * 3, abs=1e-5)


def test_a_folder_that_is_no_model_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(EngineRefused, match="could not be loaded"),
        LocalEngine(Weights(folder=tmp_path), log=tmp_path / "log.txt"),
    ):
        pass


def test_a_process_that_dies_is_an_error_and_nobody_waits_for_it(tiny_lm: Path, tmp_path: Path) -> None:
    with LocalEngine(Weights(folder=tiny_lm), log=tmp_path / "log.txt") as engine:
        answer = engine.chat_model().stream(
            [Message("user", "Hello")], ChatSettings(model="", max_tokens=400)
        )
        next(answer)
        engine._process.kill()

        with pytest.raises(EngineBroken, match="ended"):
            list(answer)
        with pytest.raises(EngineBroken):
            engine.likelihoods([([Message("user", "Hello")], "Yes.")])
