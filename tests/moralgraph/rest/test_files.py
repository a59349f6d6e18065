"""The graph as files: each says what it is of, holds what the page shows, and nobody who withdrew."""

import io
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.moralgraph import selectors
from apps.moralgraph.domain.exchange import graphml, published, tables
from apps.moralgraph.domain.exchange.graph_file import About, GraphFile
from apps.moralgraph.services import graphs
from apps.shared.models import Study
from apps.shared.signals import versions_asked, withdrawn
from tests.factories.moralgraph import ValueFactory, vote
from tests.moralgraph.conftest import World


def fetched(client: APIClient, world: World, **asked: Any) -> bytes:
    answer = client.get(f"/api/studies/{world.study.slug}/graph/file/", asked)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def about_of(graph: GraphFile) -> About:
    assert graph.about is not None
    return graph.about


def test_every_form_holds_the_graph_of_the_page_and_what_it_is_of(
    world: World, researcher: APIClient
) -> None:
    shown = selectors.graph(study=world.study)
    by_json = published.read(fetched(researcher, world), name="g")
    by_graphml = graphml.read(fetched(researcher, world, **{"as": "graphml"}), name="g")
    by_table = tables.read(
        fetched(researcher, world, **{"as": "values"}), fetched(researcher, world, **{"as": "edges"}),
        values_name="v", edges_name="e",
    )  # fmt: skip

    assert [(value.id, value.scores["score"]) for value in by_json.values] == [
        (node.id, node.score) for node in shown.nodes
    ]
    assert by_graphml.values == by_json.values == by_table.values
    assert set(by_graphml.edges) == set(by_json.edges) == set(by_table.edges)
    about = about_of(by_json)
    assert about == about_of(by_graphml) == about_of(by_table)
    assert (about.study, about.rule, about.votes, about.participants) == (
        world.study.slug,
        "touchstone",
        15,
        5,
    )
    assert (about.snapshot, about.simulated, about.parameters["draws"]) == (None, False, 400)
    assert len(about.hash) == 64
    step = next(
        edge for edge in by_json.edges if (edge.less_wise, edge.wiser) == (world.low.pk, world.high.pk)
    )
    assert (step.counters.not_wiser, step.contexts) == (5, (world.second.name,))


def test_the_published_rule_writes_the_published_names(world: World, researcher: APIClient) -> None:
    found = json.loads(fetched(researcher, world, rule="mge-2023", context=world.first.pk))

    own = {"id", "title", "instructionsShort", "instructionsDetailed", "evaluationCriteria", "pageRank"}
    assert own <= set(found["values"][0])
    old = selectors.mge_export(study=world.study, context=world.first.pk)
    assert found["edges"] == old["edges"]
    assert {item["id"]: item["pageRank"] for item in found["values"]} == {
        item["id"]: item["pageRank"] for item in old["values"]
    }
    assert found["about"]["context"] == world.first.name


def test_a_snapshot_leaves_with_its_number_hash_and_counts(world: World, researcher: APIClient) -> None:
    def answer(**_: object) -> list[str]:
        return ["1 (ab12)"]

    versions_asked.connect(answer)
    snapshot = graphs.take_snapshot(
        study=world.study, rule="mge-2023", parameters={"likelihood_at_least": -1}
    )
    before = fetched(researcher, world, rule="mge-2023", snapshot=snapshot.pk)
    vote(world.high, world.low, world.first)

    after = fetched(researcher, world, snapshot=snapshot.pk)
    versions_asked.disconnect(answer)

    assert after == before
    about = about_of(published.read(after, name="g"))
    assert (about.snapshot, about.hash, about.rule) == (1, snapshot.hash, "mge-2023")
    assert about.versions == ("1 (ab12)",)
    assert about.parameters["likelihood_at_least"] == -1
    # The published counters whole, the votes on the other direction among them.
    kept = published.read(after, name="g").edges
    assert {(edge.less_wise, edge.wiser): edge.counters.wiser for edge in kept} == {
        (world.low.pk, world.middle.pk): 5, (world.middle.pk, world.high.pk): 5,
    }  # fmt: skip


def test_a_snapshot_with_somebody_who_withdrew_leaves_no_more(world: World, researcher: APIClient) -> None:
    snapshot = graphs.take_snapshot(study=world.study)
    withdrawn.send(sender=Study, study=world.study, participant_id=uuid.UUID(int=0))

    answer = researcher.get(f"/api/studies/{world.study.slug}/graph/file/", {"snapshot": snapshot.pk})

    assert answer.status_code == 409
    assert "Take a new snapshot" in answer.json()["error"]["message"]
    assert about_of(published.read(fetched(researcher, world), name="g")).participants == 4


def test_a_file_says_that_simulated_people_are_in_it(world: World, researcher: APIClient) -> None:
    ValueFactory(study=world.study, simulated=True)
    assert not about_of(published.read(fetched(researcher, world), name="g")).simulated

    world.study.include_simulated = True
    world.study.save()

    assert about_of(published.read(fetched(researcher, world), name="g")).simulated


def test_a_picture_names_rule_date_and_n(world: World, researcher: APIClient) -> None:
    answer = researcher.get(f"/api/studies/{world.study.slug}/graph/file/", {"as": "svg"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == f'attachment; filename="{world.study.slug}-graph.svg"'
    for said in ("15 votes of 5 people", "Rule touchstone", "No simulated people are in it.", "Low", "High"):
        assert said in text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"as": "pdf"}, 400), ({"snapshot": 4711}, 404), ({"snapshot": 10**30}, 400),
        ({"snapshot": "x"}, 400),
        ({"context": 4711}, 404), ({"balance": "age"}, 400), ({"rule": "coin"}, 400),
    ],
)  # fmt: skip
def test_what_is_not_there_is_an_error(
    world: World, researcher: APIClient, asked: dict[str, Any], status: int
) -> None:
    answer = researcher.get(f"/api/studies/{world.study.slug}/graph/file/", asked)

    assert answer.status_code == status


def test_a_larger_graph_takes_no_more_queries(world: World, researcher: APIClient) -> None:
    found = []
    for _ in range(2):
        fetched(researcher, world)
        with CaptureQueriesContext(connection) as queries:
            fetched(researcher, world)
        found.append(len(queries))
        for number in range(9):
            vote(
                world.low, ValueFactory(study=world.study), world.first, participant_id=uuid.UUID(int=number)
            )

    assert found[0] == found[1]


def exported(*options: str) -> str:
    out = io.StringIO()
    call_command("export_graph", *options, stdout=out)
    return out.getvalue()


def test_the_command_writes_the_same_files(world: World, researcher: APIClient, tmp_path: Path) -> None:
    snapshot = graphs.take_snapshot(study=world.study)
    study = ["--study", world.study.slug]

    assert exported(*study) == fetched(researcher, world).decode()
    exported(*study, "--as", "svg", "--snapshot", "1", "--out", str(tmp_path / "g.svg"))
    assert (tmp_path / "g.svg").read_bytes() == fetched(
        researcher, world, snapshot=snapshot.pk, **{"as": "svg"}
    )
    one = exported(*study, "--as", "edges", "--context", world.second.name)
    assert one.encode() == fetched(researcher, world, context=world.second.pk, **{"as": "edges"})


def test_the_command_says_what_is_not_there(world: World, tmp_path: Path) -> None:
    study = ["--study", world.study.slug]
    with pytest.raises(CommandError, match="no such study"):
        exported("--study", "nowhere")
    with pytest.raises(CommandError, match="There is no snapshot 9"):
        exported(*study, "--snapshot", "9")
    with pytest.raises(CommandError, match=f"there are: “{world.first.name}”"):
        exported(*study, "--context", "rain")
    with pytest.raises(CommandError, match="cannot be written"):
        exported(*study, "--out", str(tmp_path / "none" / "g.json"))
