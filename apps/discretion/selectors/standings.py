"""How a checkpoint stands beside the people of the audits that it judged in."""

import dataclasses
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.discretion.domain import beside_people
from apps.discretion.domain.beside_people import Standing
from apps.discretion.models import Annotator, Comparison
from apps.discretion.selectors import judgements
from apps.models import selectors as models_selectors
from apps.shared.models import Study

SUITE = "discretion"
"""Under this name a checkpoint keeps what an audit says of it."""


@dataclasses.dataclass(frozen=True)
class Joined:
    """An audit that a checkpoint is an annotator of; no ``standing`` where nothing can be said yet.

    ``recorded``: the day on which the rule and the card took their figures from this audit, '' where they
    have none of it; ``is_recorded``: these are still the figures of now.
    """

    annotator: Annotator
    standing: Standing | None
    recorded: str = ""
    is_recorded: bool = False


def annotators_of(*, study: Study, checkpoint_id: UUID | str) -> QuerySet[Annotator]:
    """Return what a checkpoint is in the audits of a study, the newest first."""
    rows = Annotator.objects.filter(audit__study=study, checkpoint_id=str(checkpoint_id))
    return rows.select_related("audit__study").order_by("-audit__id", "-id")


def joined(*, study: Study, checkpoint_id: UUID | str) -> list[Joined]:
    """Return the audits of a study that a checkpoint has joined, the newest first."""
    kept = models_selectors.evaluations_of(checkpoint_id=checkpoint_id).get(SUITE, {})
    return [_joined(row, kept) for row in annotators_of(study=study, checkpoint_id=checkpoint_id)]


def _joined(annotator: Annotator, kept: dict[str, Any]) -> Joined:
    now = standing(annotator=annotator)
    if now is None or kept.get("audit") != annotator.audit.pk:
        return Joined(annotator, now)
    as_stored = json.loads(json.dumps(now.to_dict()))
    # Figures that did not exist when the others were recorded say nothing of whether these changed.
    same = all(kept[name] == value for name, value in as_stored.items() if name in kept)
    return Joined(annotator, now, recorded=kept["recorded"], is_recorded=same)


def standing(*, annotator: Annotator) -> Standing | None:
    """Return how an annotator stands beside the people of its audit, kept until something changes there."""
    audit = annotator.audit

    def make() -> Standing | None:
        said, _ = judgements.judgements(audit=audit)
        keys = {str(pk): key for pk, key in _split_keys(audit.pk)}
        prompts = [keys[comparison] for comparison in said.comparisons]
        return beside_people.stand(judgements=said, rater=str(annotator.pk), prompts=prompts)

    return judgements.kept(audit=audit, what=f"standing of {annotator.pk}", make=make)


def _split_keys(audit_id: int) -> list[tuple[UUID, str]]:
    return list(Comparison.objects.filter(audit_id=audit_id).values_list("pk", "split_key"))
