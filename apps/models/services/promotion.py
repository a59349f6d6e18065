"""Promote or reject a checkpoint, by a rule that was set beforehand."""

from dataclasses import asdict

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.models.domain.promotion import Conditions
from apps.models.models import Checkpoint, Decision, PromotionRule
from apps.models.selectors import promotions
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study
from apps.shared.services import audit


@transaction.atomic
def set_rule(*, study: Study, conditions: Conditions, actor: AbstractBaseUser | None) -> PromotionRule:
    """Ask this of checkpoints from now on. What was decided stays decided."""
    rule = PromotionRule.objects.create(
        study=study, conditions=conditions.to_dict(), set_by_id=actor.pk if actor else None
    )
    if actor is not None:
        audit.record(study=study, actor=actor, action="models.promotion_rule", subject=f"rule/{rule.pk}")
    return rule


@transaction.atomic
def decide(
    *, checkpoint: Checkpoint, promoted: bool, reason: str, actor: AbstractBaseUser | None
) -> Decision:
    """Promote or reject a checkpoint.

    Raises Invalid without a reason, and Conflict for a promotion where no rule is set or one of its
    conditions is not met.
    """
    if not reason.strip():
        raise Invalid("Say why: whoever uses the checkpoint reads it.", fields={"reason": ["Say why."]})
    study = checkpoint.run.study
    rule = promotions.rule(study=study)
    found = promotions.findings(checkpoint=checkpoint, rule=rule)
    if promoted and rule is None:
        raise Conflict("Set a rule first: what must a checkpoint show before it is promoted?")
    if promoted and not all(finding.met for finding in found):
        missed = [f"{item.condition} (found: {item.found})" for item in found if not item.met]
        raise Conflict(f"The rule is not met: {'; '.join(missed)}.")
    decision = Decision.objects.create(
        checkpoint=checkpoint,
        promoted=promoted,
        reason=reason.strip(),
        rule=rule,
        findings=[asdict(finding) for finding in found],
        decided_by_id=actor.pk if actor else None,
    )
    if actor is not None:
        word = "promote" if promoted else "reject"
        audit.record(study=study, actor=actor, action=f"models.{word}", subject=f"checkpoint/{checkpoint.pk}")
    return decision
