"""Votes: cast, changed and undone, with their history kept."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.models import Context, Story, Transition, Vote
from apps.moralgraph.selectors.views import HasId, id_of
from apps.moralgraph.services import changes
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study

REASON_LENGTH = 2000


@transaction.atomic
def cast(
    *,
    study: Study,
    participant_id: uuid.UUID,
    transition_id: int,
    context_id: int,
    story_id: int | None,
    answer: str,
    reason: str = "",
    simulated: bool = False,
    rehearsal: str = "",
) -> Vote:
    """Keep a person's answer; another answer to the same story replaces it, and the former stays as history.

    Raises Missing for a transition or context that the study does not have, Invalid for a story of something
    else or an unknown answer, and Conflict where a value was withdrawn in the meantime.
    """
    if answer not in {item.value for item in Answer}:
        message = _("Choose one of the five answers.")
        raise Invalid(message, fields={"answer": [message]})
    if len(reason) > REASON_LENGTH:
        message = _("Your reason is %(length)s characters long; at most %(most)s fit.") % {
            "length": len(reason),
            "most": REASON_LENGTH,
        }
        raise Invalid(message, fields={"reason": [message]})
    _check(study=study, transition_id=transition_id, context_id=context_id, story_id=story_id)
    standing = (
        Vote.objects.select_for_update()
        .filter(participant_id=participant_id, transition_id=transition_id, context_id=context_id)
        .filter(undone_at__isnull=True)
        .first()
    )
    if standing is not None:
        if standing.withdrawn_at:
            raise Conflict(_("You withdrew from this study, so nothing more is kept."))
        if (standing.answer, standing.reason) == (answer, reason):
            return standing
        standing.undone_at = timezone.now()
        standing.save(update_fields=["undone_at"])
    vote = Vote.objects.create(
        study=study,
        participant_id=participant_id,
        transition_id=transition_id,
        context_id=context_id,
        story_id=story_id,
        answer=answer,
        reason=reason,
        simulated=simulated,
        rehearsal=rehearsal,
    )
    if not rehearsal:
        undone = [] if standing is None else [standing.pk]
        changes.announce_of(study=study, participant_id=participant_id, cast=[vote.pk], undone=undone)
    return vote


@transaction.atomic
def undo(*, vote: HasId | int) -> Vote:
    """Take a vote back; its row stays as history. Undoing twice changes nothing."""
    row = Vote.objects.select_for_update().select_related("study").filter(pk=id_of(vote)).first()
    if row is None:
        raise Missing("There is no such vote.")
    if row.undone_at is None and row.withdrawn_at is None:
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        if not row.rehearsal:
            changes.announce_of(study=row.study, participant_id=row.participant_id, undone=[row.pk])
    return row


def _check(*, study: Study, transition_id: int, context_id: int, story_id: int | None) -> None:
    transition = (
        Transition.objects.select_related("less_wise", "wiser").filter(study=study, pk=transition_id).first()
    )
    if transition is None:
        raise Missing("There is no such pair of values in this study.")
    if transition.less_wise.retired_at or transition.wiser.retired_at:
        raise Conflict(_("One of these two values was withdrawn, so this story is no longer asked about."))
    if not Context.objects.filter(study=study, pk=context_id).exists():
        raise Missing("There is no such context in this study.")
    if story_id is not None:
        _check_story(transition_id=transition_id, context_id=context_id, story_id=story_id)


def _check_story(*, transition_id: int, context_id: int, story_id: int) -> None:
    if not Story.objects.filter(pk=story_id, transition_id=transition_id, context_id=context_id).exists():
        raise Invalid("This story is about another pair of values or another context.")
