"""A checkpoint is measured on another data set as its control, over the endpoints."""

from pathlib import Path

import pytest
from rest_framework.test import APIClient

from apps.models.domain.recipes import RewardConfig
from apps.models.models import Checkpoint
from apps.models.services import runs, trainer
from apps.models.tasks import measure, train
from apps.shared.models import Study
from tests.factories.models import frozen_data_set, kind_world
from tests.factories.shared import UserFactory
from tests.models.services.test_counterfactuals import in_this_process, turned

pytestmark = pytest.mark.training


def test_another_data_set_is_the_control_and_what_it_was_trained_on_is_left_out_of_it(
    admin: APIClient, study: Study, tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = kind_world(count=48)
    own = frozen_data_set(study=study, name="Kind", examples=examples)
    # The other set asks for the opposite, of half of the same comparisons and of twelve new ones.
    new = [type(one)(**{**vars(one), "id": f"new-{one.id}"}) for one in kind_world(count=12, seed=5)]
    other = frozen_data_set(study=study, name="Brusque", examples=turned([*examples[:24], *new]))
    run = runs.launch(
        study=study,
        data_set=own,
        config=RewardConfig(encoder=str(tiny_encoder), max_length=64, mode="instant", ridge=0.1).model_dump(),
        created_by=UserFactory(),
    )
    monkeypatch.setattr(trainer.processes, "watch", in_this_process)
    train(job_id=str(run.job_id))
    checkpoint = Checkpoint.objects.get(run=run)
    address = f"/api/studies/{study.slug}/checkpoints/{checkpoint.pk}/"
    first = admin.get(address).json()

    begun = admin.post(f"{address}measuring/", {"control": str(other.pk)})
    measure(job_id=begun.json()["job"])

    assert (begun.status_code, first["control"]["data_set"]) == (202, None)
    found = admin.get(address).json()
    control, trained_on = (
        found["control"],
        {one.id for one in runs.selectors.examples(data_set=own, side="train")},
    )
    unseen = [one for one in [*examples[:24], *new] if one.id not in trained_on]
    assert 12 < len(unseen) < 36
    assert (control["set"], control["data_set"], control["n"]) == ("Brusque", str(other.pk), len(unseen))
    # What learned to prefer the kind response is wrong where the brusque one is wanted, surely.
    assert control["model"]["high"] < 0.5 < found["held_out"]["accuracy"]["low"]
    assert control["change"]["low"] <= control["change"]["value"] <= control["change"]["high"]
    assert found["held_out"]["luck"]["detected"]
    assert found["held_out"]["accuracy"] == first["held_out"]["accuracy"]
