"""What all pages inside a session share: the link opens it, the step decides, nothing is cached."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy

from apps.elicitation import selectors
from apps.elicitation.domain import steps
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import languages
from apps.elicitation.services import watch
from apps.shared.errors import Missing, TouchstoneError
from apps.shared.models import Study

STEP_NAMES = {
    Step.CONSENT: pgettext_lazy("step", "Consent"),
    Step.ABOUT: pgettext_lazy("step", "About you"),
    Step.QUESTION: pgettext_lazy("step", "Your question"),
    Step.INTERVIEW: pgettext_lazy("step", "Interview"),
    Step.CARD: pgettext_lazy("step", "Your card"),
    Step.WISE: pgettext_lazy("step", "Wise values"),
    Step.VOTES: pgettext_lazy("step", "Wiser?"),
    Step.SURVEY: pgettext_lazy("step", "How was it"),
    Step.RESULT: pgettext_lazy("step", "Where it landed"),
}
PAGES = {
    Step.ABOUT: "about",
    Step.QUESTION: "question",
    Step.INTERVIEW: "interview",
    Step.CARD: "card",
    Step.WISE: "wise",
    Step.VOTES: "votes",
    Step.SURVEY: "survey",
    Step.RESULT: "result",
    Step.DONE: "done",
    Step.WITHDRAWN: "withdraw",
    Step.SCREENED_OUT: "left",
    Step.OVER_QUOTA: "left",
    Step.FAILED: "left",
}
SessionView = Callable[Concatenate[HttpRequest, Participant, str, ...], HttpResponseBase]


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """Let nothing of a session be cached, indexed, or named to another site.

    The policy is ``same-origin`` and not ``no-referrer``: under the latter browsers send forms with
    ``Origin: null``, which the protection against forged requests must refuse. Other sites learn nothing
    under either.
    """
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response


def cookie_name(study: Study) -> str:
    """Return the name of the cookie that remembers a session in this browser."""
    return f"participant-{study.slug}"


def remember(response: HttpResponseBase, *, request: HttpRequest, study: Study, token: str) -> None:
    """Let this browser find its session again from the study's address."""
    response.set_cookie(
        cookie_name(study),
        token,
        max_age=90 * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def page_of(participant: Participant, token: str) -> str:
    """Return the address of the page where a session stands."""
    return reverse(f"elicitation:{PAGES[Step(participant.step)]}", args=[token])


def session_page(*, at: Step | None = None) -> Callable[[SessionView], Callable[..., HttpResponseBase]]:
    """Open a page for the owner of a link; ``at`` names the step that it belongs to.

    A page of a step that is over, or not open yet, leads to where the session stands. An error that a form
    raised and the page did not take up itself is shown on that page.
    """

    def decorate(view: SessionView) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with translation.override(languages.of_browser(request)):
                try:
                    participant = selectors.participant_by_token(token=token)
                except Missing as error:
                    title = gettext("This link opens nothing")
                    return keep_private(languages.problem(request, title=title, text=str(error), status=404))
            watch.see(participant=participant)
            with translation.override(participant.language):
                if at is not None and participant.step != at:
                    return keep_private(_lead_on(request, participant, token))
                if at is not None and participant.paused_at:
                    return keep_private(_wait(request, participant, token))
                try:
                    response = view(request, participant, token, *args, **kwargs)
                except TouchstoneError as error:
                    messages.error(request, str(error))
                    response = redirect(request.path if at is None else page_of(participant, token))
                return keep_private(response)

        return answer

    return decorate


def _lead_on(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, gettext("This step is not open now, so nothing was changed. You are here:"))
    return redirect(page_of(participant, token))


def _wait(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Ask somebody to wait whom a researcher paused; what they sent meanwhile was not taken."""
    status = 409 if request.method == "POST" else 200
    return render(request, "elicitation/wait.html", context(participant, token), status=status)


def _marks(now: Step, way: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the steps for the header; whoever left by another way out has none left."""
    listed = steps.marks(now=now, way=way) if now in way else []
    return [{"name": STEP_NAMES[mark.step], "mark": mark} for mark in listed]


def _offers(participant: Participant) -> dict[str, bool]:
    """Return which ways out still lead somewhere: none to end what has ended, none to erase what is not held.

    A panel's id is held of those who were turned away, so they can withdraw it.
    """
    held = participant.step not in steps.KEEPS_NO_WORDS or bool(participant.prolific_pid)
    return {"trouble": participant.step not in steps.ENDS, "withdrawal": held}


def context(participant: Participant, token: str, **more: Any) -> dict[str, Any]:
    """Return what every page of a session shows around its content."""
    study, now = participant.study, Step(participant.step)
    protocol, way = selectors.protocol_for(participant=participant), selectors.way_of(participant=participant)
    return {
        "study": study,
        "protocol": protocol,
        "participant": participant,
        "token": token,
        "marks": _marks(now, way),
        "offers": _offers(participant),
        "minutes_left": steps.minutes_left(
            now=now,
            way=way,
            minutes=protocol.minutes,
            medians=selectors.usual_minutes(study=study) if now in way and now != Step.DONE else None,
        ),
        **more,
    }
