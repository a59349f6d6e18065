"""Reads of elicitation."""

import dataclasses
import hashlib
import uuid
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet
from django.urls import reverse

from apps.elicitation.domain import budget, guided
from apps.elicitation.domain import transcript as words
from apps.elicitation.domain.interview import Phase, TurnState, may_speak
from apps.elicitation.domain.steps import WAY, Step
from apps.elicitation.models import Consent, ConsentVersion, Interview, Offer, Participant, Protocol, Turn
from apps.moralgraph import selectors as moralgraph
from apps.shared.errors import Forbidden, Missing
from apps.shared.models import Study

NO_SESSION = "This link opens no session. Check that you copied all of it, or come back with your short code."


def hash_token(token: str) -> str:
    """Return what is stored of a link's secret part."""
    return hashlib.sha256(token.encode()).hexdigest()


def protocol_of(*, slug: str) -> Protocol:
    """Return the protocol of a study that takes participants. Raises Missing."""
    found = Protocol.objects.select_related("study").filter(study__slug=slug).first()
    if found is None or not found.study.consent_versions.exists():
        raise Missing("There is no study at this address. Check the link that you were given.")
    return found


def protocol(*, study: Study) -> Protocol:
    """Return a study's protocol for staff. Raises Missing."""
    found = Protocol.objects.select_related("study").filter(study=study).first()
    if found is None:
        raise Missing("This study has no protocol yet.")
    return found


def consent_version(*, study: Study) -> ConsentVersion | None:
    """Return the text that new participants agree to."""
    return ConsentVersion.objects.filter(study=study).order_by("-number").first()


def participant_by_token(*, token: str) -> Participant:
    """Return the participant whom a link belongs to. Raises Missing."""
    hashed = hash_token(token)
    matches = Q(token_hash=hashed) | Q(return_keys__token_hash=hashed)
    found = Participant.objects.select_related("study__protocol").filter(matches).distinct().first()
    if found is None:
        raise Missing(NO_SESSION)
    return found


def consent_of(*, participant: Participant) -> Consent:
    """Return what a participant agreed to. Raises Missing."""
    found = Consent.objects.select_related("version").filter(participant=participant).first()
    if found is None:
        raise Missing("There is no consent in this session.")
    return found


def interview_of(*, participant: Participant) -> Interview:
    """Return a participant's interview. Raises Missing."""
    found = Interview.objects.select_related("participant__study").filter(participant=participant).first()
    if found is None:
        raise Missing("There is no interview in this session.")
    return found


def transcript(*, interview: Interview, before: int | None = None) -> list[words.Turn]:
    """Return the finished turns of an interview, for the interviewers and the drafter."""
    rows = Turn.objects.filter(interview=interview, state=TurnState.COMPLETE)
    if before is not None:
        rows = rows.filter(position__lt=before)
    return [
        words.Turn(row.position, words.Speaker(row.speaker), row.text, row.move)
        for row in rows.order_by("position")
    ]


@dataclasses.dataclass(frozen=True)
class InterviewView:
    """An interview as its participant sees it."""

    turns: list[Turn]
    draft: str
    phase: Phase
    budget: budget.Budget
    may_finish: bool
    interviewer: str
    who: str

    @property
    def may_speak(self) -> bool:
        """Whether an answer can be sent now."""
        return may_speak(self.phase)


def view_interview(*, interview: Interview) -> InterviewView:
    """Return the whole interview for a page or a socket."""
    interview.refresh_from_db()
    turns = list(interview.turns.order_by("position"))
    said = [
        words.Turn(row.position, words.Speaker(row.speaker), row.text, row.move)
        for row in turns
        if row.state == TurnState.COMPLETE
    ]
    return InterviewView(
        turns=turns,
        draft=interview.draft,
        phase=Phase(interview.phase),
        budget=budget.Budget(asked=words.asked(turns=said)),
        may_finish=may_speak(Phase(interview.phase)) and guided.may_finish(turns=said),
        interviewer=interview.interviewer,
        who=interview.get_interviewer_display(),
    )


@dataclasses.dataclass(frozen=True)
class OfferView:
    """A story with its pair of values, and what the participant answered."""

    row: Offer
    story: moralgraph.Offer
    own: int | None = None

    @property
    def answered(self) -> bool:
        """Whether the participant answered it."""
        return self.row.vote_id is not None

    @property
    def before_is_mine(self) -> bool:
        """Whether the story starts from the participant's own value."""
        return self.story.less_wise.id == self.own

    @property
    def after_is_mine(self) -> bool:
        """Whether the story leads to the participant's own value."""
        return self.story.wiser.id == self.own


def offers_of(*, participant: Participant) -> list[OfferView]:
    """Return the stories a participant was given, in order; what was withdrawn since is left out."""
    rows = list(Offer.objects.filter(participant=participant).order_by("position"))
    shown = [(row.transition_id, row.context_id, row.story_id) for row in rows]
    stories = {
        (story.transition_id, story.context_id, story.story_id): story
        for story in moralgraph.offers(study=participant.study, shown=shown)
    }
    own = participant.value_id
    return [OfferView(row, stories[key], own) for row, key in zip(rows, shown, strict=True) if key in stories]


@dataclasses.dataclass(frozen=True)
class ParticipantView:
    """A participant as staff see one: no words, no codes."""

    id: uuid.UUID
    step: str
    simulated: bool
    minutes: float | None
    started_at: datetime
    completed_at: datetime | None
    withdrawn_at: datetime | None
    interviewer: str | None
    answers: int


def participants(*, study: Study) -> QuerySet[Participant]:
    """Return a study's participants, newest first, with what a list needs."""
    mine = Q(interview__turns__speaker=words.Speaker.PERSON)
    return (
        Participant.objects.filter(study=study)
        .select_related("interview")
        .annotate(answers=Count("interview__turns", filter=mine), last_said=Max("interview__turns__at"))
        .order_by("-created_at", "id")
    )


def view_participant(participant: Participant) -> ParticipantView:
    """Return a row of the list."""
    interview = getattr(participant, "interview", None)
    until = participant.completed_at or participant.last_said  # type: ignore[attr-defined]
    minutes = (until - participant.created_at).total_seconds() / 60 if until else None
    return ParticipantView(
        id=participant.pk,
        step=participant.step,
        simulated=participant.simulated,
        minutes=None if minutes is None else round(max(minutes, 0.0), 1),
        started_at=participant.created_at,
        completed_at=participant.completed_at,
        withdrawn_at=participant.withdrawn_at,
        interviewer=interview.interviewer if interview else None,
        answers=participant.answers,  # type: ignore[attr-defined]
    )


def counts_by_step(*, study: Study) -> dict[str, int]:
    """Return how many participants stand at each step."""
    rows = Participant.objects.filter(study=study).values("step").annotate(n=Count("pk")).order_by()
    found = {row["step"]: row["n"] for row in rows}
    return {step.value: found.get(step.value, 0) for step in (*WAY, Step.WITHDRAWN, Step.INELIGIBLE)}


def readable_participant(*, study: Study, participant_id: uuid.UUID) -> Participant:
    """Return a participant whose transcript staff may read.

    Raises Missing, and Forbidden without research consent.
    """
    found = (
        Participant.objects.filter(study=study, pk=participant_id)
        .select_related("interview", "consent")
        .prefetch_related(Prefetch("interview__turns", Turn.objects.order_by("position")))
        .first()
    )
    if found is None:
        raise Missing("There is no such participant in this study.")
    consent = getattr(found, "consent", None)
    if found.withdrawn_at or consent is None or not consent.research:
        raise Forbidden(
            "This person did not agree, or no longer agrees, that their answers are read for research."
        )
    return found


def view_transcript(participant: Participant) -> dict[str, Any]:
    """Return a transcript for staff."""
    interview = getattr(participant, "interview", None)
    turns = list(interview.turns.all()) if interview else []
    return {
        "participant": participant.pk,
        "interviewer": interview.interviewer if interview else None,
        "quotes": participant.consent.quotes,
        "training": participant.consent.training,
        "simulated": participant.simulated,
        "turns": turns,
    }


def waiting_turn(*, interview: Interview) -> Turn | None:
    """Return the reply that is still to come, if there is one."""
    unfinished = [TurnState.PENDING, TurnState.WRITING, TurnState.FAILED]
    return interview.turns.filter(state__in=unfinished).order_by("-position").first()


def people_with_training_consent(*, study: Study) -> set[uuid.UUID]:
    """Return the participants who agreed that a model is trained on their answers and did not withdraw."""
    rows = Consent.objects.filter(
        participant__study=study, training=True, participant__withdrawn_at__isnull=True
    ).values_list(F("participant_id"), flat=True)
    return set(rows)


def participants_page(*, study: Study, limit: int) -> dict[str, Any]:
    """Return the participants' page of the studio."""
    counts = counts_by_step(study=study)
    rows = participants(study=study)[:limit]
    return {
        "counts": counts,
        "total": sum(counts.values()),
        "link": reverse("elicitation:study", args=[study.slug]),
        "participants": [view_participant(row) for row in rows],
    }


@dataclasses.dataclass(frozen=True)
class ProtocolView:
    """A protocol with the consent text in force."""

    question_title: str
    question: str
    disclosure: str
    who_may_read: str
    help_contact: str
    minutes: int
    min_age: int
    votes_each: int
    completion_code: str
    consent_text: str
    consent_number: int
    consent_hash: str


def protocol_with_consent(*, study: Study) -> ProtocolView:
    """Return what a study asks, for staff. Raises Missing."""
    found, consent = protocol(study=study), consent_version(study=study)
    own = {
        field.name: getattr(found, field.name)
        for field in dataclasses.fields(ProtocolView)
        if hasattr(found, field.name)
    }
    return ProtocolView(
        **own,
        consent_text=consent.text if consent else "",
        consent_number=consent.number if consent else 0,
        consent_hash=consent.hash if consent else "",
    )
