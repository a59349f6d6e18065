"""Figures of an audit as Plotly dictionaries: the title states the finding, ``meta.summary`` says it in one
sentence.

Colours are safe for colour-blind readers and each also has a shape or a pattern, so that a grey print still
reads. People are filled circles, algorithms open squares.
"""

from typing import Any

import numpy as np

from apps.discretion.domain import categories, priorities, report

COLOURS = {
    categories.CONSENSUS: "#1f6a9e",
    categories.CONFLICT: "#b84d12",
    categories.INDIFFERENCE: "#7d7364",
}
PATTERNS = {categories.CONSENSUS: "", categories.CONFLICT: "/", categories.INDIFFERENCE: "."}
SHAPES = ("square-open", "diamond-open", "triangle-up-open", "cross-open", "x-open", "star-open")
PERSON, ALGORITHM = "#1a7a63", "#8e3f78"

Figure = dict[str, Any]


def all_figures(*, measures: report.Measures, titles: dict[str, str]) -> dict[str, Figure]:
    """Return every figure of the audit by name; ``titles`` names the principles by id."""
    return {
        "categories": category_bar(measures=measures),
        "arbitrariness": arbitrariness_dots(measures=measures),
        "priorities": priority_ranks(measures=measures, titles=titles),
        "by_active": by_active_lines(measures=measures),
    }


def _figure(
    data: list[dict[str, Any]], title: str, summary: str, columns: tuple[str, ...], **layout: Any
) -> Figure:
    """Return a figure; ``columns`` head the table beside it: a point's series, its x and its y."""
    base = {
        "title": {"text": title, "x": 0, "xanchor": "left"},
        "margin": {"l": 8, "r": 8, "t": 48, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "meta": {"summary": summary, "columns": columns},
    }
    return {"data": data, "layout": base | layout}


def percent(value: float | None) -> str:
    """Write a share for people."""
    return "not known" if value is None else f"{value * 100:.1f} %"


def interval_text(rate: report.Rate) -> str:
    """Write a rate the way the whole product does: value, interval, n."""
    if rate.value is None or rate.low is None or rate.high is None:
        return f"not known, n = {rate.n:,}"
    return f"{rate.value:.2f} [{rate.low:.2f}, {rate.high:.2f}], n = {rate.n:,}"


def category_sentence(*, measures: report.Measures) -> str:
    """Say what share of pairs leaves room for discretion."""
    if not measures.judged:
        return "No pair has been judged by principle yet."
    shares = [
        f"{name} in {percent(rate.value)} ({rate.count:,})" for name, rate in measures.categories.items()
    ]
    return (
        f"Of {measures.judged:,} pairs that were judged by principle, out of {measures.n:,}, "
        "principles are in " + ", ".join(shares) + "."
    )


def category_bar(*, measures: report.Measures) -> Figure:
    """Return one bar, cut into consensus, conflict and indifference."""
    title = "No pair has been judged by principle yet"
    if measures.judged:
        largest = max(measures.categories, key=lambda name: measures.categories[name].count)
        verb = {
            categories.CONSENSUS: "Principles agree on {} of pairs",
            categories.CONFLICT: "Principles clash on {} of pairs",
            categories.INDIFFERENCE: "Principles are silent on {} of pairs",
        }[largest]
        title = verb.format(percent(measures.categories[largest].value))
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name.capitalize(),
            "y": [""],
            "x": [rate.value or 0.0],
            "customdata": [[name, rate.count, rate.n]],
            "meta": _bounds([rate]) | {"label": [rate.count]},
            "text": [percent(rate.value) if rate.count else ""],
            "marker": {
                "color": COLOURS[name],
                "pattern": {"fillmode": "overlay", "shape": PATTERNS[name], "fgcolor": "#fffdf8", "size": 6},
            },
            "hovertemplate": f"{name}: %{{customdata[1]}} of %{{customdata[2]}} pairs<extra></extra>",
        }
        for name, rate in measures.categories.items()
    ]
    axis = {
        "range": [0, 1],
        "tickformat": ".0%",
        "title": {"text": f"share of pairs, n = {measures.judged:,}"},
    }
    return _figure(
        bars,
        title,
        category_sentence(measures=measures),
        ("category", "share of pairs", "pairs"),
        barmode="stack",
        xaxis=axis,
        yaxis={"visible": False},
        height=240,
        legend={"orientation": "h", "traceorder": "normal", "y": 1.02, "yanchor": "bottom"},
    )


def _marker(human: bool, colour: str | None = None) -> dict[str, Any]:
    return {
        "symbol": "circle" if human else "square-open",
        "color": colour or (PERSON if human else ALGORITHM),
        "size": 11,
    }


def _known(measures: report.Measures) -> list[report.RaterMeasures]:
    return [row for row in measures.raters if row.arbitrariness.value is not None]


def arbitrariness_sentence(*, measures: report.Measures) -> str:
    """Say how often people go against a consensus of principles."""
    rate = measures.people.arbitrariness
    if rate.value is None:
        return "Arbitrariness needs pairs on which principles agree and somebody has decided."
    return (
        f"Where the principles agree, people together decide against them in {percent(rate.value)} "
        f"of {rate.n:,} pairs (95 % interval {percent(rate.low)} to {percent(rate.high)})."
    )


def arbitrariness_dots(*, measures: report.Measures) -> Figure:
    """Return a dot with its interval for each annotator."""
    rows = _known(measures)
    title = "Arbitrariness is not known yet"
    if rows:
        low, high = (choose(rows, key=_value) for choose in (min, max))
        title = (
            f"{percent(_value(low))} of decisions go against agreed principles, for every annotator"
            if _value(low) == _value(high)
            else f"Against agreed principles: from {percent(_value(low))} ({low.rater.name}) "
            f"to {percent(_value(high))} ({high.rater.name})"
        )
    return _figure(
        [_dots(rows, human) for human in (True, False) if any(row.rater.human == human for row in rows)],
        title,
        arbitrariness_sentence(measures=measures),
        ("kind", "arbitrariness", "annotator"),
        xaxis={"range": [0, 1], "tickformat": ".0%", "title": {"text": "discretion arbitrariness"}},
        yaxis={"automargin": True, "autorange": "reversed"},
        height=140 + 34 * max(len(rows), 1),
        # Above: below it the legend would lie on the axis's title.
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )


def _bounds(rates: list[report.Rate]) -> dict[str, Any]:
    """Return each point's n and interval, for the table beside a drawing."""
    return {
        "n": [rate.n for rate in rates],
        "low": [rate.low for rate in rates],
        "high": [rate.high for rate in rates],
    }


def _value(row: report.RaterMeasures) -> float:
    return row.arbitrariness.value or 0.0


def _dots(rows: list[report.RaterMeasures], human: bool) -> dict[str, Any]:
    rates = [(row.rater, row.arbitrariness) for row in rows if row.rater.human == human]
    values = [rate.value or 0.0 for _, rate in rates]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Person" if human else "Algorithm",
        "y": [rater.name for rater, _ in rates],
        "x": values,
        "customdata": [[rater.id, rate.n] for rater, rate in rates],
        "meta": _bounds([rate for _, rate in rates]),
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(rate.high or 0.0) - value for (_, rate), value in zip(rates, values, strict=True)],
            "arrayminus": [value - (rate.low or 0.0) for (_, rate), value in zip(rates, values, strict=True)],
            "color": PERSON if human else ALGORITHM,
        },
        "marker": _marker(human),
        "hovertemplate": "%{y}: %{x:.1%}, n = %{customdata[1]}<extra></extra>",
    }


def priority_sentence(*, measures: report.Measures, titles: dict[str, str]) -> str:
    """Say which principle people put first when principles clash."""
    order = _order(measures)
    if not order:
        return "Priorities need pairs on which principles clash and somebody has decided."
    first, last = titles[order[0]], titles[order[-1]]
    clashes = measures.people.discrepancy.n
    return (
        f"When principles clash, people side most with “{first}” and least with “{last}” "
        f"({clashes:,} clashing pairs).{_extremes(measures, titles)}"
    )


def _extremes(measures: report.Measures, titles: dict[str, str]) -> str:
    """Say which principles the people's weights cannot rank: those that always win, always lose, never
    clash.
    """
    items = list(zip(measures.principle_ids, measures.people.priorities, strict=True))
    told = ""
    for note, says in (
        (priorities.ALWAYS_WINS, "Always sided with: {}."),
        (priorities.ALWAYS_LOSES, "Never sided with: {}."),
        (priorities.UNRANKED, "Never in a clash, so unranked: {}."),
    ):
        names = [f"“{titles[name]}”" for name, item in items if item.note == note]
        told += f" {says.format(', '.join(names))}" if names else ""
    return told


def _order(measures: report.Measures) -> list[str]:
    """Return the ids of the ranked principles, the people's first priority first."""
    items = zip(measures.principle_ids, measures.people.priorities, strict=True)
    ranked = [(item.weight, name) for name, item in items if not np.isnan(item.weight)]
    return [name for _, name in sorted(ranked, key=lambda pair: -pair[0])]


def priority_ranks(*, measures: report.Measures, titles: dict[str, str]) -> Figure:
    """Return a row a principle, by the people's rank of it, with everybody's rank and its 95 % range."""
    algorithms = [row for row in measures.raters if not row.rater.human and _has_order(row)]
    rows = [measures.people, *algorithms] if _has_order(measures.people) else algorithms
    order = _order(measures)
    title = (
        f"People put “{titles[order[0]]}” first when principles clash"
        if order
        else "Priorities are not known yet"
    )
    return _figure(
        [
            _rank_dots(measures, row, (order, titles), place, len(rows))
            for place, row in enumerate(rows)
            if order
        ],
        title,
        priority_sentence(measures=measures, titles=titles),
        ("annotator", "rank", "principle"),
        # Names stand on the axis: beside the dots, those of shared ranks would lie on each other.
        yaxis={
            "tickmode": "array",
            "tickvals": list(range(len(order))),
            "ticktext": [titles[name] for name in order],
            "range": [len(order) - 0.5, -0.5],
            "automargin": True,
            "zeroline": False,
        },
        xaxis={
            "title": {"text": "rank, 1: sided with most"},
            "range": [0.5, max(len(measures.principle_ids), 1) + 0.5],
            "zeroline": False,
        },
        height=160 + max(30, 14 * len(rows)) * max(len(order), 1),
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )


def _rank_dots(
    measures: report.Measures,
    row: report.RaterMeasures,
    named: tuple[list[str], dict[str, str]],
    place: int,
    of: int,
) -> dict[str, Any]:
    """Return one annotator's ranks, each a little above or below its principle's line."""
    order, titles = named
    known = {
        name: item
        for name, item in zip(measures.principle_ids, row.priorities, strict=True)
        if not np.isnan(item.weight) and name in order
    }
    lift = ((place + 0.5) / of - 0.5) * 0.7
    people = row is measures.people
    colour = PERSON if people else ALGORITHM
    return {
        "type": "scatter",
        "mode": "markers",
        "name": row.rater.name,
        "x": [item.rank for item in known.values()],
        "y": [order.index(name) + lift for name in known],
        "customdata": [[name, row.rater.id, item.games, item.note] for name, item in known.items()],
        "meta": {
            "label": [titles[name] for name in known],
            "n": [item.games for item in known.values()],
            "low": [item.rank_low for item in known.values()],
            "high": [item.rank_high for item in known.values()],
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [item.rank_high - item.rank for item in known.values()],
            "arrayminus": [item.rank - item.rank_low for item in known.values()],
            "color": colour,
            "thickness": 1.5,
        },
        "marker": _marker(people) | {"symbol": "circle" if people else SHAPES[(place - 1) % len(SHAPES)]},
        "hovertemplate": f"{row.rater.name}: rank %{{x}}, %{{customdata[2]}} games %{{customdata[3]}}"
        "<extra></extra>",
    }


def by_active_lines(*, measures: report.Measures) -> Figure:
    """Return arbitrariness against the number of active principles, a line for everybody."""
    rows = [row for row in measures.everybody if any(item.rate.n for item in row.by_active)]
    labels = [_reach(item) for item in measures.people.by_active]
    return _figure(
        [_active_line(measures, row, labels, place) for place, row in enumerate(rows)],
        _active_title(measures),
        "Arbitrariness depends on how many principles speak; with one alone it rests on that one's votes.",
        ("annotator", "active principles", "arbitrariness"),
        xaxis={"type": "category", "title": {"text": "active principles"}},
        yaxis={"range": [0, 1], "tickformat": ".0%", "title": {"text": "arbitrariness"}},
        # On a phone each name of the legend takes a line.
        height=320 + 20 * len(rows),
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )


def _reach(item: report.Active) -> str:
    if item.most is None:
        return f"{item.least} or more"
    return str(item.least) if item.least == item.most else f"{item.least} to {item.most}"


def _active_title(measures: report.Measures) -> str:
    known = [item for item in measures.people.by_active if item.rate.n >= report.SPARSE]
    if len(known) < 2:
        return "Arbitrariness by the number of active principles"
    first, last = known[0], known[-1]
    return (
        f"People go against {_reach(first)} active principle in {percent(first.rate.value)} "
        f"(n = {first.rate.n:,}), against {_reach(last)} in {percent(last.rate.value)} (n = {last.rate.n:,})"
    )


def _active_line(
    measures: report.Measures, row: report.RaterMeasures, labels: list[str], place: int
) -> dict[str, Any]:
    people, null = row is measures.people, row.rater.kind == "null"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": row.rater.name,
        "x": labels,
        "y": [item.rate.value for item in row.by_active],
        "customdata": [[row.rater.id, item.least, item.most, item.rate.n] for item in row.by_active],
        "meta": _bounds([item.rate for item in row.by_active]),
        "line": {"dash": "dot" if null else "solid", "width": 1.5},
        "marker": {
            "symbol": "circle" if people or row.rater.human else SHAPES[place % len(SHAPES)],
            "size": 9,
        },
        "connectgaps": False,
        "hovertemplate": f"{row.rater.name}: %{{y:.1%}}, n = %{{customdata[3]}}<extra></extra>",
    }


def _has_order(row: report.RaterMeasures) -> bool:
    return any(not np.isnan(item.weight) for item in row.priorities)


def agreement_sentence(*, measures: report.Measures) -> str:
    """Say how far people agree."""
    alpha = measures.alpha_nominal
    if alpha.value is None or alpha.low is None or alpha.high is None:
        return f"How far people agree is not known yet. {alpha.note}"
    return (
        f"People agree with a Krippendorff alpha of {alpha.value:.3f} (95 % interval {alpha.low:.3f} to "
        f"{alpha.high:.3f}) on {alpha.n_units:,} pairs; on {percent(measures.unanimous.value)} of these "
        "they are unanimous."
    )
