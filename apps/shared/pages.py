"""The front door, the studio's shell, the health check and the error pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from apps.shared.models import Study

View = Callable[..., HttpResponse]


def in_the_browsers_language(view: View) -> View:
    """Speak to people whom nobody knows yet as their browser asks, where we can."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            return view(request, *args, **kwargs)

    return answer


@in_the_browsers_language
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and lead people to their door."""
    return render(request, "shared/home.html", {"demo": Study.objects.filter(is_demo=True).first()})


@never_cache
@login_required
@ensure_csrf_cookie
def studio(request: HttpRequest, path: str = "") -> HttpResponse:
    """Send the studio's single page; its own router reads the rest of the address."""
    return render(request, "shared/studio.html")


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the web process and its database are up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "llm": bool(settings.LLM_URL)})


def _problem(request: HttpRequest, *, status: int, title: str, text: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        codes = {403: "forbidden", 404: "not_found", 500: "error"}
        return JsonResponse({"error": {"code": codes[status], "message": text, "fields": {}}}, status=status)
    return render(request, "shared/problem.html", {"title": title, "text": text}, status=status)


@in_the_browsers_language
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address leads nowhere."""
    text = _("Check the link that you were given, or ask the people who sent it to you.")
    return _problem(request, status=404, title=_("There is nothing at this address"), text=text)


@in_the_browsers_language
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not for this person."""
    return _problem(
        request, status=403, title=_("You may not open this"), text=_("Sign in with an account that may.")
    )


@in_the_browsers_language
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it was our fault and that nothing was lost."""
    text = _(
        "What you had sent before is kept. Go back and try again; if it persists, tell the study's contact."
    )
    return _problem(request, status=500, title=_("Something went wrong on our side"), text=text)
