"""The graph in the shape in which moral graphs were first published, and its votes as a file."""

import csv
import io
import math
from typing import Any

from apps.moralgraph.domain import counting, files, mge2023
from apps.moralgraph.domain.mge2023 import PublishedEdge
from apps.moralgraph.models import Context
from apps.moralgraph.selectors.ballots import ballots
from apps.moralgraph.selectors.rankings import check
from apps.moralgraph.selectors.values import values
from apps.moralgraph.selectors.views import ValueView
from apps.shared.models import Study


def mge_export(*, study: Study, context: int | None = None) -> dict[str, Any]:
    """Return values and edges by the published rule, under the published names. Raises Missing."""
    check(study=study, context=context, rule=mge2023.RULE, parameters=None)
    votes = ballots(study=study, context=context)
    found = mge2023.publish(counting.tally(votes))
    kept = mge2023.named(votes, found.kept)
    known = {value.id: value for value in values(study=study)}
    contexts = dict(Context.objects.filter(study=study).values_list("pk", "name"))
    ranks = zip(votes.values, found.page_rank.tolist(), strict=True)
    return {
        "values": [_value(known[int(key)], score) for key, score in ranks if not math.isnan(score)],
        "edges": [_edge(edge, contexts) for edge in kept],
    }


def _value(value: ValueView, page_rank: float) -> dict[str, Any]:
    return {
        "id": value.id,
        "title": value.title,
        "instructionsShort": value.summary,
        "instructionsDetailed": value.statement,
        "evaluationCriteria": [policy.text for policy in value.policies],
        "pageRank": page_rank,
    }


def _edge(edge: PublishedEdge, contexts: dict[int, str]) -> dict[str, Any]:
    counters = edge.counters
    return {
        "sourceValueId": edge.less_wise,
        "wiserValueId": edge.wiser,
        "contexts": [contexts[int(key)] for key in edge.contexts],
        "counts": {
            "markedWiser": counters.wiser,
            "markedNotWiser": counters.not_wiser,
            "markedLessWise": counters.less_wise,
            "markedUnsure": counters.unsure,
            "impressions": counters.impressions,
        },
        "summary": {"wiserLikelihood": edge.likelihood, "entropy": edge.entropy},
    }


def votes_export(*, study: Study, context: int | None = None) -> dict[str, Any]:
    """Return values and live votes as the files of ``manage.py rank_values`` hold them.

    People are numbered, not named. Raises Missing.
    """
    check(study=study, context=context, rule="touchstone", parameters=None)
    votes = ballots(study=study, context=context)
    names = dict(Context.objects.filter(study=study).values_list("pk", "name"))
    # Numbered in the order of their ids, so that the same draws fall on the same people in a file and here.
    numbers = {voter: f"p{place:06d}" for place, voter in enumerate(votes.voters, start=1)}
    return {
        "values": [
            {"id": value.id, "title": value.title, "policies": [policy.text for policy in value.policies]}
            for value in values(study=study)
        ],
        "votes": [
            {
                "participant": numbers[vote.voter],
                "from": vote.less_wise,
                "to": vote.wiser,
                "context": names[int(vote.context)],
                "answer": vote.answer.value,
            }
            for vote in votes.judgements()
        ],
    }


def votes_table(*, study: Study, context: int | None = None) -> str:
    """Return the votes of ``votes_export`` as CSV. Raises Missing."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, files.COLUMNS)
    writer.writeheader()
    writer.writerows(votes_export(study=study, context=context)["votes"])
    return table.getvalue()
