"""What people said leads to what was made of it, and back: vote, value, data set, run, checkpoint."""

import uuid
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.discretion.models import Audit, Comparison, Verdict
from apps.discretion.services import data_sets
from apps.discretion.services.targeting import Asked
from apps.models import selectors as models_selectors
from apps.models.models import Checkpoint, Run
from apps.models.services import checkpoints
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.discretion.worlds import Graph
from tests.factories.discretion import AnnotatorFactory, AuditFactory, comparisons, verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everybody_lets_train")]


class Walk:
    """A graph, an audit whose target it is, a data set of both, and a checkpoint of a run on that."""

    def __init__(self, study: Study, client: APIClient) -> None:
        self.client, self.url = client, f"/api/studies/{study.slug}/"
        self.audit: Audit = AuditFactory(study=study)
        self.graph = Graph(self.audit)
        reader = AnnotatorFactory(audit=self.audit, name="Reader")
        self.pair, self.other = comparisons(self.audit, 2)
        self.said: list[Verdict] = [
            verdict(reader, self.pair, "b", self.graph.low_principle),
            verdict(reader, self.pair, "a", self.graph.high_principle),
        ]
        verdict(reader, self.other, "a", self.graph.high_principle)
        built = data_sets.build(audit=self.audit, asked=Asked("graph"), created_by=None)
        self.data_set = models_selectors.data_set(study=study, data_set_id=built.id)
        self.run = Run.objects.create(
            study=study, number=1, name="First run", data_set=self.data_set, method="reward_model",
            size="tiny", config={},
        )  # fmt: skip
        self.checkpoint: Checkpoint = checkpoints.record(
            run=self.run, step=12, path="model", sha256="0" * 64, size_bytes=1
        )

    def get(self, path: str) -> Any:
        """Return what an address answers."""
        answer = self.client.get(self.url + path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def example(self, pair: Comparison) -> dict[str, Any]:
        """Return what the data set's page shows of a comparison."""
        sides = ("train", "held_out")
        pages = [self.get(f"data-sets/{self.data_set.pk}/examples/?side={side}") for side in sides]
        rows = (row for page in pages for row in page["examples"])
        found: dict[str, Any] = next(row for row in rows if row["id"] == str(pair.pk))
        return found


@pytest.fixture
def walk(study: Study, researcher: APIClient) -> Walk:
    return Walk(study, researcher)


def test_a_vote_leads_to_checkpoints_by_its_values(walk: Walk) -> None:
    vote = walk.get(f"graph/votes/?value={walk.graph.low.pk}")["votes"][0]
    opened = walk.get(f"values/{vote['wiser']}/")

    (leaning,) = walk.get(f"data-sets/?value={opened['value']['id']}")

    assert leaning["id"] == str(walk.data_set.pk)
    (run,) = leaning["runs"]
    assert walk.get(f"runs/{run['id']}/")["name"] == "First run"
    (saved,) = run["checkpoints"]
    assert walk.get(f"checkpoints/{saved['id']}/")["step"] == 12


def test_a_verdict_leads_to_checkpoints_by_its_comparison(walk: Walk) -> None:
    for pair in (walk.pair, walk.other):
        (leaning,) = walk.get(f"data-sets/?comparison={pair.pk}")
        assert [saved["id"] for run in leaning["runs"] for saved in run["checkpoints"]] == [
            str(walk.checkpoint.pk)
        ]


def test_a_checkpoint_leads_back_to_verdicts_values_votes_and_people(walk: Walk) -> None:
    checkpoint = walk.get(f"checkpoints/{walk.checkpoint.pk}/")
    run = walk.get(f"runs/{checkpoint['run']}/")
    data_set = walk.get(f"data-sets/{run['data_set']}/")

    source = walk.example(walk.pair)["source"]

    assert checkpoint["data_set"] == run["data_set"]
    assert source["verdicts"] == [row.pk for row in walk.said]
    assert source["values"] == sorted([walk.graph.low.pk, walk.graph.high.pk])
    said = walk.get(f"audits/{walk.audit.pk}/comparisons/{source['comparison']}/")["verdicts"]
    assert [(row["annotator"], row["answer"]) for row in said] == [("Reader", "b"), ("Reader", "a")]
    named = "&".join(f"verdict={row}" for row in source["verdicts"])
    opened = walk.get(f"audits/{walk.audit.pk}/comparisons/{source['comparison']}/?{named}")
    assert [row["id"] for row in opened["verdicts"]] == source["verdicts"]
    votes = walk.get(f"graph/votes/?value={source['values'][0]}&snapshot={source['snapshot']}")
    assert votes["total"] == data_set["people"]["n"] == 20


def test_a_withdrawal_is_said_wherever_the_walk_leads(walk: Walk, study: Study) -> None:
    source = walk.example(walk.pair)["source"]
    (person, *_) = walk.get(f"data-sets/{walk.data_set.pk}/")["people"]["ids"]

    withdrawn.send(sender=Study, study=study, participant_id=uuid.UUID(person))

    (leaning,) = walk.get(f"data-sets/?value={walk.graph.high.pk}")
    votes = walk.get(f"graph/votes/?value={source['values'][0]}&snapshot={source['snapshot']}")
    assert leaning["withdrawals"] == walk.get(f"checkpoints/{walk.checkpoint.pk}/")["withdrawals"] == 1
    assert walk.get(f"runs/{walk.run.pk}/")["withdrawals"] == 1
    assert (votes["total"], votes["withdrawn"]) == (19, 1)
    assert walk.example(walk.pair)["source"] == source
    assert walk.get(f"data-sets/?participant={person}") == []


def test_verdicts_that_a_data_set_names_are_found_though_others_stand_in_their_place(walk: Walk) -> None:
    first, second = walk.said
    Verdict.objects.filter(pk=first.pk).update(superseded_at=timezone.now())
    now = verdict(first.annotator, walk.pair, "tie", walk.graph.low_principle)
    address = f"audits/{walk.audit.pk}/comparisons/{walk.pair.pk}/"

    then = walk.get(f"{address}?verdict={first.pk}&verdict={second.pk}")["verdicts"]
    other = walk.get(f"audits/{walk.audit.pk}/comparisons/{walk.other.pk}/?verdict={first.pk}")["verdicts"]

    assert [(row["id"], row["answer"], row["stands"]) for row in then] == [
        (first.pk, "b", False),
        (second.pk, "a", True),
    ]
    assert [row["id"] for row in walk.get(address)["verdicts"]] == [now.pk, second.pk]
    assert other == []
    assert walk.client.get(f"{walk.url}{address}?verdict=x").status_code == 400
