"""The door of a study: what it is, what one agrees to, the receipt, and the way back in."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.elicitation import selectors
from apps.elicitation.models import Participant, Protocol
from apps.elicitation.pages import frame
from apps.elicitation.services import participants
from apps.elicitation.services.participants import Ticks
from apps.shared.errors import Invalid, Missing, TouchstoneError


def _protocol(request: HttpRequest, slug: str) -> Protocol | HttpResponse:
    try:
        return selectors.protocol_of(slug=slug)
    except Missing as error:
        return frame.problem(request, title=gettext("There is no such study"), text=str(error), status=404)


@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Tell what the study is and take the consent."""
    protocol = _protocol(request, slug)
    if isinstance(protocol, HttpResponse):
        return protocol
    if request.method != "POST":
        return frame.keep_private(_show(request, protocol))
    ticks = _ticks(request)
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        if ticks.of_age is False:
            participants.note_ineligible(protocol=protocol, address=address)
            return redirect("elicitation:ineligible", slug)
        session = participants.enrol(protocol=protocol, ticks=ticks, address=address)
    except TouchstoneError as error:
        return frame.keep_private(_show(request, protocol, ticks=ticks, error=error))
    return _enter(request, session)


def _ticks(request: HttpRequest) -> Ticks:
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
    protocol: Protocol,
    *,
    ticks: Ticks | None = None,
    error: TouchstoneError | None = None,
) -> HttpResponse:
    version = selectors.consent_version(study=protocol.study)
    shown = {
        "study": protocol.study,
        "protocol": protocol,
        "version": version,
        "ticks": ticks,
        "error": error,
        "field_errors": error.fields if error else {},
        "begun": _begun(request, protocol),
    }
    status = error.status if error else 200
    return render(request, "elicitation/study.html", shown, status=status)


def _begun(request: HttpRequest, protocol: Protocol) -> str:
    """Return the address of a session that this browser began before, or nothing."""
    token = request.COOKIES.get(frame.cookie_name(protocol.study), "")
    try:
        participant = selectors.participant_by_token(token=token) if token else None
    except Missing:
        return ""
    ours = (
        participant is not None and participant.study_id == protocol.study_id and not participant.withdrawn_at
    )
    return reverse("elicitation:resume", args=[token]) if ours else ""


@require_safe
def ineligible(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Thank somebody who is too young, and say that nothing was kept."""
    protocol = _protocol(request, slug)
    if isinstance(protocol, HttpResponse):
        return protocol
    return render(request, "elicitation/ineligible.html", {"study": protocol.study, "protocol": protocol})


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Open a session with its short code."""
    protocol = _protocol(request, slug)
    if isinstance(protocol, HttpResponse):
        return protocol
    error: TouchstoneError | None = None
    if request.method == "POST":
        try:
            code, address = request.POST.get("code", ""), str(request.META.get("REMOTE_ADDR", ""))
            session = participants.come_back(protocol=protocol, short_code=code[:40], address=address)
            return _enter(request, session, receipt=False)
        except TouchstoneError as refused:
            error = refused
    shown = {
        "study": protocol.study,
        "protocol": protocol,
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
        link=request.build_absolute_uri(reverse("elicitation:resume", args=[token])),
        come_back=request.build_absolute_uri(reverse("elicitation:come-back", args=[participant.study.slug])),
    )
