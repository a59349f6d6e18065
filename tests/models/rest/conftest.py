"""Runs to ask about."""

import pytest

from apps.models.models import Checkpoint, DataSet, Evaluation, LanguageModel, Run
from apps.models.services import runs
from apps.shared.models import Study
from tests.factories.models import frozen_data_set
from tests.factories.shared import UserFactory


@pytest.fixture
def data_set(study: Study) -> DataSet:
    """Return a small data set of the study."""
    return frozen_data_set(study=study)


@pytest.fixture
def url(study: Study) -> str:
    """Return the address of the study's runs."""
    return f"/api/studies/{study.slug}/runs/"


@pytest.fixture
def base(study: Study) -> LanguageModel:
    """Return a language model that was found usable, in a folder that this machine has not."""
    return LanguageModel.objects.create(
        study=study, name="Base", source="folder", address="/a/model", state="usable"
    )


def launched(data_set: DataSet) -> Run:
    """Return a queued run."""
    return runs.launch(study=data_set.study, data_set=data_set, config={}, created_by=UserFactory())


def evaluated(run: Run) -> Checkpoint:
    """Return an evaluated checkpoint of a run."""
    checkpoint = Checkpoint.objects.create(run=run, step=4, path="model", hash="0" * 64, size_bytes=10)
    share = {"value": 0.7, "low": 0.5, "high": 0.9, "n": 20}
    figures = {"accuracy": share, "longer": share, "coin": share, "n": 20, "ties_left_out": 1, "skipped": {}}
    Evaluation.objects.create(checkpoint=checkpoint, suite="held_out", figures=figures | {"rule": "held out"})
    return checkpoint
