"""The ways out: thanks, and a code of its own for each."""

import dataclasses
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.elicitation.domain.protocol import Exit, Protocol
from apps.elicitation.domain.steps import ENDS, Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import way


@dataclasses.dataclass(frozen=True)
class Farewell:
    """What is said to somebody who leaves by one of the exits."""

    title: Any
    text: Any


FAREWELLS = {
    Step.SCREENED_OUT: Farewell(
        gettext_lazy("This study looks for other people"),
        gettext_lazy(
            "Thank you for answering. The study needs people with other experiences, so it ends here "
            "for you. What you told about yourself was not kept."
        ),
    ),
    Step.OVER_QUOTA: Farewell(
        gettext_lazy("All places are taken"),
        gettext_lazy(
            "Thank you for coming. Enough people like you have taken part already, so it ends here for you. "
            "This says nothing about you or your answers."
        ),
    ),
    Step.FAILED: Farewell(
        gettext_lazy("Something went wrong on our side"),
        gettext_lazy(
            "You did nothing wrong, and what you wrote is kept. The study ends here for you, with a code."
        ),
    ),
}


@require_safe
@frame.session_page()
def left(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Thank somebody who left before the end and give them the code of their exit."""
    farewell = FAREWELLS.get(Step(participant.step))
    if farewell is None:
        return redirect(frame.page_of(participant, token))
    shown = frame.context(participant, token, farewell=farewell)
    shown |= ending(shown["protocol"].whole, Exit(participant.exit))
    return render(request, "elicitation/left.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page()
def trouble(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Let somebody for whom the study does not work end here, with the code for that; their words stay."""
    if participant.step in ENDS:
        return redirect(frame.page_of(participant, token))
    if request.method == "POST":
        way.go_to(participant=participant, then=Step.FAILED)
        return redirect("elicitation:left", token)
    return render(request, "elicitation/trouble.html", frame.context(participant, token))


def ending(protocol: Protocol, way_out: Exit) -> dict[str, str]:
    """Return the code of an exit and the address to go back to with it; empty where there is none."""
    code = protocol.code(way_out)
    back = protocol.return_url.replace("{code}", code) if protocol.return_url and code else ""
    return {"code": code, "back": back}
