"""What a person may tell about themselves, and which question they choose."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.elicitation.domain.protocol import say
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import about as telling
from apps.elicitation.services import questions
from apps.shared.errors import TouchstoneError


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.ABOUT)
def about(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Ask about the person, once."""
    error: TouchstoneError | None = None
    if request.method == "POST":
        try:
            telling.tell(participant=participant, answers=_answers(request))
            return redirect("elicitation:resume", token)
        except TouchstoneError as refused:
            error = refused
    shown = frame.context(participant, token, error=error)
    content, language = shown["protocol"].whole, participant.language
    shown["items"] = [
        {
            "key": item.key,
            "label": say(item.label, language),
            "options": [(option.key, say(option.label, language)) for option in item.options],
            "given": request.POST.get(f"about-{item.key}", "")[: telling.LONGEST],
            "error": (error.fields.get(item.key, [""])[0] if error else ""),
        }
        for item in content.about
    ]
    shown["longest"] = telling.LONGEST
    return render(request, "elicitation/about.html", shown, status=error.status if error else 200)


def _answers(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix("about-"): str(request.POST[name])
        for name in request.POST
        if name.startswith("about-")
    }


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.QUESTION)
def question(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Let the person choose what they are interviewed about."""
    error: TouchstoneError | None = None
    if request.method == "POST":
        try:
            questions.choose(participant=participant, question=request.POST.get("question", ""))
            return redirect("elicitation:resume", token)
        except TouchstoneError as refused:
            error = refused
    shown = frame.context(participant, token, error=error)
    return render(request, "elicitation/question.html", shown, status=error.status if error else 200)
