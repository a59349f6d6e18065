"""Consent texts and the study's protocol."""

import hashlib
from typing import Any

from django.db import transaction

from apps.elicitation import selectors
from apps.elicitation.models import ConsentVersion, Protocol
from apps.shared.access import Person
from apps.shared.errors import Invalid
from apps.shared.models import Study
from apps.shared.services import audit

CHANGEABLE = (
    "question_title", "question", "disclosure", "who_may_read", "help_contact", "minutes", "min_age",
    "votes_each",
    "completion_code",
)  # fmt: skip


@transaction.atomic
def publish(*, study: Study, text: str) -> ConsentVersion:
    """Publish a consent text; the same text again is the same version."""
    text = text.strip()
    if not text:
        raise Invalid("A consent needs a text.", fields={"consent_text": ["A consent needs a text."]})
    newest = selectors.consent_version(study=study)
    hashed = hashlib.sha256(text.encode()).hexdigest()
    if newest and newest.hash == hashed:
        return newest
    number = newest.number + 1 if newest else 1
    return ConsentVersion.objects.create(study=study, number=number, text=text, hash=hashed)


@transaction.atomic
def revise_protocol(*, study: Study, actor: Person, changes: dict[str, Any]) -> Protocol:
    """Change what a study asks.

    A changed consent text becomes a new version and touches no earlier consent.
    """
    protocol = selectors.protocol(study=study)
    unknown = set(changes) - {*CHANGEABLE, "consent_text"}
    if unknown:
        raise Invalid("A protocol has no such field.", fields={name: ["No such field."] for name in unknown})
    for name in CHANGEABLE:
        if name in changes:
            setattr(protocol, name, changes[name])
    protocol.save()
    if "consent_text" in changes:
        publish(study=study, text=changes["consent_text"])
    audit.record(study=study, actor=actor, action="protocol.revised", detail={"fields": sorted(changes)})
    return protocol
