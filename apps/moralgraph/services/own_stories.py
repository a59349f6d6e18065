"""People's own stories of how they became wiser: told, offered to others in other words, or declined."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.moralgraph.models import Card, OwnStory, Story
from apps.moralgraph.services import tales
from apps.moralgraph.services.retirements import reason_of
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

SHORTEST, LONGEST = 40, 1200
LONGEST_BEFORE = 300
State = OwnStory.State


@transaction.atomic
def tell(
    *, study: Study, participant_id: uuid.UUID, text: str, before: str = "", agreed: bool, language: str = ""
) -> OwnStory | None:
    """Keep what a person tells; nothing where they tell nothing. Told again, the newer words stand.

    Raises Invalid without their agreement or for a text that is no story, Missing without an accepted card,
    and Conflict once a researcher decided on it.
    """
    text, before = text.strip(), " ".join(before.split())
    if not text and not before:
        return None
    _check(text=text, before=before, agreed=agreed)
    card = (
        Card.objects.select_for_update()
        .filter(study=study, participant_id=participant_id, accepted_at__isnull=False, erased_at__isnull=True)
        .first()
    )
    if card is None:
        raise Missing(_("There is no accepted card in this session."))
    held = OwnStory.objects.filter(card=card).first()
    if held is not None and held.state != State.OPEN:
        raise Conflict(_("Your story was read already, so it stays as it is."))
    made, _new = OwnStory.objects.update_or_create(
        card=card,
        defaults={
            "study": study, "text": text, "before": before, "language": language, "agreed_at": timezone.now(),
        },
    )  # fmt: skip
    return made


@transaction.atomic
def offer(
    *, study: Study, actor: Person, own_id: int, less_wise: int, wiser: int, context: int, text: str
) -> Story:
    """Offer a person's story to others, in words that do not tell whose it is.

    The researcher names the step and the context. Raises Missing, Invalid, and Conflict where it is offered
    already or the pair is retired.
    """
    row = _found(study=study, own_id=own_id)
    if row.state == State.OFFERED:
        raise Conflict("This story is offered already. Retire it where it should not be.")
    made = tales.write(
        study=study, actor=actor, less_wise=less_wise, wiser=wiser, context=context, text=text,
        origin=Story.Origin.PERSON,
    )  # fmt: skip
    row.story = made
    _decide(row, actor=actor, state=State.OFFERED)
    return made


@transaction.atomic
def decline(*, study: Study, actor: Person, own_id: int, reason: str) -> OwnStory:
    """Do not offer a story; it can still be offered later. Raises Missing, Invalid and Conflict."""
    row = _found(study=study, own_id=own_id)
    if row.state == State.OFFERED:
        raise Conflict("This story is offered already. Retire it where it should not be.")
    row.reason = reason_of(reason)
    return _decide(row, actor=actor, state=State.DECLINED)


def _check(*, text: str, before: str, agreed: bool) -> None:
    if not SHORTEST <= len(text) <= LONGEST or len(before) > LONGEST_BEFORE:
        message = _("A story has %(least)s to %(most)s characters. Say a little more, or leave it empty.") % {
            "least": SHORTEST, "most": LONGEST,
        }  # fmt: skip
        raise Invalid(message, fields={"own_story": [message]})
    if not agreed:
        message = _("Tick that others may read it, or leave the story empty.")
        raise Invalid(message, fields={"own_agreed": [message]})


def _found(*, study: Study, own_id: int) -> OwnStory:
    rows = OwnStory.objects.select_for_update(of=("self",)).filter(study=study, erased_at__isnull=True)
    row = rows.filter(pk=own_id).first()
    if row is None:
        raise Missing("There is no such story in this study, or its author withdrew.")
    return row


def _decide(row: OwnStory, *, actor: Person, state: str) -> OwnStory:
    row.state, row.decided_by, row.decided_at = state, actor.get_username()[:60], timezone.now()
    row.save()
    subject = f"own-story/{row.pk}"
    audit.record(study=row.study, actor=actor, action=f"own_story.{state}", subject=subject)
    return row
