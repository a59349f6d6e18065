"""What a withdrawal touches here: data sets stay as they are and say that people behind them have left."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from apps.models.models import DataSet, Lineage
from apps.shared.models import Study


@transaction.atomic
def note_participant(*, study: Study, participant_id: UUID, **_: Any) -> None:
    """Mark the data sets whose examples name the person, and forget the name: only its hash stays."""
    named = Lineage.objects.filter(
        data_set__study=study, kind=Lineage.Kind.PARTICIPANT, reference=str(participant_id)
    )
    DataSet.objects.filter(pk__in=named.values("data_set")).update(withdrawals=F("withdrawals") + 1)
    named.update(reference=_forgotten(participant_id))


@transaction.atomic
def note_graph(
    *, study: Study, participant_id: UUID, snapshot_ids: Iterable[object], value_ids: Iterable[object] = ()
) -> int:
    """Mark the data sets whose targets came from snapshots in which the person counts, or, without any, from
    a value that a card of theirs is of; return how many.

    Those that are marked already because they name the person are not counted twice.
    """
    rows = Lineage.objects.filter(data_set__study=study)
    of_snapshots = rows.filter(kind=Lineage.Kind.SNAPSHOT)
    leaning = of_snapshots.filter(reference__in=[str(pk) for pk in snapshot_ids])
    # A snapshot says itself whose values it holds: someone's card may have come to a value after it.
    of_values = rows.filter(kind=Lineage.Kind.VALUE, reference__in=[str(pk) for pk in value_ids]).exclude(
        data_set__in=of_snapshots.values("data_set")
    )
    named = rows.filter(
        kind=Lineage.Kind.PARTICIPANT, reference__in=[str(participant_id), _forgotten(participant_id)]
    )
    marked = DataSet.objects.filter(
        Q(pk__in=leaning.values("data_set")) | Q(pk__in=of_values.values("data_set"))
    ).exclude(pk__in=named.values("data_set"))
    return marked.update(withdrawals=F("withdrawals") + 1)


def _forgotten(participant_id: UUID) -> str:
    """Return what is left of a name: nobody finds the person by it, and one is not counted twice."""
    return f"withdrawn/{hashlib.sha256(participant_id.bytes).hexdigest()[:32]}"
