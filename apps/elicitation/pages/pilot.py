"""The door of a study for a pilot's simulated participants: what people are told, and a mark on all."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods

from apps.elicitation.domain.protocol import localise
from apps.elicitation.models import PilotWalk, ProtocolVersion
from apps.elicitation.pages import frame, languages
from apps.elicitation.pages.study import read_ticks, show_door
from apps.elicitation.services import pilot_doors
from apps.elicitation.services.participants import Ticks
from apps.shared.errors import TouchstoneError


@require_http_methods(["GET", "HEAD", "POST"])
def pilot(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    """Show what the piloted protocol tells first, and let one simulated participant in, once."""
    try:
        walk = pilot_doors.find(slug=slug, token=token)
    except TouchstoneError as error:
        title = "There is no pilot here"
        return languages.problem(request, title=title, text=str(error), status=error.status)
    with translation.override(walk.language):
        return frame.keep_private(_answer(request, walk))


def _answer(request: HttpRequest, walk: PilotWalk) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, walk)
    ticks = read_ticks(request)
    try:
        address = str(request.META.get("REMOTE_ADDR", ""))
        session = pilot_doors.enrol(walk=walk, ticks=ticks, address=address)
    except TouchstoneError as error:
        return _show(request, walk, ticks=ticks, error=error)
    return redirect("elicitation:receipt", session.token)


def _show(
    request: HttpRequest,
    walk: PilotWalk,
    *,
    ticks: Ticks | None = None,
    error: TouchstoneError | None = None,
) -> HttpResponseBase:
    version = walk.run.version or ProtocolVersion()
    protocol = localise(version.content, language=walk.language)
    more = {"piloting": True, "study": walk.run.study}
    return show_door(request, version=version, protocol=protocol, ticks=ticks, error=error, more=more)
