"""The interview as a page: a form that works alone, and the anchor for the live script."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.elicitation import selectors
from apps.elicitation.domain import notices
from apps.elicitation.domain.interview import Phase
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Interview, Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import frames, interviews, pauses, retries
from apps.shared.errors import Conflict, Invalid, TouchstoneError


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.INTERVIEW)
def interview(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show the conversation so far, or take an answer."""
    if request.method == "POST":
        try:
            _take(request, participant)
        except TouchstoneError as error:
            return _show(request, participant, token, error=error)
        # Where the session stands now: at the newest words of the interview, or out of it with its code.
        return redirect(reverse("elicitation:resume", args=[token]) + "#latest")
    interviews.revive(participant=participant)
    return _show(request, participant, token)


def _take(request: HttpRequest, participant: Participant) -> None:
    """Do what the pressed button says."""
    action, text = request.POST.get("action", "say"), request.POST.get("text", "")
    if action == "card_now":
        interviews.ask_for_card(participant=participant)
    elif action == "draft":
        interviews.save_draft(participant=participant, text=text)
    elif action == "retry":
        retries.retry(participant=participant)
    elif action == "go_on":
        interviews.go_on(participant=participant)
    elif action == "stop":
        pauses.leave(participant=participant)
    else:
        interviews.say(participant=participant, text=text, client_id=_client_id(request))


def _client_id(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("client_id", ""))
    except ValueError as error:
        raise Invalid(
            _("The form was not complete. Your words are below; please send them again.")
        ) from error


def _show(
    request: HttpRequest, participant: Participant, token: str, *, error: TouchstoneError | None = None
) -> HttpResponseBase:
    found = selectors.interview_of(participant=participant)
    view = selectors.view_interview(interview=found)
    if view.phase == Phase.REPLYING and view.turns:
        last = view.turns[-1]
        kept = frames.get(interview_id=found.pk, position=last.position)
        last.text = kept[1] if kept and len(kept[1]) > len(last.text) else last.text
    names = dict(Interview.Interviewer.choices)
    authors = [selectors.author_of(turn=turn, interview=found) for turn in view.turns]
    typed = request.POST.get("text", "") if error and not isinstance(error, Conflict) else view.draft
    shown = frame.context(
        participant, token, view=view, text=typed, client_id=uuid.uuid4(), error=error,
        replying=view.phase == Phase.REPLYING, longest=interviews.LONGEST_ANSWER,
        pace=f"{settings.GUIDED_WORDS_PER_SECOND:g}", names=names,
        turns=[(turn, by, names.get(by, _("You"))) for turn, by in zip(view.turns, authors, strict=True)],
        slow=view.slow and not view.turns[-1].text, slow_words=notices.SLOW[participant.language],
    )  # fmt: skip
    return render(request, "elicitation/interview.html", shown, status=error.status if error else 200)
