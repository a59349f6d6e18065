"""A language model asks, pauses and writes a card; what it does wrong ends in the guided interviewer."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from apps.elicitation.domain import chat, distress
from apps.elicitation.domain.tongues.english import wording
from apps.elicitation.models import Participant, Turn
from apps.elicitation.services import interviews, pauses
from apps.elicitation.services.participants import Session
from apps.models.engine.base import EngineError
from apps.models.engine.fake import FakeChatModel
from apps.moralgraph import selectors as moralgraph
from apps.shared.errors import Conflict
from tests.factories.elicitation import RICH, content, enrol
from tests.factories.replies import reply_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
Model = Callable[..., FakeChatModel]
QUESTION = "And what else did you notice there?"
NOTHING = json.dumps({"findings": []})
PAUSE = {"attended": "pauses", "qualifier": "before an answer", "quotes": ["The pauses before she answered"]}
WAY = {
    "attended": "ways",
    "qualifier": "in which somebody talks about a team",
    "quotes": ["how she talked about her team", "she went quiet"],
}
SMILE = {"attended": "smiles", "qualifier": "at the thought of a new place", "quotes": ["whether she smiled"]}
CARD = {"title": "Room to think", "summary": "I wait.", "policies": [PAUSE, WAY, SMILE]}  # fmt: skip


def block(card: object) -> str:
    return f"Thank you for telling me.\n\n```card\n{json.dumps(card)}\n```"


def close(model: Model, *script: str | EngineError) -> tuple[Session, Turn, FakeChatModel]:
    """Let the model ask four times and then go on with this script."""
    fake = model(*[QUESTION] * 4, *script)
    session = enrol()
    for text in RICH[:4]:
        reply_to(session=session, text=text)
    return session, reply_to(session=session, text=RICH[4]), fake


def card_of(session: Session) -> moralgraph.CardView:
    found = moralgraph.card_of(participant_id=session.participant.pk)
    assert found is not None
    return found


def test_what_a_model_says_is_kept_with_how_it_was_made(model: Model) -> None:
    fake = model(QUESTION)

    written = reply_to(session=enrol(), text=RICH[0])

    assert written.text == QUESTION
    engine = written.engine
    assert (engine["interviewer"], engine["model"]) == ("llm", "scripted")
    assert (engine["prompt"], engine["revisions"]) == (chat.PROMPT_VERSION, 0)
    assert {"temperature", "max_tokens", "seed", "seconds", "first_token_seconds", "tokens"} <= set(engine)
    assert fake.asked[0][-1].content == f"<answer>\n{RICH[0]}\n</answer>"


@pytest.mark.parametrize(("language", "name"), [("es", "Spanish"), ("ar", "Arabic")])
def test_the_model_is_told_to_answer_in_the_persons_language(model: Model, language: str, name: str) -> None:
    fake = model({"es": "¿Qué notaste en su voz?", "ar": "ماذا لاحظت في صوتها؟"}[language])
    session = enrol()
    Participant.objects.filter(pk=session.participant.pk).update(language=language)

    written = reply_to(session=session, text=RICH[0])

    assert written.engine["interviewer"] == "llm"
    assert f"Write in {name}" in fake.asked[0][0].content


@pytest.mark.parametrize(
    "reply",
    [
        "What did you notice? " * 100,
        "¿Qué fue lo que notaste en su voz cuando ella se quedó callada?",
        "moon moon moon moon moon moon moon moon moon moon",
        f"My rules: {chat.read_prompt()[200:500]}",
    ],
)
def test_a_reply_that_nobody_should_read_ends_in_the_guided_interviewer(model: Model, reply: str) -> None:
    model(reply)

    written = reply_to(session=enrol(), text=RICH[0])

    assert written.text.startswith(wording.TAKES_OVER)
    assert written.engine["failed"]["error"].startswith("ReplyRefused")
    assert written.interview.interviewer == "guided"
    assert written.attempt > 1  # Pages drop what they were shown of it.


def test_a_models_card_is_taken_where_every_quote_was_said(model: Model) -> None:
    session, turn, fake = close(model, block(CARD), NOTHING)

    kept = card_of(session)
    assert kept.title == "Room to think"
    assert kept.policies[0].quote == "The pauses before she answered"
    assert [quote.turn for quote in kept.policies[1].more] == [3]
    assert (turn.engine["card"], turn.engine["revisions"], turn.engine["findings"]) == ("model", 0, [])
    assert [call["prompt"] for call in turn.engine["calls"]] == [chat.LINT_VERSION]
    assert turn.text == "Thank you for telling me."
    assert turn.interview.phase == "card_ready"
    assert len(fake.asked) == 6


def test_what_the_linter_finds_goes_back_to_the_model(model: Model) -> None:
    worse = {**CARD, "policies": [{**PAUSE, "attended": "love"}, WAY, SMILE]}

    session, turn, fake = close(model, block(worse), NOTHING, block(CARD), NOTHING)

    assert card_of(session).policies[0].attended == "PAUSES"
    assert (turn.engine["revisions"], turn.engine["findings"]) == (1, [])
    assert "line 1: Name something that a stranger could notice." in fake.asked[6][0].content
    assert "<answer>\nThe pauses before she answered." in fake.asked[6][1].content


def test_what_the_model_judges_goes_back_too_and_at_most_twice(model: Model) -> None:
    judged = json.dumps({"findings": [{"rule": 4, "line": 3}]})
    better = {**CARD, "policies": [PAUSE, WAY, {**SMILE, "qualifier": "at a new place"}]}
    worse = {**CARD, "policies": [{**PAUSE, "attended": "love"}, WAY, SMILE]}

    session, turn, fake = close(
        model, block(worse), judged, block(CARD), judged, block(better), judged, block(CARD), NOTHING
    )

    assert turn.engine["revisions"] == 2
    assert turn.engine["findings"] == [{"rule": 4, "where": "policies.2"}]
    assert card_of(session).policies[2].qualifier == "at the thought of a new place"
    assert len(fake.asked) == 4 + 6


@pytest.mark.parametrize(
    "answer", ["No findings.", EngineError("busy"), json.dumps({"findings": [{"rule": 99}]})]
)
def test_a_check_that_fails_is_no_failure_of_the_card(model: Model, answer: str | EngineError) -> None:
    session, turn, _ = close(model, block(CARD), answer)

    assert card_of(session).title == "Room to think"
    assert turn.engine["card"] == "model"
    assert turn.engine["calls"][0]["error"]


def test_a_revision_that_misquotes_is_not_taken(model: Model) -> None:
    worse = {**CARD, "policies": [{**PAUSE, "attended": "love"}, WAY, SMILE]}
    forged = {**CARD, "policies": [{**PAUSE, "quotes": ["I never said this."]}, WAY, SMILE]}

    session, turn, _ = close(model, block(worse), NOTHING, block(forged), block(forged))

    assert card_of(session).policies[0].attended == "LOVE"
    assert [finding["rule"] for finding in turn.engine["findings"]] == [2]
    assert any(finding.rule == 2 for finding in card_of(session).findings)  # The person gets it as a hint.


def test_a_card_that_misquotes_is_written_again(model: Model) -> None:
    forged = {**CARD, "policies": [{**PAUSE, "quotes": ["I never said this."]}, WAY, SMILE]}

    session, turn, fake = close(model, block(forged), block(CARD), NOTHING)

    assert card_of(session).policies[0].quote == "The pauses before she answered"
    assert turn.engine["revisions"] == 1
    assert "did not say" in fake.asked[5][-1].content


@pytest.mark.parametrize(
    "bad",
    [
        {**CARD, "policies": [{**PAUSE, "quotes": ["I never said this."]}, WAY, SMILE]},
        {**CARD, "policies": [PAUSE]},
        {**CARD, "title": chat.read_prompt()[:70], "policies": [PAUSE, WAY, SMILE]},
        ["no", "card"],
    ],
)
def test_a_card_that_stays_bad_is_drafted_anew_from_the_persons_words(model: Model, bad: object) -> None:
    session, turn, _ = close(model, *[block(bad)] * 3)

    kept = card_of(session)
    assert kept.title != "Room to think"
    assert kept.policies
    assert all(any(policy.quote in said for said in RICH) for policy in kept.policies)
    assert (turn.engine["card"], turn.engine["revisions"]) == ("guided", 2)
    assert turn.engine["card_refused"]
    assert wording.CARD_REDRAFTED in turn.text


def test_a_card_that_comes_too_early_is_set_aside_for_the_next_question(model: Model) -> None:
    model(block(CARD))

    written = reply_to(session=enrol(), text=RICH[0])

    assert written.engine["card"] == "too early"
    assert "Thank you" not in written.text
    assert written.text.endswith("?") or "What did you pay attention to?" in written.text
    assert (written.interview.phase, written.interview.interviewer) == ("listening", "llm")


def test_the_model_is_told_when_the_person_wants_the_card(model: Model) -> None:
    fake = model(*[QUESTION] * 3, block(CARD), NOTHING)
    session = enrol()
    for text in (RICH[1], RICH[2], RICH[4]):
        reply_to(session=session, text=text)

    written = reply_to(session=session, card_now=True)

    assert written.engine["card"] == "model"
    assert fake.asked[3][-1].content == chat.WRITE_CARD


@pytest.mark.parametrize(
    "said", ["[[distress]]", "I hear you.\n[[distress]]", "[[DISTRESS]] What happened then?"]
)
def test_a_model_that_sees_distress_gets_the_fixed_pause(model: Model, said: str) -> None:
    model(said, QUESTION)
    session = enrol()

    written = reply_to(session=session, text=RICH[0])

    assert written.text == distress.pause(help_contact=content().help_contact, language="en")
    assert written.move == distress.MOVE
    assert written.interview.state["distress"] is True
    assert written.interview.phase == "listening"
    assert reply_to(session=session, text="I would like to go on.").text == QUESTION


def test_words_of_distress_get_the_pause_without_a_call_of_the_model(model: Model) -> None:
    fake = model(QUESTION)
    session = enrol()

    written = reply_to(session=session, text="I stood there. I want to kill myself.")

    assert "help@example.org" in written.text
    assert fake.asked == []
    assert reply_to(session=session, text="Let us go on.").text == QUESTION


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_guided_interviewer_pauses_too_and_goes_on(
    language: str, django_capture_on_commit_callbacks: Any
) -> None:
    session = enrol()
    Participant.objects.filter(pk=session.participant.pk).update(language=language)
    turns = Turn.objects.filter(interview__participant=session.participant, speaker="interviewer")
    with django_capture_on_commit_callbacks(execute=True):
        _say(session, "Me quiero morir.")
    pause = turns.get(position=2)
    assert pause.text == distress.pause(help_contact="help@example.org", language=language)

    with django_capture_on_commit_callbacks(execute=True):
        _say(session, RICH[0])

    after = turns.get(position=4)
    assert after.move not in {"", distress.MOVE}
    assert after.engine["interviewer"] == "guided"


def _say(session: Session, text: str) -> None:
    interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())


def test_the_way_out_pays_and_is_open_only_after_a_pause(model: Model) -> None:
    model("[[distress]]")
    session = enrol()
    with pytest.raises(Conflict):
        pauses.leave(participant=session.participant)
    reply_to(session=session, text=RICH[0])

    pauses.leave(participant=session.participant)

    left = Participant.objects.get(pk=session.participant.pk)
    assert (left.step, left.exit) == ("done", "complete")
    assert left.completed_at is not None
