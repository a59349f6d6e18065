"""What a withdrawal touches here: data sets stay as they are and say that people behind them have left."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.models.models import DataSet, Lineage
from apps.shared.models import Study


@transaction.atomic
def note_participant(*, study: Study, participant_id: UUID, **_: Any) -> None:
    """Mark the data sets whose examples name the person, and forget the name."""
    named = Lineage.objects.filter(
        data_set__study=study, kind=Lineage.Kind.PARTICIPANT, reference=str(participant_id)
    )
    DataSet.objects.filter(pk__in=named.values("data_set")).update(withdrawals=F("withdrawals") + 1)
    named.delete()


@transaction.atomic
def note_snapshots(*, study: Study, snapshot_ids: Iterable[object]) -> int:
    """Mark the data sets whose targets came from these snapshots of the graph; return how many."""
    references = [str(snapshot_id) for snapshot_id in snapshot_ids]
    leaning = Lineage.objects.filter(
        data_set__study=study, kind=Lineage.Kind.SNAPSHOT, reference__in=references
    )
    return DataSet.objects.filter(pk__in=leaning.values("data_set")).update(withdrawals=F("withdrawals") + 1)
