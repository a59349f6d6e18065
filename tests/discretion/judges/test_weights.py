"""Weights that are loaded for it judge: by their implicit reward, and by what they write."""

from pathlib import Path
from typing import Any

import pytest

from apps.discretion.models import Audit, Reply, Verdict
from apps.discretion.selectors import judgings as selectors
from apps.discretion.services import judgings
from apps.models.models import LanguageModel
from apps.shared.errors import Conflict
from apps.shared.models import Job, Role, Study
from tests.factories.discretion import AuditFactory, ComparisonFactory
from tests.factories.judges import add_judge, verdicts
from tests.factories.shared import member
from tests.models import scripts

pytestmark = pytest.mark.django_db
CHATS = scripts.chats(question="What do you attend to when somebody asks you for advice?")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a model that knows its chats by heart, and one with the same words that knows nothing."""
    from tests.models.tiny_lm import (  # loads torch, which few runs of tests need
        build_babbler,
        cached_tiny_lm,
    )

    babbler = build_babbler(folder=tmp_path_factory.mktemp("babbler"), chats=CHATS)
    return cached_tiny_lm(chats=CHATS), babbler


@pytest.fixture
def models(study: Study, folders: tuple[Path, Path]) -> list[LanguageModel]:
    """Return both, registered and found usable."""
    return [
        LanguageModel.objects.create(
            study=study, name=name, source="folder", address=str(folder), state="usable"
        )
        for name, folder in zip(["trained", "base"], folders, strict=True)
    ]


@pytest.fixture
def audit(study: Study) -> Audit:
    """Return an audit with one pair whose first response the trained model knows, and one that is empty."""
    audit = AuditFactory(study=study)
    ComparisonFactory(
        audit=audit,
        external_id="known",
        prompt="Hello",
        response_a=scripts.OPENING,
        response_b="Xyzzy! 77 q.",
    )
    ComparisonFactory(audit=audit, external_id="turned", prompt="Hello", response_b=scripts.OPENING)
    ComparisonFactory(audit=audit, external_id="empty", response_a=" ")
    return audit


def test_an_implicit_reward_prefers_what_training_made_likelier_and_goes_on_with_pairs_that_come_later(
    audit: Audit, models: list[LanguageModel], django_capture_on_commit_callbacks: Any
) -> None:
    by = member(study=audit.study, role=Role.RESEARCHER)
    with django_capture_on_commit_callbacks(execute=True):
        job = judgings.add_implicit_reward(
            audit=audit, policy_id=models[0].pk, reference_id=models[1].pk, created_by=by
        )

    judging = selectors.judging(audit=audit, annotator_id=Job.objects.get(pk=job.pk).config["annotator"])
    said = verdicts(judging.annotator)
    assert (said["known", None], said["turned", None], said["empty", None]) == ("a", "b", "skip")
    row = Verdict.objects.get(annotator=judging.annotator, comparison__external_id="known")
    policy, reference = (
        Reply.objects.get(comparison=row.comparison, part=part).numbers["logprobs"]
        for part in ("policy", "reference")
    )
    margin = 0.1 * ((policy[0] - reference[0]) - (policy[1] - reference[1]))
    assert margin > 0
    assert row.confidence == pytest.approx(1 / (1 + 2.718281828459045**-margin))
    assert (judging.asked, judging.to_ask) == (6, 6)

    ComparisonFactory(
        audit=audit,
        external_id="later",
        prompt="Hello",
        response_a=scripts.OPENING,
        response_b="Xyzzy! 77 q.",
    )
    with django_capture_on_commit_callbacks(execute=True):
        judgings.resume(judging=judging, by=by)

    judging.refresh_from_db()
    assert judging.job is not None
    assert (judging.job.task, judging.job.state) == ("discretion.judge_with_weights", "succeeded")
    assert verdicts(judging.annotator) == said | {("later", None): "a"}
    assert (judging.asked, judging.to_ask) == (8, 8)


def test_weights_that_write_nothing_readable_are_counted_as_such(
    audit: Audit, models: list[LanguageModel], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        planned = add_judge(audit, language_model=models[1].pk, limit=2)

    judging = selectors.judging(audit=audit, annotator_id=planned.annotator_id)
    assert judging.job is not None
    assert (judging.job.task, judging.job.state) == ("discretion.judge_with_weights", "succeeded")
    assert judging.unparsable == 2
    assert all(row.text for row in selectors.replies(judging=judging))


def test_a_model_behind_a_server_has_no_implicit_reward(
    audit: Audit, models: list[LanguageModel], study: Study
) -> None:
    server = LanguageModel.objects.create(
        study=study, name="far", source="endpoint", address="http://far/v1", model="m", state="usable"
    )
    by = member(study=study, role=Role.RESEARCHER)

    for reference in (server.pk, models[0].pk):
        with pytest.raises(Conflict):
            judgings.add_implicit_reward(
                audit=audit, policy_id=models[0].pk, reference_id=reference, created_by=by
            )
