"""A study names the language model that interviews in it, with its settings."""

import uuid

import pytest

from apps.elicitation.models import Interview, Turn
from apps.elicitation.selectors import protocols
from apps.elicitation.services import interviews, replies
from apps.models.models import LanguageModel, ModelRole
from apps.shared.models import Study
from apps.shared.services import jobs
from tests.factories.elicitation import RICH, enrol
from tests.models.misbehaving import Handler, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
ASKS = "What did you notice in her voice?"


def asking(handler: Handler) -> None:
    """Ask a question."""
    handler.begin()
    handler.piece(ASKS, finish_reason="stop")
    handler.raw("data: [DONE]\n\n")


def test_people_are_interviewed_by_the_model_that_their_study_chose(study: Study) -> None:
    with running(asking) as server:
        model = LanguageModel.objects.create(
            study=study,
            name="Ours",
            source="endpoint",
            address=server.url,
            model="ours-8b",
            key="k",
            state="usable",
        )
        ModelRole.objects.create(
            study=study, role="interview", language_model=model, temperature=0.6, max_tokens=300
        )
        session = enrol(study=study)
        interviews.say(participant=session.participant, text=RICH[0], client_id=uuid.uuid4())
        turn = Turn.objects.get(interview__participant=session.participant, state="pending")
        job = jobs.claim(job_id=str(turn.job_id), owner="one")
        assert job is not None
        replies.write(job=job)

    interview = Interview.objects.get(participant=session.participant)
    assert interview.interviewer == Interview.Interviewer.LLM
    turn.refresh_from_db()
    assert turn.text == ASKS
    assert (turn.engine["model"], turn.engine["temperature"], turn.engine["max_tokens"]) == (
        "ours-8b",
        0.6,
        300,
    )
    assert server.keys == ["Bearer k"]
    assert (server.bodies[0]["model"], server.bodies[0]["temperature"]) == ("ours-8b", 0.6)
    assert protocols.view_protocol(study=study)["model"] == {"name": "ours-8b", "host": "127.0.0.1"}
