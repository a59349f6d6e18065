"""Values of others that may be wise to consider too, and the questions at the end."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.elicitation.domain.protocol import say
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import surveys
from apps.elicitation.services import wise as choosing
from apps.moralgraph import selectors as moralgraph
from apps.shared.errors import TouchstoneError

SCALE = [
    ("1", gettext_lazy("Not at all")),
    ("2", gettext_lazy("A little")),
    ("3", gettext_lazy("Partly")),
    ("4", gettext_lazy("Mostly")),
    ("5", gettext_lazy("Entirely")),
]


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.WISE)
def wise(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show a few values of others, and take which of them are wise to consider."""
    error: TouchstoneError | None = None
    if request.method == "POST":
        ticked = {int(raw) for raw in request.POST.getlist("value") if raw.isdecimal() and len(raw) < 19}
        try:
            choosing.choose(participant=participant, values=ticked)
            return redirect("elicitation:resume", token)
        except TouchstoneError as refused:
            error = refused
    drawn = [choice.value_id for choice in choosing.draw(participant=participant)]
    every = moralgraph.values(study=participant.study, rehearsal=participant.pilot)
    known = {value.id: value for value in every}
    values = [known[value] for value in drawn if value in known]
    shown = frame.context(participant, token, values=values, error=error)
    return render(request, "elicitation/wise.html", shown, status=error.status if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.SURVEY)
def survey(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Ask how it was; every question may be left out."""
    error: TouchstoneError | None = None
    if request.method == "POST":
        given = {
            name.removeprefix("survey-"): str(request.POST[name])
            for name in request.POST
            if name.startswith("survey-")
        }
        try:
            surveys.answer(participant=participant, answers=given)
            return redirect("elicitation:resume", token)
        except TouchstoneError as refused:
            error = refused
    shown = frame.context(participant, token, error=error, scale=SCALE, longest=surveys.LONGEST)
    shown["items"] = [
        {
            "key": item.key,
            "kind": item.kind,
            "text": say(item.text, participant.language),
            "given": request.POST.get(f"survey-{item.key}", ""),
            "error": (error.fields.get(item.key, [""])[0] if error else ""),
        }
        for item in shown["protocol"].whole.survey
    ]
    return render(request, "elicitation/survey.html", shown, status=error.status if error else 200)
