"""Endpoints of counterfactuals: what launching one answers, and its page while its runs wait."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.models.models import Counterfactual, Run, RunAlert
from apps.models.services import trainer
from apps.models.tasks import compare_targets, train
from apps.shared.models import Study
from tests.factories.models import frozen_data_set, kind_world
from tests.models.services.test_counterfactuals import in_this_process, turned


@pytest.fixture
def address(study: Study) -> str:
    return f"/api/studies/{study.slug}/counterfactuals/"


def launched(client: APIClient, address: str, study: Study, *, repeat: bool = True) -> Any:
    """Launch one recipe on two data sets and return the answer."""
    first, second = (
        frozen_data_set(study=study, name=name, examples=kind_world(count=16)) for name in ("Kind", "Brusque")
    )
    body = {
        "data_set": str(first.pk), "second": str(second.pk), "method": "reward_model", "size": "tiny",
        "repeat": repeat,
    }  # fmt: skip
    return client.post(address, body, format="json")


def test_launching_answers_the_runs_with_their_places_in_the_queue(
    admin: APIClient, researcher: APIClient, study: Study, address: str
) -> None:
    answer = launched(admin, address, study)

    assert answer.status_code == 201
    found = researcher.get(f"{address}{answer.json()['id']}/").json()
    assert found["state"] == "training"
    assert [(run["data_set_name"], run["place"]) for run in found["runs"]] == [
        ("Kind", 1),
        ("Brusque", 2),
        ("Kind", 3),
    ]


def test_the_runs_are_read_at_once(admin: APIClient, study: Study, address: str) -> None:
    def asked(repeat: bool) -> int:
        made = launched(admin, address, study, repeat=repeat).json()
        for run in made["runs"]:
            RunAlert.objects.create(run_id=run["id"], kind="stall", step=1, message="It stands.")
        with CaptureQueriesContext(connection) as done:
            assert len(admin.get(f"{address}{made['id']}/").json()["runs"]) == 2 + repeat
        return len(done)

    assert asked(repeat=True) == asked(repeat=False)


@pytest.mark.training
def test_a_counterfactual_is_launched_followed_and_read(
    admin: APIClient, study: Study, tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = kind_world(count=48)
    kind, brusque = (
        frozen_data_set(study=study, name=name, examples=rows)
        for name, rows in (("Kind", examples), ("Brusque", turned(examples)))
    )
    asked = {"data_set": str(kind.pk), "second": str(brusque.pk), "method": "reward_model", "size": "instant"}
    base = f"/api/studies/{study.slug}/counterfactuals/"

    launched = admin.post(base, asked | {"name": "Kind or brusque", "repeat": False})

    assert launched.status_code == 201
    body = launched.json()
    assert (body["state"], body["figures"], body["parted"]) == ("training", None, [])
    address = f"{base}{body['id']}/"
    assert admin.get(address).json()["runs"] == body["runs"]
    assert admin.post(f"{address}compare/").status_code == 409

    for run in Run.objects.all():
        run.config |= {"encoder": str(tiny_encoder), "max_length": 64, "ridge": 0.1}
        run.save()
    monkeypatch.setattr(trainer.processes, "watch", in_this_process)
    for run in Run.objects.order_by("number"):
        train(job_id=str(run.job_id))
    compare_targets(job_id=str(Counterfactual.objects.get().job_id))

    found = admin.get(address).json()
    assert (found["state"], found["figures"]["n"], found["figures"]["floor"]) == ("compared", 12, None)
    assert found["figures"]["targets_part"]["parts"]["low"] > 0.5
    assert len(found["parted"]) == found["parted_count"] > 0
    assert found["parted"][0]["prompt"].startswith("What should I think about")
    assert [row["agreement"]["n"] for row in admin.get(base).json()] == [12]
