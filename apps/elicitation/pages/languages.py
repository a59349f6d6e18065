"""In which language a page speaks: a participant's own; before there is one, the browser's."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_POST

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import LANGUAGES
from apps.elicitation.models import ProtocolVersion
from apps.elicitation.services import languages
from apps.shared.errors import Missing, TouchstoneError

DoorView = Callable[Concatenate[HttpRequest, ProtocolVersion, ...], HttpResponseBase]
REMEMBERED_SECONDS = 90 * 86400


def of_browser(request: HttpRequest, *, offered: Sequence[str] = LANGUAGES) -> str:
    """Return the language that this browser chose or asks for, of those offered; else the first of them."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted = [chosen, *(code.split("-")[0] for code, _quality in asked)]
    return next((code for code in wanted if code in offered), offered[0] if offered else LANGUAGES[0])


def door(view: DoorView) -> Callable[..., HttpResponseBase]:
    """Open a page of a study that needs no session, in the browser's language if the study speaks it."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(of_browser(request)):
            try:
                version = selectors.version_of(slug=slug)
            except Missing as error:
                return problem(request, title=_("There is no such study"), text=str(error), status=404)
        with translation.override(of_browser(request, offered=version.content.languages)):
            return view(request, version, *args, **kwargs)

    return answer


def problem(request: HttpRequest, *, title: str, text: str, status: int) -> HttpResponse:
    """Answer with a page that says what is wrong and what to do."""
    return render(request, "shared/problem.html", {"title": title, "text": text}, status=status)


@require_POST
@door
def choose_at_door(request: HttpRequest, version: ProtocolVersion) -> HttpResponseBase:
    """Let this browser read the study in another language from now on."""
    language = request.POST.get("language", "")
    if language not in version.content.languages:
        language = translation.get_language() or LANGUAGES[0]
    return _back(request, language=language, home=reverse("elicitation:study", args=[version.study.slug]))


@require_POST
def choose(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let a session go on in another language, on the page where it was changed."""
    try:
        participant = selectors.participant_by_token(token=token)
    except Missing as error:
        with translation.override(of_browser(request)):
            return problem(request, title=_("This link opens nothing"), text=str(error), status=404)
    with translation.override(participant.language):
        try:
            participant = languages.choose(participant=participant, language=request.POST.get("language", ""))
        except TouchstoneError as error:
            return problem(request, title=_("Nothing was changed"), text=str(error), status=error.status)
    home = reverse("elicitation:resume", args=[token])
    return _back(request, language=participant.language, home=home)


def _back(request: HttpRequest, *, language: str, home: str) -> HttpResponseBase:
    """Lead back to the page that the language was chosen on, if it is one of the same study or session."""
    target = request.POST.get("next", "")
    inside = target.startswith(home) and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(target if inside else home)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=REMEMBERED_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    response["Cache-Control"] = "no-store, private"
    return response
