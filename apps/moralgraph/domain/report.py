"""A ranking as the file that ``manage.py rank_values`` writes, whichever rule made it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from apps.moralgraph.domain import counting, edges, mge2023, rules
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.files import NamedValue
from apps.moralgraph.domain.mge2023 import Parameters, PublishedEdge
from apps.moralgraph.domain.results import Scored


def write(
    *,
    votes: Ballots,
    values: Sequence[NamedValue],
    rule: str,
    cuts: Mapping[str, Any],
    drawing: Mapping[str, Any],
    weights: Mapping[Key, float] | None = None,
) -> dict[str, Any]:
    """Return counts, edges, values from the wisest down, and cycles, ready to be written as JSON.

    ``cuts`` are the published thresholds: they decide which edges ``mge-2023`` keeps, and under either rule
    which ones add to a value's wisdom. ``drawing`` holds draws and seed, where they were given, and
    ``weights`` how much each voter counts in the scores of ``touchstone``; counts stay counts of votes. By
    ``mge-2023`` the edges are the kept ones; by ``touchstone`` all directed pairs that somebody was asked
    about, in the same published counts. What a rule cannot say is null.
    """
    published = rule == mge2023.RULE
    ranked = rules.rank(
        votes=votes, rule=rule, given={**drawing, **(cuts if published else {})}, weights=weights
    )
    chosen = Parameters(**cuts)
    wisdom = mge2023.publish(counting.tally(votes), chosen).wisdom
    wise = dict(zip(votes.values, wisdom.tolist(), strict=True))
    found = mge2023.edges(votes, chosen) if published else mge2023.asked(votes)
    placed = {item.value: item for item in ranked.values}
    order = {value.id: place for place, value in enumerate(values)}
    listed = sorted(values, key=lambda value: (_rank(placed.get(value.id), len(values)), order[value.id]))
    return {
        "rule": rule,
        "n_votes": ranked.votes,
        "n_voters": ranked.participants,
        "edges": [_edge(edge) for edge in found],
        "values": [_value(value, placed.get(value.id), wise[value.id]) for value in listed],
        "cycles": _cycles(votes, found, published),
    }


def _rank(item: Scored | None, last: int) -> int:
    return item.rank if item else last + 1


def _value(value: NamedValue, item: Scored | None, wisdom: float) -> dict[str, Any]:
    return {
        "id": value.id,
        "title": value.title,
        "score": item.score if item else None,
        "rank": item.rank if item else None,
        "wisdom": wisdom,
        "low": item.low if item else None,
        "high": item.high if item else None,
        "p_top": item.p_top if item else None,
    }


def _edge(edge: PublishedEdge) -> dict[str, Any]:
    return {
        "from": edge.less_wise,
        "to": edge.wiser,
        "contexts": [context for context in edge.contexts if context != ""],
        "counts": asdict(edge.counters),
        "wiser_likelihood": edge.likelihood,
        "entropy": edge.entropy,
    }


def _cycles(votes: Ballots, found: Sequence[PublishedEdge], published: bool) -> list[list[Key]]:
    if published:
        return edges.components([(edge.less_wise, edge.wiser) for edge in found])
    return edges.cycles(edges.pool_cells(votes.cells()))
