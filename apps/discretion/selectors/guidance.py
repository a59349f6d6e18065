"""What annotators go by: versions of the guideline, and of how judgements are asked for."""

import dataclasses

from django.db.models import QuerySet

from apps.discretion.domain import protocol as formulas
from apps.discretion.models import AnnotationProtocol, Audit, Guideline


@dataclasses.dataclass(frozen=True)
class InForce:
    """The protocol that judgements are asked by now; number 0 is the one that nobody wrote."""

    number: int
    protocol: formulas.Protocol


def guidelines(*, audit: Audit) -> QuerySet[Guideline]:
    """Return all versions of the guideline, the newest first."""
    return Guideline.objects.filter(audit=audit).select_related("created_by").prefetch_related("closes")


def guideline_number(*, audit: Audit) -> int:
    """Return the number of the guideline in force; 0 where there is none."""
    found = Guideline.objects.filter(audit=audit).values_list("number", flat=True).first()
    return found or 0


def protocols(*, audit: Audit) -> QuerySet[AnnotationProtocol]:
    """Return all versions of the protocol that somebody wrote, the newest first."""
    return AnnotationProtocol.objects.filter(audit=audit).select_related("created_by")


def protocol(*, audit: Audit) -> InForce:
    """Return the protocol in force."""
    found = AnnotationProtocol.objects.filter(audit=audit).first()
    if found is None:
        return InForce(0, formulas.DEFAULT)
    return InForce(found.number, formulas.from_dict(found.content))
