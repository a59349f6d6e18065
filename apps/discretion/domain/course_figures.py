"""Charts of how judging goes along: a share of each annotator's items over time and within a sitting, with
the one sentence that says what moved.
"""

from collections.abc import Sequence
from typing import Any

from apps.discretion.domain import courses, report
from apps.discretion.domain.courses import Change, Course, Part

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")
FRAMES = {
    "learning": "from the first third of their items to the last",
    "fatigue": "from the first third of a sitting to its last",
}


def all_figures(*, found: Sequence[Course]) -> dict[str, dict[str, Any]]:
    """Return for everything that is followed a chart over time and one within a sitting."""
    return {
        f"{name}.{part}": _figure(found, name, part)
        for name in (*courses.TRACKS, courses.SECONDS)
        for part in FRAMES
    }


def _rate(part: Part, name: str) -> report.Rate:
    return part.seconds if name == courses.SECONDS else part.shares[name]


def _parts(row: Course, part: str) -> tuple[Part, ...]:
    return row.stretches if part == "learning" else row.positions


def _change(row: Course, name: str, part: str) -> Change:
    track = row.track(name)
    return track.learning if part == "learning" else track.fatigue


def summary(*, found: Sequence[Course], name: str, part: str) -> str:
    """Say in one sentence whose course moved, for whom nothing did, and for whom there is too little."""
    changes = [(row.rater.name, _change(row, name, part)) for row in found]
    moved = [f"{who}: {courses.said(name=name, change=change)}" for who, change in changes if change.clear]
    few = sum(change.few or change.value is None for _, change in changes)
    rest = len(changes) - len(moved) - few
    told = list(moved)
    if rest:
        told.append(f"for {rest} of {len(changes)} nothing moved {FRAMES[part]} that chance could not")
    if few:
        told.append(f"for {few} of {len(changes)} there are too few items to say")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else "Nobody can be followed."


def _title(found: Sequence[Course], name: str, part: str) -> str:
    moved = [row.rater.name for row in found if _change(row, name, part).clear]
    what = courses.label(name)
    when = "over time" if part == "learning" else "within a sitting"
    head = f"{what[:1].upper()}{what[1:]} {when}"
    return (
        f"{head}: moved for {', '.join(moved)}" if moved else f"{head}: no change that chance could not make"
    )


def _figure(found: Sequence[Course], name: str, part: str) -> dict[str, Any]:
    rows = [row for row in found if any(_rate(item, name).n for item in _parts(row, part))]
    share = {"range": [0, 1], "tickformat": ".0%"} if name != courses.SECONDS else {"rangemode": "tozero"}
    axis: dict[str, Any] = (
        {"title": {"text": "items judged so far"}, "rangemode": "tozero"}
        if part == "learning"
        else {"title": {"text": "place in the sitting"}, "type": "category"}
    )
    return {
        "data": [_line(row, name, part, SYMBOLS[place % len(SYMBOLS)]) for place, row in enumerate(rows)],
        "layout": {
            "title": {"text": _title(found, name, part), "x": 0, "xanchor": "left"},
            "margin": {"l": 8, "r": 8, "t": 48, "b": 40},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "meta": {
                "summary": summary(found=found, name=name, part=part),
                "columns": ("annotator", axis["title"]["text"], courses.label(name)),
            },
            "xaxis": axis,
            "yaxis": {**share, "title": {"text": courses.label(name)}},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "height": 360,
        },
    }


def _line(row: Course, name: str, part: str, symbol: str) -> dict[str, Any]:
    parts = [item for item in _parts(row, part) if _rate(item, name).value is not None]
    rates = [_rate(item, name) for item in parts]
    values = [rate.value or 0.0 for rate in rates]
    shown = "%{y:.0f} s" if name == courses.SECONDS else "%{y:.1%}"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": row.rater.name,
        "x": [item.last if part == "learning" else _reach(item) for item in parts],
        "y": values,
        "customdata": [[row.rater.id, rate.n] for rate in rates],
        "meta": {
            "n": [rate.n for rate in rates],
            "low": [rate.low for rate in rates],
            "high": [rate.high for rate in rates],
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [max((rate.high or y) - y, 0.0) for rate, y in zip(rates, values, strict=True)],
            "arrayminus": [
                y - rate.low if rate.low is not None else 0.0 for rate, y in zip(rates, values, strict=True)
            ],
            "thickness": 1,
        },
        "marker": {"symbol": symbol, "size": 8},
        "hovertemplate": f"{row.rater.name}: {shown}, n = %{{customdata[1]}}<extra></extra>",
    }


def _reach(part: Part) -> str:
    return f"{part.first} and on" if part.last is None else f"{part.first} to {part.last}"
