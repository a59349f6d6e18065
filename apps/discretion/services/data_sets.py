"""From an audit to preference examples: what training is told, with the way back to where it came from."""

import dataclasses
from collections import defaultdict
from typing import Any, Literal

import numpy as np
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.discretion.domain import targets
from apps.discretion.domain.ballots import Choice
from apps.discretion.domain.report import Judgements
from apps.discretion.models import Annotator, Audit, Comparison, Principle
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.selectors import judgements
from apps.models.domain.examples import PreferenceExample
from apps.models.services import data_sets
from apps.moralgraph import selectors as graph
from apps.shared.errors import Conflict, Invalid

Target = Literal["verdicts", "graph"]
TARGETS = ("verdicts", "graph")
HELD_OUT = 0.25


@dataclasses.dataclass(frozen=True)
class Built:
    """A data set that was made and frozen."""

    id: str
    name: str
    train_count: int
    held_out_count: int
    left_out: dict[str, int]


@dataclasses.dataclass(frozen=True)
class _Plan:
    """Targets for an audit's comparisons, with the rule that made them."""

    table: Judgements
    found: targets.Targets
    rule: dict[str, Any]
    snapshot: int | None


@transaction.atomic
def build(
    *,
    audit: Audit,
    target: str,
    created_by: AbstractBaseUser | None,
    limit: int | None = None,
    name: str = "",
    snapshot_id: int | None = None,
    temperature: float = targets.TEMPERATURE,
    held_out: float = HELD_OUT,
    seed: int = 0,
) -> Built:
    """Freeze the audit's comparisons with their targets into a data set, split by instruction.

    Target ``verdicts``: the share of people's decided overall verdicts for A; ties are dropped and counted.
    Target ``graph``: the moral graph's softmax-weighted verdict of the principles (``targets.from_graph``).
    Raises Invalid where nothing is left to train on, and Conflict where no principle comes from the graph.
    """
    if target not in TARGETS:
        raise Invalid("There is no such target.", fields={"target": [f"One of: {', '.join(TARGETS)}."]})
    plan = (
        _from_verdicts(audit)
        if target == "verdicts"
        else _from_graph(audit, snapshot_id=snapshot_id, temperature=temperature)
    )
    frozen = data_sets.freeze(
        study=audit.study,
        name=name.strip() or f"{audit.title}: {'verdicts' if target == 'verdicts' else 'moral graph'}",
        examples=_examples(audit, plan),
        rule=plan.rule,
        created_by=created_by,
        held_out=held_out,
        seed=seed,
        limit=limit,
        left_out={reason: count for reason, count in plan.found.left_out.items() if count},
    )
    return Built(
        str(frozen.pk), frozen.name, frozen.train_count, frozen.held_out_count, dict(frozen.left_out)
    )


def _from_verdicts(audit: Audit) -> _Plan:
    table, _ = judgements.judgements(audit=audit)
    people = [place for place, rater in enumerate(table.raters) if rater.human]
    rule = {
        "target": "verdicts",
        "audit": audit.pk,
        "annotators": [table.raters[place].name for place in people],
        "says": "p is the share of people's decided verdicts for response A; ties are left out.",
    }
    return _Plan(table, targets.from_verdicts(ratings=table.overall[people]), rule, None)


def _from_graph(audit: Audit, *, snapshot_id: int | None, temperature: float) -> _Plan:
    principles = [row for row in audit_selectors.principles(audit=audit) if row.value_id is not None]
    if not principles:
        raise Conflict(
            "No principle of this audit comes from the moral graph. Take some over from a snapshot first."
        )
    chosen = snapshot_id or max(row.snapshot_id or 0 for row in principles)
    snapshot = graph.snapshot(study=audit.study, snapshot_id=chosen)
    choice = Choice(principles=tuple(row.pk for row in principles))
    table, voters = judgements.judgements(audit=audit, choice=choice)
    p = np.full(len(table.comparisons), np.nan)
    left_out: dict[str, int] = defaultdict(int)
    used: list[str] = []
    for context, places in _by_context(audit).items():
        values, draws = graph.score_draws(snapshot=snapshot, context=context)
        columns = [list(values).index(row.value_id) for row in principles if row.value_id in values]
        kept = [place for place, row in enumerate(principles) if row.value_id in values]
        used = [principles[place].title for place in kept]
        found = targets.from_graph(
            preferences=table.by_principle[np.ix_(kept, places)],
            draws=np.asarray(draws)[:, columns],
            temperature=temperature,
        )
        p[places] = found.p
        for reason, count in found.left_out.items():
            left_out[reason] += count
    rule = {
        "target": "graph",
        "audit": audit.pk,
        "snapshot": chosen,
        "temperature": temperature,
        "principles": used,
        "annotators": list(voters),
        "says": "p is the mean over draws of the graph of sigmoid(sum of weight x preference / temperature).",
    }
    return _Plan(table, targets.Targets(p, dict(left_out)), rule, chosen)


def _by_context(audit: Audit) -> dict[int | None, list[int]]:
    """Return the places of the comparisons in each context; None pools those without one."""
    rows = Comparison.objects.filter(audit=audit).order_by("place").values_list("context_id", flat=True)
    places: dict[int | None, list[int]] = defaultdict(list)
    for place, context in enumerate(rows):
        places[context].append(place)
    return places


def _examples(audit: Audit, plan: _Plan) -> list[PreferenceExample]:
    """Return the usable comparisons as examples, each with the verdicts that it leans on."""
    verdicts = _verdict_ids(audit, plan)
    simulated = Annotator.objects.filter(audit=audit, simulated=True).exists()
    rows = Comparison.objects.filter(audit=audit).order_by("place")
    return [
        PreferenceExample(
            id=str(row.pk),
            prompt=row.prompt,
            response_a=row.response_a,
            response_b=row.response_b,
            p_a=float(p),
            split_key=row.split_key,
            context=str(row.context_id or ""),
            source={
                "comparison": str(row.pk),
                "verdicts": verdicts.get(row.pk, []),
                "snapshot": plan.snapshot,
                "rule": plan.rule["target"],
                "simulated": simulated and audit.study.include_simulated,
            },
        )
        for row, p in zip(rows, plan.found.p, strict=True)
        if not np.isnan(p)
    ]


def _verdict_ids(audit: Audit, plan: _Plan) -> dict[Any, list[int]]:
    """Return the ids of the verdicts behind each comparison's target."""
    live = audit_selectors.live(audit=audit).filter(annotator__name__in=plan.rule["annotators"])
    by_graph = plan.rule["target"] == "graph"
    principles = Principle.objects.filter(audit=audit, value_id__isnull=False)
    behind = live.filter(principle__in=principles) if by_graph else live.filter(principle__isnull=True)
    found: dict[Any, list[int]] = defaultdict(list)
    for comparison, pk in behind.order_by("id").values_list("comparison_id", "id"):
        found[comparison].append(pk)
    return found
