"""What a study asks of checkpoints, and how one stands to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from apps.models import selectors
from apps.models.domain import promotion
from apps.models.domain.promotion import Conditions, Finding
from apps.models.models import Checkpoint, Decision, Evaluation, PromotionRule
from apps.shared.models import Study


@dataclass(frozen=True)
class Standing:
    """How a checkpoint stands to the rule in force, and what was decided, the newest first.

    ``rule_is_later``: the rule was set after the figures were known.
    """

    findings: tuple[Finding, ...]
    decisions: tuple[Decision, ...]
    rule_set_at: datetime | None
    rule_is_later: bool


@dataclass(frozen=True)
class Served:
    """What has to be said of a checkpoint wherever it works: its name, what was decided last, who withdrew.

    ``decision`` is ``promoted``, ``rejected`` or ''.
    """

    id: str
    name: str
    decision: str
    reason: str
    withdrawals: int


def served(*, checkpoint: Checkpoint) -> Served:
    """Return what has to be said of a checkpoint that works somewhere."""
    last = next(iter(checkpoint.decisions.all()), None)
    return Served(
        id=str(checkpoint.pk),
        name=f"{checkpoint.run.name}, step {checkpoint.step}",
        decision="" if last is None else "promoted" if last.promoted else "rejected",
        reason=last.reason if last else "",
        withdrawals=checkpoint.run.data_set.withdrawals,
    )


def served_by_id(*, ids: Collection[str]) -> dict[str, Served]:
    """Return the same of several, in two queries; what is gone is left out."""
    if not ids:
        return {}
    rows = Checkpoint.objects.filter(pk__in=ids).select_related("run__data_set").prefetch_related("decisions")
    return {str(row.pk): served(checkpoint=row) for row in rows}


def rule(*, study: Study) -> PromotionRule | None:
    """Return the rule in force."""
    return PromotionRule.objects.filter(study=study).select_related("set_by").first()


def findings(*, checkpoint: Checkpoint, rule: PromotionRule | None) -> list[Finding]:
    """Return how a checkpoint stands to a rule; nothing where there is none."""
    if rule is None:
        return []
    return promotion.weigh(
        conditions=Conditions(**rule.conditions),
        figures=selectors.evaluations(checkpoint=checkpoint),
        withdrawals=checkpoint.run.data_set.withdrawals,
    )


def standing(*, checkpoint: Checkpoint) -> Standing:
    """Return how a checkpoint stands to the rule in force, with its decisions."""
    in_force = rule(study=checkpoint.run.study)
    measured = _held_out(checkpoint)
    later = in_force is not None and measured is not None and in_force.set_at > measured.recorded_at
    return Standing(
        findings=tuple(findings(checkpoint=checkpoint, rule=in_force)),
        decisions=tuple(Decision.objects.filter(checkpoint=checkpoint).select_related("decided_by")),
        rule_set_at=in_force.set_at if in_force else None,
        rule_is_later=later,
    )


def _held_out(checkpoint: Checkpoint) -> Evaluation | None:
    return checkpoint.evaluations.filter(suite=promotion.HELD_OUT).first()
