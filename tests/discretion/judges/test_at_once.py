"""Algorithms that need no language model are paused and go on: the nulls, and a reward model."""

from pathlib import Path
from typing import Any

import pytest

from apps.discretion.models import Audit, Judging, Verdict
from apps.discretion.services import annotators, judging, judgings
from apps.models.models import Checkpoint, Run
from apps.models.services import scoring
from apps.shared.models import Job, Role, Study
from apps.shared.services import jobs
from tests.factories.discretion import AuditFactory, comparisons
from tests.factories.models import example, frozen_data_set
from tests.factories.shared import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    made = AuditFactory(study=study)
    comparisons(made, 10)
    return made


def said(plan: Judging) -> dict[str, str]:
    """Return what it said of each comparison, by the verdict's own id."""
    rows = Verdict.objects.filter(annotator=plan.annotator, superseded_at__isnull=True)
    return {str(pk): answer for pk, answer in rows.values_list("pk", "answer")}


def go_on(plan: Judging, on_commit: Any) -> Job:
    """Press the button and let the worker do it."""
    with on_commit(execute=True):
        judgings.resume(judging=plan, by=member(study=plan.annotator.audit.study, role=Role.RESEARCHER))
    plan.refresh_from_db()
    assert plan.job is not None
    return plan.job


@pytest.mark.parametrize("null", ["coin", "longer"])
def test_a_null_that_is_paused_keeps_what_it_said_and_goes_on_from_there(
    audit: Audit, null: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    report = jobs.report

    def pressed_after_the_first_four(**what: Any) -> Any:
        jobs.request_stop(job=what["job"])
        return report(**what)

    monkeypatch.setattr(judging, "BATCH", 4)
    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(jobs, "report", pressed_after_the_first_four)
        job = annotators.add_null(audit=audit, null=null, created_by=None)

    job.refresh_from_db()
    plan = Judging.objects.get(annotator__audit=audit)
    first = said(plan)
    assert (job.state, job.message) == (Job.State.CANCELLED, judging.PAUSED)
    assert (len(first), plan.asked) == (4, 4)

    assert go_on(plan, django_capture_on_commit_callbacks).state == Job.State.SUCCEEDED

    assert (len(said(plan)), plan.asked) == (10, 10)
    assert first.items() <= said(plan).items()


@pytest.fixture
def checkpoint(audit: Audit, settings: Any, tmp_path: Path) -> Checkpoint:
    """Return a reward model on a tiny encoder whose training saw some of the audit's pairs."""
    from apps.models.domain.recipes import RewardConfig
    from apps.models.training import encoders, instant  # loads torch, which few runs of tests need
    from apps.models.training.folder import RunFolder
    from tests.models.tiny_encoder import build_tiny_encoder

    settings.FILES_DIR = tmp_path / "files"
    rows = list(audit.comparisons.all())
    texts = [text for row in rows for text in (row.prompt, row.response_a, row.response_b)]
    encoder = encoders.load(name=str(build_tiny_encoder(folder=tmp_path / "encoder", texts=texts)))
    seen = [
        example(
            number, prompt=row.prompt, response_a=row.response_a, response_b=row.response_b,
            source={"comparison": str(row.pk), "verdicts": [], "snapshot": None, "rule": "test"},
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    run = Run.objects.create(
        study=audit.study, number=1, name="Run 1", data_set=frozen_data_set(study=audit.study, examples=seen),
        method="reward_model", size="instant", config={},
    )  # fmt: skip
    run.folder.mkdir(parents=True)
    instant._publish(
        config=RewardConfig(encoder=encoder.name, mode="instant", max_length=64, precision="float32"),
        encoder=encoder,
        weights=instant.np.linspace(-1.0, 1.0, encoder.width),
        folder=RunFolder(run.folder),
    )
    return Checkpoint.objects.create(run=run, step=1, path="model", hash="0" * 64, size_bytes=1)


def test_a_reward_model_that_is_paused_has_said_nothing_and_judges_all_when_it_goes_on(
    audit: Audit,
    checkpoint: Checkpoint,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """It scores in a real process, of which a pause is the end: starting two takes seconds."""
    score = scoring.score

    def pressed_at_once(**what: Any) -> Any:
        jobs.request_stop(job=what["job"])
        return score(**what)

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(scoring, "score", pressed_at_once)
        job = annotators.add_checkpoint(
            audit=audit, checkpoint_id=checkpoint.pk, created_by=None, reason="A trial."
        )

    job.refresh_from_db()
    plan = Judging.objects.get(annotator__audit=audit)
    assert (job.state, job.message, said(plan)) == (Job.State.CANCELLED, judging.PAUSED, {})

    assert go_on(plan, django_capture_on_commit_callbacks).state == Job.State.SUCCEEDED

    held_out = checkpoint.run.data_set.held_out_count
    assert 0 < held_out < 10
    assert (len(said(plan)), plan.asked) == (held_out, held_out)
    assert set(said(plan).values()) <= {"a", "b", "equal"}
