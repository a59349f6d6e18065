"""What may be chosen for an export, and the exports that were made."""

import uuid
from typing import Any

from django.db.models import Count, Q

from apps.elicitation.domain.exports.purposes import LABELS, NEEDED, TICKS, Choice, Purpose
from apps.elicitation.models import Export, Participant, ProtocolVersion
from apps.elicitation.selectors.exports.people import people
from apps.elicitation.selectors.people import counted
from apps.shared.errors import Missing
from apps.shared.models import Job, Study

LISTED = 100
_MAKING = {Job.State.QUEUED, Job.State.RUNNING}


def purposes(*, study: Study) -> list[dict[str, Any]]:
    """Return each purpose with how many people agreed to it; one query in all.

    Simulated people who count, which is the demo's in the demo, are counted apart.
    """
    rows = Participant.objects.filter(counted(study=study), study=study, withdrawn_at__isnull=True).order_by()
    ticked = {purpose: Q(**{f"consent__{tick}": True for tick in NEEDED[purpose]}) for purpose in Purpose}
    counts = rows.aggregate(
        **{
            purpose.value: Count("pk", filter=ticks & Q(simulated=False)) for purpose, ticks in ticked.items()
        },
        **{
            f"{purpose.value}_simulated": Count("pk", filter=ticks & Q(simulated=True))
            for purpose, ticks in ticked.items()
        },
    )
    return [
        {
            "purpose": purpose.value,
            "label": LABELS[purpose],
            "ticks": [TICKS[Purpose(tick)] for tick in NEEDED[purpose]],
            "people": counts[purpose.value],
            "simulated": counts[f"{purpose.value}_simulated"],
        }
        for purpose in Purpose
    ]


def versions_of(*, study: Study) -> list[ProtocolVersion]:
    """Return the study's versions, the newest first, with how many people met each."""
    rows = ProtocolVersion.objects.filter(study=study, number__gt=0).select_related("consent")
    theirs = counted(study=study, path="participants__")
    return list(rows.annotate(n_people=Count("participants", filter=theirs)).order_by("-number"))


def versions_in(*, study: Study, choice: Choice) -> list[ProtocolVersion]:
    """Return the versions that an export takes in, the oldest first, with how many of its people met each.

    A draft that was piloted is among them where people of its pilot are.
    """
    met = people(study=study, choice=choice).values_list("version_id").annotate(n=Count("pk"))
    counts: dict[int | None, int] = dict(met)
    opened = Q(number__in=choice.versions) if choice.versions else Q(number__gt=0)
    rows = ProtocolVersion.objects.filter(opened | Q(pk__in=[pk for pk in counts if pk]), study=study)
    found = list(rows.select_related("consent").order_by("number", "pk"))
    for row in found:
        row.n_people = counts.get(row.pk, 0)  # type: ignore[attr-defined]
    return found


def export_views(*, study: Study) -> list[dict[str, Any]]:
    """Return a study's exports, the newest first."""
    return _views(list(Export.objects.filter(study=study).select_related("created_by")[:LISTED]))


def export_view(*, study: Study, export_id: uuid.UUID) -> dict[str, Any]:
    """Return one export as the list shows it. Raises Missing."""
    return _views([export_of(study=study, export_id=export_id)])[0]


def _views(rows: list[Export]) -> list[dict[str, Any]]:
    making = [row.job_id for row in rows if row.job_id and row.state == Export.State.MAKING]
    ended = Job.objects.filter(pk__in=making).exclude(state__in=_MAKING)
    messages = dict(ended.values_list("pk", "message"))
    return [_view(row, messages) for row in rows]


def export_of(*, study: Study, export_id: uuid.UUID) -> Export:
    """Return one export of the study. Raises Missing."""
    found = Export.objects.filter(study=study, pk=export_id).first()
    if found is None:
        raise Missing("There is no such export in this study.")
    return found


def _view(row: Export, ended: dict[uuid.UUID, str]) -> dict[str, Any]:
    # The job's row is the truth about the work: a worker that dies for good says so there alone.
    dead = row.state == Export.State.MAKING and row.job_id in ended
    return {
        "id": row.pk,
        "purpose": row.purpose,
        **row.choice,
        "state": Export.State.FAILED if dead else row.state,
        "message": ended[row.job_id] if dead and row.job_id else row.message,
        "job": row.job_id,
        "people": row.people,
        "rows": row.rows,
        "left_out": row.left_out,
        "sha256": row.sha256,
        "size": row.size,
        "by": row.created_by.get_username() if row.created_by else None,
        "created_at": row.created_at,
        "finished_at": row.finished_at,
        "outdated_at": row.outdated_at,
        "removed_at": row.removed_at,
    }
