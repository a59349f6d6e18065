"""The picture of where a value landed: a ladder of values, wiser ones higher, own judgements as arcs.

Plain numbers for a template to draw as SVG: no styles, no text measuring, the same input gives the same
picture. Units are those of the picture's view box.
"""

import dataclasses
from collections.abc import Mapping, Sequence

WIDTH = 360
ROW = 58
TOP = 46
BOTTOM = 40
AXIS = 112
RADIUS = 9
MOST_SHOWN = 8
LINE_LENGTH = 27
BULGE_MOST = 92


@dataclasses.dataclass(frozen=True)
class Rung:
    """A value as it is ranked: ``rank`` counts from 1, the wisest."""

    value: int
    title: str
    rank: int


@dataclasses.dataclass(frozen=True)
class Comparison:
    """How one's own value was judged against another.

    ``likelihood`` in [0, 1] that the other is wiser, over n votes.
    """

    other: int
    likelihood: float
    n: int


@dataclasses.dataclass(frozen=True)
class Spot:
    """A value in the picture."""

    value: int
    rank: int
    lines: tuple[str, ...]
    x: int
    y: int
    mine: bool
    winner: bool
    label_x: int
    label_y: int


@dataclasses.dataclass(frozen=True)
class Arc:
    """A judgement in the picture, drawn from the less wise value to the wiser.

    ``head`` is its arrow's outline.
    """

    less_wise: int
    wiser: int
    path: str
    head: str


@dataclasses.dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    width: int
    height: int
    axis: int
    top: int
    foot: int
    spots: tuple[Spot, ...]
    arcs: tuple[Arc, ...]
    left_out: int


def draw(
    *, rungs: Sequence[Rung], own: int, comparisons: Sequence[Comparison], mirrored: bool = False
) -> Picture:
    """Return the picture of one's own value among at most MOST_SHOWN.

    Those it was judged against, the first, its neighbours. Titles stand where lines of text begin: on the
    right of the axis, or on its left where one reads from right to left (``mirrored``).
    """
    axis, forth = (WIDTH - AXIS, -1) if mirrored else (AXIS, 1)
    ranked = sorted(rungs, key=lambda rung: (rung.rank, rung.value))
    shown = _choose(ranked, own=own, compared={item.other for item in comparisons})
    spots = tuple(_spot(rung, row=row, own=own, axis=axis, forth=forth) for row, rung in enumerate(shown))
    heights = {spot.value: spot.y for spot in spots}
    arcs = tuple(
        _arc(item, own=own, heights=heights, axis=axis, forth=forth)
        for item in comparisons
        if item.other in heights and item.likelihood != 0.5
    )
    height = TOP + ROW * max(len(spots) - 1, 0) + BOTTOM + 20
    return Picture(WIDTH, height, axis, 20, height - 12, spots, arcs, len(ranked) - len(shown))


def _choose(ranked: Sequence[Rung], *, own: int, compared: set[int]) -> list[Rung]:
    place = next((at for at, rung in enumerate(ranked) if rung.value == own), 0)

    def importance(item: tuple[int, Rung]) -> tuple[int, int]:
        at, rung = item
        first = 0 if rung.value == own else 1 if rung.value in compared else 2 if at == 0 else 3
        return first, abs(at - place)

    chosen = sorted(enumerate(ranked), key=importance)[:MOST_SHOWN]
    return [rung for _, rung in sorted(chosen, key=lambda item: item[0])]


def _spot(rung: Rung, *, row: int, own: int, axis: int, forth: int) -> Spot:
    y = TOP + row * ROW
    lines = wrap(rung.title)
    return Spot(
        value=rung.value,
        rank=rung.rank,
        lines=lines,
        x=axis,
        y=y,
        mine=rung.value == own,
        winner=rung.rank == 1,
        label_x=axis + forth * 22,
        label_y=y + 5 - 8 * (len(lines) - 1),
    )


def wrap(title: str, *, length: int = LINE_LENGTH) -> tuple[str, ...]:
    """Return a title in at most two lines, cut with an ellipsis where it does not fit."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > length:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]} …"]
    return tuple(line if len(line) <= length + 2 else line[: length - 1] + "…" for line in lines)


def _arc(item: Comparison, *, own: int, heights: Mapping[int, int], axis: int, forth: int) -> Arc:
    less_wise, wiser = (own, item.other) if item.likelihood > 0.5 else (item.other, own)
    start, end = heights[less_wise], heights[wiser]
    bulge = forth * min(26 + abs(end - start) // 4, BULGE_MOST)
    x, tip = axis - forth * RADIUS, axis - forth * (RADIUS + 2)
    path = f"M{x} {start} C{x - bulge} {start} {x - bulge} {end} {tip - forth * 6} {end}"
    head = f"M{tip} {end} L{tip - forth * 9} {end - 5} L{tip - forth * 9} {end + 5} Z"
    return Arc(less_wise, wiser, path, head)


def by_value(comparisons: Sequence[Comparison]) -> dict[int, Comparison]:
    """Return the comparisons by the other value, those of both directions joined by their votes."""
    joined: dict[int, Comparison] = {}
    for item in comparisons:
        before = joined.get(item.other)
        if before is None:
            joined[item.other] = item
        else:
            n = before.n + item.n
            mean = (before.likelihood * before.n + item.likelihood * item.n) / n
            joined[item.other] = Comparison(item.other, mean, n)
    return joined
