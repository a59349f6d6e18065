"""The tables of discretion: audits, comparisons, who judged them, by which principles, and what they said."""

from apps.discretion.models.audits import Annotator, Audit, Comparison, Import, Principle, Verdict

__all__ = ["Annotator", "Audit", "Comparison", "Import", "Principle", "Verdict"]
