"""Previews: a researcher walks through the draft as a participant would; nothing of it counts or stays."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import Language, Protocol, Review, say
from apps.elicitation.models import ConsentVersion, Participant, ProtocolVersion
from apps.elicitation.services import participants, withdrawals
from apps.elicitation.services.participants import PREVIEW, Arrival, Session, Ticks
from apps.shared.access import Person
from apps.shared.models import Study
from apps.shared.services import audit

NUMBER = 0
KEPT = datetime.timedelta(days=1)


def version_of(*, study: Study) -> ProtocolVersion:
    """Return the draft as a version that nobody saved: in every language that it has a consent text in."""
    content = _spoken(selectors.protocol(study=study).content)
    texts = {str(language): text for language, text in content.consent.items()}
    consent = ConsentVersion(
        study=study, number=NUMBER, text=say(texts, "en"), texts=texts, created_at=timezone.now()
    )
    return ProtocolVersion(
        study=study, number=NUMBER, frozen=content.to_json(), hash=content.hash, pilot=True, consent=consent
    )


def _spoken(content: Protocol) -> Protocol:
    spoken: list[Language] = sorted(code for code, text in content.consent.items() if text.strip())
    at = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    reviews = tuple(Review(language=code, by="preview", at=at) for code in spoken or ["en"])
    return content.model_copy(update={"reviews": reviews})


@transaction.atomic
def begin(*, study: Study, actor: Person, ticks: Ticks, language: str, address: str) -> Session:
    """Begin a preview session of the draft; the last one of this study is forgotten."""
    selectors.protocol(study=study)
    forget(study=study)
    version = _saved(version=version_of(study=study))
    audit.record(study=study, actor=actor, action="study.previewed")
    arrival = Arrival(language=language, simulated=True, persona=PREVIEW)
    return participants.enrol(version=version, ticks=ticks, address=address, arrival=arrival)


def _saved(*, version: ProtocolVersion) -> ProtocolVersion:
    hashed = hashlib.sha256(repr(sorted(version.consent.texts.items())).encode()).hexdigest()
    consent, _ = ConsentVersion.objects.update_or_create(
        study=version.study,
        number=NUMBER,
        defaults={"text": version.consent.text, "texts": version.consent.texts, "hash": hashed},
    )
    saved, _ = ProtocolVersion.objects.update_or_create(
        study=version.study,
        number=NUMBER,
        defaults={"frozen": version.frozen, "hash": version.hash, "pilot": True, "consent": consent},
    )
    return saved


@transaction.atomic
def forget(*, study: Study | None = None) -> int:
    """Remove a study's previews, or everybody's that are a day old; return how many."""
    which = {"study": study} if study else {"created_at__lt": timezone.now() - KEPT}
    found = list(Participant.objects.filter(simulated=True, persona=PREVIEW, **which))
    for row in found:
        # What they left in the moral graph goes the way that every withdrawal goes.
        withdrawals.withdraw(participant=row)
        row.delete()
    return len(found)
