"""Snapshots: the graph kept as it is now, so that audits and training can name what they rest on."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from apps.moralgraph import selectors
from apps.moralgraph.domain.graph import Graph, build
from apps.moralgraph.models import Snapshot
from apps.moralgraph.selectors.ballots import votes_of_snapshot
from apps.moralgraph.selectors.rankings import check
from apps.moralgraph.selectors.snapshots import POOLED
from apps.moralgraph.selectors.traits import balanced
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

TASK = "moralgraph.complete_snapshot"


@transaction.atomic
def take_snapshot(
    *,
    study: Study,
    rule: str = "touchstone",
    parameters: Mapping[str, Any] | None = None,
    balance: str = "",
    created_by: AbstractBaseUser | None = None,
) -> Snapshot:
    """Keep the ranking of all contexts and of each, with the ids and counts behind it and a hash of it all.

    A graph that is too large to be resampled at once is kept with its scores; how sure they are is worked
    out by a job from the very votes that are kept here, and the snapshot has its hash when that is done.
    Raises Invalid for an unknown rule, parameter or thing to balance by.
    """
    chosen = check(study=study, context=None, rule=rule, parameters=parameters)
    Study.objects.select_for_update().get(pk=study.pk)
    contexts = list(selectors.contexts(study=study).values_list("pk", flat=True))
    graphs = {
        _name(context): selectors.ranked_graph(
            study=study, context=context, rule=rule, parameters=chosen, balance=balance, at_once=True
        )
        for context in (None, *contexts)
    }
    ids, counts = _contents(study=study, contexts=contexts)
    last = Snapshot.objects.filter(study=study).aggregate(last=Max("number"))["last"] or 0
    snapshot = Snapshot(
        study=study,
        number=last + 1,
        rule=rule,
        parameters=chosen,
        balance=balance,
        ids=ids,
        counts=counts,
        result={name: graph.to_json() for name, graph in graphs.items()},
        created_by_id=created_by.pk if created_by else None,
    )
    complete = all(graph.ranking.parameters["draws"] == chosen["draws"] for graph in graphs.values())
    snapshot.hash = fingerprint(keep(snapshot)) if complete else ""
    snapshot.save()
    if not complete:
        _leave_to_a_job(snapshot, created_by)
    if created_by is not None:
        audit.record(
            study=study, actor=created_by, action="graph.snapshot", subject=f"snapshot/{snapshot.pk}"
        )
    return snapshot


def _name(context: int | None) -> str:
    return POOLED if context is None else str(context)


def _leave_to_a_job(snapshot: Snapshot, created_by: AbstractBaseUser | None) -> None:
    snapshot.job = jobs.enqueue(
        study=snapshot.study,
        task=TASK,
        subject=f"snapshot/{snapshot.pk}",
        config={"snapshot": snapshot.pk},
        created_by=created_by,
    )
    snapshot.save(update_fields=["job"])


def complete(*, job: Job) -> None:
    """Work out how sure a snapshot's scores are, from the votes that it names, and give it its hash.

    A job that begins again after a worker died begins anew; one that is asked to stop leaves the snapshot
    incomplete.
    """
    snapshot = Snapshot.objects.select_related("study").get(pk=job.config["snapshot"])
    contexts = [None, *snapshot.ids["contexts"]]
    result = {}
    for place, context in enumerate(contexts):
        if snapshot.hash or jobs.stop_requested(job=job):
            message = "" if snapshot.hash else "Stopped; the snapshot stays incomplete."
            jobs.finish(job=job, state=Job.State.CANCELLED, message=message)
            return
        jobs.report(job=job, progress=place / len(contexts))
        result[_name(context)] = _resampled(snapshot, context).to_json()
    snapshot.result = result
    # Only where nobody was faster: what has a hash is never changed.
    Snapshot.objects.filter(pk=snapshot.pk, hash="").update(result=result, hash=fingerprint(keep(snapshot)))


def _resampled(snapshot: Snapshot, context: int | None) -> Graph:
    votes = votes_of_snapshot(snapshot, context)
    held = balanced(study=snapshot.study, votes=votes, rule=snapshot.rule, balance=snapshot.balance)
    return build(votes=votes, rule=snapshot.rule, given=snapshot.parameters, held=held)


def keep(snapshot: Snapshot) -> dict[str, Any]:
    """Return what the hash of a snapshot is of."""
    balance = {"balance": snapshot.balance} if snapshot.balance else {}
    names = ("rule", "parameters", "ids", "counts", "result")
    return {name: getattr(snapshot, name) for name in names} | balance


def fingerprint(kept: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot's contents as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def _contents(*, study: Study, contexts: list[int]) -> tuple[dict[str, Any], dict[str, Any]]:
    rows = list(
        selectors.live_votes(study=study)
        .order_by("pk")
        .values_list("pk", "transition_id", "context_id", "answer", "participant_id", "simulated")
    )
    tally: dict[str, Counter[str]] = {}
    for _, transition, context, answer, _, _ in rows:
        tally.setdefault(f"{transition}:{context}", Counter())[answer] += 1
    now = selectors.standing(study=study)
    ids: dict[str, Any] = {
        "votes": [row[0] for row in rows],
        "transitions": sorted({row[1] for row in rows}),
        "contexts": contexts,
        "values": sorted(selectors.live_values(study=study).values_list("pk", flat=True)),
    }
    if now:
        # Where votes count that were cast on what was put into something else since.
        ids["stands_for"] = now.to_json()
    counts = {
        "values": len(ids["values"]),
        "votes": len(rows),
        "participants": len({row[4] for row in rows}),
        "simulated_votes": sum(row[5] for row in rows),
        "by_transition_and_context": {key: dict(sorted(tally[key].items())) for key in sorted(tally)},
    }
    return ids, counts
