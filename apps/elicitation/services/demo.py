"""The demo study's protocol, its consent text, and its simulated participants, marked as such."""

import hashlib
import uuid
from typing import Any

from django.utils import timezone

from apps.elicitation.domain import demo, guided
from apps.elicitation.domain.interview import Phase
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Consent, ConsentVersion, Interview, Participant, Protocol, Turn
from apps.elicitation.services import consents
from apps.moralgraph import selectors as moralgraph
from apps.shared.models import Study


def load(*, study: Study, **_: Any) -> None:
    """Answer the ``demo_loading`` signal."""
    Protocol.objects.create(study=study, **demo.PROTOCOL)
    version = consents.publish(study=study, text=demo.CONSENT)
    voters = moralgraph.live_votes(study=study).values_list("participant_id", flat=True)
    ids = sorted(set(voters), key=str) or [
        uuid.uuid5(uuid.NAMESPACE_OID, str(n)) for n in range(len(demo.ANSWERS))
    ]
    people = Participant.objects.bulk_create(
        [_participant(study=study, number=n, id=id_) for n, id_ in enumerate(ids)]
    )
    Consent.objects.bulk_create([_consent(person=person, version=version) for person in people])
    for person, answers in zip(people, demo.ANSWERS, strict=False):
        _interview(person=person, answers=answers)


def _participant(*, study: Study, number: int, id: uuid.UUID) -> Participant:
    """Return a simulated participant.

    Nobody holds the link, so its hash is the hash of nothing that can be known.
    """
    return Participant(
        id=id,
        study=study,
        token_hash=hashlib.sha256(uuid.uuid4().bytes).hexdigest(),
        short_code=f"DEMO{study.pk}{number:04d}",
        step=Step.DONE,
        simulated=True,
        completed_at=timezone.now(),
    )


def _consent(*, person: Participant, version: ConsentVersion) -> Consent:
    return Consent(
        participant=person,
        version=version,
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
    said = guided.rehearse(question=demo.PROTOCOL["question"], answers=answers)
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
