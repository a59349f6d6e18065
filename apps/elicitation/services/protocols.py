"""A study's protocol: drafted, checked, frozen when people may come in, paused and closed."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.elicitation import selectors
from apps.elicitation.domain.demo import default_survey
from apps.elicitation.domain.protocol import (
    NEXT_STATES,
    ProtocolError,
    StudyState,
    read_protocol,
)
from apps.elicitation.domain.protocol import (
    Protocol as Content,
)
from apps.elicitation.models import Protocol, ProtocolVersion
from apps.elicitation.services import consents
from apps.shared import selectors as shared
from apps.shared.access import Capability, Person
from apps.shared.errors import Conflict, Forbidden, Invalid
from apps.shared.models import Role, Study
from apps.shared.services import audit, studies


def create(*, study: Study, content: Content | None = None) -> Protocol:
    """Give a study a protocol to write on."""
    return Protocol.objects.create(study=study, draft=(content or Content()).to_json())


@transaction.atomic
def create_study(*, actor: Person, slug: str, title: str) -> Study:
    """Make a study whose protocol asks the usual survey and no more yet; whoever makes it is its admin.

    Raises Forbidden for people who are researcher or admin nowhere, and Conflict where the name is taken.
    """
    if not any(item.role in Capability.WRITE.value for item in shared.studies_of(user=actor)):
        raise Forbidden("Only researchers and admins make studies.")
    if Study.objects.filter(slug=slug).exists():
        message = "Another study has this name in its address. Choose another one."
        raise Conflict(message, fields={"slug": [message]})
    study = studies.create(slug=slug, title=title)
    studies.set_member(study=study, user=cast("AbstractBaseUser", actor), role=Role.ADMIN)
    create(study=study, content=Content(survey=default_survey()))
    audit.record(study=study, actor=actor, action="study.created", subject=slug)
    return study


@transaction.atomic
def save_draft(*, study: Study, actor: Person, content: Mapping[str, Any], revision: int) -> Protocol:
    """Save what researchers wrote; people who are in the study keep the version that they met.

    Raises Invalid with the places that are wrong, and Conflict where somebody saved in between.
    """
    protocol = _locked(study=study)
    if protocol.revision != revision:
        raise Conflict("Somebody saved this protocol while you wrote. Load it again and repeat your change.")
    try:
        protocol.draft = read_protocol(content).to_json()
    except ProtocolError as error:
        raise Invalid(str(error), fields=error.fields) from error
    protocol.revision += 1
    protocol.save(update_fields=["draft", "revision"])
    audit.record(study=study, actor=actor, action="protocol.saved", detail={"revision": protocol.revision})
    return protocol


@transaction.atomic
def go_to(*, study: Study, actor: Person | None, state: StudyState) -> Protocol:
    """Pilot, open, pause or close a study; piloting and opening freeze what the draft says now.

    Raises Invalid with everything that is missing, and Conflict where the study cannot go there.
    """
    protocol = _locked(study=study)
    if state not in NEXT_STATES[StudyState(protocol.state)]:
        raise Conflict(f"A study that is “{protocol.state}” cannot go to “{state}”.")
    if state in {StudyState.PILOT, StudyState.OPEN}:
        protocol.current = freeze(protocol=protocol, actor=actor, pilot=state == StudyState.PILOT)
    protocol.state = state
    protocol.save(update_fields=["state", "current"])
    detail = {"state": state.value, "version": protocol.current.number if protocol.current else None}
    audit.record(study=study, actor=actor, action=f"study.{state.value}", detail=detail)
    return protocol


@transaction.atomic
def freeze(*, protocol: Protocol, actor: Person | None, pilot: bool) -> ProtocolVersion:
    """Return the version that says what the draft says: the current one, or a new one. Raises Invalid."""
    try:
        content = protocol.content
        content.check_opening()
    except ProtocolError as error:
        raise Invalid(str(error), fields=error.fields) from error
    current = protocol.current
    if current and current.hash == content.hash and current.pilot == pilot:
        return current
    newest = ProtocolVersion.objects.filter(study=protocol.study).order_by("-number").first()
    texts = {str(language): text for language, text in content.consent.items()}
    return ProtocolVersion.objects.create(
        study=protocol.study,
        number=newest.number + 1 if newest else 1,
        frozen=content.to_json(),
        hash=content.hash,
        pilot=pilot,
        consent=consents.publish(study=protocol.study, texts=texts),
        opened_by_id=actor.pk if actor else None,
    )


def _locked(*, study: Study) -> Protocol:
    selectors.protocol(study=study)
    return (
        Protocol.objects.select_for_update(of=("self",)).select_related("study", "current").get(study=study)
    )
