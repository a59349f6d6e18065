"""The stories, one at a time: did this person become wiser?"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.elicitation import selectors
from apps.elicitation.domain.steps import Step
from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import offers
from apps.moralgraph.domain import stories
from apps.moralgraph.services import own_stories
from apps.shared.errors import TouchstoneError

ANSWERS = [
    (
        "wiser",
        gettext_lazy("Yes, wiser"),
        gettext_lazy("What they go by now holds all that mattered before, and more."),
    ),
    (
        "not_wiser",
        gettext_lazy("No, not wiser"),
        gettext_lazy("Something that mattered was lost, or nothing was gained."),
    ),
    ("unsure", gettext_lazy("Unsure"), gettext_lazy("You cannot tell.")),
    ("same", gettext_lazy("The same"), gettext_lazy("Both cards say the same thing in other words.")),
    (
        "not_about",
        gettext_lazy("Not about this"),
        gettext_lazy("Neither card fits the kind of moment in the story."),
    ),
]
LONGEST = {"story": own_stories.LONGEST, "before": own_stories.LONGEST_BEFORE}
NAMES = {value: name for value, name, _ in ANSWERS}


@require_http_methods(["GET", "HEAD", "POST"])
@frame.session_page(at=Step.VOTES)
def votes(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Show the next story, or take an answer to one that was shown."""
    if request.method != "POST":
        return _show(request, participant, token)
    try:
        return _take(request, participant, token)
    except TouchstoneError as error:
        return _show(request, participant, token, error=error)


def _take(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    form = request.POST
    action = form.get("action", "answer")
    if action == "undo":
        offers.undo(participant=participant)
    elif action == "finish":
        offers.tell(
            participant=participant,
            text=form.get("own_story", ""),
            before=form.get("own_before", ""),
            agreed=form.get("own_agreed", "") == "yes",
        )
        offers.finish(participant=participant)
        return redirect("elicitation:resume", token)
    else:
        offers.answer(
            participant=participant,
            transition_id=_number(form.get("transition", "")),
            context_id=_number(form.get("context", "")),
            answer=form.get("answer", ""),
            reason=form.get("reason", ""),
        )
    return redirect("elicitation:votes", token)


NEUTRAL = gettext_lazy(
    "Imagine a person. For a long time, in a moment like this, this person went by “%(before)s”. Then "
    "something changed. Now, in the same kind of moment, the same person goes by “%(after)s” instead."
)


def story_of(offer: selectors.OfferView) -> str:
    """Return the story in the reader's language where nobody wrote one, else as it was written."""
    story = offer.story
    before, after = story.less_wise.title, story.wiser.title
    written = story.story_text != stories.neutral(context=story.context_name, less_wise=before, wiser=after)
    if written or get_language() == "en":
        return story.story_text
    return str(NEUTRAL) % {"before": before, "after": after}


def _number(raw: str) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 19 else 0


def _show(
    request: HttpRequest, participant: Participant, token: str, *, error: TouchstoneError | None = None
) -> HttpResponseBase:
    offer = offers.show(participant=participant)
    every = selectors.offers_of(participant=participant)
    protocol = selectors.protocol_for(participant=participant)
    name = offer.story.context_name if offer else ""
    answered = [{"offer": item, "name": NAMES.get(item.row.answer, "")} for item in every if item.answered]
    shown = frame.context(
        participant, token, offer=offer, story=story_of(offer) if offer else "",
        answered=answered, total=len(every), number=len(answered) + 1,
        answers=ANSWERS, error=error, reason=request.POST.get("reason", "") if error else "",
        own=participant.value_id, typed=request.POST if error else {}, longest=LONGEST,
        field_errors=error.fields if error else {},
        moment=protocol.context_name(offer.story.context_id, otherwise=name) if offer else "",
    )  # fmt: skip
    return render(request, "elicitation/votes.html", shown, status=error.status if error else 200)
