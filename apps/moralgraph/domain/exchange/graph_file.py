"""A moral graph as a file holds it: values, directed pairs with the published counters, and what it is of."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.mge2023 import Counters

COUNTS = ("wiser", "not_wiser", "less_wise", "unsure", "impressions")
SCORES = ("score", "low", "high", "p_top", "wisdom")
RANKS = ("rank", "rank_low", "rank_high", "n")
LONGEST_NUMBER = 2**53
"""Whole numbers beyond this are not the same in every program."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class ExchangeError(ValueError):
    """A file cannot be read as a graph; the message names the file and the place in it."""


@dataclass(frozen=True)
class About:
    """What the numbers of a file are of, so that they can be found again.

    ``versions`` names the study's protocol versions as "number (hash)", ``snapshot`` the snapshot's number
    (None for votes as they were on ``date``), and ``hash`` is that of the snapshot, or of votes and values.
    """

    study: str
    title: str
    versions: tuple[str, ...]
    context: str
    snapshot: int | None
    hash: str
    date: str
    rule: str
    parameters: Mapping[str, Any]
    balance: str
    votes: int
    participants: int
    simulated: bool
    program: str = "Touchstone"

    def to_json(self) -> dict[str, Any]:
        """Return it as an object of JSON."""
        return {**asdict(self), "versions": list(self.versions), "parameters": dict(self.parameters)}

    @classmethod
    def from_json(cls, raw: Any) -> "About | None":
        """Read what another file says of itself; None where it says nothing that can be understood."""
        if not isinstance(raw, dict):
            return None
        empty = cls("", "", (), "", None, "", "", "", {}, "", 0, 0, False)
        found = {item.name: raw.get(item.name, getattr(empty, item.name)) for item in fields(cls)}
        versions = found["versions"]
        found["versions"] = tuple(map(str, versions)) if isinstance(versions, list | tuple) else ()
        for name, default in asdict(empty).items():
            kind = (int, type(None)) if name == "snapshot" else type(default)
            if not isinstance(found[name], kind):
                return None
        return cls(**found)


@dataclass(frozen=True)
class FileValue:
    """A value; ``scores`` and ``ranks`` hold what the rule says of it, nothing where it has no place."""

    id: Key
    title: str
    summary: str = ""
    policies: tuple[str, ...] = ()
    simulated: bool = False
    scores: Mapping[str, float] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FileEdge:
    """A directed pair with its five counters; w and H follow from these."""

    less_wise: Key
    wiser: Key
    contexts: tuple[str, ...]
    counters: Counters


@dataclass(frozen=True)
class GraphFile:
    """A graph, what it is of, and what was odd about the file."""

    values: tuple[FileValue, ...]
    edges: tuple[FileEdge, ...]
    about: About | None = None
    warnings: tuple[str, ...] = ()


def writable(text: str) -> str:
    """Return text without what no file of text may hold: control characters and halves of characters."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def key_of(raw: Any, *, where: str) -> Key:
    """Return an id: a word or a whole number. Raises ExchangeError."""
    if isinstance(raw, str) and raw.strip() and len(raw) <= 200:
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) <= LONGEST_NUMBER:
        return raw
    raise ExchangeError(f"{where}: an id is a word or a whole number.")


def text_of(raw: Any, *, where: str) -> str:
    """Return a text; none is empty. Raises ExchangeError."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise ExchangeError(f"{where}: this must be text.")
    return raw


def texts_of(raw: Any, *, where: str) -> tuple[str, ...]:
    """Return a list of texts; none is empty. Raises ExchangeError."""
    if raw is None:
        return ()
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise ExchangeError(f"{where}: a list of texts is needed.")
    return tuple(raw)


def count_of(raw: Any, *, where: str) -> int:
    """Return a count. Raises ExchangeError."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= LONGEST_NUMBER:
        raise ExchangeError(f"{where}: a count is a whole number from 0.")
    return raw


def checked(graph: GraphFile, *, name: str) -> GraphFile:
    """Return a graph whose ids are clear, and say what is odd about its counters. Raises ExchangeError."""
    if not graph.values:
        raise ExchangeError(f"{name}: there is no value in this file.")
    places: dict[str, int] = {}
    for number, value in enumerate(graph.values, start=1):
        if str(value.id) in places:
            raise ExchangeError(
                f"{name}, value {number}: value {places[str(value.id)]} has the id “{value.id}” too."
            )
        places[str(value.id)] = number
    warnings, seen = list(graph.warnings), set[tuple[str, str]]()
    for number, edge in enumerate(graph.edges, start=1):
        where = f"{name}, edge {number}"
        for end in (edge.less_wise, edge.wiser):
            if str(end) not in places:
                raise ExchangeError(f"{where}: “{end}” is the id of no value.")
        pair = (str(edge.less_wise), str(edge.wiser))
        if pair[0] == pair[1]:
            raise ExchangeError(f"{where}: it leads from “{pair[0]}” to itself.")
        if pair in seen:
            raise ExchangeError(f"{where}: the step from “{pair[0]}” to “{pair[1]}” is there twice.")
        seen.add(pair)
        if edge.counters.impressions < edge.counters.wiser + edge.counters.not_wiser + edge.counters.unsure:
            warnings.append(f"{where}: fewer impressions than answers; the counts are kept as they are.")
    return GraphFile(graph.values, graph.edges, graph.about, tuple(warnings))
