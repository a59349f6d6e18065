"""What is written is read again unchanged, in every format and whatever people write; a fault has a place."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.moralgraph.domain.exchange import graphml, picture, published, tables
from apps.moralgraph.domain.exchange.graph_file import (
    RANKS,
    SCORES,
    About,
    ExchangeError,
    FileEdge,
    FileValue,
    GraphFile,
)
from apps.moralgraph.domain.mge2023 import Counters

# Tables keep no white space at the ends of a cell, and no file of text holds control characters.
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=12).map(str.strip)
titles = words.filter(bool)
keys = st.integers(0, 99) | words.filter(lambda text: bool(text) and not text.isdigit())
numbers = st.floats(-9, 9)
counts = st.integers(0, 50)


@st.composite
def graphs(draw: st.DrawFn) -> GraphFile:
    """Return a graph of a few values; scores and ranks are there or not, as a rule has it."""
    names = draw(st.lists(keys, min_size=1, max_size=5, unique_by=str))
    values = tuple(
        FileValue(
            id=name,
            title=draw(titles),
            summary=draw(words),
            policies=tuple(draw(st.lists(titles, max_size=3))),
            simulated=draw(st.booleans()),
            scores=draw(st.dictionaries(st.sampled_from(SCORES), numbers)),
            ranks=draw(st.dictionaries(st.sampled_from(RANKS), counts)),
        )
        for name in names
    )
    pairs = [(low, high) for low in names for high in names if low != high]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else []
    edges = tuple(
        FileEdge(
            low,
            high,
            tuple(draw(st.lists(titles, max_size=2))),
            Counters(*(draw(counts) for _ in range(4)), 200),
        )
        for low, high in chosen
    )
    return GraphFile(values, edges, draw(st.none() | abouts()))


@st.composite
def abouts(draw: st.DrawFn) -> About:
    """Return what a graph is of."""
    return About(
        study="tea", title=draw(words), versions=("1 (abc)",), context=draw(words),
        snapshot=draw(st.none() | counts),
        hash="ab" * 32, date="2026-11-21", rule=draw(st.sampled_from(["touchstone", "mge-2023"])),
        parameters={"draws": 400, "level": 0.95}, balance=draw(words), votes=3, participants=2,
        simulated=draw(st.booleans()),
    )  # fmt: skip


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  (we wrote it)


def written(write: Callable[[GraphFile], Any], graph: GraphFile) -> bytes:
    return "".join(write(graph)).encode()


@given(graphs())
def test_the_published_shape_comes_back_as_it_was(graph: GraphFile) -> None:
    assert published.read(written(published.write, graph), name="g.json") == graph


@given(graphs())
def test_graphml_comes_back_as_it_was(graph: GraphFile) -> None:
    found = graphml.read(written(graphml.write, graph), name="g.graphml")

    assert (found.values, found.about) == (graph.values, graph.about)
    assert set(found.edges) == set(graph.edges)


@given(graphs())
def test_tables_come_back_as_they_were(graph: GraphFile) -> None:
    found = tables.read(
        written(tables.write_values, graph), written(tables.write_edges, graph),
        values_name="v.csv", edges_name="e.csv",
    )  # fmt: skip

    assert found == graph


@given(graphs())
def test_a_picture_is_well_formed_and_says_all_titles(graph: GraphFile) -> None:
    root = parsed("".join(picture.draw(graph)))

    said = "".join(root.itertext())
    for value in graph.values:
        if "score" in value.scores:
            assert picture.wrapped(value.title)[0] in said


HOSTILE = '"><script>alert(1)</script>&amp;\u202eevil\u0000\ud800 =1+1'


def one(title: str, **more: Any) -> GraphFile:
    value = FileValue("a", title, scores={"score": 1.0, "low": 0.5, "high": 2.0}, **more)
    return GraphFile(
        (value, FileValue("b", "B", scores={"score": 0.0})),
        (FileEdge("b", "a", (), Counters(3, 0, 0, 1, 4)),),
    )


@pytest.mark.parametrize("write", [published.write, graphml.write, tables.write_values, picture.draw])
def test_hostile_words_leave_every_file_whole(write: Callable[[GraphFile], Any]) -> None:
    raw = written(write, one(HOSTILE)).decode()

    if write is published.write:
        assert json.loads(raw)["values"][0]["title"].startswith('"><script>')
    elif write is tables.write_values:
        assert len(list(csv.reader(io.StringIO(raw)))) == 3
    else:
        assert not [item for item in parsed(raw).iter() if item.tag.endswith("script")]
    assert "\x00" not in raw
    assert write is not picture.draw or "\u202e" not in raw


def test_a_formula_does_not_run_in_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(written(tables.write_values, one("=HYPERLINK(1)")).decode())))

    assert rows[0]["title"] == "'=HYPERLINK(1)"


def test_names_from_right_to_left_have_their_own_direction() -> None:
    text = "".join(picture.draw(one("الإصغاء بصبر")))

    assert 'direction="rtl"' in text
    assert text.count('direction="rtl"') == 1
    assert [picture.leads_right_to_left(name) for name in ("شاي tea", "tea شاي", "123 שלום", "")] == [
        True, False, True, False,
    ]  # fmt: skip


def test_a_pair_that_was_asked_both_ways_has_one_arrow_to_what_more_found_wiser() -> None:
    up = FileEdge("a", "b", (), Counters(3, 1, 2, 0, 8))
    down = FileEdge("b", "a", (), Counters(2, 1, 3, 1, 8))
    alone = FileEdge("a", "c", (), Counters(0, 4, 0, 0, 4))

    assert picture.one_each([up, down, alone]) == [up, alone]
    assert picture.one_each([down, up]) == [up]


def test_long_names_are_cut_into_lines() -> None:
    assert picture.wrapped("One two three four five six") == ["One two three four", "five six"]
    assert picture.wrapped("a" * 45) == ["a" * 20, "a" * 20, "a" * 5]
    assert picture.wrapped("word " * 30)[-1].endswith("…")
    assert len(picture.wrapped("word " * 30)) == 3


def test_graphml_keeps_the_types_of_numbers() -> None:
    graph = GraphFile(
        (FileValue(7, "A", scores={"score": 1.0}, ranks={"rank": 1}), FileValue("b", "B")),
        (FileEdge(7, "b", ("tea",), Counters(2, 0, 0, 0, 2)),),
    )

    drawn = nx.parse_graphml(written(graphml.write, graph).decode().split("?>", 1)[1].strip())

    assert drawn.nodes["7"]["score"] == 1.0
    assert (drawn.nodes["7"]["value_id"], drawn.nodes["7"]["rank"]) == (7, 1)
    assert drawn.edges["7", "b"]["wiser_likelihood"] == 1.0
    assert isinstance(drawn.edges["7", "b"]["wiser"], int)


def published_file(**changed: Any) -> dict[str, Any]:
    """Return a file as other programs write it: nothing but the published fields."""
    value = {
        "title": "T",
        "instructionsShort": "s",
        "instructionsDetailed": "d",
        "evaluationCriteria": ["MOMENTS x"],
    }
    marks = {"markedWiser": 3, "markedNotWiser": 0, "markedLessWise": 0, "markedUnsure": 1, "impressions": 4}
    edge = {
        "sourceValueId": 1, "wiserValueId": 2, "contexts": ["tea"], "counts": marks,
        "summary": {"wiserLikelihood": 0.75, "entropy": 1.4056390622295662},
    }  # fmt: skip
    return {"values": [{"id": 1, **value}, {"id": 2, **value}], "edges": [edge], **changed}


def read(document: Any) -> GraphFile:
    return published.read(json.dumps(document).encode(), name="g.json")


def test_a_file_of_the_published_program_is_read_with_its_own_numbers() -> None:
    found = read(published_file())

    # Three "wiser", one "unsure", four impressions: w = 3/4; H over 3/8, 1/8 and 4/8, the impressions inside.
    assert found.warnings == ()
    assert found.edges[0].counters.likelihood == 0.75
    assert found.values[0].policies == ("MOMENTS x",)
    assert found.about is None


def test_a_summary_that_its_counts_do_not_give_is_told() -> None:
    document = published_file()
    document["edges"][0]["summary"]["wiserLikelihood"] = 0.9

    assert "edge 1: wiserLikelihood is 0.9 there, but its counts give 0.75" in read(document).warnings[0]


def edge_with(**changed: Any) -> dict[str, Any]:
    document = published_file()
    document["edges"][0] |= changed
    return document


def counts_with(**changed: Any) -> dict[str, Any]:
    document = published_file()
    document["edges"][0]["counts"] |= changed
    return document


def value_with(**changed: Any) -> dict[str, Any]:
    document = published_file()
    document["values"][1] |= changed
    return document


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "g.json: a published graph is an object"),
        ({"values": []}, "g.json: there is no list “edges”"),
        (published_file(values=[], edges=[]), "g.json: there is no value"),
        (published_file(values=[3]), "g.json, value 1: an object is needed"),
        (value_with(id=1), "g.json, value 2: value 1 has the id “1” too"),
        (value_with(id="1"), "g.json, value 2: value 1 has the id “1” too"),
        (value_with(id=1.5), "g.json, value 2: an id is"),
        (value_with(id=True), "g.json, value 2: an id is"),
        (value_with(id=10**30), "g.json, value 2: an id is"),
        (value_with(title=" "), "g.json, value 2: it has no title"),
        (value_with(title=3), "g.json, value 2, title: this must be text"),
        (value_with(evaluationCriteria="x"), "g.json, value 2, evaluationCriteria: a list of texts"),
        (value_with(pageRank="high"), "g.json, value 2, pageRank: a number"),
        (edge_with(sourceValueId=9), "g.json, edge 1: “9” is the id of no value"),
        (edge_with(wiserValueId=1), "g.json, edge 1: it leads from “1” to itself"),
        (edge_with(contexts=[1]), "g.json, edge 1, contexts: a list of texts"),
        (edge_with(counts=None), "g.json, edge 1, counts: an object"),
        (counts_with(markedWiser=-1), "g.json, edge 1, markedWiser: a count"),
        (counts_with(markedWiser=1.5), "g.json, edge 1, markedWiser: a count"),
        (counts_with(impressions=None), "g.json, edge 1, impressions: a count"),
        (
            published_file(edges=published_file()["edges"] * 2),
            "g.json, edge 2: the step from “1” to “2” is there twice",
        ),
    ],
)
def test_a_fault_names_its_place(document: Any, says: str) -> None:
    with pytest.raises(ExchangeError, match=says):
        read(document)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "g.json: the file is empty"),
        (b'{"values": [\n{]}', "g.json, line 2: this is not JSON"),
        (b'{"values": [{"id": NaN}], "edges": []}', "g.json: this is not JSON that can be read"),
        (b"[" * 100_000, "g.json: this is not JSON that can be read"),
        (b'{"values": [{"id": ' + b"9" * 5000 + b"}]}", "g.json: this is not JSON that can be read"),
        ("é".encode("latin-1"), "g.json, row 1: this is not UTF-8"),
    ],
)
def test_what_is_no_json_says_so(raw: bytes, says: str) -> None:
    with pytest.raises(ExchangeError, match=says):
        published.read(raw, name="g.json")


BOMB = '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa">]><graphml/>'


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (BOMB.encode(), "may not define entities"),
        (b"<graphml>", "this is not GraphML"),
        (b"<svg/>", "this is not GraphML"),
        ("".join(nx.generate_graphml(nx.Graph([(1, 2)]))).encode(), "one directed edge a step"),
        ("".join(nx.generate_graphml(nx.DiGraph([(1, 2)]))).encode(), "g.graphml, edge 1, wiser: a count"),
    ],
)
def test_graphml_that_is_no_moral_graph_says_so(raw: bytes, says: str) -> None:
    with pytest.raises(ExchangeError, match=says):
        graphml.read(raw, name="g.graphml")


STEPS = b"from,to,wiser,not_wiser,less_wise,unsure,impressions\n"


@pytest.mark.parametrize(
    ("values", "edges", "says"),
    [
        (b"id,name\n1,A\n", None, "v.csv, row 1: the header lacks title"),
        (b"id,title\n1,\n", None, "v.csv, row 2: title is empty"),
        (b"id,title\n,A\n", None, "v.csv, row 2: id is empty"),
        (b"id,title,score\n1,A,high\n", None, "v.csv, row 2, score: “high” is no number"),
        (b"id,title,rank\n1,A,-1\n", None, "v.csv, row 2, rank: “-1” is no count"),
        (b"id,title\n1,A\n", b"from,to\n1,2\n", "e.csv, row 1: the header lacks wiser"),
        (b"id,title\n1,A\n2,B\n", STEPS + b"1,2,x,0,0,0,0\n", "e.csv, row 2, wiser: “x”"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_used_say_where(values: bytes, edges: bytes | None, says: str) -> None:
    with pytest.raises(ExchangeError, match=says):
        tables.read(values, edges, values_name="v.csv", edges_name="e.csv")
