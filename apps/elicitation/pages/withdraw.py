"""Withdrawing in two steps: what goes and what stays, then it is done."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.elicitation.domain.protocol import Exit
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame, left
from apps.elicitation.services import withdrawals


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page()
def withdraw(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Explain, and withdraw once it is confirmed."""
    if request.method == "POST" and request.POST.get("confirm") == "withdraw":
        withdrawals.withdraw(participant=participant)
        return redirect("elicitation:withdraw", token)
    shown = frame.context(participant, token, unconfirmed=request.method == "POST")
    if participant.exit:
        shown |= left.ending(shown["protocol"].whole, Exit(participant.exit))
    page = "elicitation/withdrawn.html" if participant.withdrawn_at else "elicitation/withdraw.html"
    return render(request, page, shown, status=400 if request.method == "POST" else 200)
