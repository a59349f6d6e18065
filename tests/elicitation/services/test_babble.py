"""A real server with a model of random weights: it babbles, and the interview ends well all the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Participant, Turn
from apps.elicitation.services import interviews
from apps.elicitation.services.asking import WAITING
from apps.models.engine import registry
from apps.models.engine.base import ChatSettings, Message
from apps.moralgraph import selectors as moralgraph
from tests.factories.elicitation import QUESTION, RICH, enrol, talk
from tests.factories.replies import reply_to
from tests.models import scripts
from tests.models.serving import served

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.training]


@pytest.fixture(scope="module")
def babbler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve a model with random weights; return its address and its name."""
    from tests.models.tiny_lm import build_babbler  # loads torch, which few runs of tests need

    folder = build_babbler(folder=tmp_path_factory.mktemp("babbler"), chats=scripts.chats(question=QUESTION))
    with served(folder) as url:
        yield url, folder


def test_a_model_that_babbles_ends_in_the_guided_interviewer_and_a_card(
    babbler: tuple[str, Path], settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.LLM_URL, settings.LLM_MODEL = babbler[0], str(babbler[1])
    asked = ChatSettings(model=settings.LLM_MODEL, temperature=0.2, max_tokens=40, seed=1)
    model = registry.chat_model(url=settings.LLM_URL, model=settings.LLM_MODEL)
    assert "".join(model.stream([Message("user", RICH[0])], asked)).strip()  # It does say something.
    session = enrol()

    written = reply_to(session=session, text=RICH[0], waiting=WAITING)

    assert written.text.startswith(wording.TAKES_OVER)
    assert written.engine["failed"]["error"].startswith("ReplyRefused")
    assert written.interview.interviewer == "guided"
    for text in RICH[1:4]:
        with django_capture_on_commit_callbacks(execute=True):
            talk(session=session, answers=[text])
    with django_capture_on_commit_callbacks(execute=True):
        interviews.ask_for_card(participant=session.participant)
    assert Participant.objects.get(pk=session.participant.pk).step == "card"
    card = moralgraph.card_of(participant_id=session.participant.pk)
    assert card is not None
    assert all(any(policy.quote in said for said in RICH[:4]) for policy in card.policies)
    by_model = [turn for turn in Turn.objects.filter(interview=written.interview) if "model" in turn.engine]
    assert by_model == []


@pytest.mark.parametrize("text", [*RICH[1:5], "¿Por qué?", "لماذا؟"])
def test_no_babble_is_taken_for_a_question(babbler: tuple[str, Path], settings: Any, text: str) -> None:
    settings.LLM_URL, settings.LLM_MODEL = babbler[0], str(babbler[1])

    written = reply_to(session=enrol(), text=text, waiting=WAITING)

    assert written.text.startswith(wording.TAKES_OVER)
