"""One recipe, two targets: matched comparisons, three runs, and what is found when all have ended."""

from pathlib import Path
from typing import Any

import pytest

from apps.models import selectors
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.recipes import Choice, RewardConfig
from apps.models.models import Counterfactual, DataSet
from apps.models.selectors import counterfactuals as reads
from apps.models.services import counterfactuals, runs, trainer
from apps.models.tasks import compare_targets, train
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Study
from tests.factories.models import frozen_data_set, kind_world
from tests.factories.shared import StudyFactory, UserFactory

CHOICE = Choice(method="reward_model", size="tiny")


def turned(examples: list[PreferenceExample]) -> list[PreferenceExample]:
    """Return the same comparisons with the opposite targets."""
    return [type(one)(**{**vars(one), "p_a": 1 - one.p_a}) for one in examples]


def ids(data_set: DataSet, side: str) -> list[str]:
    return [example.id for example in selectors.examples(data_set=data_set, side=side)]


@pytest.mark.django_db
def test_two_data_sets_that_differ_are_cut_to_what_both_have_and_split_alike(study: Study) -> None:
    examples = kind_world(count=40)
    first = frozen_data_set(study=study, name="Kind", examples=examples[:36])
    second = frozen_data_set(study=study, name="Brusque", examples=turned(examples[4:]), seed=3, held_out=0.5)

    pair = counterfactuals.matched(first=first, second=second, created_by=None)

    for side in ("train", "held_out"):
        assert ids(pair[0], side) == ids(pair[1], side)
    assert pair[0].train_count + pair[0].held_out_count == 32
    assert pair[0].held_out_count == 8
    assert pair[1].left_out["not in the other data set"] == 4
    assert pair[1].rule["matched"] == "the comparisons that “Kind” has too"
    wanted = {one.id: one.p_a for one in turned(examples)}
    assert all(one.p_a == wanted[one.id] for one in selectors.examples(data_set=pair[1], side="train"))


@pytest.mark.django_db
def test_data_sets_of_the_same_comparisons_are_taken_as_they_are(study: Study) -> None:
    examples = kind_world(count=16)
    first = frozen_data_set(study=study, examples=examples)
    second = frozen_data_set(study=study, examples=turned(examples))

    assert counterfactuals.matched(first=first, second=second, created_by=None) == (first, second)


@pytest.mark.django_db
def test_what_cannot_be_matched_is_refused_with_a_reason(study: Study) -> None:
    examples = kind_world(count=40)
    first = frozen_data_set(study=study, name="Kind", examples=examples[:20])
    apart = frozen_data_set(study=study, name="Apart", examples=examples[20:])
    other = frozen_data_set(study=study, name="Other", examples=examples[:30])

    with pytest.raises(Invalid, match="too few comparisons in common"):
        counterfactuals.matched(first=first, second=apart, created_by=None)
    with pytest.raises(Invalid, match="Choose two data sets"):
        counterfactuals.launch(
            study=study, first=first, second=first, choice=CHOICE, created_by=UserFactory()
        )
    DataSet.objects.filter(pk=other.pk).update(withdrawals=1)
    with pytest.raises(Conflict, match="People behind “Other” have withdrawn"):
        counterfactuals.matched(first=first, second=DataSet.objects.get(pk=other.pk), created_by=None)
    DataSet.objects.filter(pk=other.pk).update(withdrawals=0, rule={"split": "people"})
    with pytest.raises(Conflict, match="split by people"):
        counterfactuals.matched(first=first, second=DataSet.objects.get(pk=other.pk), created_by=None)


@pytest.mark.django_db
def test_a_launch_queues_runs_that_differ_in_their_target_alone_and_waits(study: Study) -> None:
    examples = kind_world(count=16)
    data_sets = [frozen_data_set(study=study, examples=rows) for rows in (examples, turned(examples))]

    found = counterfactuals.launch(
        study=study, first=data_sets[0], second=data_sets[1], choice=CHOICE, repeat=True,
        name="Kind or brusque", created_by=UserFactory(),
    )  # fmt: skip

    first, second, floor = reads.runs_of(counterfactual=found)
    assert first.config == second.config
    assert floor.config == {**first.config, "seed": first.config["seed"] + 1}
    assert (first.data_set, second.data_set, floor.data_set) == (*data_sets, data_sets[0])
    assert reads.state(counterfactual=found) == "training"
    with pytest.raises(Conflict, match="ended with a checkpoint"):
        counterfactuals.again(counterfactual=found, by=UserFactory())
    assert not reads.counterfactuals(study=StudyFactory()).exists()


@pytest.mark.training
def test_when_all_runs_have_ended_their_checkpoints_are_compared_by_themselves(
    study: Study, tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = kind_world(count=48)
    config = RewardConfig(encoder=str(tiny_encoder), max_length=64, mode="instant", ridge=0.1).model_dump()
    by = UserFactory()
    launched = [
        runs.launch(
            study=study,
            data_set=frozen_data_set(study=study, name=name, examples=rows),
            config=config,
            created_by=by,
        )
        for name, rows in (("Kind", examples), ("Brusque", turned(examples)))
    ]
    found = Counterfactual.objects.create(
        study=study, name="Kind or brusque", first=launched[0], second=launched[1]
    )
    monkeypatch.setattr(trainer.processes, "watch", in_this_process)

    for run in launched:
        train(job_id=str(run.job_id))

    found.refresh_from_db()
    assert found.job is not None
    assert reads.state(counterfactual=found) == "comparing"
    compare_targets(job_id=str(found.job_id))
    found = reads.counterfactual(study=study, counterfactual_id=found.pk)
    assert (found.job.state, reads.state(counterfactual=found)) == (Job.State.SUCCEEDED, "compared")
    assert found.figures["n"] == 12
    assert found.figures["targets_part"]["parts"]["low"] > 0.5
    assert found.figures["kappa"]["high"] < 0
    rows = reads.parted(counterfactual=found)
    assert len(rows) == len(found.figures["parted"])
    assert all(row.found["says"][0] == -row.found["says"][1] for row in rows)
    assert {row.example.id for row in rows} <= set(ids(launched[0].data_set, "held_out"))
    # Each was measured on its own too, beside its base and on control pairs.
    suites = selectors.evaluations(checkpoint=reads.newest(run=launched[0]))
    assert set(suites) == {"control", "held_out"}
    assert suites["control"]["set"] == "the project's own control pairs"


def in_this_process(*, module: str, arguments: list[str], **_: Any) -> int:
    """Do what a process of ours would do."""
    if module.endswith("evaluation"):
        from apps.models.evaluation.__main__ import main  # torch is for this test alone

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(StopWatch, "end_with_parent", lambda _: None)
            return main(list(arguments))
    from apps.models.training import loop

    folder = RunFolder(Path(arguments[0]))
    log = MetricsLog(folder.metrics)
    loop.train(folder=folder, log=log, stop=StopWatch())
    log.close()
    return 0
