"""From an audit to preference examples: what training is told, with the way back to where it came from."""

import dataclasses
from collections import defaultdict
from typing import Any

import numpy as np
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from apps.discretion.models import Annotator, Audit, Comparison, Principle
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.selectors import judgements
from apps.discretion.services import targeting
from apps.discretion.services.targeting import SPLITS, Asked, Plan
from apps.models.domain import naming
from apps.models.domain.data_card import FROM_FILES
from apps.models.domain.examples import PreferenceExample
from apps.models.services import data_sets
from apps.models.services.counterfactuals import OTHER
from apps.shared.errors import Invalid

HELD_OUT = 0.25
NAMED = {"verdicts": "verdicts", "graph": "moral graph"}


@dataclasses.dataclass(frozen=True)
class Built:
    """A data set that was made and frozen."""

    id: str
    name: str
    train_count: int
    held_out_count: int
    left_out: dict[str, int]


@dataclasses.dataclass(frozen=True)
class Manner:
    """How examples are frozen: under which name, split how, and at most how many."""

    name: str = ""
    split: str = "prompts"
    held_out: float = HELD_OUT
    seed: int = 0
    limit: int | None = None


AS_USUAL = Manner()


@dataclasses.dataclass(frozen=True)
class _Made:
    """Examples with the plans behind them; split by people, those of either side."""

    plans: list[Plan]
    examples: list[list[PreferenceExample]]

    @property
    def left_out(self) -> dict[str, int]:
        """Return how many comparisons have no target, by reason."""
        return {reason: count for reason, count in self.plans[0].found.left_out.items() if count}


@transaction.atomic
def build(
    *, audit: Audit, asked: Asked, created_by: AbstractBaseUser | None, manner: Manner = AS_USUAL
) -> Built:
    """Freeze the audit's comparisons with their targets into a data set, split by instruction.

    Target ``verdicts``: the share of people's decided overall verdicts for A; ties are dropped and counted.
    Target ``graph``: the moral graph's softmax-weighted verdict of the principles (``targets.from_graph``),
    from the votes of those who agreed that a model is trained on them. Target ``principle``: the verdict of
    one principle. Split by ``people`` as well, nobody who is heard in training is heard on what is held out.
    Raises Invalid where nothing is left to train on, and Conflict where nobody may be heard.
    """
    if manner.split not in SPLITS:
        raise Invalid("There is no such split.", fields={"split": [f"One of: {', '.join(SPLITS)}."]})
    made = _make(audit, asked, manner)
    return _freeze(audit, made, manner, created_by, left_out=made.left_out)


@transaction.atomic
def build_two(
    *,
    audit: Audit,
    asked: Asked,
    groups: tuple[str, str],
    created_by: AbstractBaseUser | None,
    manner: Manner = AS_USUAL,
) -> tuple[Built, Built]:
    """Freeze two data sets that differ in whose judgements are their targets, and in nothing else.

    ``groups`` are two answers to ``asked.by``. Both hold the comparisons of which both groups say something,
    split alike, so that one recipe can be trained on either and the models compared. Raises Invalid and
    Conflict as ``build`` does, and then neither is made.
    """
    if not asked.by or groups[0] == groups[1]:
        raise Invalid("Choose two groups.", fields={"second": ["Choose another one than the first."]})
    alike = dataclasses.replace(manner, split="prompts")
    made = [_make(audit, dataclasses.replace(asked, group=group), alike) for group in groups]
    known = [{example.id for example in one.examples[0]} for one in made]
    built = []
    for one, there, other in zip(made, known, known[::-1], strict=True):
        kept = [example for example in one.examples[0] if example.id in other]
        cut = dataclasses.replace(one, examples=[kept])
        left_out = {**one.left_out, **({OTHER: len(there - other)} if there - other else {})}
        named = f"{alike.name}: {one.plans[0].heard.named}" if alike.name.strip() else ""
        own = dataclasses.replace(alike, name=named)
        built.append(_freeze(audit, cut, own, created_by, left_out=left_out))
    return built[0], built[1]


def _make(audit: Audit, asked: Asked, manner: Manner) -> _Made:
    everybody = targeting.whoever(audit=audit, asked=asked)
    sides = (
        targeting.part(everybody=everybody, asked=asked, held_out=manner.held_out, seed=manner.seed)
        if manner.split == "people"
        else (everybody,)
    )
    plans = [targeting.plan(audit=audit, asked=asked, heard=heard) for heard in sides]
    return _Made(plans, [_examples(audit, plan) for plan in plans])


def _freeze(
    audit: Audit,
    made: _Made,
    manner: Manner,
    created_by: AbstractBaseUser | None,
    *,
    left_out: dict[str, int],
) -> Built:
    frozen = data_sets.freeze(
        study=audit.study,
        name=manner.name.strip() or _named(audit, made.plans[0]),
        examples=made.examples[0],
        apart=made.examples[1] if manner.split == "people" else None,
        people=sorted({person for plan in made.plans for person in plan.heard.people}),
        rule=_rule(audit, made.plans, manner.split),
        created_by=created_by,
        held_out=manner.held_out,
        seed=manner.seed,
        limit=manner.limit,
        left_out=left_out,
    )
    return Built(
        str(frozen.pk), frozen.name, frozen.train_count, frozen.held_out_count, dict(frozen.left_out)
    )


def examples_now(*, audit: Audit, asked: Asked) -> tuple[list[PreferenceExample], dict[str, Any]]:
    """Return the audit's comparisons as examples as things stand, and the rule that made their targets.

    Nothing is frozen. Raises Invalid, and Conflict where nobody may be heard.
    """
    everybody = targeting.whoever(audit=audit, asked=asked)
    plan = targeting.plan(audit=audit, asked=asked, heard=everybody)
    return _examples(audit, plan), plan.rule


def _named(audit: Audit, plan: Plan) -> str:
    """Return a name for a data set; a group comes first, for two of one audit differ in nothing else."""
    target = NAMED.get(plan.rule["target"]) or _principle(plan.rule["principle"])
    if plan.heard.named:
        return f"{plan.heard.named}: {target}, {audit.title}"
    return f"{audit.title[:80]}: {target}"


def _principle(principle_id: int) -> str:
    """Return what a name says of a principle: its place where it is a value's, whose words may be erased."""
    row = Principle.objects.get(pk=principle_id)
    return row.title if row.value_id is None else f"principle {row.position + 1}"


def _rule(audit: Audit, plans: list[Plan], split: str) -> dict[str, Any]:
    """Return how the targets were made, and how many of those heard came with a file.

    Split by people, with who is heard on either side.
    """
    first, *others = plans
    names = {name for plan in plans for name in plan.rule["annotators"]}
    brought = Annotator.objects.filter(
        audit=audit, name__in=names, kind=Annotator.Kind.IMPORTED_PERSON
    ).count()
    told = {**first.rule, "split": split} | ({FROM_FILES: brought} if brought else {})
    if not others:
        return told
    apart = {key: others[0].rule[key] for key in ("annotators", "people", "votes") if key in others[0].rule}
    return {**told, "held out": apart}


def _examples(audit: Audit, plan: Plan) -> list[PreferenceExample]:
    """Return the usable comparisons as examples, each with the verdicts that it leans on."""
    verdicts = _verdict_ids(audit, plan)
    spoken = _spoken(audit)
    values = _values(audit, plan)
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
                "principles": spoken[place],
                "values": sorted(values[key] for key in spoken[place] if key in values),
                "consents": plan.consents.get(row.context_id, 0),
                "context": naming.context(row.context_id) if row.context_id else "",
                "simulated": simulated and audit.study.include_simulated,
                **({"sensitive": True} if row.metadata.get("sensitive") else {}),
            },
        )
        for place, (row, p) in enumerate(zip(rows, plan.found.p, strict=True))
        if not np.isnan(p)
    ]


def _values(audit: Audit, plan: Plan) -> dict[str, int]:
    """Return the values of the graph that the targets lean on, by the keys of their principles."""
    if plan.rule["target"] == "verdicts":
        return {}
    taken = Principle.objects.filter(audit=audit, value_id__isnull=False, retired_at__isnull=True)
    alone = Q(pk=plan.rule["principle"]) if plan.rule["target"] == "principle" else Q()
    return {naming.principle(row.pk): row.value_id for row in taken.filter(alone) if row.value_id is not None}


def _spoken(audit: Audit) -> list[dict[str, float]]:
    """Return for each comparison which principles prefer a response: key -> preference, not 0."""
    table, _ = judgements.judgements(audit=audit)
    votes = np.nan_to_num(table.by_principle)
    keys = [naming.principle(found.id) for found in table.principles]
    return [
        {keys[at]: round(float(votes[at, place]), 4) for at in np.flatnonzero(votes[:, place])}
        for place in range(votes.shape[1])
    ]


def _verdict_ids(audit: Audit, plan: Plan) -> dict[Any, list[int]]:
    """Return the ids of the verdicts behind each comparison's target."""
    live = audit_selectors.live(audit=audit).filter(annotator__name__in=plan.rule["annotators"])
    behind = live.filter(_behind(audit, plan))
    found: dict[Any, list[int]] = defaultdict(list)
    for comparison, pk in behind.order_by("id").values_list("comparison_id", "id"):
        found[comparison].append(pk)
    return found


def _behind(audit: Audit, plan: Plan) -> Q:
    """Return which verdicts the targets lean on: overall ones, one principle's, or all of the graph's."""
    if plan.rule["target"] == "verdicts":
        return Q(principle__isnull=True)
    if plan.rule["target"] == "principle":
        return Q(principle=plan.rule["principle"])
    return Q(principle__in=Principle.objects.filter(audit=audit, value_id__isnull=False))
