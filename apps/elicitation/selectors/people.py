"""Reads of participants and of what they agreed to."""

import hashlib
import uuid
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation.domain.protocol import say
from apps.elicitation.models import (
    About,
    Consent,
    Participant,
    ProtocolVersion,
)
from apps.shared.errors import Missing
from apps.shared.models import Study

PREVIEW = "preview"
_STUDIO = "en"
NO_SESSION = gettext_noop(
    "This link opens no session. Check that you copied all of it, or come back with your short code."
)


def counted(*, study: Study, path: str = "") -> Q:
    """Return which participants count in a study; ``path`` leads to them, such as ``participant__``.

    People do, and the demo's simulated people in the demo; a pilot's and a preview's never do.
    """
    if not study.include_simulated:
        return Q(**{f"{path}simulated": False})
    return Q(**{f"{path}pilot_run__isnull": True}) & ~Q(**{f"{path}persona": PREVIEW})


def hash_token(token: str) -> str:
    """Return what is stored of a link's secret part."""
    return hashlib.sha256(token.encode()).hexdigest()


def participant_by_token(*, token: str) -> Participant:
    """Return the participant whom a link belongs to. Raises Missing."""
    hashed = hash_token(token)
    matches = Q(token_hash=hashed) | Q(return_keys__token_hash=hashed)
    found = Participant.objects.select_related("study", "version").filter(matches).distinct().first()
    if found is None:
        raise Missing(_(NO_SESSION))
    return found


def consent_of(*, participant: Participant) -> Consent:
    """Return what a participant agreed to. Raises Missing."""
    found = Consent.objects.select_related("version").filter(participant=participant).first()
    if found is None:
        raise Missing(_("There is no consent in this session."))
    return found


def participant(*, study: Study, participant_id: uuid.UUID) -> Participant:
    """Return one participant of a study. Raises Missing."""
    rows = Participant.objects.filter(study=study).select_related("study", "version", "interview")
    found = rows.filter(pk=participant_id).first()
    if found is None:
        raise Missing("There is no such participant in this study.")
    return found


def people_with_training_consent(*, study: Study) -> set[uuid.UUID]:
    """Return the participants who agreed that a model is trained on their answers and did not withdraw."""
    rows = Consent.objects.filter(
        counted(study=study, path="participant__"),
        participant__study=study,
        training=True,
        participant__withdrawn_at__isnull=True,
    ).values_list(F("participant_id"), flat=True)
    return set(rows)


def answer_training_consents(*, study: Study, **_: Any) -> set[uuid.UUID]:
    """Answer the ``training_consents_asked`` signal."""
    return people_with_training_consent(study=study)


def answer_traits(*, study: Study, **_: Any) -> dict[str, dict[uuid.UUID, str]]:
    """Answer the ``traits_asked`` signal: which options people chose, of items that offer some.

    The question that they were interviewed about groups them as well, where no item has that name.
    """
    people = Participant.objects.filter(counted(study=study), study=study, withdrawn_at__isnull=True)
    told = About.objects.filter(participant__in=people).values_list(
        "participant_id", "participant__version_id", "answers"
    )
    versions = ProtocolVersion.objects.filter(study=study)
    offered = {
        version.pk: {(item.key, option.key) for item in version.content.about for option in item.options}
        for version in versions
    }
    found: dict[str, dict[uuid.UUID, str]] = {}
    for person, version, answers in told:
        for key, answer in answers.items():
            if (key, answer) in offered.get(version, set()):
                found.setdefault(key, {})[person] = answer
    asked = dict(people.exclude(question="").values_list("pk", "question"))
    return {"question": asked, **found} if asked else found


def answer_trait_words(*, study: Study, **_: Any) -> dict[str, tuple[str, dict[str, str]]]:
    """Answer the ``trait_words_asked`` signal in the studio's language; the newest version comes last."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    questions: dict[str, str] = {}
    for version in ProtocolVersion.objects.filter(study=study).order_by("number"):
        questions |= {part.key: say(part.title, _STUDIO) for part in version.content.questions}
        for item in version.content.about:
            before = found[item.key][1] if item.key in found else {}
            told = {option.key: say(option.label, _STUDIO) for option in item.options}
            found[item.key] = say(item.label, _STUDIO), before | told
    return {"question": ("Question of the interview", questions), **found}


def answer_versions(*, study: Study, **_: Any) -> list[str]:
    """Answer the ``versions_asked`` signal: the versions that people met, pilots left out."""
    opened = ProtocolVersion.objects.filter(study=study, number__gt=0, pilot=False).order_by("number")
    return [f"{number} ({digest[:12]})" for number, digest in opened.values_list("number", "hash")]
