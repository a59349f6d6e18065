"""The headless twin: files in, the numbers of the studio out, and one sentence where a file is wrong."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.moralgraph import selectors
from apps.moralgraph.services import demo
from apps.shared.models import Study

HEADER = "participant,from,to,context,answer\n"
VALUES = [{"id": key, "title": key.upper(), "policies": []} for key in ("a", "b", "c", "d")]


def rank(folder: Path, *options: str) -> Any:
    out = io.StringIO()
    files = ["--values", str(folder / "values.json"), "--votes", str(folder / "votes.csv")]
    call_command("rank_values", *files, *options, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def files(folder: Path, votes: str | bytes, values: Any = VALUES) -> Path:
    raw = values if isinstance(values, bytes) else json.dumps(values).encode()
    (folder / "values.json").write_bytes(raw)
    (folder / "votes.csv").write_bytes(votes.encode() if isinstance(votes, str) else votes)
    return folder


@pytest.fixture
def exported(study: Study, tmp_path: Path) -> Path:
    study.include_simulated = True
    study.save()
    demo.load(study=study)
    values = selectors.votes_export(study=study)["values"]
    return files(tmp_path, selectors.votes_table(study=study), values)


@pytest.mark.parametrize("rule", ["touchstone", "mge-2023"])
def test_an_exported_graph_is_ranked_to_the_same_numbers(study: Study, exported: Path, rule: str) -> None:
    found = rank(exported, "--rule", rule)

    shown = selectors.ranked_graph(study=study, rule=rule)
    ranked = [item for item in found["values"] if item["rank"] is not None]
    assert [item["id"] for item in ranked] == [item.value for item in shown.ranking.values]
    for mine, theirs in zip(ranked, shown.ranking.values, strict=True):
        assert mine["score"] == pytest.approx(theirs.score, abs=1e-9)
        assert mine["low"] == theirs.low
        assert mine["p_top"] == theirs.p_top
    assert (found["n_votes"], found["n_voters"]) == (shown.ranking.votes, shown.ranking.participants)
    assert found["cycles"] == [list(group) for group in shown.cycles]


def test_one_context_is_ranked_by_its_name(study: Study, exported: Path) -> None:
    context = selectors.contexts(study=study)[1]

    found = rank(exported, "--context", context.name, "--bootstrap", "50")

    shown = selectors.ranking(study=study, context=context.pk)
    assert found["n_votes"] == shown.votes
    assert {name for edge in found["edges"] for name in edge["contexts"]} == {context.name}


def test_the_whole_answer_of_the_published_rule(tmp_path: Path) -> None:
    votes = (
        "p1,a,b,tea,wiser\np2,a,b,rain,wiser\np3,a,b,tea,unsure\np4,b,a,tea,not_wiser\n"
        "p1,b,c,tea,wiser\np2,b,c,tea,wiser\np3,b,c,tea,not_about\np4,c,d,tea,wiser\n"
    )

    found = rank(files(tmp_path, HEADER + votes), "--rule", "mge-2023")

    # a to b: w = 2/3 over 2 wiser and 1 unsure, 4 impressions because the reverse was asked once;
    # H = 2/7 log2(7/2) + 1/7 log2(7) + 4/7 log2(7/4). b to c: w = 1, H = 1. c to d has one "wiser" only.
    assert found["edges"] == [
        {
            "from": "a",
            "to": "b",
            "contexts": ["rain", "tea"],
            "counts": {"wiser": 2, "not_wiser": 0, "less_wise": 0, "unsure": 1, "impressions": 4},
            "wiser_likelihood": pytest.approx(2 / 3, abs=1e-12),
            "entropy": pytest.approx(1.3787834934861756, abs=1e-9),
        },
        {
            "from": "b",
            "to": "c",
            "contexts": ["tea"],
            "counts": {"wiser": 2, "not_wiser": 0, "less_wise": 0, "unsure": 0, "impressions": 2},
            "wiser_likelihood": 1.0,
            "entropy": pytest.approx(1.0, abs=1e-12),
        },
    ]
    # Three endpoints: (1 - 0.85)/3 = 0.05; b = 0.05 + 0.85 * 0.05; c = 0.05 + 0.85 b.
    nothing = {"low": None, "high": None, "p_top": None}
    assert found["values"] == [
        {"id": "c", "title": "C", "score": pytest.approx(0.128625, abs=1e-9), "rank": 1, "wisdom": 1.0}
        | nothing,
        {"id": "b", "title": "B", "score": pytest.approx(0.0925, abs=1e-9), "rank": 2}
        | {"wisdom": pytest.approx(2 / 3, abs=1e-12)}
        | nothing,
        {"id": "a", "title": "A", "score": pytest.approx(0.05, abs=1e-9), "rank": 3, "wisdom": 0.0} | nothing,
        {"id": "d", "title": "D", "score": None, "rank": None, "wisdom": 0.0} | nothing,
    ]
    assert (found["rule"], found["n_votes"], found["n_voters"], found["cycles"]) == ("mge-2023", 7, 4, [])


def test_cuts_are_parameters(tmp_path: Path) -> None:
    folder = files(tmp_path, HEADER + "p1,a,b,tea,wiser\np2,b,c,tea,wiser\np3,b,c,tea,not_wiser\n")

    def kept(*options: str) -> list[tuple[str, str]]:
        return [(edge["from"], edge["to"]) for edge in rank(folder, "--rule", "mge-2023", *options)["edges"]]

    assert kept() == []
    assert kept("--min-wiser", "1") == [("a", "b"), ("b", "c")]
    assert kept("--min-wiser", "1", "--min-likelihood", "0.51") == [("a", "b")]
    # b to c: one wiser, one not, two impressions: H = 1.5.
    assert kept("--min-wiser", "1", "--max-entropy", "1.5") == [("a", "b"), ("b", "c")]
    assert kept("--min-wiser", "1", "--max-entropy", "1.49") == [("a", "b")]


def test_a_circle_is_named_by_its_members(tmp_path: Path) -> None:
    steps = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]
    votes = "".join(f"p{voter},{low},{high},tea,wiser\n" for low, high in steps for voter in range(2))

    for rule in ("mge-2023", "touchstone"):
        assert rank(files(tmp_path, HEADER + votes), "--rule", rule)["cycles"] == [["a", "b", "c"]]


def test_of_several_votes_on_one_step_in_one_context_the_last_counts(tmp_path: Path) -> None:
    votes = (
        "p1,a,b,tea,wiser\np1,a,b,tea,not_wiser\n"  # the last: not wiser
        "p2,a,b,tea,wiser\np2,a,b,rain,wiser\n"  # two contexts: two votes
        "p3,a,b,tea,wiser\np3,b,a,tea,wiser\n"  # two directions: two votes
        "p4,a,b,tea,wiser\np4,a,b,tea,not_about\n"  # the last: left out
    )

    found = rank(files(tmp_path, HEADER + votes), "--rule", "mge-2023", "--min-likelihood", "-1")

    counts = {"wiser": 3, "not_wiser": 1, "less_wise": 1, "unsure": 0, "impressions": 5}
    assert found["edges"][0]["counts"] == counts
    assert (found["n_votes"], found["n_voters"]) == (5, 3)


def test_ids_come_back_as_they_were_written(tmp_path: Path) -> None:
    values = [{"id": 10, "title": "Ten", "policies": []}, {"id": "2", "title": "Two", "policies": ["X"]}]

    found = rank(files(tmp_path, HEADER + "p,10,2,,wiser\nq,10,2,,wiser\n", values), "--rule", "mge-2023")

    assert [(edge["from"], edge["to"], edge["contexts"]) for edge in found["edges"]] == [(10, "2", [])]
    assert [item["id"] for item in found["values"]] == ["2", 10]


def test_touchstone_fills_in_what_it_knows(tmp_path: Path) -> None:
    votes = "".join(f"p{voter},a,b,tea,wiser\np{voter},c,b,tea,wiser\n" for voter in range(30))

    folder = files(tmp_path, HEADER + votes)
    found = rank(folder, "--rule", "touchstone", "--bootstrap", "51", "--seed", "3")

    assert found == rank(folder, "--bootstrap", "51", "--seed", "3")
    assert found["values"][0]["id"] == "b"
    assert sum(item["p_top"] for item in found["values"]) == pytest.approx(1)
    assert all(item["low"] <= item["score"] <= item["high"] for item in found["values"])
    assert found["values"][0]["wisdom"] == 2.0
    assert found["edges"][0]["counts"]["wiser"] == 30


def test_the_published_rule_says_how_sure_it_is_when_asked(tmp_path: Path) -> None:
    votes = "".join(f"p{voter},a,b,tea,wiser\n" for voter in range(30))

    found = rank(files(tmp_path, HEADER + votes), "--rule", "mge-2023", "--bootstrap", "20")

    assert [(item["id"], item["p_top"]) for item in found["values"][:2]] == [("b", 1.0), ("a", 0.0)]
    assert found["values"][0]["low"] == found["values"][0]["high"] == pytest.approx(0.075 * 1.85)
    assert found["values"][2]["low"] is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_from_any_spreadsheet_are_read(tmp_path: Path, end: str, mark: str) -> None:
    table = (
        'answer,context,to,from,participant,note\nwiser,"rain, ""wind"" and tea",b,a,p1,x\n\n'
        'wiser,"rain, ""wind"" and tea",b,a,"Müller, Ann",\n'
    )
    values = mark.encode() + json.dumps(VALUES).encode()

    found = rank(files(tmp_path, (mark + table.replace("\n", end)).encode(), values), "--rule", "mge-2023")

    assert found["edges"][0]["contexts"] == ['rain, "wind" and tea']
    assert found["n_voters"] == 2


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        ("participant,from,to,answer\n", "row 1: the header lacks context"),
        (HEADER.replace("to,", "to,to,"), "row 1: the header has to twice"),
        (HEADER + "p,a,b,tea,wiser\np,a,b,tea,maybe\n", "row 3: the answer “maybe” is none of"),
        (HEADER + "p,a,b,tea,Wiser\n", "row 2: the answer “Wiser”"),
        (HEADER + "p,a,z,tea,wiser\n", "row 2: to names “z”"),
        (HEADER + "\np,z,a,tea,wiser\n", "row 3: from names “z”"),
        (HEADER + "p,a,a,tea,wiser\n", "row 2: from and to are the same value"),
        (HEADER + ",a,b,tea,wiser\n", "row 2: participant is empty"),
        (HEADER + "p,a,b,tea,\n", "row 2: answer is empty"),
        (HEADER + "p,a,b,tea, with milk,wiser\n", "row 2: there are 6 fields where the header has 5"),
        (HEADER + "p,a,b,tea\n", "row 2: there are 4 fields"),
        (HEADER + 'p,a,b,"tea,wiser\n', "row 2: this is not a table"),
        ((HEADER + "p,a,b,tea,wiser\nJosé,a,b,,wiser\n").encode("latin-1"), "row 3: this is not UTF-8"),
        ((HEADER + "p,a,b,tea,wiser\n").encode("utf-16"), "row 1: this is not UTF-8"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_says_where(tmp_path: Path, votes: str | bytes, says: str) -> None:
    with pytest.raises(CommandError, match=says) as caught:
        rank(files(tmp_path, votes))
    assert str(caught.value).startswith(str(tmp_path / "votes.csv"))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (b"", "values.json: the file is empty"),
        (b"[{]", "values.json, row 1: this is not JSON"),
        (b"[" * 100_000, "values.json: this is not JSON"),
        (b'[{"id": ' + b"9" * 5000 + b"}]", "values.json: this is not JSON"),
        ({}, "values.json: a list of values is needed"),
        ([], "values.json: a list of values is needed"),
        ([*VALUES, "e"], "values.json, value 5: a value is an object"),
        ([*VALUES, {"title": "E"}], "values.json, value 5: “id”"),
        ([{"id": 1.5, "title": "E"}], "values.json, value 1: “id”"),
        ([{"id": "e"}], "values.json, value 1: “title”"),
        ([{"id": "e", "title": "E", "policies": "X"}], "values.json, value 1: “policies”"),
        ([*VALUES, {"id": "b", "title": "B2"}], "values.json, value 5: value 2 has the id “b” too"),
        ([{"id": 1, "title": "A"}, {"id": "1", "title": "B"}], "value 1 has the id “1” too"),
        ("é".encode("latin-1"), "values.json, row 1: this is not UTF-8"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(tmp_path: Path, values: Any, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        rank(files(tmp_path, HEADER, values))


def test_a_missing_file_an_unknown_context_and_a_bad_number_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"values.json: the file cannot be read \(No such file"):
        rank(tmp_path)
    files(tmp_path, HEADER + "p,a,b,tea,wiser\n")
    with pytest.raises(CommandError, match=r"votes.csv: no row has the context “rain”; there are: “tea”"):
        rank(tmp_path, "--context", "rain")
    with pytest.raises(CommandError, match="draws"):
        rank(tmp_path, "--bootstrap", "-1")
    with pytest.raises(CommandError, match="nan"):
        rank(tmp_path, "--rule", "mge-2023", "--min-likelihood", "nan")


SPLIT = "".join(f"p{n},a,b,tea,{'wiser' if n < 20 else 'not_wiser'}\n" for n in range(30))


def told(folder: Path, *options: str) -> tuple[Any, str]:
    out, err = io.StringIO(), io.StringIO()
    given = ["--values", str(folder / "values.json"), "--votes", str(folder / "votes.csv")]
    call_command("rank_values", *given, "--bootstrap", "20", *options, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_weights_of_people_move_scores_and_leave_counts_and_format(tmp_path: Path) -> None:
    plain, _ = told(files(tmp_path, HEADER + SPLIT))
    (tmp_path / "w.csv").write_text(
        "participant,weight\n" + "".join(f"p{n},{9 if n >= 20 else 1}\n" for n in range(29))
    )

    weighed, says = told(tmp_path, "--weights", str(tmp_path / "w.csv"))

    assert plain["values"][0]["id"] == "b"
    assert weighed["values"][0]["id"] == "a"
    assert {key: weighed[key] for key in ("rule", "n_votes", "n_voters", "edges", "cycles")} == {
        key: plain[key] for key in ("rule", "n_votes", "n_voters", "edges", "cycles")
    }
    assert [set(value) for value in weighed["values"]] == [set(value) for value in plain["values"]]
    assert "30 participants weighted" in says
    assert "1 without a weight or a group count 1" in says


def test_groups_count_by_their_share(tmp_path: Path) -> None:
    files(tmp_path, HEADER + SPLIT)
    (tmp_path / "g.csv").write_text(
        "participant,group\n" + "".join(f"p{n},{'few' if n >= 20 else 'many'}\n" for n in range(30))
    )
    (tmp_path / "s.csv").write_text("group,share\nfew,90\nmany,10\n")
    groups = ["--groups", str(tmp_path / "g.csv")]

    equal, _ = told(tmp_path, *groups)
    by_share, _ = told(tmp_path, *groups, "--shares", str(tmp_path / "s.csv"))

    score = {name: {v["id"]: v["score"] for v in found["values"]}["b"] for name, found in
             {"equal": equal, "share": by_share, "plain": told(tmp_path)[0]}.items()}  # fmt: skip
    assert score["share"] < score["equal"] < score["plain"]


def test_weights_that_cannot_be_used_are_sentences(tmp_path: Path) -> None:
    files(tmp_path, HEADER + SPLIT)
    (tmp_path / "w.csv").write_text("participant,weight\np1,0\n")
    table = str(tmp_path / "w.csv")

    with pytest.raises(CommandError, match="only the rule “touchstone” weighs people"):
        rank(tmp_path, "--rule", "mge-2023", "--weights", table)
    with pytest.raises(CommandError, match="say with --groups"):
        rank(tmp_path, "--shares", table)
    with pytest.raises(CommandError, match=r"w.csv, row 1: the header lacks group"):
        rank(tmp_path, "--groups", table)
    with pytest.raises(CommandError, match="weight 0"):
        rank(tmp_path, "--weights", table)


def test_no_votes_leave_all_values_without_a_place(tmp_path: Path) -> None:
    found = rank(files(tmp_path, HEADER), "--rule", "mge-2023")

    assert (found["n_votes"], found["n_voters"], found["edges"], found["cycles"]) == (0, 0, [], [])
    assert [(item["id"], item["score"]) for item in found["values"]] == [(key, None) for key in "abcd"]
    assert [item["score"] for item in rank(tmp_path)["values"]] == [0.0] * 4


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command as people do, with nothing set that a server reads."""
    files_given = ["--values", str(folder / "values.json"), "--votes", str(folder / "votes.csv")]
    command = [sys.executable, str(settings.ROOT / "manage.py"), "rank_values", *files_given, *options]
    path = {"PATH": os.environ["PATH"], "DATA_DIR": "/proc/nowhere"}
    return subprocess.run(command, cwd=folder, env=path, capture_output=True, text=True, check=False)


def test_it_runs_without_an_installation(tmp_path: Path) -> None:
    before = sorted(path.name for path in files(tmp_path, HEADER + "p,a,b,tea,wiser\n").iterdir())

    done = run(tmp_path, "--rule", "mge-2023", "--min-wiser", "1", "--format", "json")

    assert (done.returncode, done.stderr) == (0, "")
    assert [edge["to"] for edge in json.loads(done.stdout)["edges"]] == ["b"]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_wrong_file_ends_with_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = run(files(tmp_path, HEADER + "p,a,b,tea,perhaps\n"))

    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "votes.csv, row 2: the answer “perhaps”" in done.stderr
