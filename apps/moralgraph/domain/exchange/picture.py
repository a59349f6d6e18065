"""A moral graph as an SVG picture with its title, what it is of, and a legend.

Wiser values stand higher and are larger; a band around a value shows how unsure its score is, dashed rings
are simulated people's values. Arrows lead to what may be wiser; wide and dark ones have more votes behind
them. Any program that shows SVG draws it: plain shapes, no script, no style sheet, no font of its own. Text
is cut into lines here, and each line has its own direction, so that Arabic and Latin stand side by side.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from apps.moralgraph.domain import layout
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import order
from apps.moralgraph.domain.exchange.graph_file import About, FileEdge, FileValue, GraphFile, writable
from apps.moralgraph.domain.weights import Balance, NoWeight

_INK, _SOFT, _LINE, _HUMAN, _BAND, _SHEET = "#1d2622", "#5a6661", "#8b9791", "#1a7a63", "#bfe0d6", "#ffffff"
_FONT = "'Source Sans 3', 'Noto Sans', 'Noto Sans Arabic', 'Segoe UI', system-ui, sans-serif"
_SIDE, _HEAD, _FOOT = 110, 150, 190
_LETTERS, _LINES = 20, 3
# Marks that turn the direction of what follows must not leak out of a name.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class _Spot:
    x: float
    y: float
    radius: float


def draw(graph: GraphFile) -> Iterator[str]:
    """Yield the picture, an element at a time."""
    placed = [value for value in graph.values if "score" in value.scores]
    width, height = _size(len(placed))
    spots = _spots(placed, graph.edges, width, height)
    title = "Moral graph" if graph.about is None else f"Moral graph: {graph.about.title}"
    lines = [] if graph.about is None else told(graph.about)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="title about" '
        f"font-family={quoteattr(_FONT)}>\n"
    )
    yield f'<title id="title">{_plain(title)}</title>\n'
    yield f'<desc id="about">{_plain(" ".join(lines))}</desc>\n'
    yield f'<rect width="{width}" height="{height}" fill="{_SHEET}"/>\n'
    yield (
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{_SOFT}"/></marker></defs>\n'
    )
    yield _text(title, 40, 52, size=26, weight=600, anchor="start")
    for row, line in enumerate(lines):
        yield _text(line, 40, 80 + 20 * row, size=14, colour=_SOFT, anchor="start")
    pairs = one_each(graph.edges)
    most = max((edge.counters.impressions for edge in pairs), default=1)
    for edge in pairs:
        if edge.less_wise in spots and edge.wiser in spots:
            yield _arrow(edge, spots[edge.less_wise], spots[edge.wiser], most)
    for value in placed:
        yield from _node(value, spots[value.id], _reach(placed))
    if not placed:
        yield _text("No value has a place by this rule yet.", width / 2, height / 2, size=18, colour=_SOFT)
    yield from _legend(height)
    yield "</svg>\n"


def one_each(edges: Sequence[FileEdge]) -> list[FileEdge]:
    """Return one edge a pair; one that was asked both ways leads to what more people found wiser."""
    ways = {(edge.less_wise, edge.wiser): edge for edge in edges}
    found = []
    for (low, high), edge in ways.items():
        back = ways.get((high, low))
        lead = _lead(edge) - (_lead(back) if back else 0)
        first = back is None or lead > 0 or (lead == 0 and order(low) < order(high))
        if first:
            found.append(edge)
    return found


def _lead(edge: FileEdge) -> int:
    return edge.counters.wiser - edge.counters.not_wiser


def _weighed(balance: str) -> str:
    """Return how groups are weighed; a file from elsewhere may have its own way to say so."""
    try:
        weighed = Balance.read(balance)
    except NoWeight:
        return f"Weighed by “{_bare(balance)}”."
    return _bare(weighed.sentence(question=weighed.trait, answers={}))


def told(about: About) -> list[str]:
    """Return what the numbers are of, in lines."""
    kept = "the votes of this day" if about.snapshot is None else f"snapshot {about.snapshot}"
    parameters = ", ".join(f"{name} {number}" for name, number in about.parameters.items())
    people = "Simulated people are in it." if about.simulated else "No simulated people are in it."
    balance = f" {_weighed(about.balance)}" if about.balance else ""
    versions = ", ".join(about.versions) or "none opened"
    return [
        f"{_bare(about.context) or 'All contexts'} · {about.votes:,} votes of {about.participants:,} people "
        f"· {about.date}",
        f"Rule {about.rule} ({parameters}).{balance}",
        f"Study {about.study}, version {versions} · {kept}, {about.hash[:16]} · {people}",
    ]


def _size(values: int) -> tuple[int, int]:
    across = max(3, math.ceil(math.sqrt(values)))
    return max(1200, 190 * across + 2 * _SIDE), max(900, 130 * across + _HEAD + _FOOT)


def _spots(
    placed: Sequence[FileValue], edges: Sequence[FileEdge], width: int, height: int
) -> Mapping[Key, _Spot]:
    found = layout.positions(
        heights={value.id: value.scores["score"] for value in placed},
        pairs=[(edge.less_wise, edge.wiser) for edge in edges],
    )
    room = (width - 2 * _SIDE, height - _HEAD - _FOOT - 80)
    return {
        key: _Spot(_SIDE + room[0] * x, _HEAD + 40 + room[1] * (1 - y), 8 + 12 * math.sqrt(max(0.0, y)))
        for key, (x, y) in found.items()
    }


def _reach(placed: Sequence[FileValue]) -> float:
    """Return the widest interval, so that bands can be compared."""
    return max((value.scores["high"] - value.scores["low"] for value in placed if _sure(value)), default=0.0)


def _sure(value: FileValue) -> bool:
    return "low" in value.scores and "high" in value.scores


def _arrow(edge: FileEdge, low: _Spot, high: _Spot, most: int) -> str:
    across, down = high.x - low.x, high.y - low.y
    far = math.hypot(across, down) or 1.0
    start = (low.x + across / far * low.radius, low.y + down / far * low.radius)
    end = (high.x - across / far * (high.radius + 3), high.y - down / far * (high.radius + 3))
    share = edge.counters.impressions / most if most else 0.0
    name = f"{edge.counters.wiser} said “wiser”; asked {edge.counters.impressions} times, either way"
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" stroke="{_SOFT}" '
        f'stroke-width="{0.8 + 2.7 * share:.2f}" stroke-opacity="{0.25 + 0.65 * share:.2f}" '
        f'marker-end="url(#head)"><title>{_plain(name)}</title></line>\n'
    )


def _node(value: FileValue, spot: _Spot, reach: float) -> Iterator[str]:
    at = f'cx="{spot.x:.1f}" cy="{spot.y:.1f}"'
    if _sure(value) and reach > 0:
        band = 22 * (value.scores["high"] - value.scores["low"]) / reach
        yield f'<circle {at} r="{spot.radius + band:.1f}" fill="{_BAND}" fill-opacity="0.55"/>\n'
    dashes = ' stroke-dasharray="3 3"' if value.simulated else ""
    fill = _SHEET if value.simulated else _HUMAN
    said = ", ".join(f"{name} {number:.3g}" for name, number in value.scores.items())
    yield (
        f'<circle {at} r="{spot.radius:.1f}" fill="{fill}" stroke="{_HUMAN}" stroke-width="2"{dashes}>'
        f"<title>{_plain(f'{_bare(value.title)}: {said}')}</title></circle>\n"
    )
    for row, line in enumerate(wrapped(value.title)):
        yield _text(line, spot.x, spot.y + spot.radius + 17 + 15 * row, size=13, weight=600, halo=True)


def _legend(height: int) -> Iterator[str]:
    top = height - _FOOT + 66
    yield f'<circle cx="52" cy="{top - 5}" r="9" fill="{_HUMAN}" stroke="{_HUMAN}" stroke-width="2"/>\n'
    yield _text("A value; higher and larger: wiser.", 80, top, size=14, anchor="start")
    yield f'<circle cx="52" cy="{top + 25}" r="13" fill="{_BAND}" fill-opacity="0.55"/>\n'
    yield _text(
        "Band: how unsure its score is; the wider, the less sure.", 80, top + 30, size=14, anchor="start"
    )
    yield (
        f'<circle cx="52" cy="{top + 55}" r="9" fill="{_SHEET}" stroke="{_HUMAN}" stroke-width="2" '
        'stroke-dasharray="3 3"/>\n'
    )
    yield _text("Dashed ring: a value of simulated people.", 80, top + 60, size=14, anchor="start")
    yield (
        f'<line x1="34" y1="{top + 85}" x2="70" y2="{top + 85}" stroke="{_SOFT}" stroke-width="2.5" '
        'marker-end="url(#head)"/>\n'
    )
    said = "Arrow: a step that people were asked about, to what may be wiser; wide and dark: more votes."
    yield _text(said, 80, top + 90, size=14, anchor="start")


def wrapped(title: str) -> list[str]:
    """Return a name in a few lines of about as many letters; what does not fit is cut off with a mark."""
    lines: list[str] = []
    for word in _bare(title).split():
        pieces = [word[at : at + _LETTERS] for at in range(0, len(word), _LETTERS)]
        for piece in pieces:
            if lines and len(lines[-1]) + 1 + len(piece) <= _LETTERS:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]


def leads_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction runs from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in {"R", "AL"} for kind in strong if kind in {"L", "R", "AL"}), False)


def _bare(text: str) -> str:
    return _TURNING.sub("", writable(text))


def _plain(text: str) -> str:
    return escape(_bare(text))


def _text(
    text: str, x: float, y: float, *, size: int, weight: int = 400, colour: str = _INK,
    anchor: str = "middle", halo: bool = False,
) -> str:  # fmt: skip
    """Return a line of text; one from right to left that begins at an edge ends there instead."""
    turned = leads_right_to_left(text)
    if turned and anchor == "start":
        anchor = "end"
    direction = ' direction="rtl"' if turned else ""
    around = (
        f' stroke="{_SHEET}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}" unicode-bidi="isolate"{direction}{around}>{_plain(text)}</text>\n'
    )
