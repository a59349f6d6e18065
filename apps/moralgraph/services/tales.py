"""Stories of a transition: written by researchers, or proposed and then taken or declined by one."""

from django.db import transaction
from django.utils import timezone

from apps.moralgraph import selectors
from apps.moralgraph.models import Story, Transition
from apps.moralgraph.services.retirements import reason_of
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

SHORTEST, LONGEST = 40, 1200


@transaction.atomic
def write(
    *,
    study: Study,
    actor: Person,
    less_wise: int,
    wiser: int,
    context: int,
    text: str,
    origin: str = Story.Origin.RESEARCHER,
) -> Story:
    """Keep a researcher's story of somebody who went from one value to another; it is shown from now on.

    The other direction of the pair is there too, with its neutral story until somebody writes one. Raises
    Missing for a value or context that is not in use, Invalid for the same value twice or a text that is no
    story, and Conflict where the pair is retired.
    """
    step = _step(study=study, less_wise=less_wise, wiser=wiser)
    story = Story.objects.create(
        transition=step,
        context=selectors.context(study=study, context_id=context),
        text=_told(text),
        origin=origin,
        by=actor.get_username()[:60],
    )
    audit.record(study=study, actor=actor, action="story.written", subject=f"story/{story.pk}")
    return story


@transaction.atomic
def review(
    *, study: Study, actor: Person, story_id: int, take: bool, text: str = "", reason: str = ""
) -> Story:
    """Take a proposed story, reworded if a text is given, so that it is shown; or decline it with a reason.

    Declining can be taken back by taking it. Raises Missing, Invalid, and Conflict for one that is shown.
    """
    story = (
        Story.objects.select_for_update(of=("self",))
        .filter(transition__study=study, pk=story_id)
        .exclude(origin=Story.Origin.TEMPLATE)
        .first()
    )
    if story is None:
        raise Missing("There is no such story in this study.")
    if story.state == Story.State.TAKEN:
        raise Conflict("This story is shown already. Retire it where it should not be.")
    if take:
        story.text = _told(text or story.text)
    story.reason = "" if take else reason_of(reason)
    story.state = Story.State.TAKEN if take else Story.State.DECLINED
    story.reviewed_by, story.reviewed_at = actor.get_username()[:60], timezone.now()
    story.save(update_fields=["text", "state", "reason", "reviewed_by", "reviewed_at"])
    detail = {"reworded": bool(text)}
    audit.record(
        study=study, actor=actor, action=f"story.{story.state}", subject=f"story/{story.pk}", detail=detail
    )
    return story


def _step(*, study: Study, less_wise: int, wiser: int) -> Transition:
    if less_wise == wiser:
        message = "A story leads from one value to another."
        raise Invalid(message, fields={"wiser": [message]})
    found = selectors.live_values(study=study).in_bulk([less_wise, wiser])
    if len(found) < 2:
        raise Missing("There is no such value in this study, or it is retired.")
    steps = [
        Transition.objects.get_or_create(study=study, less_wise=found[low], wiser=found[high])[0]
        for low, high in ((less_wise, wiser), (wiser, less_wise))
    ]
    if steps[0].retired_at is not None:
        raise Conflict("This pair is retired. Bring it back before you write about it.")
    return steps[0]


def _told(text: str) -> str:
    """Return a story's text. Raises Invalid where it is too short or too long to be read on a phone."""
    found = text.strip()
    if not SHORTEST <= len(found) <= LONGEST:
        message = f"A story has {SHORTEST} to {LONGEST:,} characters; this one has {len(found):,}."
        raise Invalid(message, fields={"text": [message]})
    return found
