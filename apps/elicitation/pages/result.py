"""Where the value landed: a picture, the same as a list, and in sentences; then the end, with its code."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language_bidi, gettext, ngettext, ngettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.elicitation.domain import landing
from apps.elicitation.domain.landing import Comparison
from apps.elicitation.domain.protocol import Exit
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame, left, mine
from apps.elicitation.services import way
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.selectors import Place

COMPARED = {
    "below": ngettext_lazy("%(n)s was judged less wise", "%(n)s were judged less wise", "n"),
    "above": ngettext_lazy("%(n)s was judged wiser", "%(n)s were judged wiser", "n"),
    "even": ngettext_lazy("%(n)s is even with it so far", "%(n)s are even with it so far", "n"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.RESULT)
def result(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show where the person's value stands now, or finish."""
    if request.method == "POST":
        way.go_on(participant=participant, done=Step.RESULT)
        return redirect("elicitation:done", token)
    return render(request, "elicitation/result.html", _shown(participant, token))


@require_safe
@frame.session_page(at=Step.DONE)
def done(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Thank, give the completion code, and keep the result readable."""
    shown = _shown(participant, token)
    shown |= left.ending(shown["protocol"].whole, Exit.COMPLETE)
    return render(request, "elicitation/done.html", shown)


def _shown(participant: Participant, token: str) -> dict[str, Any]:
    told = mine.mine(participant)
    own = told["belonging"].value.id if told["belonging"] else participant.value_id
    return frame.context(participant, token, **told, **place_for(participant, own=own))


def place_for(participant: Participant, *, own: int | None) -> dict[str, Any]:
    """Return the value that the person's card belongs to, with its picture and list.

    Without a place where it is no longer in the graph.
    """
    place = moralgraph.place_of(study=participant.study, value=own) if own else None
    if place is None or own is None:
        return {"place": None}
    compared = landing.by_value(
        [Comparison(item.value.id, item.likelihood, item.n) for item in place.neighbours]
    )
    rungs = [landing.Rung(node.id, node.title, node.rank) for node in place.nodes]
    picture = landing.draw(
        rungs=rungs, own=own, comparisons=list(compared.values()), mirrored=get_language_bidi()
    )
    return {
        "place": place,
        "sentences": sentences_of(place),
        "picture": picture,
        "rows": _rows(place, compared, own=own),
    }


def sentences_of(place: Place) -> list[str]:
    """Return where a value stands, how sure that is, and how it compares, in the reader's language.

    ``moralgraph.domain.sentences.place`` says the same in English to staff.
    """
    if place.n == 0:
        return [
            ngettext(
                "Your value is the only one in the graph.",
                "Your value is one of %(n)s in the graph.",
                place.of,
            )
            % {"n": place.of},
            gettext("Nobody has compared it with another value yet, so it has no place of its own."),
        ]
    told = [
        ngettext(
            "Your value was compared %(n)s time with others of the graph.",
            "Your value was compared %(n)s times with others of the graph.",
            place.n,
        )
        % {"n": place.n}
    ]
    if place.rank_low is not None and place.rank_high is not None:
        told.append(_between(place.rank_low, place.rank_high, place.of))
    stands = [neighbour.stands for neighbour in place.neighbours]
    counts = {stand: stands.count(stand) for stand in ("below", "above", "even")}
    compared = [str(COMPARED[stand] % {"n": n}) for stand, n in counts.items() if n]
    if compared:
        several = gettext("Of the values it was compared with: %(list)s.")
        told.append(several % {"list": pgettext("between parts of a sentence", "; ").join(compared)})
    return told


def _between(low: int, high: int, of: int) -> str:
    if low == high:
        return gettext("It stands at place %(low)s of %(of)s, counted from the wisest.") % {
            "low": low,
            "of": of,
        }
    where = {"low": low, "high": high, "of": of}
    if (high - low + 1) / of > 0.5:
        return (
            gettext(
                "It stands between place %(low)s and place %(high)s of %(of)s, counted from the wisest; "
                "that is still wide, because few people have compared it."
            )
            % where
        )
    text = gettext("It stands between place %(low)s and place %(high)s of %(of)s, counted from the wisest.")
    return text % where


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
