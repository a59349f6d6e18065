"""Figures of the graph as Plotly dictionaries; fonts, and colours in the dark, are the page's."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.moralgraph.domain import mge2023
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.results import Ranking, Scored

_NAMES = {False: "values of people", True: "values of simulated people"}
_HUMAN = "#1a7a63"
"""The colour of people's data in all figures; simulated people have the same dot, hollow."""
_SYMBOLS = {False: "circle", True: "circle-open"}


def scores(
    *, ranking: Ranking, titles: Mapping[Key, str], simulated: frozenset[Key], finding: str, summary: str = ""
) -> dict[str, Any]:
    """Return each value's score as a dot with its interval as a whisker, wisest on top.

    The title states the finding. Each point's ``customdata`` is [value, n, probability of being the wisest],
    so that it can open its rows.
    """
    rows = {item.value: len(ranking.values) - 1 - place for place, item in enumerate(ranking.values)}
    traces = [
        _trace(items=items, rows=rows, kind=kind)
        for kind in (False, True)
        if (items := [item for item in ranking.values if (item.value in simulated) is kind])
    ]
    published = ranking.rule == mge2023.RULE
    level = ranking.parameters.get("level", 0.95)
    unit = "PageRank" if published else f"Score in log-odds, with its {level:.0%} interval".replace("%", " %")
    ordered = sorted(rows, key=lambda value: rows[value])
    return {
        "data": traces,
        "layout": {
            "title": {"text": finding},
            "xaxis": {"title": {"text": unit}, "zeroline": not published},
            "yaxis": {
                "tickmode": "array",
                "tickvals": [rows[value] for value in ordered],
                "ticktext": [titles[value] for value in ordered],
                "range": [-0.7, len(rows) - 0.3],
                "automargin": True,
            },
            "height": 140 + 34 * len(rows),
            "showlegend": bool(simulated),
            "meta": {
                "summary": summary or finding,
                "rule": ranking.rule,
                "votes": ranking.votes,
                "participants": ranking.participants,
            },
        },
    }


def _trace(*, items: Sequence[Scored], rows: Mapping[Key, int], kind: bool) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "name": _NAMES[kind],
        "x": [item.score for item in items],
        "y": [rows[item.value] for item in items],
        "marker": {
            "symbol": _SYMBOLS[kind],
            "size": 11,
            "color": _HUMAN,
            "line": {"color": _HUMAN, "width": 2},
        },
        "customdata": [[item.value, item.n, item.p_top] for item in items],
        "hovertemplate": "score %{x:.2f}, n = %{customdata[1]}<extra></extra>",
    }
    if all(item.low is not None and item.high is not None for item in items):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [(item.high or 0.0) - item.score for item in items],
            "arrayminus": [item.score - (item.low or 0.0) for item in items],
            "width": 0,
            "color": _HUMAN,
        }
    return trace
