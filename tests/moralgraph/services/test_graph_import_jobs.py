"""Another graph is brought in by a job: as researchers send it, by parts, stopped, and begun again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from apps.moralgraph import selectors
from apps.moralgraph.domain.exchange import incoming
from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.models import Context, GraphImport, Value, Vote
from apps.moralgraph.services import graph_imports, graph_keeping
from apps.shared.models import Job, Study
from tests.factories.incoming_graphs import (
    files_of,
    listed,
    votes_of,
)


def graph_row(study: Study) -> GraphImport:
    return GraphImport.objects.create(study=study, filename="values.json", sha256="0" * 64, source="Delft")


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
