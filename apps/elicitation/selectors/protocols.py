"""Reads of what a study asks and tells."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from apps.elicitation.domain.demo import default_survey
from apps.elicitation.domain.protocol import (
    NEXT_STATES,
    LocalProtocol,
    ProtocolError,
    StudyState,
    localise,
    read_protocol,
)
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.steps import way_of as way_of_protocol
from apps.elicitation.models import (
    ConsentVersion,
    Participant,
    Protocol,
    ProtocolVersion,
)
from apps.elicitation.selectors.people import counted
from apps.models.selectors import language_models
from apps.shared.errors import Missing
from apps.shared.models import Study


def version_of(*, slug: str) -> ProtocolVersion:
    """Return the version of a study's protocol that new participants get. Raises Missing."""
    found = (
        Protocol.objects.select_related("current__study", "current__consent").filter(study__slug=slug).first()
    )
    if found is None or found.current is None:
        raise Missing(_("There is no study at this address. Check the link that you were given."))
    return found.current


def state_of(*, study: Study) -> StudyState:
    """Return whether people can come in. Raises Missing."""
    return StudyState(protocol(study=study).state)


def protocol_for(*, participant: Participant) -> LocalProtocol:
    """Return what this participant's study asks, in their language and about their question."""
    content = participant.version.content if participant.version else read_protocol({})
    return localise(content, language=participant.language, question=participant.question)


def protocol(*, study: Study) -> Protocol:
    """Return a study's protocol for staff. Raises Missing."""
    found = Protocol.objects.select_related("study").filter(study=study).first()
    if found is None:
        raise Missing("This study has no protocol yet.")
    return found


def consent_version(*, study: Study) -> ConsentVersion | None:
    """Return the text that new participants agree to."""
    return ConsentVersion.objects.filter(study=study, number__gt=0).order_by("-number").first()


def view_protocol(*, study: Study) -> dict[str, Any]:
    """Return a study's protocol for staff: the draft, what it lacks, and the frozen versions."""
    found = protocol(study=study)
    content = found.content
    try:
        content.check_opening()
        lacks: dict[str, list[str]] = {}
    except ProtocolError as error:
        lacks = error.fields
    theirs = counted(study=study, path="participants__")
    versions = ProtocolVersion.objects.filter(study=study, number__gt=0).select_related("consent")
    return {
        "state": found.state,
        "next_states": sorted(NEXT_STATES[StudyState(found.state)]),
        "revision": found.revision,
        "draft": content.to_json(),
        "hash": content.hash,
        "changed": found.current is None or found.current.hash != content.hash,
        "lacks": lacks,
        "model": _model(study),
        "usual_survey": [item.model_dump(mode="json") for item in default_survey()],
        "versions": versions.annotate(people=Count("participants", filter=theirs)).order_by("-number"),
    }


def _model(study: Study) -> dict[str, str] | None:
    """Return which language model would ask, and who runs it; None where none is set up."""
    found = language_models.model_for(study=study, role="interview")
    return {"name": found.name, "host": found.host} if found else None


def way_of(*, participant: Participant) -> tuple[Step, ...]:
    """Return the steps of a participant's study, as the version that they met asks for them."""
    return way_of_protocol(participant.version.content if participant.version else read_protocol({}))
