"""What became of a person's card: the card, what it was merged with, and a letter on what it changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import merges
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.selectors import BelongingView, Influence
from apps.shared.errors import TouchstoneError

MOST_COMPARED = 5
PUT_BY = {
    "demo": gettext_lazy("made up for the demo"),
    "person": gettext_lazy("you, when you accepted it"),
}


@require_POST
@frame.session_page()
def object_to_merge(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Take the person's card out of a value that it was put into; an error is shown where they stand."""
    try:
        merges.object_to_merge(participant=participant, reason=request.POST.get("reason", ""))
    except TouchstoneError as error:
        messages.error(request, str(error))
    else:
        done = gettext("Your card stands for itself again. The people who run this study see what you wrote.")
        messages.success(request, done)
    return redirect("elicitation:resume", token)


def mine(participant: Participant) -> dict[str, Any]:
    """Return the person's card with all that is told about it; empty where they accepted none."""
    card = moralgraph.card_of(participant_id=participant.pk)
    belonging = moralgraph.belonging_of(participant_id=participant.pk)
    if card is None or belonging is None:
        return {"card": None, "belonging": None}
    influence = moralgraph.influence_of(
        study=participant.study, value=belonging.value.id, without=participant.pk
    )
    return {
        "card": card,
        "belonging": belonging,
        "put_by": PUT_BY.get(belonging.by, gettext("the people who run this study")),
        "together": together(belonging),
        "letter": letter(influence),
    }


def together(belonging: BelongingView) -> str:
    """Return in a sentence what the card stands together with."""
    n, title = len(belonging.others), belonging.value.title
    if not belonging.own:
        text = ngettext(
            "Your card was put together with %(n)s other card into the value “%(title)s”.",
            "Your card was put together with %(n)s other cards into the value “%(title)s”.",
            n,
        )
        return text % {"n": n, "title": title}
    if not n:
        return gettext("Your card stands for itself; it was not put together with any other.")
    text = ngettext(
        "Your card became a value, and %(n)s card of somebody else was put into it.",
        "Your card became a value, and %(n)s cards of others were put into it.",
        n,
    )
    return text % {"n": n}


def letter(influence: Influence) -> list[str]:
    """Return what a value changed, in sentences with their counts."""
    return [*_judged(influence), *_stands(influence)]


def _judged(influence: Influence) -> list[str]:
    if not influence.people:
        return [
            gettext("Nobody else has judged a story with your value yet. Look again with your link later.")
        ]
    text = ngettext(
        "%(n)s other person judged a story with your value.",
        "%(n)s other people judged a story with your value.",
        influence.people,
    )
    told = [text % {"n": influence.people}]
    for other in influence.compared[:MOST_COMPARED]:
        told += [
            sentence % {"n": n, "title": other.title}
            for n, sentence in (
                (
                    other.wiser,
                    ngettext(
                        "%(n)s person found it wiser than “%(title)s”.",
                        "%(n)s people found it wiser than “%(title)s”.",
                        other.wiser,
                    ),
                ),
                (
                    other.less_wise,
                    ngettext(
                        "%(n)s person found “%(title)s” wiser than it.",
                        "%(n)s people found “%(title)s” wiser than it.",
                        other.less_wise,
                    ),
                ),
            )
            if n
        ]
    return told


def _stands(influence: Influence) -> list[str]:
    told = []
    if influence.snapshots:
        text = ngettext(
            "It stands in %(n)s kept state of the graph, on which others can build.",
            "It stands in %(n)s kept states of the graph, on which others can build.",
            influence.snapshots,
        )
        told.append(text % {"n": influence.snapshots})
    audits = influence.uses.get("audits", 0)
    if not audits:
        return [*told, gettext("No audit of AI responses uses it yet.")]
    text = ngettext(
        "It stands in %(n)s audit, where AI responses are judged by it.",
        "It stands in %(n)s audits, where AI responses are judged by it.",
        audits,
    )
    return [*told, text % {"n": audits}]
