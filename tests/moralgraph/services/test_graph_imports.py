"""Another graph comes in once, marked and with its source; it is looked at first and can be taken out."""

import io
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from apps.moralgraph import selectors
from apps.moralgraph.domain.exchange import incoming, published
from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.models import Context, GraphImport, Snapshot, Transition, Value, Vote
from apps.moralgraph.services import graph_imports, graph_keeping
from apps.moralgraph.services.graph_keeping import UNNAMED_CONTEXT, Report
from apps.shared.errors import Conflict, Invalid, Missing, TooLarge
from apps.shared.models import AuditEntry, Job, Study
from apps.shared.signals import withdrawn
from tests.factories.moralgraph import ContextFactory, vote
from tests.moralgraph.conftest import World

VALUES = [
    {
        "id": "v1",
        "title": "Own Pace",
        "policies": ["MOMENTS OF DOUBT that nobody names", "what a person asks twice"],
    },
    {"id": 2, "title": "Plain Truth", "policies": []},
]
HEADER = "participant,from,to,context,answer\n"


def listed(values: Any = VALUES) -> Named:
    return Named("values.json", json.dumps(values).encode())


def votes_of(*rows: str) -> Named:
    return Named("votes.csv", (HEADER + "\n".join(rows)).encode())


def graph_of(**counts: int) -> Named:
    marks = {"markedWiser": 3, "markedNotWiser": 0, "markedLessWise": 0, "markedUnsure": 1, "impressions": 4}
    values = [
        {"id": n, "title": f"Value {n}", "instructionsShort": "s", "evaluationCriteria": ["PAUSES"]}
        for n in (1, 2, 3)
    ]
    edges = [
        {"sourceValueId": low, "wiserValueId": high, "contexts": ["tea"], "counts": marks | counts}
        for low, high in ((1, 2), (2, 3))
    ]  # fmt: skip
    return Named("graph.json", json.dumps({"values": values, "edges": edges}).encode())


def files_of(graph: Named, votes: Named | None = None) -> dict[str, Named]:
    return {"graph": graph} | ({"votes": votes} if votes else {})


def brought(study: Study, graph: Named, votes: Named | None = None, **more: Any) -> GraphImport:
    return graph_imports.bring_in(
        study=study, actor=None, files=files_of(graph, votes), **({"source": "Delft"} | more)
    )


def bring(study: Study, graph: Named, votes: Named | None = None, **more: Any) -> Report:
    return Report(**brought(study, graph, votes, **more).counts)


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


@pytest.fixture
def send(
    study: Study, researcher: APIClient, django_capture_on_commit_callbacks: Any
) -> Callable[..., dict[str, Any]]:
    """Return what sends files and lets the worker read them; it answers the import as it stands then."""
    address = f"/api/studies/{study.slug}/graph/imports/"

    def sent(*rows: str, graph: Named | None = None, **more: Any) -> dict[str, Any]:
        given = {"file": graph or listed()} | ({"votes": votes_of(*rows)} if rows else {})
        files = {part: SimpleUploadedFile(file.name, file.raw) for part, file in given.items()}
        with django_capture_on_commit_callbacks(execute=True):
            answer = researcher.post(address, {**files, "source": "Delft", **more}, format="multipart")
        assert answer.status_code == 202, answer.content
        found: dict[str, Any] = researcher.get(f"{address}{answer.json()['id']}/").json()
        assert found["job"] == answer.json()["job"]
        return found

    return sent


def test_over_rest_it_is_looked_at_brought_in_listed_and_taken_out(
    study: Study, researcher: APIClient, send: Callable[..., dict[str, Any]], files: Path
) -> None:
    address = f"/api/studies/{study.slug}/graph/imports/"

    looked = send("p1,v1,2,tea,wiser", dry_run=True)
    assert (looked["state"], looked["report"]["values"], looked["report"]["votes"]) == ("done", 2, 1)
    assert (researcher.get(address).json(), Value.objects.count(), Vote.objects.count()) == ([], 0, 0)

    made = send("p1,v1,2,tea,wiser")
    assert made["report"] == looked["report"]
    assert send("p1,v1,2,tea,wiser") == made
    assert [(row["source"], row["filename"], row["undone_at"]) for row in researcher.get(address).json()] == [
        ("Delft", "values.json", None)
    ]
    assert selectors.live_votes(study=study).count() == 1
    job = Job.objects.get(pk=made["job"])
    assert (job.state, job.progress, list(files.rglob("votes"))) == ("succeeded", 1.0, [])

    undone = researcher.delete(f"{address}{made['id']}/")
    assert (undone.status_code, undone.json()["undone_at"] is not None) == (200, True)


def test_a_file_that_cannot_be_read_is_refused_by_its_job_with_the_row(
    study: Study, send: Callable[..., dict[str, Any]], files: Path
) -> None:
    found = send("p1,v1,2,tea,wiser", "p1,v1,9,tea,wiser")

    assert (found["state"], found["report"]) == ("refused", None)
    assert found["message"] == "votes.csv, row 3: to names “9”, which is the id of no value."
    job = Job.objects.get(pk=found["job"])
    assert (job.state, job.message) == ("failed", found["message"])
    assert (Value.objects.count(), Vote.objects.count(), list(files.rglob("votes"))) == (0, 0, [])
    assert send("p1,v1,2,tea,wiser", "p1,v1,9,tea,wiser")["id"] != found["id"]


def test_votes_come_in_by_parts_and_count_all_at_once(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_keeping, "_AT_ONCE", 2)
    row = graph_row(study)
    rows = votes_of(*(f"p{number},v1,2,tea,wiser" for number in range(5)))
    begun = graph_keeping.begin(row=row, read=incoming.read(graph=listed(), votes=rows), simulated=False)

    parts = []
    for done in graph_keeping.write_votes(begun=begun):
        parts.append((done, Vote.objects.count(), selectors.live_votes(study=study).count()))
    assert parts == [(2, 2, 0), (4, 4, 0), (5, 5, 0)]

    graph_keeping.complete(begun=begun)
    assert selectors.live_votes(study=study).count() == 5


def test_whoever_begins_again_after_a_dead_worker_ends_with_the_same_rows(study: Study) -> None:
    row, rows = graph_row(study), votes_of("p1,v1,2,tea,wiser", "p2,v1,2,tea,same")
    read = incoming.read(graph=listed(), votes=rows)
    first = graph_keeping.begin(row=row, read=read, simulated=False)
    next(graph_keeping.write_votes(begun=first))

    again = graph_keeping.begin(row=row, read=read, simulated=False)
    assert again.report == first.report
    assert list(graph_keeping.write_votes(begun=again)) == [2]
    graph_keeping.complete(begun=again)

    assert [model.objects.count() for model in (Value, Vote, Context)] == [2, 2, 1]
    assert selectors.ranking(study=study).votes == 2


def test_an_import_that_is_stopped_leaves_nothing_that_counts(
    study: Study, django_capture_on_commit_callbacks: Any
) -> None:
    files = files_of(listed(), votes_of("p1,v1,2,tea,wiser"))
    with django_capture_on_commit_callbacks(execute=True):
        row = graph_imports.receive(study=study, actor=None, files=files, source="Delft")
        Job.objects.update(stop_requested=True)

    row.refresh_from_db()
    assert (row.state, row.message) == ("refused", "Stopped; nothing of these files counts.")
    assert Job.objects.get().state == "cancelled"
    assert (selectors.values(study=study), Vote.objects.count()) == ([], 0)


def test_what_a_job_left_when_it_was_given_up_is_taken_up_by_the_same_files(
    study: Study, django_capture_on_commit_callbacks: Any
) -> None:
    files = files_of(listed(), votes_of("p1,v1,2,tea,wiser"))
    row = graph_imports.receive(study=study, actor=None, files=files, source="Delft")
    Job.objects.update(state="failed", message="The worker died 6 times.")

    with django_capture_on_commit_callbacks(execute=True):
        again = graph_imports.receive(study=study, actor=None, files=files, source="Delft")

    again.refresh_from_db()
    assert (again.pk, again.state, selectors.live_votes(study=study).count()) == (row.pk, "done", 1)


def graph_row(study: Study) -> GraphImport:
    return GraphImport.objects.create(study=study, filename="values.json", sha256="0" * 64, source="Delft")


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
