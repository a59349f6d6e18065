"""A trained language model judges an audit: by how far it moved from its base, and by what it writes."""

from pathlib import Path
from typing import Any

import pytest

from apps.discretion.models import Audit, Judging, Verdict
from apps.discretion.selectors import judgings as selectors
from apps.discretion.services import annotators, judgings
from apps.models.models import Checkpoint, Decision, LanguageModel, Run
from apps.models.services import language_models
from apps.shared.errors import Conflict
from apps.shared.models import AuditEntry, Job, Role, Study
from tests.factories.discretion import AuditFactory, comparisons
from tests.factories.models import example, frozen_data_set
from tests.factories.shared import member
from tests.models import scripts
from tests.models.adapters import build_adapter

pytestmark = [
    pytest.mark.django_db,
    # The adapters' library asks the model library by an older name.
    pytest.mark.filterwarnings("ignore:.*gradient_checkpointing` is deprecated:FutureWarning"),
]
CHATS = scripts.chats(question="What do you attend to when somebody asks you for advice?")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a LoRA run on a tiny model leaves."""
    from tests.models.tiny_lm import build_babbler  # loads torch, which few runs of tests need

    base = build_babbler(folder=tmp_path_factory.mktemp("base"), chats=CHATS)
    return build_adapter(folder=tmp_path_factory.mktemp("trained"), base=base)


@pytest.fixture
def audit(study: Study) -> Audit:
    made = AuditFactory(study=study)
    comparisons(made, 12)
    return made


@pytest.fixture
def checkpoint(audit: Audit, trained: Path, settings: Any, tmp_path: Path) -> Checkpoint:
    """Return a checkpoint of the trained model, whose training saw some of the audit's pairs."""
    settings.FILES_DIR = tmp_path
    seen = [
        example(
            number, prompt=row.prompt, response_a=row.response_a, response_b=row.response_b,
            source={"comparison": str(row.pk), "verdicts": [], "snapshot": None, "rule": "test"},
        )
        for number, row in enumerate(audit.comparisons.all())
    ]  # fmt: skip
    run = Run.objects.create(
        study=audit.study, number=1, name="Run 1", data_set=frozen_data_set(study=audit.study, examples=seen),
        method="dpo", size="small", config={},
    )  # fmt: skip
    run.folder.mkdir(parents=True)
    (run.folder / "model").symlink_to(trained)
    return Checkpoint.objects.create(run=run, step=4, path="model", hash="0" * 64, size_bytes=1)


def judged(judging: Judging) -> set[str]:
    """Return the pairs on which it gave a verdict."""
    rows = Verdict.objects.filter(annotator=judging.annotator)
    return {str(pk) for pk in rows.values_list("comparison_id", flat=True)}


def test_a_policy_judges_by_its_implicit_reward_and_only_what_its_training_never_saw(
    audit: Audit, checkpoint: Checkpoint, django_capture_on_commit_callbacks: Any
) -> None:
    by = member(study=audit.study, role=Role.RESEARCHER)
    with pytest.raises(Conflict, match="is not promoted"):
        annotators.add_checkpoint(audit=audit, checkpoint_id=checkpoint.pk, created_by=by)
    with django_capture_on_commit_callbacks(execute=True):
        job = annotators.add_checkpoint(
            audit=audit, checkpoint_id=checkpoint.pk, created_by=by, reason="A trial."
        )

    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED, job.message
    judging = Judging.objects.get(annotator__checkpoint_id=str(checkpoint.pk))
    allowed = selectors.held_out(audit=audit, checkpoint_id=checkpoint.pk)
    assert judged(judging) == allowed
    assert 0 < len(allowed) < 12
    answers = set(Verdict.objects.filter(annotator=judging.annotator).values_list("answer", flat=True))
    assert answers <= {"a", "b"}
    assert judging.config["not_promoted"] == "A trial."
    logged = [entry.detail.get("not promoted, because") for entry in AuditEntry.objects.all()]
    assert "A trial." in logged


def test_the_same_writes_as_a_judge_once_it_is_promoted(
    audit: Audit, checkpoint: Checkpoint, django_capture_on_commit_callbacks: Any
) -> None:
    admin = member(study=audit.study, role=Role.ADMIN)
    with django_capture_on_commit_callbacks(execute=True):
        row = language_models.register(
            study=audit.study, name="Ours", source="checkpoint", checkpoint_id=checkpoint.pk, created_by=admin
        )
    row = LanguageModel.objects.get(pk=row.pk)
    assert (row.state, row.problems) == ("usable", [])
    assert row.facts["base"] != ""
    judge = judgings.Judge(language_model=row.pk, orders="one")
    with pytest.raises(Conflict, match="is not promoted"):
        judgings.add_judge(audit=audit, judge=judge, created_by=admin)
    Decision.objects.create(checkpoint=checkpoint, promoted=True, reason="It agrees with people.")

    foreseen = judgings.foresee(audit=audit, judge=judge)
    with django_capture_on_commit_callbacks(execute=True):
        job = judgings.add_judge(audit=audit, judge=judge, created_by=admin)

    job.refresh_from_db()
    assert (job.task, job.state) == ("discretion.judge_with_weights", Job.State.SUCCEEDED)
    judging = Judging.objects.get(language_model=str(row.pk))
    allowed = selectors.held_out(audit=audit, checkpoint_id=checkpoint.pk)
    assert judged(judging) == allowed
    assert (judging.to_ask, foreseen.requests) == (len(allowed), len(allowed))
    assert "not_promoted" not in judging.config


def test_where_its_training_saw_everything_there_is_nothing_to_judge(
    study: Study, checkpoint: Checkpoint
) -> None:
    other = AuditFactory(study=study)
    comparisons(other, 2)

    with pytest.raises(Conflict, match="nothing that it may judge"):
        annotators.add_checkpoint(
            audit=other, checkpoint_id=checkpoint.pk, created_by=None, reason="A trial."
        )
