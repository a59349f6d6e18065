"""A model that reads little at once interviews for long: it is shown less, and the reply says so."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from apps.elicitation.domain import budget
from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Turn
from apps.elicitation.services.participants import Session
from apps.models.engine.base import ChatModel, ChatSettings, ContextTooLong, Message
from apps.models.engine.fake import FakeChatModel
from tests.factories.elicitation import RICH, enrol
from tests.factories.replies import reply_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
PutBehind = Callable[[ChatModel], None]
LONG = " ".join([*RICH[:3]] * 3)
QUESTION = "And what else did you notice there?"


class Narrow(FakeChatModel):
    """Reads so many tokens at once, four letters each, and refuses more as servers do."""

    def __init__(self, reads: int) -> None:
        super().__init__(lambda messages: QUESTION)
        self.reads, self.refused = reads, 0

    def stream(self, messages: Sequence[Message], settings: ChatSettings) -> Iterator[str]:
        read = sum(len(message.content) for message in messages) // 4 + settings.max_tokens
        if read > self.reads:
            self.refused += 1
            raise ContextTooLong(limit=self.reads)
        yield from super().stream(messages, settings)


@pytest.fixture
def long_talk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Iterator[Turn]]:
    """Return a function that talks for twenty turns and yields the replies."""
    monkeypatch.setattr(budget, "AT_MOST", 24)

    def _talk() -> Iterator[Turn]:
        session: Session = enrol()
        for number in range(20):
            yield reply_to(session=session, text=f"{number}. {LONG}")

    return _talk


def test_at_turn_twenty_the_model_still_asks_and_reads_both_ends_of_what_was_said(
    put_behind: PutBehind, long_talk: Callable[[], Iterator[Turn]]
) -> None:
    narrow = Narrow(3500)
    put_behind(narrow)

    written = list(long_talk())

    assert {turn.interview.interviewer for turn in written} == {"llm"}
    assert {turn.text for turn in written} == {QUESTION}
    left_out = [turn.engine.get("left_out", 0) for turn in written]
    assert left_out[0] == 0
    assert left_out[-1] > 5
    assert written[-1].engine["context_tokens"] == 3500
    last = narrow.asked[-1]
    assert f"{left_out[-1]} exchanges" in last[0].content
    assert "0. Last winter" in last[3].content
    assert "19. Last winter" in last[-1].content
    assert not any("2. Last winter" in message.content for message in last)


def test_what_a_model_is_known_to_read_is_kept_to_before_it_refuses(
    put_behind: PutBehind, long_talk: Callable[[], Iterator[Turn]], settings: Any
) -> None:
    narrow = Narrow(3500)
    put_behind(narrow)
    settings.LLM_CONTEXT_TOKENS = 3500

    written = list(long_talk())

    assert narrow.refused == 0
    assert written[-1].engine["left_out"] > 5


def test_a_model_that_cannot_read_even_one_exchange_is_replaced_and_the_record_says_which_limit(
    put_behind: PutBehind,
) -> None:
    put_behind(Narrow(1000))

    written = reply_to(session=enrol(), text=RICH[0])

    assert written.text.startswith(wording.TAKES_OVER)
    assert written.interview.interviewer == "guided"
    assert "reads 1,000 tokens at once" in written.engine["failed"]["error"]


def test_a_studys_own_words_are_told_to_the_interviewer_and_kept_with_the_reply(
    put_behind: PutBehind, settings: Any
) -> None:
    fake = FakeChatModel([QUESTION])
    put_behind(fake)
    settings.LLM_ROLES = {"interview": {"words": "Never ask about money.", "temperature": 0.6}}

    written = reply_to(session=enrol(), text=RICH[0])

    assert fake.asked[0][0].content.endswith("\n\nNever ask about money.")
    assert (written.engine["words"], written.engine["temperature"]) == ("Never ask about money.", 0.6)
