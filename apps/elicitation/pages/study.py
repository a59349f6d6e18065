"""The door of a study: what it is, what one agrees to, the receipt, and the way back in."""

import re
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import Exit, LocalProtocol, StudyState, localise, say
from apps.elicitation.models import Participant, ProtocolVersion
from apps.elicitation.pages import frame, languages, left
from apps.elicitation.services import participants
from apps.elicitation.services.participants import Arrival, Ticks
from apps.shared.errors import Invalid, Missing, TouchstoneError

_AN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@require_http_methods(["GET", "HEAD", "POST"])
@languages.door
def study(request: HttpRequest, version: ProtocolVersion) -> HttpResponseBase:
    """Tell what the study is and take the consent."""
    began = _began_elsewhere(request, version)
    if began is not None:
        return frame.keep_private(began)
    if selectors.state_of(study=version.study) not in {StudyState.OPEN, StudyState.PILOT}:
        return frame.keep_private(_closed(request, version))
    if request.method != "POST":
        return frame.keep_private(_show(request, version))
    ticks = read_ticks(request)
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        if ticks.of_age is False:
            participants.note_ineligible(version=version, address=address)
            return redirect("elicitation:ineligible", version.study.slug)
        sent = _sent(request)
        arrival = Arrival(
            language=get_language() or "en",
            prolific_pid=sent.get("PROLIFIC_PID", ""),
            prolific_study=sent.get("PROLIFIC_STUDY", ""),
            prolific_session=sent.get("PROLIFIC_SESSION", ""),
        )
        session = participants.enrol(version=version, ticks=ticks, address=address, arrival=arrival)
    except TouchstoneError as error:
        return frame.keep_private(_show(request, version, ticks=ticks, error=error))
    return _enter(request, session)


def _sent(request: HttpRequest) -> dict[str, str]:
    """Return what Prolific sent along, from the address or from the form that carries it on."""
    given = request.POST if request.method == "POST" else request.GET
    names = {"PROLIFIC_PID": "PROLIFIC_PID", "STUDY_ID": "PROLIFIC_STUDY", "SESSION_ID": "PROLIFIC_SESSION"}
    found = {ours: given.get(ours) or given.get(theirs, "") for theirs, ours in names.items()}
    return {name: value for name, value in found.items() if value and _AN_ID.fullmatch(value)}


def _began_elsewhere(request: HttpRequest, version: ProtocolVersion) -> HttpResponseBase | None:
    """Lead somebody back whom Prolific sent before: by this browser's cookie, or else by the short code.

    The id in the address alone opens nothing: whoever knows it could read another person's words.
    """
    pid = _sent(request).get("PROLIFIC_PID", "")
    before = participants.session_of_prolific(study=version.study, pid=pid)
    if before is None:
        return None
    begun = _participant_of_browser(request, version)
    if begun is not None and begun[0].pk == before.pk:
        return redirect("elicitation:resume", begun[1])
    messages.info(
        request, gettext("You began this study before. Type the short code of your receipt to go on.")
    )
    return redirect("elicitation:come-back", version.study.slug)


def _closed(request: HttpRequest, version: ProtocolVersion) -> HttpResponse:
    shown = {
        "study": version.study,
        "protocol": _protocol(version),
        "paused": selectors.state_of(study=version.study) == StudyState.PAUSED,
        "begun": _begun(request, version),
    }
    return render(request, "elicitation/closed.html", shown, status=403)


def read_ticks(request: HttpRequest) -> Ticks:
    """Return what was ticked in a form of consent."""
    form = request.POST
    version = form.get("version", "")
    return Ticks(
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        research="research" in form,
        quotes="quotes" in form,
        training="training" in form,
        of_age={"yes": True, "no": False}.get(form.get("of_age", "")),
    )


def _enter(request: HttpRequest, session: participants.Session, *, receipt: bool = True) -> HttpResponseBase:
    page = "elicitation:receipt" if receipt else "elicitation:resume"
    response = redirect(page, session.token)
    frame.remember(response, request=request, study=session.participant.study, token=session.token)
    return frame.keep_private(response)


def _show(
    request: HttpRequest,
    version: ProtocolVersion,
    *,
    ticks: Ticks | None = None,
    error: TouchstoneError | None = None,
) -> HttpResponse:
    more = {"begun": _begun(request, version), "sent": _sent(request)}
    return show_door(
        request, version=version, protocol=_protocol(version), ticks=ticks, error=error, more=more
    )


def show_door(
    request: HttpRequest,
    *,
    version: ProtocolVersion,
    protocol: LocalProtocol,
    ticks: Ticks | None,
    error: TouchstoneError | None,
    more: Mapping[str, object],
) -> HttpResponse:
    """Show what a version tells first, with what was ticked and why it was refused, if it was.

    ``more`` is what one kind of door has of its own: the study's, a preview's, a pilot's.
    """
    shown = {
        "study": version.study,
        "protocol": protocol,
        "version": version.consent,
        "consent_text": protocol.consent,
        "ticks": ticks,
        "error": error,
        "field_errors": error.fields if error else {},
        **more,
    }
    return render(request, "elicitation/study.html", shown, status=error.status if error else 200)


def _protocol(version: ProtocolVersion) -> LocalProtocol:
    """Return what the study tells, in the language that this page speaks."""
    return localise(version.content, language=get_language() or "en")


def _begun(request: HttpRequest, version: ProtocolVersion) -> str:
    """Return the address of a session that this browser began before, or nothing."""
    found = _participant_of_browser(request, version)
    return reverse("elicitation:resume", args=[found[1]]) if found else ""


def _participant_of_browser(request: HttpRequest, version: ProtocolVersion) -> tuple[Participant, str] | None:
    """Return the session that this browser remembers, with its link; withdrawn ones are forgotten."""
    token = request.COOKIES.get(frame.cookie_name(version.study), "")
    try:
        participant = selectors.participant_by_token(token=token) if token else None
    except Missing:
        return None
    if participant is None or participant.study_id != version.study_id or participant.withdrawn_at:
        return None
    return participant, token


@require_safe
@languages.door
def ineligible(request: HttpRequest, version: ProtocolVersion) -> HttpResponseBase:
    """Thank somebody who is too young, and say that nothing was kept."""
    shown = {"study": version.study, "protocol": _protocol(version)}
    return render(
        request, "elicitation/ineligible.html", {**shown, **left.ending(version.content, Exit.UNDER_AGE)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@languages.door
def come_back(request: HttpRequest, version: ProtocolVersion) -> HttpResponseBase:
    """Open a session with its short code."""
    error: TouchstoneError | None = None
    if request.method == "POST":
        try:
            code, address = request.POST.get("code", ""), str(request.META.get("REMOTE_ADDR", ""))
            session = participants.come_back(study=version.study, short_code=code[:40], address=address)
            return _enter(request, session, receipt=False)
        except TouchstoneError as refused:
            error = refused
    shown = {
        "study": version.study,
        "protocol": _protocol(version),
        "error": error,
        "code": request.POST.get("code", "")[:40],
    }
    page = render(request, "elicitation/come_back.html", shown, status=error.status if error else 200)
    return frame.keep_private(page)


@require_safe
@frame.session_page()
def resume(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Lead to where the session stands, and let this browser remember it."""
    response = redirect(frame.page_of(participant, token))
    if not participant.rehearsal:
        frame.remember(response, request=request, study=participant.study, token=token)
    return response


@require_safe
@frame.session_page()
def receipt(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show what was agreed, in which version and when, and how to come back."""
    return render(request, "elicitation/receipt.html", _receipt(request, participant, token))


@require_safe
@frame.session_page()
def receipt_file(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Give the receipt as a text file to keep."""
    response = render(
        request,
        "elicitation/receipt.txt",
        _receipt(request, participant, token),
        content_type="text/plain; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="receipt-{participant.study.slug}.txt"'
    return response


def _receipt(request: HttpRequest, participant: Participant, token: str) -> dict[str, object]:
    try:
        consent = selectors.consent_of(participant=participant)
    except Missing as error:
        raise Invalid(str(error)) from error
    return frame.context(
        participant,
        token,
        consent=consent,
        code=participants.show_code(consent.receipt_code),
        short_code=participants.show_code(participant.short_code),
        consent_text=say(consent.version.texts, participant.language) or consent.version.text,
        link=request.build_absolute_uri(reverse("elicitation:resume", args=[token])),
        come_back=request.build_absolute_uri(reverse("elicitation:come-back", args=[participant.study.slug])),
    )
