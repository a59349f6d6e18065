"""Participants: enrol with a consent, come back with a short code, go from step to step."""

import dataclasses
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.elicitation import selectors
from apps.elicitation.domain import steps
from apps.elicitation.domain.protocol import Exit, StudyState
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Consent, Participant, ProtocolVersion, ReturnKey
from apps.elicitation.services import limits, openings, quotas, way
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study

CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
PREVIEW = "preview"
BEGAN_BEFORE = gettext_noop("You began this study before. Type the short code of your receipt to go on.")


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


@dataclasses.dataclass(frozen=True)
class Arrival:
    """How somebody came: in which language, sent by whom, and whether a program walks in their place."""

    language: str = "en"
    prolific_pid: str = ""
    prolific_study: str = ""
    prolific_session: str = ""
    simulated: bool = False
    persona: str = ""
    pilot_run: int | None = None


def enrol(*, version: ProtocolVersion, ticks: Ticks, address: str, arrival: Arrival | None = None) -> Session:
    """Take a person into the study, with their consent, a link of their own and the first question.

    Where every place is taken they get the exit for it. Raises Invalid with the fields that are missing,
    Conflict where the study takes nobody in or this person from Prolific began before, and limits.TooOften.
    """
    rehearses = arrival is not None and (arrival.persona == PREVIEW or arrival.pilot_run is not None)
    if not rehearses:
        _check_open(study=version.study)
    _check(version=version, ticks=ticks)
    if not (arrival and arrival.pilot_run):
        # A pilot walks from the server itself and must not use up what people may try from there.
        limits.count(what=f"enrol:{version.study_id}", address=address, at_most=limits.ENROLMENTS)
    try:
        return _enrol(version=version, ticks=ticks, arrival=arrival or Arrival())
    except IntegrityError as error:
        if arrival and session_of_prolific(study=version.study, pid=arrival.prolific_pid):
            raise Conflict(_(BEGAN_BEFORE)) from error
        raise


@transaction.atomic
def _enrol(*, version: ProtocolVersion, ticks: Ticks, arrival: Arrival) -> Session:
    quotas.lock(study=version.study)
    token, content = secrets.token_urlsafe(32), version.content
    full = not arrival.simulated and quotas.is_full(study=version.study, content=content)
    first = Step.OVER_QUOTA if full else steps.way_of(content)[1]
    participant = Participant.objects.create(
        study=version.study,
        version=version,
        language=arrival.language,
        question=_question(version=version, arrival=arrival),
        token_hash=selectors.hash_token(token),
        short_code=_code(),
        step=first,
        exit=Exit.OVER_QUOTA if full else "",
        simulated=arrival.simulated,
        persona=arrival.persona,
        pilot_run_id=arrival.pilot_run,
        prolific_pid=arrival.prolific_pid,
        prolific_study=arrival.prolific_study,
        prolific_session=arrival.prolific_session,
    )
    Consent.objects.create(
        participant=participant,
        version=version.consent,
        research=ticks.research,
        quotes=ticks.quotes,
        training=ticks.training,
        of_age=bool(ticks.of_age),
        receipt_code=_code()[:8],
    )
    way.enter(participant=participant)
    if first == Step.INTERVIEW:
        openings.begin(participant=participant)
    return Session(participant, token)


def _question(*, version: ProtocolVersion, arrival: Arrival) -> str:
    """Return the question that somebody is given; none where they choose it themselves."""
    if Step.QUESTION in steps.way_of(version.content):
        return ""
    return quotas.assign_question(version=version, pilot_run=arrival.pilot_run)


def session_of_prolific(*, study: Study, pid: str) -> Participant | None:
    """Return the session that somebody from Prolific began in this study, if there is one."""
    return Participant.objects.filter(study=study, prolific_pid=pid).first() if pid else None


def _check_open(*, study: Study) -> None:
    if selectors.state_of(study=study) not in {StudyState.OPEN, StudyState.PILOT}:
        raise Conflict(_("This study takes nobody in at the moment."))


def _check(*, version: ProtocolVersion, ticks: Ticks) -> None:
    fields: dict[str, list[str]] = {}
    if version.consent.number != ticks.version:
        fields["version"] = [_("The text changed while you were reading. Please read it once more.")]
    if not ticks.research:
        fields["research"] = [
            _("This one is needed to take part. If you do not agree, close the page: nothing was kept.")
        ]
    if ticks.of_age is None:
        fields["of_age"] = [_("Choose yes or no.")]
    if fields:
        raise Invalid(_("Something is missing before you can begin."), fields=fields)


def note_ineligible(*, version: ProtocolVersion, address: str) -> None:
    """Count somebody who is too young to take part; nothing else is kept of them."""
    limits.count(what=f"enrol:{version.study_id}", address=address, at_most=limits.ENROLMENTS)
    Participant.objects.create(
        study=version.study,
        version=version,
        exit=Exit.UNDER_AGE,
        token_hash=selectors.hash_token(secrets.token_urlsafe(32)),
        short_code=_code(),
        step=Step.INELIGIBLE,
    )


def come_back(*, study: Study, short_code: str, address: str) -> Session:
    """Open a session with its short code, by a further link; the first link stays valid.

    Raises Missing for a code that belongs to nobody in this study, and limits.TooOften.
    """
    limits.count(what="return", address=address, at_most=limits.RETURNS)
    code = "".join(letter for letter in short_code.upper() if letter in CODE_ALPHABET)
    participant = Participant.objects.filter(study=study, short_code=code).first() if code else None
    if participant is None or participant.step == Step.INELIGIBLE:
        raise Missing(_("There is no session with this code in this study. Check the code on your receipt."))
    token = secrets.token_urlsafe(32)
    ReturnKey.objects.create(participant=participant, token_hash=selectors.hash_token(token))
    return Session(participant, token)


def show_code(code: str) -> str:
    """Return a code in groups, as it is read aloud."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}-{code[half:]}"


def _code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
