"""The tables of discretion: audits, comparisons, who judged them, by which principles, and what they said."""

from apps.discretion.models.acts import Act
from apps.discretion.models.adjudications import Adjudication
from apps.discretion.models.audits import Annotator, Audit, Comparison, Import, Principle, Verdict
from apps.discretion.models.batches import Assignment, Batch, BatchMember, Probe
from apps.discretion.models.guidance import AnnotationProtocol, Guideline
from apps.discretion.models.instant import InstantModel
from apps.discretion.models.judging import Judging, Reply

__all__ = [
    "Act",
    "Adjudication",
    "AnnotationProtocol",
    "Annotator",
    "Assignment",
    "Audit",
    "Batch",
    "BatchMember",
    "Comparison",
    "Guideline",
    "Import",
    "InstantModel",
    "Judging",
    "Principle",
    "Probe",
    "Reply",
    "Verdict",
]
