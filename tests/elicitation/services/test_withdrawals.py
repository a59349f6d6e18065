"""Withdrawing erases every word of a person, on every side, and keeps that they agreed and withdrew."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from rest_framework.test import APIClient

from apps.discretion.models import Principle
from apps.discretion.services import principles
from apps.elicitation.models import About, Consent, Interview, Participant, Survey, Turn, WiseChoice
from apps.elicitation.services import cards, interviews, offers, replies, withdrawals
from apps.elicitation.services.participants import Session
from apps.models.engine.base import EngineError
from apps.models.engine.fake import FakeChatModel
from apps.models.models import Run
from apps.moralgraph.models import Vote
from apps.moralgraph.services import graphs
from apps.shared.errors import TouchstoneError
from apps.shared.models import Role
from apps.shared.services import jobs
from tests.factories.discretion import AuditFactory
from tests.factories.elicitation import RICH, at_the_stories, enrol, talk
from tests.factories.models import example, frozen_data_set
from tests.factories.shared import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
SECRET = "My aunt Ottilie told me about the lighthouse."


@pytest.fixture
def finished(django_capture_on_commit_callbacks: Any) -> Session:
    """Return somebody who spoke of a lighthouse, accepted a card about it, and left a draft."""
    session = enrol()
    for text in (SECRET, "I noticed the lighthouse in her voice.", *RICH[2:4]):
        with django_capture_on_commit_callbacks(execute=True):
            talk(session=session, answers=[text])
    with django_capture_on_commit_callbacks(execute=True):
        interviews.ask_for_card(participant=session.participant)
    me = Participant.objects.get(pk=session.participant.pk)
    cards.save(
        participant=me,
        title="The lighthouse",
        summary="I look for the lighthouse.",
        policies=[
            {"attended": "SIGNS", "qualifier": "of a lighthouse", "quote": SECRET, "turn": 1},
        ],
    )
    cards.accept(participant=me)
    Interview.objects.filter(participant=me).update(draft="and the lighthouse keeper")
    return session


def _whole_database() -> str:
    """Return every row of every table of ours, as JSON."""
    rows = [
        row
        for name in ("shared", "models", "moralgraph", "elicitation", "discretion")
        for model in apps.get_app_config(name).get_models()
        for row in model.objects.all()
    ]
    return json.dumps(json.loads(serializers.serialize("json", rows)), ensure_ascii=False).casefold()


def test_no_word_of_theirs_is_left_in_any_table(finished: Session) -> None:
    assert "lighthouse" in _whole_database()

    withdrawals.withdraw(participant=finished.participant)

    left = _whole_database()
    assert "lighthouse" not in left
    assert "ottilie" not in left


def test_that_they_agreed_and_withdrew_stays(finished: Session) -> None:
    withdrawals.withdraw(participant=finished.participant)

    me = Participant.objects.get(pk=finished.participant.pk)
    assert (me.step, me.exit) == ("withdrawn", "withdrew")
    assert me.withdrawn_at is not None
    assert Consent.objects.get(participant=me).version.number == 1
    assert (
        Interview.objects.get(participant=me).turns.count() == 10
    )  # Opening, four answers and replies, closing.


def test_withdrawing_twice_changes_nothing(finished: Session) -> None:
    withdrawals.withdraw(participant=finished.participant)
    first = Participant.objects.get(pk=finished.participant.pk).withdrawn_at

    withdrawals.withdraw(participant=finished.participant)

    assert Participant.objects.get(pk=finished.participant.pk).withdrawn_at == first


def test_their_votes_no_longer_count(finished: Session) -> None:
    other = enrol(study=finished.participant.study)
    assert other.participant.pk != finished.participant.pk
    me = Participant.objects.get(pk=finished.participant.pk)
    assert offers.show(participant=me) is None  # A study with one value has no story to judge.

    withdrawals.withdraw(participant=me)

    assert not Vote.objects.filter(participant_id=me.pk, withdrawn_at=None).exists()
    with pytest.raises(TouchstoneError):
        offers.answer(participant=_again(me), transition_id=1, context_id=1, answer="wiser")


def _again(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def test_somebody_elses_words_stay(finished: Session, django_capture_on_commit_callbacks: Any) -> None:
    other = enrol(study=finished.participant.study)
    with django_capture_on_commit_callbacks(execute=True):
        talk(session=other, answers=["I saw a harbour."])

    withdrawals.withdraw(participant=finished.participant)

    assert "i saw a harbour." in _whole_database()


def _close(session: Session) -> None:
    """Tell the secret to a model, then ask for the card."""
    for text in (SECRET, *RICH[1:3], ""):
        if text:
            interviews.say(participant=session.participant, text=text, client_id=uuid.uuid4())
        else:
            interviews.ask_for_card(participant=session.participant)
        turn = Turn.objects.get(interview__participant=session.participant, state="pending")
        job = jobs.claim(job_id=str(turn.job_id), owner="one")
        assert job is not None
        replies.write(job=job)


def _card(title: str) -> str:
    """Return a model's closing whose card misquotes the person."""
    line = {
        "attended": "LIGHTS",
        "qualifier": "far off",
        "quotes": ["my aunt Ottilie showed me a lighthouse"],
    }
    return "```card\n" + json.dumps({"title": title, "summary": "I look.", "policies": [line] * 3}) + "\n```"


@pytest.mark.parametrize(
    "answer",
    [
        EngineError(f"Refused (status 400): {SECRET}"),
        _card("Far"),
        _card(SECRET * 3),
    ],
    ids=["the server's error", "a misquote", "a card that is none"],
)
def test_what_is_noted_of_a_models_failure_goes_with_the_words_and_how_it_was_made_stays(
    model: Callable[..., FakeChatModel], answer: str | EngineError
) -> None:
    model(*["And what else did you notice?"] * 3, answer)
    session = enrol()
    _close(session)
    before = Turn.objects.filter(interview__participant=session.participant).latest("position").engine
    assert "ottilie" in json.dumps(before).casefold()

    withdrawals.withdraw(participant=session.participant)

    left = _whole_database()
    assert "ottilie" not in left
    assert "lighthouse" not in left
    after = Turn.objects.filter(interview__participant=session.participant).latest("position").engine
    assert after.get("failed", after)["model"] == "scripted"


def test_what_was_told_about_oneself_and_the_study_goes_too(finished: Session) -> None:
    me = finished.participant
    About.objects.create(participant=me, answers={"work": "I keep a lighthouse."})
    Survey.objects.create(participant=me, answers={"lost": "At the lighthouse."})
    WiseChoice.objects.create(participant=me, value_id=1, position=0, chosen=True)
    Participant.objects.filter(pk=me.pk).update(
        prolific_pid="lighthouse1", prolific_study="s", prolific_session="t"
    )

    withdrawals.withdraw(participant=me)

    assert "lighthouse" not in _whole_database()
    assert not WiseChoice.objects.exists()


def test_what_was_made_of_their_words_says_so_or_follows() -> None:
    me = at_the_stories()
    shown = offers.show(participant=me)
    assert shown is not None
    offers.answer(
        participant=me,
        transition_id=shown.story.transition_id,
        context_id=shown.story.context_id,
        answer="wiser",
    )
    assert me.value_id is not None
    snapshot = graphs.take_snapshot(study=me.study)
    (principle,) = principles.take_over(
        audit=AuditFactory(study=me.study), snapshot_id=snapshot.pk, value_ids=[me.value_id]
    )
    leaning = frozen_data_set(
        study=me.study, examples=[example(0, source={"participants": [str(me.pk)]}), example(1)]
    )

    title = principle.title.casefold()
    assert title in _whole_database()

    withdrawals.withdraw(participant=me)

    leaning.refresh_from_db()
    assert leaning.withdrawals == 1
    assert "has withdrawn" in Principle.objects.get(pk=principle.pk).statement
    assert title not in _whole_database()


@pytest.mark.parametrize("step", ["interview", "card", "votes", "result", "done"])
def test_people_withdraw_from_every_step(finished: Session, step: str) -> None:
    Participant.objects.filter(pk=finished.participant.pk).update(step=step)

    withdrawals.withdraw(participant=finished.participant)

    assert Participant.objects.get(pk=finished.participant.pk).step == "withdrawn"
    assert "lighthouse" not in _whole_database()


def test_a_draft_typed_after_the_withdrawal_is_not_kept(finished: Session) -> None:
    withdrawals.withdraw(participant=finished.participant)

    with pytest.raises(TouchstoneError, match="withdrew"):
        interviews.save_draft(participant=finished.participant, text="The lighthouse again")

    assert "lighthouse" not in _whole_database()


@pytest.mark.parametrize("gave", ["a vote", "a value alone"])
def test_what_was_trained_on_a_graph_that_they_count_in_says_so(gave: str) -> None:
    me = at_the_stories()
    shown = offers.show(participant=me)
    assert shown is not None
    if gave == "a vote":
        offers.answer(
            participant=me,
            transition_id=shown.story.transition_id,
            context_id=shown.story.context_id,
            answer="wiser",
        )
    snapshot = graphs.take_snapshot(study=me.study)
    from_graph = frozen_data_set(
        study=me.study, examples=[example(0, source={"snapshot": snapshot.pk}), example(1)]
    )
    free = frozen_data_set(study=me.study)
    Run.objects.create(
        study=me.study, data_set=from_graph, number=1, name="Run 1", method="reward_model", config={}
    )

    withdrawals.withdraw(participant=me)

    from_graph.refresh_from_db()
    free.refresh_from_db()
    assert (from_graph.withdrawals, free.withdrawals) == (1, 0)
    client = APIClient()
    client.force_login(member(study=me.study, role=Role.RESEARCHER))
    (run,) = client.get(f"/api/studies/{me.study.slug}/runs/").json()
    assert run["withdrawals"] == 1
