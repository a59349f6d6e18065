"""Where the value landed: a picture, the same as a list, and in sentences; then the end, with its code."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.elicitation.domain import landing
from apps.elicitation.domain.landing import Comparison
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import participants
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.selectors import Place


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.RESULT)
def result(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show where the person's value stands now, or finish."""
    if request.method == "POST":
        participants.advance(participant=participant, then=Step.DONE)
        return redirect("elicitation:done", token)
    shown = frame.context(participant, token, **place_for(participant))
    return render(request, "elicitation/result.html", shown)


@require_safe
@frame.session_page(at=Step.DONE)
def done(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Thank, give the completion code, and keep the result readable."""
    shown = frame.context(participant, token, **place_for(participant))
    return render(request, "elicitation/done.html", shown)


def place_for(participant: Participant) -> dict[str, Any]:
    """Return the person's value with its picture and list.

    Without a place where it is no longer in the graph.
    """
    own = participant.value_id
    place = moralgraph.place_of(study=participant.study, value=own) if own else None
    if place is None or own is None:
        return {"place": None}
    compared = landing.by_value(
        [Comparison(item.value.id, item.likelihood, item.n) for item in place.neighbours]
    )
    rungs = [landing.Rung(node.id, node.title, node.rank) for node in place.nodes]
    picture = landing.draw(rungs=rungs, own=own, comparisons=list(compared.values()))
    return {"place": place, "picture": picture, "rows": _rows(place, compared, own=own)}


def _rows(place: Place, compared: dict[int, Comparison], *, own: int) -> list[dict[str, Any]]:
    """Return every value in order, with what was said about it and one's own."""
    return [
        {
            "node": node,
            "mine": node.id == own,
            "relation": _relation(compared.get(node.id)),
            "range": _range(node),
        }
        for node in sorted(place.nodes, key=lambda node: (node.rank, node.id))
    ]


def _range(node: moralgraph.Node) -> str:
    if node.rank_low is None or node.rank_high is None:
        return ""
    if node.rank_low == node.rank_high:
        return gettext("place %(rank)s") % {"rank": node.rank_low}
    return gettext("place %(low)s to %(high)s") % {"low": node.rank_low, "high": node.rank_high}


def _relation(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    times = ngettext("%(n)s judgement", "%(n)s judgements", comparison.n) % {"n": comparison.n}
    if comparison.likelihood > 0.5:
        return gettext("judged wiser than your value (%(times)s)") % {"times": times}
    if comparison.likelihood < 0.5:
        return gettext("your value is judged wiser than this one (%(times)s)") % {"times": times}
    return gettext("even with your value so far (%(times)s)") % {"times": times}
