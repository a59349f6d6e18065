"""The demo study's protocol, its consent text, and its simulated participants, marked as such."""

import hashlib
import uuid
from typing import Any

from django.utils import timezone

from apps.elicitation.domain import demo, guided
from apps.elicitation.domain.interview import Phase
from apps.elicitation.domain.protocol import Exit, StudyState
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import About, Consent, Interview, Participant, ProtocolVersion, Turn
from apps.elicitation.services import protocols
from apps.moralgraph import selectors as moralgraph
from apps.shared.errors import Missing
from apps.shared.models import Study


def load(*, study: Study, **_: Any) -> None:
    """Answer the ``demo_loading`` signal."""
    contexts = [(context.pk, context.name) for context in moralgraph.contexts(study=study)]
    content = demo.protocol().model_copy(update={"context_names": demo.context_names(contexts)})
    protocols.create(study=study, content=content)
    version = protocols.go_to(study=study, actor=None, state=StudyState.OPEN).current
    if version is None:
        raise Missing("The demo's protocol did not open.")
    voters = moralgraph.live_votes(study=study).values_list("participant_id", flat=True)
    ids = sorted(set(voters), key=str) or [
        uuid.uuid5(uuid.NAMESPACE_OID, str(n)) for n in range(len(demo.ANSWERS))
    ]
    people = Participant.objects.bulk_create(
        [_participant(version=version, number=n, id=id_) for n, id_ in enumerate(ids)]
    )
    Consent.objects.bulk_create([_consent(person=person, version=version) for person in people])
    About.objects.bulk_create([_about(person=person, number=n) for n, person in enumerate(people)])
    for person, answers in zip(people, demo.ANSWERS, strict=False):
        _interview(person=person, answers=answers)


def _about(*, person: Participant, number: int) -> About:
    """Return what a simulated participant tells: ages in turn, so that groups can be compared."""
    ages = [option.key for option in demo.protocol().about[0].options]
    return About(participant=person, answers={"age": ages[number % len(ages)]})


def _participant(*, version: ProtocolVersion, number: int, id: uuid.UUID) -> Participant:
    """Return a simulated participant.

    Nobody holds the link, so its hash is the hash of nothing that can be known.
    """
    return Participant(
        id=id,
        study=version.study,
        version=version,
        question="advice",
        exit=Exit.COMPLETE,
        persona="demo",
        token_hash=hashlib.sha256(uuid.uuid4().bytes).hexdigest(),
        short_code=f"DEMO{version.study_id}{number:04d}",
        step=Step.DONE,
        simulated=True,
        completed_at=timezone.now(),
    )


def _consent(*, person: Participant, version: ProtocolVersion) -> Consent:
    return Consent(
        participant=person,
        version=version.consent,
        research=True,
        quotes=True,
        training=True,
        of_age=True,
        receipt_code=person.short_code,
    )


def _interview(*, person: Participant, answers: tuple[str, ...]) -> None:
    """Run the guided interviewer on made-up answers."""
    interview = Interview.objects.create(
        participant=person,
        interviewer=Interview.Interviewer.GUIDED,
        phase=Phase.CARD_READY,
        ended_at=timezone.now(),
    )
    said = guided.rehearse(question=demo.TEXTS["question"], answers=answers)
    Turn.objects.bulk_create(
        [
            Turn(
                interview=interview,
                position=turn.position,
                speaker=turn.speaker,
                text=turn.text,
                move=turn.move,
                engine={}
                if turn.speaker == Speaker.PERSON
                else {"interviewer": "guided", "version": guided.VERSION},
            )
            for turn in said
        ]
    )
