"""In what kind of moment a story was: said by the person, or proposed by a model, and never without names."""

import json
from collections.abc import Callable

import pytest

from apps.elicitation.domain.moments import MomentUnreadable, read_moment
from apps.elicitation.domain.transcript import Speaker, Turn
from apps.elicitation.models import Interview, Participant
from apps.elicitation.services import cards
from apps.models.engine.base import EngineError, EngineTimeout
from apps.models.engine.fake import FakeChatModel
from apps.moralgraph.models import ContextProposal
from apps.shared.models import Job
from tests.factories.elicitation import at_the_card

Use = Callable[..., FakeChatModel]


@pytest.fixture
def me(db: None, django_capture_on_commit_callbacks: object) -> Participant:
    """Return somebody whom a model interviewed, in front of their card."""
    person = at_the_card().participant
    Interview.objects.filter(participant=person).update(interviewer=Interview.Interviewer.LLM)
    return person


def accept(me: Participant, django_capture_on_commit_callbacks: Callable[..., object]) -> Job | None:
    """Accept the card, and let the job run that this leaves to the worker."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        cards.accept(participant=me)
    return Job.objects.filter(task="elicitation.propose_moment").first()


def test_a_model_proposes_from_the_conversation_once_the_card_is_accepted(
    me: Participant, model: Use, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    fake = model(json.dumps({"moment": "When someone  has to choose alone"}))

    job = accept(me, django_capture_on_commit_callbacks)

    assert job is not None
    assert job.state == Job.State.SUCCEEDED
    made = ContextProposal.objects.get()
    assert (made.origin, made.state, made.name) == ("llm", "open", "When someone has to choose alone")
    assert (made.engine["prompt"], made.engine["model"]) == ("moment-v1", "scripted")
    system, user = fake.asked[0]
    assert "Name no person" in system.content
    assert user.content.startswith("<answer>")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("When someone is ill.", "could not be read"), (EngineTimeout("silent"), "did not answer"),
        (json.dumps({"moment": "When it was 14 May"}), "could not be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_proposal_and_the_job_says_so(
    me: Participant, model: Use, django_capture_on_commit_callbacks: Callable[..., object],
    answer: str | EngineError, said: str,
) -> None:  # fmt: skip
    model(answer)

    job = accept(me, django_capture_on_commit_callbacks)

    assert job is not None
    assert job.state == Job.State.FAILED
    assert said in job.message
    assert not ContextProposal.objects.exists()


def test_nobody_is_asked_where_the_person_said_it_or_no_model_interviewed_them(
    me: Participant, model: Use, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    model()
    cards.say_moment(participant=me, name="When a friend is ill")
    assert accept(me, django_capture_on_commit_callbacks) is None
    assert ContextProposal.objects.get().origin == "person"

    other = at_the_card().participant
    Interview.objects.filter(participant=other).update(interviewer=Interview.Interviewer.GUIDED)
    assert accept(other, django_capture_on_commit_callbacks) is None


def test_a_name_that_the_person_told_is_in_no_proposal() -> None:
    said = [Turn(1, Speaker.PERSON, "I sat with Marta until morning. She was afraid.")]

    assert read_moment(text='{"moment": "When someone is afraid"}', turns=said) == "When someone is afraid"
    with pytest.raises(MomentUnreadable, match="names somebody"):
        read_moment(text='{"moment": "When Marta is afraid"}', turns=said)
    with pytest.raises(MomentUnreadable, match="as asked for"):
        read_moment(text='{"moment": "When", "say": "more"}', turns=said)
