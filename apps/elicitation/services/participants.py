"""Participants: enrol with a consent, come back with a short code, go from step to step."""

import dataclasses
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain import guided, steps, wording
from apps.elicitation.domain.interview import Phase
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Consent, Interview, Participant, Protocol, ReturnKey, Turn
from apps.elicitation.services import limits
from apps.shared.errors import Conflict, Invalid, Missing

CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


@dataclasses.dataclass(frozen=True)
class Session:
    """A participant with the secret of their link, which is known only now: the database keeps its hash."""

    participant: Participant
    token: str


@dataclasses.dataclass(frozen=True)
class Ticks:
    """What a person ticked; ``of_age`` is None where they did not say."""

    version: int
    research: bool
    quotes: bool
    training: bool
    of_age: bool | None


def enrol(*, protocol: Protocol, ticks: Ticks, address: str) -> Session:
    """Take a person into the study, with their consent, a link of their own and the first question.

    Raises Invalid with the fields that are missing, and limits.TooOften.
    """
    _check(protocol=protocol, ticks=ticks)
    limits.count(what=f"enrol:{protocol.study_id}", address=address, at_most=limits.ENROLMENTS)
    return _enrol(protocol=protocol, ticks=ticks)


@transaction.atomic
def _enrol(*, protocol: Protocol, ticks: Ticks) -> Session:
    token = secrets.token_urlsafe(32)
    participant = Participant.objects.create(
        study=protocol.study, token_hash=selectors.hash_token(token), short_code=_code(), step=Step.INTERVIEW
    )
    Consent.objects.create(
        participant=participant,
        version=protocol.study.consent_versions.get(number=ticks.version),
        research=ticks.research,
        quotes=ticks.quotes,
        training=ticks.training,
        of_age=bool(ticks.of_age),
        receipt_code=_code()[:8],
    )
    _begin_interview(participant=participant, question=protocol.question)
    return Session(participant, token)


def _begin_interview(*, participant: Participant, question: str) -> None:
    with_model = bool(settings.LLM_URL)
    interview = Interview.objects.create(
        participant=participant,
        interviewer=Interview.Interviewer.LLM if with_model else Interview.Interviewer.GUIDED,
        phase=Phase.LISTENING,
    )
    opening = guided.begin(question=question)
    Turn.objects.create(
        interview=interview,
        position=0,
        speaker=Speaker.INTERVIEWER,
        text=wording.OPENING_AI.format(question=question) if with_model else opening.text,
        move=opening.move,
        engine={"interviewer": interview.interviewer, "version": guided.VERSION},
    )


def _check(*, protocol: Protocol, ticks: Ticks) -> None:
    fields: dict[str, list[str]] = {}
    newest = selectors.consent_version(study=protocol.study)
    if newest is None or newest.number != ticks.version:
        fields["version"] = ["The text changed while you were reading. Please read it once more."]
    if not ticks.research:
        fields["research"] = [
            "This one is needed to take part. If you do not agree, close the page: nothing was kept."
        ]
    if ticks.of_age is None:
        fields["of_age"] = ["Choose yes or no."]
    if fields:
        raise Invalid("Something is missing before you can begin.", fields=fields)


def note_ineligible(*, protocol: Protocol, address: str) -> None:
    """Count somebody who is too young to take part; nothing else is kept of them."""
    limits.count(what=f"enrol:{protocol.study_id}", address=address, at_most=limits.ENROLMENTS)
    Participant.objects.create(
        study=protocol.study,
        token_hash=selectors.hash_token(secrets.token_urlsafe(32)),
        short_code=_code(),
        step=Step.INELIGIBLE,
    )


def come_back(*, protocol: Protocol, short_code: str, address: str) -> Session:
    """Open a session with its short code, by a further link; the first link stays valid.

    Raises Missing for a code that belongs to nobody in this study, and limits.TooOften.
    """
    limits.count(what="return", address=address, at_most=limits.RETURNS)
    code = "".join(letter for letter in short_code.upper() if letter in CODE_ALPHABET)
    participant = Participant.objects.filter(study=protocol.study, short_code=code).first() if code else None
    if participant is None or participant.step == Step.INELIGIBLE:
        raise Missing("There is no session with this code in this study. Check the code on your receipt.")
    token = secrets.token_urlsafe(32)
    ReturnKey.objects.create(participant=participant, token_hash=selectors.hash_token(token))
    return Session(participant, token)


@transaction.atomic
def advance(*, participant: Participant, then: Step) -> Participant:
    """Go to the next step. Raises Conflict where that step does not follow."""
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.step == then:
        return row
    try:
        steps.check(now=Step(row.step), then=then)
    except steps.StepError as error:
        raise Conflict("This step is not open now. Go on from where you stand.") from error
    row.step = then
    if then == Step.DONE:
        row.completed_at = timezone.now()
    row.save(update_fields=["step", "completed_at"])
    return row


def show_code(code: str) -> str:
    """Return a code in groups, as it is read aloud."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}-{code[half:]}"


def _code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
