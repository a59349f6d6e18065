"""Simulated people stand beside people, and every read gives the answer that it gave without them."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from apps.elicitation import selectors
from apps.elicitation.models import Participant
from apps.elicitation.services import cards, keepsakes, offers, quotas, rehearsals, wise
from apps.elicitation.services.participants import Session
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.models import Card, Snapshot, Value
from apps.moralgraph.services import graphs, transitions
from apps.shared.models import Role
from tests.architecture.test_permissions import _study_routes
from tests.factories import pilots
from tests.factories.discretion import AuditFactory
from tests.factories.elicitation import at_the_card
from tests.factories.pilots import World
from tests.factories.shared import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

QUERIES = {"search-transcripts": {"q": "sister"}, "groups": {"by": "where"}}
OWN_ROWS = {
    "pilots": "pilots themselves",
    "pilot": "one pilot",
    "pilot-file": "one pilot",
    "job": "one job, by its own id",
    "audit-log": "what staff did; reading these endpoints is noted there",
    "export-file": "one file, written when it was asked for; simulated people are in it where it says so",
    "import": "an audit's file, which holds nothing of participants",
    "audit": "nothing of participants; its principles come from a snapshot, which is tried",
    "principles": "come from a snapshot, which is tried",
    "measures": "verdicts of annotators",
    "leave-one-out": "verdicts of annotators",
    "agreement": "verdicts of annotators",
    "courses": "verdicts of annotators",
    "distance": "verdicts of annotators",
    "comparisons": "verdicts of annotators",
    "comparison": "verdicts of annotators",
    "audit-report": "measures of annotators",
    "annotators": "verdicts of annotators",
    "annotator-replies": "answers of an algorithm",
    "next": "verdicts of annotators",
    "mine": "verdicts of annotators",
    "my-standing": "verdicts of annotators",
    "my-verdict": "verdicts of annotators",
    "guidelines": "a guideline for annotators",
    "annotation-protocol": "how annotators are asked",
    "batches": "work of annotators",
    "probes": "pairs with a known answer",
    "annotation-quality": "verdicts of annotators",
    "disputes": "verdicts of annotators",
    "decisions": "decisions on verdicts of annotators",
    "gaps": "decisions on verdicts of annotators",
    "verdict-table": "verdicts of annotators",
    "data-set": "one data set, frozen from audits",
    "data-set-export": "one data set, frozen from audits",
    "data-set-folder": "one data set, frozen from audits",
    "data-set-examples": "one data set, frozen from audits",
    "run": "one run on a frozen data set",
    "run-log": "one run on a frozen data set",
    "run-log-search": "one run on a frozen data set",
    "run-log-file": "one run on a frozen data set",
    "run-points-file": "one run on a frozen data set",
    "run-choice": "what one run was launched with",
    "run-samples": "one run on a frozen data set",
    "run-package": "one run on a frozen data set",
    "run-folder": "one run on a frozen data set",
    "checkpoint": "one checkpoint of a run",
    "checkpoint-serving": "one checkpoint of a run",
    "counterfactual": "two runs on frozen data sets",
    "checkpoint-decisions": "what staff decided on one checkpoint",
    "checkpoint-audits": "verdicts of annotators",
    "model-card": "one checkpoint of a run",
    "language-model": "one language model, which knows nobody",
    "graph-import": "one file that came in, with how many rows it brought",
}
"""Endpoints that read nothing of a study's participants, each with the reason."""

READING = {"seq", "last_seen_at", "researchers_read"}
"""What grows because somebody looked: numbers of streams, when a page was open, who read a transcript."""

Read = Callable[[], Any]


def _ids(world: World) -> dict[str, Any]:
    return {
        "participant_id": world.people[0].participant.pk,
        "value_id": world.values[1].pk,
        "low": world.values[0].pk,
        "high": world.values[1].pk,
        "other_id": world.values[0].pk,
        "code_id": world.code.pk,
        "objection_id": moralgraph.objections(study=world.study).objections[-1].id,
        "snapshot_id": Snapshot.objects.filter(study=world.study).earliest("pk").pk,
        "audit_id": AuditFactory(study=world.study).pk,
    }


def _endpoints(world: World, client: APIClient) -> dict[str, Read]:
    """Return a read of every endpoint of the study that answers GET and needs no id of something else."""
    ids, reads = _ids(world), {}
    queries = {**QUERIES, "drift": {"since": ids["snapshot_id"]}}
    for pattern in _study_routes():
        name = str(pattern.name)
        if "GET" not in pattern.callback.view_class.capabilities or name in OWN_ROWS:
            continue
        needed = set(pattern.pattern.converters) - {"slug"}
        assert needed <= set(ids), f"{name} needs {needed}: give this test such an id, or say why not."
        address = reverse(name, kwargs={"slug": world.study.slug, **{key: ids[key] for key in needed}})
        reads[f"GET {name}"] = lambda address=address, name=name: _body(client, address, queries.get(name))
    return reads


def _body(client: APIClient, address: str, query: dict[str, Any] | None) -> Any:
    answer = client.get(address, query or {})
    assert answer.status_code == 200, (address, answer.content[:300])
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return _without_simulated(json.loads(content))
    return content


def _without_simulated(found: Any, *, demo: frozenset[str] = frozenset({"demo"})) -> Any:
    """Drop what is marked in a list as simulated by a pilot, and what this very reading changes."""
    if isinstance(found, list):
        return [_without_simulated(item) for item in found if not _is_marked(item, demo)]
    if isinstance(found, dict):
        return {key: _without_simulated(item) for key, item in found.items() if key not in READING}
    return found


def _is_marked(item: Any, demo: frozenset[str]) -> bool:
    return (
        isinstance(item, dict)
        and item.get("simulated") is True
        and "persona" in item
        and item["persona"] not in demo
    )


def _pages(world: World) -> dict[str, Read]:
    """Return a read of everything that a person sees of the graph and of others."""
    reads: dict[str, Read] = {}
    for number, session in enumerate(world.people):
        for page in ("result", "data.json"):
            address = f"/p/{session.token}/{page}"
            reads[f"person {number}: {page}"] = lambda address=address: _html(address)
    reads["the study's door"] = lambda: _html(f"/s/{world.study.slug}/")
    reads["the front door"] = lambda: _html("/")
    return reads


def _html(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    text = re.sub(r'(nonce|value|name="csrfmiddlewaretoken" value)="[^"]*"', "", answer.content.decode())
    if answer.headers["Content-Type"].startswith("application/json"):
        return json.dumps(_without_simulated(json.loads(answer.content)), sort_keys=True)
    return text


def _selectors(world: World) -> dict[str, Read]:
    study, first = world.study, world.people[0].participant
    value = world.values[1].pk
    version = selectors.version_of(slug=study.slug)
    content = selectors.protocol(study=study).content
    return {
        "ranking": lambda: moralgraph.ranking(study=study),
        "published ranking": lambda: moralgraph.ranking(study=study, rule="mge-2023"),
        "judgements": lambda: moralgraph.ballots(study=study).judgements(),
        "live votes": lambda: sorted(moralgraph.live_votes(study=study).values_list("pk", flat=True)),
        "live values": lambda: [row.pk for row in moralgraph.live_values(study=study)],
        "values that steps lead to": lambda: {
            end
            for ends in moralgraph.live_transitions(study=study).values_list("less_wise", "wiser")
            for end in ends
        },
        "cards of a value": lambda: moralgraph.cards_of_value(value_id=value),
        "belonging": lambda: moralgraph.belonging_of(participant_id=world.people[1].participant.pk),
        "influence": lambda: moralgraph.influence_of(study=study, value=value, without=first.pk),
        "objections": lambda: moralgraph.objections(study=study).objections,
        "keepsake": lambda: _without_simulated(keepsakes.gather(participant=first)),
        "training consent": lambda: selectors.people_with_training_consent(study=study),
        "places": lambda: (quotas.taken(study=study), quotas.fill(study=study, content=content)),
        "question": lambda: quotas.assign_question(version=version),
        "medians": lambda: selectors.median_minutes(study=study),
        "steps": lambda: selectors.counts_by_step(study=study),
        "codes": lambda: [
            (code.name, code.n_passages, code.n_people) for code in selectors.codes(study=study)
        ],
    }


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Let nobody be refused for what another test tried: study ids and addresses repeat."""
    cache.clear()


@pytest.fixture(params=[False, True], ids=["people", "demo"])
def world(request: pytest.FixtureRequest, settings: Any) -> World:
    """Return a study of people, and one that asks for its own simulated people by name."""
    return pilots.build(include_simulated=request.param)


def test_no_read_changes_when_simulated_people_stand_beside_people(world: World) -> None:
    client = APIClient()
    client.force_login(member(study=world.study, role=Role.ADMIN))
    reads = _endpoints(world, client) | _pages(world) | _selectors(world)
    before = {name: read() for name, read in reads.items()}

    planted = pilots.plant(world)

    changed = [name for name, read in reads.items() if read() != before[name]]
    assert len(planted) == 5
    assert changed == []
    assert len(reads) > 40


def test_one_more_person_changes_what_is_read(world: World) -> None:
    client = APIClient()
    client.force_login(member(study=world.study, role=Role.ADMIN))
    reads = _endpoints(world, client) | _pages(world) | _selectors(world)
    before = {name: read() for name, read in reads.items()}

    pilots.walk(world)

    changed = {name for name, read in reads.items() if read() != before[name]}
    assert changed >= {
        "GET room", "GET values", "GET graph", "GET graph-file", "GET votes-export", "GET places",
        "GET codes", "GET protocol",
        "GET search-transcripts", "GET code-passages", "steps", "training consent", "ranking",
    }  # fmt: skip


def test_every_exception_of_the_table_is_an_endpoint() -> None:
    served = {str(pattern.name) for pattern in _study_routes()}

    assert set(OWN_ROWS) <= served


def test_a_new_person_meets_only_what_people_made(world: World) -> None:
    pilots.plant(world)
    made = set(Value.objects.filter(study=world.study, rehearsal="").values_list("pk", flat=True))
    pilots.ask_about(world.study, items=())

    session = at_the_card(study=world.study)
    person = session.participant
    person = cards.accept(participant=person)
    shown = {choice.value_id for choice in wise.draw(participant=person)}
    drawn = offers.draw(participant=person)
    ends = {
        end
        for offer in selectors.offers_of(participant=person)
        for end in (offer.story.less_wise.id, offer.story.wiser.id)
    }

    assert shown
    assert drawn
    assert shown | ends <= made | {person.value_id}


def test_a_pilots_people_meet_only_each_other(world: World) -> None:
    planted = pilots.plant(world)
    first = planted[0].participant
    theirs = set(Value.objects.filter(rehearsal=first.rehearsal).values_list("pk", flat=True))

    session = Participant.objects.get(pk=first.pk)
    drawn = transitions.draw(
        study=world.study, participant_id=session.pk, own_value=session.value_id, n=9,
        rehearsal=session.pilot,
    )  # fmt: skip

    assert {offer.less_wise.id for offer in drawn} | {offer.wiser.id for offer in drawn} <= theirs


def test_a_snapshot_taken_beside_simulated_people_has_the_hash_of_one_without(world: World) -> None:
    before = graphs.take_snapshot(study=world.study)

    pilots.plant(world)

    assert graphs.take_snapshot(study=world.study).hash == before.hash


def test_staff_find_simulated_words_only_where_they_ask_for_them(world: World) -> None:
    planted = pilots.plant(world)
    theirs = {str(session.participant.pk) for session in planted[:-1]}
    client = APIClient()
    client.force_login(member(study=world.study, role=Role.RESEARCHER))
    address = f"/api/studies/{world.study.slug}/transcripts/"

    def found(**query: str) -> set[str]:
        hits = client.get(address, {"q": "sister", **query}).json()["hits"]
        return {hit["participant"] for hit in hits}

    assert found().isdisjoint(theirs)
    assert found(simulated="true") == theirs


def test_erasing_the_simulated_leaves_every_row_of_people(world: World) -> None:
    rows = _rows()
    planted = pilots.plant(world)
    gone = [session.participant.pk for session in planted]

    rehearsals.erase(participants=Participant.objects.filter(pk__in=gone).select_related("study"))

    assert not Participant.objects.filter(pk__in=gone).exists()
    assert not Card.objects.exclude(rehearsal="").exists()
    assert not Value.objects.exclude(rehearsal="").exists()
    assert _rows() == rows


def _rows() -> dict[str, list[Any]]:
    labels = ("elicitation", "moralgraph")
    # A preview may have asked about people's values: such a step, without a vote on it, says nothing.
    skipped = {"PilotRun", "Transition", "Story"}
    return {
        model.__name__: sorted(map(str, model.objects.values_list("pk", flat=True)))
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if model.__name__ not in skipped
    }


def test_people_are_never_erased_as_rehearsed(world: World) -> None:
    person: Session = world.people[0]

    with pytest.raises(ValueError, match="preview or a pilot"):
        rehearsals.erase(participants=[person.participant])
    assert Participant.objects.filter(pk=person.participant.pk).exists()
