"""Rows of what people told beside their cards, for a file: kinds of moments, and stories of themselves."""

from apps.moralgraph.models import ContextProposal, OwnStory
from apps.moralgraph.selectors.records import Batches, People
from apps.shared.models import Study
from apps.shared.records import Record
from apps.shared.selectors import in_batches


def context_proposal_records(*, study: Study, people: People) -> Batches:
    """Yield the kinds of moments that these people, or a model for them, put into words."""
    rows = ContextProposal.objects.filter(
        study=study, card__participant_id__in=people, erased_at__isnull=True
    ).exclude(name="")
    for batch in in_batches(rows=rows.select_related("card")):
        yield [_proposal(row) for row in batch]


def _proposal(row: ContextProposal) -> Record:
    cells = {
        "proposal_id": row.pk,
        "participant_id": row.card.participant_id,
        "card_id": row.card_id,
        "origin": row.origin,
        "name": row.name,
        "language": row.language,
        "made_by": row.engine or None,
        "state": row.state,
        "context_id": row.context_id,
        "reason": row.reason,
        "decided_at": row.decided_at,
        "created_at": row.created_at,
    }
    return Record(cells, person=row.card.participant_id)


def own_story_records(*, study: Study, people: People) -> Batches:
    """Yield the stories that these people told of themselves."""
    rows = OwnStory.objects.filter(
        study=study, card__participant_id__in=people, erased_at__isnull=True
    ).exclude(text="")
    for batch in in_batches(rows=rows.select_related("card")):
        yield [_own_story(row) for row in batch]


def _own_story(row: OwnStory) -> Record:
    cells = {
        "own_story_id": row.pk,
        "participant_id": row.card.participant_id,
        "card_id": row.card_id,
        "before": row.before,
        "text": row.text,
        "language": row.language,
        "agreed_at": row.agreed_at,
        "state": row.state,
        "story_id": row.story_id,
        "reason": row.reason,
        "decided_at": row.decided_at,
        "created_at": row.created_at,
    }
    return Record(cells, person=row.card.participant_id)
