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
from apps.moralgraph.models import Snapshot
from apps.moralgraph.selectors.rankings import check
from apps.moralgraph.selectors.snapshots import POOLED
from apps.shared.models import Study
from apps.shared.services import audit


@transaction.atomic
def take_snapshot(
    *,
    study: Study,
    rule: str = "touchstone",
    parameters: Mapping[str, Any] | None = None,
    created_by: AbstractBaseUser | None = None,
) -> Snapshot:
    """Keep the ranking of all contexts and of each, with the ids and counts behind it and a hash of it all.

    Raises Invalid for an unknown rule or parameter.
    """
    chosen = check(study=study, context=None, rule=rule, parameters=parameters)
    Study.objects.select_for_update().get(pk=study.pk)
    contexts = list(selectors.contexts(study=study).values_list("pk", flat=True))
    result = {
        POOLED if context is None else str(context): selectors.ranked_graph(
            study=study, context=context, rule=rule, parameters=chosen
        ).to_json()
        for context in (None, *contexts)
    }
    ids, counts = _contents(study=study, contexts=contexts)
    last = Snapshot.objects.filter(study=study).aggregate(last=Max("number"))["last"] or 0
    kept = {"rule": rule, "parameters": chosen, "ids": ids, "counts": counts, "result": result}
    snapshot = Snapshot.objects.create(
        study=study,
        number=last + 1,
        hash=fingerprint(kept),
        created_by_id=created_by.pk if created_by else None,
        **kept,
    )
    if created_by is not None:
        audit.record(
            study=study, actor=created_by, action="graph.snapshot", subject=f"snapshot/{snapshot.pk}"
        )
    return snapshot


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
    ids = {
        "votes": [row[0] for row in rows],
        "transitions": sorted({row[1] for row in rows}),
        "contexts": contexts,
        "values": sorted(selectors.live_values(study=study).values_list("pk", flat=True)),
    }
    counts = {
        "values": len(ids["values"]),
        "votes": len(rows),
        "participants": len({row[4] for row in rows}),
        "simulated_votes": sum(row[5] for row in rows),
        "by_transition_and_context": {key: dict(sorted(tally[key].items())) for key in sorted(tally)},
    }
    return ids, counts
