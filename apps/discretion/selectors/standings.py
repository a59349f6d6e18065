"""How a checkpoint stands beside the people of the audits that it judged in."""

import dataclasses
from uuid import UUID

from apps.discretion.domain import beside_people
from apps.discretion.domain.beside_people import Standing
from apps.discretion.models import Annotator, Comparison
from apps.discretion.selectors import judgements
from apps.shared.models import Study


@dataclasses.dataclass(frozen=True)
class Joined:
    """An audit that a checkpoint is an annotator of; no ``standing`` where nothing can be said yet."""

    annotator: Annotator
    standing: Standing | None


def joined(*, study: Study, checkpoint_id: UUID | str) -> list[Joined]:
    """Return the audits of a study that a checkpoint has joined, the newest first."""
    rows = Annotator.objects.filter(audit__study=study, checkpoint_id=str(checkpoint_id))
    return [
        Joined(row, standing(annotator=row))
        for row in rows.select_related("audit__study").order_by("-audit__id", "-id")
    ]


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
