"""What is on record of a checkpoint, for its card."""

from datetime import datetime

from apps.models import selectors
from apps.models.domain import naming
from apps.models.domain.model_card import Recorded
from apps.models.models import Checkpoint, Run
from apps.models.selectors import promotions
from apps.shared import selectors as shared


def recorded(*, checkpoint: Checkpoint) -> Recorded:
    """Return everything about a checkpoint that is on record."""
    run, data_set = checkpoint.run, checkpoint.run.data_set
    names = shared.names(study=run.study)
    standing = promotions.standing(checkpoint=checkpoint)
    decision = standing.decisions[0] if standing.decisions else None
    word = "Promoted" if decision and decision.promoted else "Rejected"
    return Recorded(
        name=f"{run.name}, step {checkpoint.step}",
        study=run.study.title,
        made=f"{checkpoint.created_at:%d %B %Y}",
        sha256=checkpoint.hash,
        size_bytes=checkpoint.size_bytes,
        method=run.method,
        size=run.size,
        config=run.config,
        data_set=data_set.name,
        data_hash=data_set.hash,
        rule=naming.rule(data_set.rule, names),
        counts={"train": data_set.train_count, "held_out": data_set.held_out_count},
        left_out=data_set.left_out,
        composition=data_set.composition,
        people=selectors.people_behind(data_set=data_set)["n"],
        withdrawals=data_set.withdrawals,
        figures={
            suite: naming.figures(found, names)
            for suite, found in selectors.evaluations(checkpoint=checkpoint).items()
        },
        too_long=run.too_long,
        elsewhere=elsewhere(run=run),
        decision=f"{word} on {decision.decided_at:%d %B %Y}: {decision.reason}" if decision else "",
        findings=standing.findings,
    )


def elsewhere(*, run: Run) -> str:
    """Return in a sentence what another machine had in a run, '' where none had."""
    known = run.elsewhere
    if "brought_back" not in known:
        return ""
    back, machine = datetime.fromisoformat(known["brought_back"]), known.get("machine", {})
    on = (
        ", ".join(
            [machine["device"], *(f"{name} {its}" for name, its in machine.items() if name != "device")]
        )
        if (machine.get("device"))
        else "not named"
    )
    part = "to its end" if known["finished"] else f"up to step {known.get('step', 0)}"
    return f"Trained {part} on another machine ({on}), and brought back on {back:%d %B %Y}."
