"""The door of a study as its draft says it, for the researchers who write it."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods

from apps.elicitation.domain.protocol import localise
from apps.elicitation.models import ProtocolVersion
from apps.elicitation.pages import frame, languages
from apps.elicitation.pages.study import read_ticks, show_door
from apps.elicitation.services import previews
from apps.elicitation.services.participants import Ticks
from apps.shared.access import Capability, require
from apps.shared.errors import Invalid, TouchstoneError
from apps.shared.models import Study

TOO_YOUNG = (
    "Whoever says no here is thanked and gets the code for it, and nothing is kept. Say yes to look further."
)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what the draft tells first, and begin a session that does not count."""
    try:
        study = require(user=request.user, slug=slug, capability=Capability.WRITE)
        version = previews.version_of(study=study)
    except TouchstoneError as error:
        title = "There is no preview here"
        return languages.problem(request, title=title, text=str(error), status=error.status)
    offered = version.content.languages
    wanted = request.GET.get("language", "")
    language = wanted if wanted in offered else languages.of_browser(request, offered=offered)
    with translation.override(language):
        return frame.keep_private(_answer(request, study, version, language))


def _answer(request: HttpRequest, study: Study, version: ProtocolVersion, language: str) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, version, language)
    ticks, address = read_ticks(request), str(request.META.get("REMOTE_ADDR", ""))
    try:
        if ticks.of_age is False:
            raise Invalid(TOO_YOUNG)
        session = previews.begin(
            study=study, actor=request.user, ticks=ticks, language=language, address=address
        )
    except TouchstoneError as error:
        return _show(request, version, language, ticks=ticks, error=error)
    return redirect("elicitation:receipt", session.token)


def _show(
    request: HttpRequest,
    version: ProtocolVersion,
    language: str,
    *,
    ticks: Ticks | None = None,
    error: TouchstoneError | None = None,
) -> HttpResponseBase:
    # In one language alone: the draft's others are chosen where the preview is opened.
    alone = [review for review in version.content.reviews if review.language == language]
    protocol = localise(version.content.model_copy(update={"reviews": tuple(alone)}), language=language)
    return show_door(
        request, version=version, protocol=protocol, ticks=ticks, error=error, more={"previewing": True}
    )
