"""What annotators go by: versions of the guideline, and of how judgements are asked for."""

import dataclasses
import itertools

from django.db.models import QuerySet

from apps.discretion.domain import protocol as formulas
from apps.discretion.domain import wording
from apps.discretion.models import AnnotationProtocol, Audit, Guideline


@dataclasses.dataclass(frozen=True)
class InForce:
    """The protocol that judgements are asked by now; number 0 is the one that nobody wrote."""

    number: int
    protocol: formulas.Protocol


@dataclasses.dataclass(frozen=True)
class Version:
    """One version of the guideline, and how its words differ from the last one's; nothing for the first."""

    guideline: Guideline
    difference: list[wording.Piece]


def guidelines(*, audit: Audit) -> list[Version]:
    """Return all versions of the guideline, the newest first."""
    rows = Guideline.objects.filter(audit=audit).select_related("created_by").prefetch_related("closes")
    return [
        Version(row, wording.difference(before=before.text, after=row.text) if before else [])
        for row, before in itertools.pairwise([*rows, None])
        if row is not None
    ]


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
