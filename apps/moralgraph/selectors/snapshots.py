"""Reads of snapshots: the graph as it was, for audits and training that must not move."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.cards import statement
from apps.moralgraph.domain.drift import Drift, between
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.outline import Outline
from apps.moralgraph.models import Snapshot, Value, Vote
from apps.moralgraph.selectors.graphs import GraphView, show
from apps.moralgraph.selectors.views import HasId, id_of, policies_of
from apps.shared.errors import Conflict, Missing
from apps.shared.models import Study

POOLED = "all"


@dataclass(frozen=True)
class SnapshotView:
    """What a snapshot is, without its contents; ``withdrawn`` counts its votes that were withdrawn since.

    ``votes`` are those that its ranking counts, ``not_about`` those beside them that say "not about this".
    """

    id: int
    number: int
    rule: str
    parameters: dict[str, Any]
    counts: dict[str, Any]
    hash: str
    created_at: datetime
    created_by: str | None
    balance: str
    votes: int
    not_about: int
    state: Literal["ready", "computing", "failed"]
    job: uuid.UUID | None
    withdrawn: int


@dataclass(frozen=True)
class PrincipleView:
    """A value as a principle of an audit; ``weight_score`` is its score (log-odds) in the snapshot."""

    value_id: int
    title: str
    statement: str
    weight_score: float


def snapshots(*, study: Study) -> list[SnapshotView]:
    """Return the study's snapshots, newest first."""
    rows = Snapshot.objects.filter(study=study).select_related("created_by", "job").defer("result")
    gone = _withdrawn_votes(study=study)
    return [_view(row, gone) for row in rows]


def snapshot(*, study: Study, snapshot_id: int) -> SnapshotView:
    """Return one snapshot of the study. Raises Missing."""
    row = Snapshot.objects.filter(study=study, pk=snapshot_id).select_related("created_by", "job").first()
    if row is None:
        raise Missing("There is no such snapshot in this study.")
    return _view(row, _withdrawn_votes(study=study))


def snapshot_graph(*, snapshot: HasId | int, context: int | None = None) -> GraphView:
    """Return the graph that a snapshot holds, in one context or pooled. Raises Missing."""
    row = _row(snapshot)
    return show(study=row.study, graph=Outline.of(graph_in(row, context)), balance=row.balance)


def drift(*, study: Study, snapshot_id: int, since: int, context: int | None = None) -> Drift:
    """Return what changed up to a snapshot since another.

    Raises Missing, and Conflict for unlike rules or a snapshot that is not complete.
    """
    after, before = settled(own(study, snapshot_id)), settled(own(study, since))
    if after.rule != before.rule:
        raise Conflict(
            f"Snapshot {before.number} is by the rule “{before.rule}” and snapshot {after.number} by "
            f"“{after.rule}”; only snapshots by the same rule can be compared."
        )
    return between(graph_in(before, context), graph_in(after, context))


def principles(*, snapshot: HasId | int, context: int | None = None) -> list[PrincipleView]:
    """Return the snapshot's values as principles, wisest first; values withdrawn since are left out.

    Raises Missing, and Conflict for a snapshot that is not complete.
    """
    row = settled(_row(snapshot))
    ranked = graph_in(row, context).ranking.values
    values = Value.objects.filter(pk__in=[item.value for item in ranked], erased_at__isnull=True).in_bulk()
    return [_principle(values[int(item.value)], item.score) for item in ranked if int(item.value) in values]


def score_draws(
    *, snapshot: HasId | int, context: int | None = None
) -> tuple[list[int], NDArray[np.float64]]:
    """Return the values' ids and their scores under resampled participants (draws x values).

    Raises Conflict where the snapshot's rule does not say how sure it is, or the snapshot is not complete.
    """
    row = settled(_row(snapshot))
    ranking = graph_in(row, context).ranking
    if not len(ranking.draws):
        raise Conflict(
            f"Snapshot {row.number} was made by the rule “{row.rule}”, which does not say how sure it is; "
            "take one by the rule “touchstone” to train on the graph."
        )
    return [int(value) for value in ranking.order], ranking.draws


def settled(row: Snapshot) -> Snapshot:
    """Return a snapshot that will not change any more. Raises Conflict for one that is not complete."""
    if row.hash:
        return row
    if _state(row) == "computing":
        raise Conflict(
            f"How sure snapshot {row.number} is, is still being worked out. Wait until that is done."
        )
    raise Conflict(f"Snapshot {row.number} was never completed. Take another.")


def _state(row: Snapshot) -> Literal["ready", "computing", "failed"]:
    if row.hash:
        return "ready"
    return "failed" if row.job is None or row.job.ended else "computing"


def _principle(value: Value, score: float) -> PrincipleView:
    text = statement(title=value.title, policies=policies_of(value.policies))
    return PrincipleView(value.pk, value.title, text, score)


def own(study: Study, snapshot_id: int) -> Snapshot:
    """Return the row of a snapshot of the study. Raises Missing."""
    row = Snapshot.objects.filter(study=study, pk=snapshot_id).first()
    if row is None:
        raise Missing("There is no such snapshot in this study.")
    return row


def _row(snapshot: HasId | int) -> Snapshot:
    row = Snapshot.objects.select_related("study").filter(pk=id_of(snapshot)).first()
    if row is None:
        raise Missing("There is no such snapshot.")
    return row


def graph_in(row: Snapshot, context: int | None) -> Graph:
    """Return the graph of a context, or of all, that a snapshot holds. Raises Missing."""
    raw = row.result.get(POOLED if context is None else str(context))
    if raw is None:
        raise Missing(f"Snapshot {row.number} holds no such context.")
    return Graph.from_json(raw, rule=row.rule, parameters=row.parameters)


def _withdrawn_votes(*, study: Study) -> frozenset[int]:
    rows = Vote.objects.filter(study=study, withdrawn_at__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def _view(row: Snapshot, gone: frozenset[int]) -> SnapshotView:
    answers = row.counts.get("by_transition_and_context", {}).values()
    not_about = sum(told.get(Answer.NOT_ABOUT.value, 0) for told in answers)
    return SnapshotView(
        id=row.pk,
        number=row.number,
        rule=row.rule,
        parameters=row.parameters,
        counts=row.counts,
        hash=row.hash,
        created_at=row.created_at,
        created_by=row.created_by.get_username() if row.created_by else None,
        balance=row.balance,
        votes=row.counts["votes"] - not_about,
        not_about=not_about,
        state=_state(row),
        job=row.job_id,
        withdrawn=len(gone.intersection(row.ids["votes"])),
    )
