"""The graph as people see it: nodes with their words and places, edges, what is found and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.moralgraph.domain import figures, sentences
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.cards import Policy
from apps.moralgraph.domain.columns import EdgeColumns
from apps.moralgraph.domain.outline import Outline
from apps.moralgraph.domain.results import Scored, Support
from apps.moralgraph.models import Value
from apps.moralgraph.selectors.offers import left_out
from apps.moralgraph.selectors.outlines import outline
from apps.moralgraph.selectors.people import EVERYBODY, People
from apps.moralgraph.selectors.standing import standing
from apps.moralgraph.selectors.traits import balance_told
from apps.moralgraph.selectors.values import live_values
from apps.moralgraph.selectors.views import ValueView, view_of_value
from apps.shared import selectors as shared
from apps.shared.models import Study


@dataclass(frozen=True)
class Node:
    """A value with its place."""

    id: int
    title: str
    summary: str
    policies: tuple[Policy, ...]
    simulated: bool
    imported: bool
    score: float
    rank: int
    n: int
    low: float | None
    high: float | None
    p_top: float | None
    rank_low: int | None
    rank_high: int | None
    x: float
    y: float


@dataclass(frozen=True)
class Winner:
    """The value in the first place, and how well that is supported."""

    id: int
    title: str
    score: float
    interval: tuple[float, float] | None
    p_top: float | None
    n: int
    support: Support


@dataclass(frozen=True)
class Together:
    """How many votes do not count because of what was put together since they were cast.

    ``same_value``: their two values are one now. ``answered_again``: the same person answered what is the
    same question now.
    """

    same_value: int = 0
    answered_again: int = 0


NOTHING_TOGETHER = Together()


@dataclass(frozen=True)
class GraphView:
    """A graph, ready to be shown."""

    nodes: tuple[Node, ...]
    edges: EdgeColumns
    winner: Winner | None
    votes: int
    participants: int
    simulated: bool
    rule: str
    parameters: dict[str, Any]
    cycles: tuple[tuple[Key, ...], ...]
    figure: dict[str, Any]
    summary: str
    seq: int = 0
    balance: str = ""
    left_out: Together = NOTHING_TOGETHER


@dataclass(frozen=True)
class Neighbour:
    """A value that another one was compared with; ``likelihood`` says how far it is the wiser."""

    value: ValueView
    n: int
    likelihood: float

    @property
    def stands(self) -> str:
        """Return "above", "below" or "even"."""
        if self.likelihood == 0.5:
            return "even"
        return "above" if self.likelihood > 0.5 else "below"


@dataclass(frozen=True)
class Place:
    """Where one value stands among all, and what it was compared with."""

    value: ValueView
    rank: int
    rank_low: int | None
    rank_high: int | None
    of: int
    n: int
    nodes: tuple[Node, ...]
    edges: EdgeColumns
    neighbours: tuple[Neighbour, ...]
    sentences: tuple[str, ...]


def graph(
    *,
    study: Study,
    context: int | None = None,
    rule: str = "touchstone",
    parameters: Mapping[str, Any] | None = None,
    people: People = EVERYBODY,
    balance: str = "",
) -> GraphView:
    """Return the graph of the votes as they are now, a large one without resampling until that is done.

    Raises Missing and Invalid.
    """
    # Read before the votes: what is committed in between is then told again, and never missed.
    seq = shared.last_seq(stream=f"study/{study.slug}/graph")
    now = standing(study=study)
    found = outline(
        study=study,
        context=context,
        rule=rule,
        parameters=parameters,
        people=people,
        balance=balance,
        now=now,
    )
    out = left_out(study=study, context=context, now=now)
    together = Together(len(out.same_value), len(out.answered_again))
    return show(study=study, graph=found, seq=seq, balance=balance, together=together)


def show(
    *, study: Study, graph: Outline, seq: int = 0, balance: str = "", together: Together = NOTHING_TOGETHER
) -> GraphView:
    """Return a ranked graph with its words; a withdrawn value has lost its words and kept its numbers."""
    ranked = [item.value for item in graph.ranking.values]
    rows = Value.objects.filter(study=study, pk__in=ranked)
    words = {row.pk: view_of_value(row) for row in rows}
    titles: dict[Key, str] = {value: words[value].title for value in ranked if isinstance(value, int)}
    finding = sentences.finding(ranking=graph.ranking, titles=titles)
    simulated = frozenset(value for value in words if words[value].simulated)
    nodes = _nodes(graph, words)
    circles = sentences.circles(cycles=graph.cycles, titles=titles)
    weighed = balance_told(study=study, balance=balance)
    summary = " ".join(part for part in (finding, weighed, circles) if part)
    figure = figures.scores(
        ranking=graph.ranking, titles=titles, simulated=simulated, finding=finding, summary=summary
    )
    return GraphView(
        nodes=nodes,
        edges=graph.edges,
        winner=_winner(graph, titles),
        votes=graph.ranking.votes,
        participants=graph.ranking.participants,
        simulated=study.include_simulated,
        rule=graph.ranking.rule,
        parameters=dict(graph.ranking.parameters),
        cycles=graph.cycles,
        figure=figure,
        summary=summary,
        seq=seq,
        balance=balance,
        left_out=together,
    )


def _nodes(graph: Outline, words: dict[int, ValueView]) -> tuple[Node, ...]:
    values = graph.ranking.values
    return tuple(_node(item, words[int(item.value)], graph.spots[item.value]) for item in values)


def _node(item: Scored, value: ValueView, spot: tuple[float, float]) -> Node:
    return Node(
        id=value.id,
        title=value.title,
        summary=value.summary,
        policies=value.policies,
        simulated=value.simulated,
        imported=value.imported,
        score=item.score,
        rank=item.rank,
        n=item.n,
        low=item.low,
        high=item.high,
        p_top=item.p_top,
        rank_low=item.rank_low,
        rank_high=item.rank_high,
        x=spot[0],
        y=spot[1],
    )


def _winner(graph: Outline, titles: dict[Key, str]) -> Winner | None:
    top = graph.ranking.top
    if top is None or graph.ranking.votes == 0:
        return None
    interval = None if top.low is None or top.high is None else (top.low, top.high)
    return Winner(
        id=int(top.value),
        title=titles[top.value],
        score=top.score,
        interval=interval,
        p_top=top.p_top,
        n=top.n,
        support=graph.ranking.support,
    )


def place_of(*, study: Study, value: int, context: int | None = None) -> Place | None:
    """Return where a value stands; None where it is not in the graph (withdrawn, say)."""
    view = graph(study=study, context=context)
    node = next((node for node in view.nodes if node.id == value), None)
    if node is None:
        return None
    around = _neighbours(study, view, value)
    stands = [neighbour.stands for neighbour in around]
    return Place(
        value=ValueView(node.id, node.title, node.summary, node.policies, node.simulated, node.imported),
        rank=node.rank,
        rank_low=node.rank_low,
        rank_high=node.rank_high,
        of=len(view.nodes),
        n=node.n,
        nodes=view.nodes,
        edges=view.edges,
        neighbours=around,
        sentences=tuple(
            sentences.place(
                n=node.n,
                rank_low=node.rank_low,
                rank_high=node.rank_high,
                of=len(view.nodes),
                above=stands.count("above"),
                below=stands.count("below"),
                even=stands.count("even"),
            )
        ),
    )


def _neighbours(study: Study, view: GraphView, value: int) -> tuple[Neighbour, ...]:
    words = {row.pk: view_of_value(row) for row in live_values(study=study)}
    found = []
    edges = view.edges
    for place in edges.about(value):
        if n := edges.n(place):
            is_above = edges.less_wise[place] == value
            other = edges.wiser[place] if is_above else edges.less_wise[place]
            likelihood = edges.likelihood[place] if is_above else 1 - edges.likelihood[place]
            found.append(Neighbour(words[int(other)], n, likelihood))
    return tuple(sorted(found, key=lambda item: (-item.likelihood, item.value.id)))
