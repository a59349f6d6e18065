"""Another graph comes in once, marked and with its source; it is looked at first and can be taken out."""

import io
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from apps.moralgraph import selectors
from apps.moralgraph.domain.exchange import incoming, published
from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.models import Context, GraphImport, Snapshot, Transition, Value, Vote
from apps.moralgraph.services import graph_imports
from apps.moralgraph.services.graph_keeping import UNNAMED_CONTEXT, Report
from apps.shared.errors import Conflict, Invalid, Missing, TooLarge
from apps.shared.models import AuditEntry, Study
from apps.shared.signals import withdrawn
from tests.factories.incoming_graphs import (
    bring,
    brought,
    files_of,
    graph_of,
    listed,
    votes_of,
)
from tests.factories.moralgraph import ContextFactory, vote
from tests.moralgraph.conftest import World


def test_values_and_votes_come_in_marked_and_count(study: Study) -> None:
    report = bring(study, listed(), votes_of("p1,v1,2,tea,wiser", "p2,v1,2,tea,not_wiser", "p1,v1,2,,same"))

    assert (report.values, report.votes, report.participants) == (2, 3, 2)
    assert report.contexts == [UNNAMED_CONTEXT, "tea"]
    row = GraphImport.objects.get()
    assert (row.source, row.form, row.filename) == ("Delft", "values", "values.json")
    assert set(Value.objects.values_list("imported", flat=True)) == {row.pk}
    assert set(Vote.objects.values_list("imported", flat=True)) == {row.pk}
    assert AuditEntry.objects.get(action="graph.imported").subject == f"graph-import/{row.pk}"
    ranked = selectors.ranking(study=study)
    assert (ranked.votes, ranked.participants) == (3, 2)
    lines = [(line.attended, line.qualifier) for line in selectors.values(study=study)[0].policies]
    assert lines == [("MOMENTS OF DOUBT", "that nobody names"), ("what a person asks twice", "")]


def test_the_same_files_come_in_once(study: Study) -> None:
    first = brought(study, listed(), votes_of("p1,v1,2,tea,wiser"))
    again = brought(study, listed(), votes_of("p1,v1,2,tea,wiser"))

    assert (again.pk, again.counts["votes"]) == (first.pk, 1)
    assert [model.objects.count() for model in (GraphImport, Value, Vote, Transition, Context)] == [
        1,
        2,
        1,
        1,
        1,
    ]


def test_a_later_file_of_the_same_source_adds_what_is_new(study: Study) -> None:
    bring(study, listed(), votes_of("p1,v1,2,tea,wiser", "p2,v1,2,tea,wiser"))

    report = bring(study, listed(), votes_of("p1,v1,2,tea,wiser", "p2,v1,2,tea,same", "p3,v1,2,Tea,wiser"))

    assert (report.values, report.known_values, report.contexts) == (0, 2, [])
    assert (report.votes, report.known_votes, report.changed_votes) == (2, 1, 1)
    assert selectors.ranking(study=study).votes == 3
    assert sorted(vote.answer for vote in selectors.live_votes(study=study)) == ["same", "wiser", "wiser"]


def test_people_of_another_source_are_others(study: Study) -> None:
    bring(study, listed(), votes_of("p1,v1,2,tea,wiser"))
    bring(study, listed(), votes_of("p1,v1,2,tea,wiser"), source="Utrecht")

    assert selectors.ranking(study=study).participants == 2


def test_a_published_graph_becomes_values_steps_and_a_snapshot_and_no_votes(study: Study) -> None:
    report = bring(study, graph_of())

    assert (report.values, report.edges, report.votes) == (3, 2, 0)
    assert Vote.objects.count() == 0
    assert Transition.objects.count() == 2
    snapshot = Snapshot.objects.get()
    shown = selectors.snapshot_graph(snapshot=snapshot)
    # (1 - 0.85)/3 = 0.05; second: 0.05 + 0.85 * 0.05; third: 0.05 + 0.85 of that.
    assert [(node.title, round(node.score, 6)) for node in shown.nodes] == [
        ("Value 3", 0.128625), ("Value 2", 0.0925), ("Value 1", 0.05),
    ]  # fmt: skip
    assert shown.edges.counts["wiser"][0] == 3
    assert [item.title for item in selectors.principles(snapshot=snapshot)] == [
        "Value 3",
        "Value 2",
        "Value 1",
    ]


def test_what_came_in_goes_out_with_the_same_counters(study: Study, researcher: APIClient) -> None:
    given = graph_of(markedLessWise=1, impressions=9)
    bring(study, given)

    answer = researcher.get(f"/api/studies/{study.slug}/graph/file/", {"snapshot": Snapshot.objects.get().pk})
    found = published.read(b"".join(answer.streaming_content), name="g")  # type: ignore[attr-defined]

    before = published.read(given.raw, name="g")
    assert [edge.counters for edge in found.edges] == [edge.counters for edge in before.edges]
    assert [value.policies for value in found.values] == [("PAUSES",)] * 3


def test_our_own_file_brings_our_values_once_and_says_what_it_is_of(
    world: World, researcher: APIClient
) -> None:
    address = f"/api/studies/{world.study.slug}/graph/file/"
    answer = researcher.get(address, {"rule": "mge-2023", "context": world.first.pk})
    raw = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    other = Study.objects.create(slug="other", title="Other")

    row = brought(other, Named("g.json", raw))

    assert row.about["study"] == world.study.slug
    assert GraphImport.objects.get().about["hash"] == row.about["hash"] != ""
    assert sorted(item.title for item in selectors.values(study=other)) == ["High", "Low", "Middle"]
    low = next(item for item in selectors.values(study=other) if item.title == "Low")
    assert next(policy.text for policy in low.policies) == "QUESTIONS that a person asks twice"


def test_looking_keeps_nothing(study: Study) -> None:
    files = files_of(listed(), votes_of("p1,v1,2,tea,wiser"))
    report = Report(**graph_imports.look(study=study, files=files, source="Delft").counts)

    assert (report.values, report.votes, report.contexts) == (2, 1, ["tea"])
    assert report.first == ["Own Pace", "Plain Truth"]
    assert [model.objects.count() for model in (GraphImport, Value, Vote, Context, AuditEntry)] == [0] * 5


def test_taking_it_out_ends_votes_and_values_and_it_can_come_again(study: Study) -> None:
    row = brought(study, listed(), votes_of("p1,v1,2,tea,wiser"))

    graph_imports.take_out(study=study, actor=None, import_id=row.pk)

    assert selectors.values(study=study) == []
    assert selectors.live_votes(study=study).count() == 0
    with pytest.raises(Conflict):
        graph_imports.take_out(study=study, actor=None, import_id=row.pk)
    with pytest.raises(Missing):
        graph_imports.take_out(study=study, actor=None, import_id=4711)

    again = brought(study, listed(), votes_of("p1,v1,2,tea,wiser"))
    assert again.pk != row.pk
    assert (len(selectors.values(study=study)), Value.objects.count()) == (2, 2)
    assert selectors.live_votes(study=study).count() == 1


def test_a_value_that_people_here_judged_stays(study: Study) -> None:
    row = brought(study, listed())
    low, high = Value.objects.order_by("pk")
    vote(low, high, ContextFactory(study=study), participant_id=uuid.uuid4())

    graph_imports.take_out(study=study, actor=None, import_id=row.pk)

    assert len(selectors.values(study=study)) == 2


def test_whoever_withdrew_does_not_come_back(study: Study) -> None:
    bring(study, listed(), votes_of("p1,v1,2,tea,wiser", "p2,v1,2,tea,wiser"))
    person = Vote.objects.order_by("pk")[0].participant_id
    withdrawn.send(sender=Study, study=study, participant_id=person)

    report = bring(study, listed(), votes_of("p1,v1,2,tea,wiser", "p2,v1,2,tea,wiser", "p1,2,v1,tea,wiser"))

    assert report.withdrawn_votes == 2
    assert selectors.ranking(study=study).participants == 1


def test_simulated_people_stay_out_of_a_study_that_does_not_ask_for_them(study: Study) -> None:
    bring(study, listed(), votes_of("p1,v1,2,tea,wiser"), simulated=True)

    assert selectors.values(study=study) == []
    assert set(Value.objects.values_list("simulated", flat=True)) == {True}
    assert set(Vote.objects.values_list("simulated", flat=True)) == {True}


@pytest.mark.parametrize(
    ("graph", "votes", "says"),
    [
        (Named("g.json", b""), None, "g.json: the file is empty"),
        (Named("g.json", b"{}"), None, "g.json: a published graph"),
        (listed([{"id": 1, "title": "T" * 90}]), None, "value 1, title: This is 90 characters"),
        (listed([{"id": 1, "title": "T", "policies": ["x"] * 13}]), None, "policies: A card has at most 12"),
        (listed([{"id": 1, "title": "T", "policies": ["word " * 99]}]), None, "policies.0.qualifier"),
        (listed([]), None, "values.json: there is no value"),
        (listed(), votes_of("p,v1,9,tea,wiser"), "votes.csv, row 2: to names “9”"),
        (listed(), votes_of(f"p,v1,2,{'c' * 121},wiser"), "needs a name of at most 120"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place_and_keeps_nothing(
    study: Study, graph: Named, votes: Named | None, says: str
) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        bring(study, graph, votes)
    assert Value.objects.count() == Vote.objects.count() == 0
    row = GraphImport.objects.get()
    assert (row.state, row.message) == ("refused", str(refused.value))


def test_what_is_too_large_or_of_nowhere_is_refused(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="where this is from"):
        bring(study, listed(), source=" ")
    monkeypatch.setattr(graph_imports, "MOST_BYTES", 10)
    with pytest.raises(TooLarge):
        bring(study, listed())


@pytest.mark.parametrize(
    ("text", "attended", "qualifier"),
    [
        ("MOMENTS where it hurts", "MOMENTS", "where it hurts"),
        ("OPEN QUESTIONS, asked twice", "OPEN", "QUESTIONS, asked twice"),
        ("plain words", "plain words", ""),
        ("أسئلة بلا جواب", "أسئلة بلا جواب", ""),
        (f"{'w ' * 80}end", ("w " * 60).strip(), f"{'w ' * 20}end"),
    ],
)
def test_a_line_is_split_where_its_capitals_end(text: str, attended: str, qualifier: str) -> None:
    found = incoming.split(text)

    if "QUESTIONS" not in text:
        assert (found.attended, found.qualifier) == (attended, qualifier)
    assert found.text == " ".join(text.split())


def test_two_names_that_are_one_context_here_hold_one_vote_of_a_person(study: Study) -> None:
    report = bring(study, listed(), votes_of("p1,v1,2,tea,wiser", "p1,v1,2,Tea,same"))

    assert (report.votes, [vote.answer for vote in selectors.live_votes(study=study)]) == (1, ["same"])


def test_the_command_brings_in_and_reports(study: Study, tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("id,title\n1,A\n2,B\n")
    (tmp_path / "e.csv").write_text("from,to,wiser,not_wiser,less_wise,unsure,impressions\n1,2,3,0,0,0,3\n")
    given = [
        str(tmp_path / "v.csv"),
        "--study",
        study.slug,
        "--source",
        "Delft",
        "--edges",
        str(tmp_path / "e.csv"),
    ]

    def said(*options: str) -> str:
        out = io.StringIO()
        call_command("import_graph", *given, *options, stdout=out, stderr=io.StringIO())
        return out.getvalue()

    assert said("--dry-run").startswith("Would bring 2 values (0 known), 1 steps with counts")
    assert "brought 2 values" in said()
    assert "brought 2 values" in said()
    assert Value.objects.count() == 2
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_graph", str(tmp_path / "none"), "--study", study.slug, "--source", "x")
    (tmp_path / "v.csv").write_text("id,title\n1,\n")
    with pytest.raises(CommandError, match=r"v.csv, row 2: title is empty"):
        said()
