"""The graph in the shape in which moral graphs were first published, and its votes as a file."""

from typing import Any

from apps.moralgraph.domain import mge2023
from apps.moralgraph.domain.answers import Judgement
from apps.moralgraph.domain.mge2023 import PublishedEdge
from apps.moralgraph.models import Context
from apps.moralgraph.selectors.rankings import check, judgements
from apps.moralgraph.selectors.values import values
from apps.moralgraph.selectors.views import ValueView
from apps.shared.models import Study


def mge_export(*, study: Study, context: int | None = None) -> dict[str, Any]:
    """Return values and edges by the published rule, under the published names. Raises Missing."""
    check(study=study, context=context, rule=mge2023.RULE, parameters=None)
    kept = mge2023.edges(judgements(study=study, context=context))
    known = {value.id: value for value in values(study=study)}
    contexts = dict(Context.objects.filter(study=study).values_list("pk", "name"))
    ranks = mge2023.page_rank(kept)
    return {
        "values": [_value(known[int(key)], ranks[key]) for key in sorted(ranks, key=int)],
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
        "summary": {"wiserLikelihood": counters.likelihood, "entropy": counters.entropy},
    }


def votes_export(*, study: Study, context: int | None = None) -> dict[str, Any]:
    """Return the live votes as ``manage.py rank_values`` reads them; people are numbered, not named."""
    check(study=study, context=context, rule="touchstone", parameters=None)
    votes = judgements(study=study, context=context)
    # Numbered in the order of their ids, so that the same draws fall on the same people in a file and here.
    numbers = {
        voter: f"p{place:06d}" for place, voter in enumerate(sorted({str(v.voter) for v in votes}), start=1)
    }
    return {
        "values": [{"id": value.id, "title": value.title} for value in values(study=study)],
        "votes": [_vote(vote, numbers[str(vote.voter)]) for vote in votes],
    }


def _vote(vote: Judgement, voter: str) -> dict[str, Any]:
    return {
        "voter": voter,
        "less_wise": vote.less_wise,
        "wiser": vote.wiser,
        "context": vote.context,
        "answer": vote.answer.value,
        "simulated": vote.simulated,
    }
