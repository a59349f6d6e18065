"""Previews: a researcher walks through the draft as a participant would; nothing of it counts or stays."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import Language, Protocol, Review, say
from apps.elicitation.models import ConsentVersion, Participant, ProtocolVersion
from apps.elicitation.services import participants, rehearsals
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
    version = save(version=version_of(study=study), over=_kept(study=study))
    audit.record(study=study, actor=actor, action="study.previewed")
    arrival = Arrival(language=language, simulated=True, persona=PREVIEW)
    return participants.enrol(version=version, ticks=ticks, address=address, arrival=arrival)


def save(*, version: ProtocolVersion, over: ProtocolVersion | None = None) -> ProtocolVersion:
    """Keep a draft's version with its consent text, over an earlier one or as one of its own."""
    hashed = hashlib.sha256(repr(sorted(version.consent.texts.items())).encode()).hexdigest()
    consent = over.consent if over else version.consent
    consent.text, consent.texts, consent.hash = version.consent.text, version.consent.texts, hashed
    consent.save()
    saved = over or version
    saved.frozen, saved.hash, saved.consent = version.frozen, version.hash, consent
    saved.save()
    return saved


def _kept(*, study: Study) -> ProtocolVersion | None:
    """Return the version of earlier previews; those of pilots are their own."""
    kept = ProtocolVersion.objects.filter(study=study, number=NUMBER, pilot_runs=None)
    return kept.select_related("consent").first()


@transaction.atomic
def forget(*, study: Study | None = None) -> int:
    """Remove a study's previews, or everybody's that are a day old; return how many."""
    which = {"study": study} if study else {"created_at__lt": timezone.now() - KEPT}
    found = Participant.objects.filter(simulated=True, persona=PREVIEW, **which)
    return rehearsals.erase(participants=found.select_related("study", "interview"))
