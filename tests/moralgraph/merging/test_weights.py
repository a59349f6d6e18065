"""A model in a folder judges merges: the job loads it, and has the queue of those that do."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from apps.models.models import LanguageModel
from apps.models.services import language_models
from apps.moralgraph import selectors, tasks
from apps.moralgraph.models import Card, MergeOpinion
from apps.moralgraph.services.merging import judging
from apps.shared.errors import Conflict
from apps.shared.models import Role, Study
from tests.factories.shared import member
from tests.models import scripts
from tests.moralgraph.merging.test_judging import cards, robin

__all__ = ["cards", "robin"]
pytestmark = pytest.mark.django_db
CHATS = scripts.chats(question="What do you attend to when somebody asks you for advice?")


@pytest.fixture
def ours(study: Study, tmp_path: Path) -> LanguageModel:
    """Let a tiny model in a folder judge merges, which writes words at random."""
    from tests.models.tiny_lm import build_babbler  # loads torch, which few runs of tests need

    row = LanguageModel.objects.create(
        study=study, name="Ours", source="folder", state="usable",
        address=str(build_babbler(folder=tmp_path, chats=CHATS)),
    )  # fmt: skip
    by = member(study=study, role=Role.ADMIN)
    language_models.fill_role(
        study=study, role="merging", language_model_id=row.pk, by=by, max_tokens=12, words="Be strict."
    )
    return row


def test_a_folder_that_does_the_work_is_the_one_that_answers(
    study: Study, robin: Any, cards: list[Card], ours: LanguageModel
) -> None:
    job = judging.ask(study=study, actor=robin)
    assert django_settings.CELERY_TASK_ROUTES[job.task] == {"queue": "training"}
    tasks.judge_merges_with_weights(job_id=str(job.pk))

    job.refresh_from_db()
    assert job.message.startswith("2 of 2 answers could not be read.")
    assert selectors.merging.desk(study=study, made_by=[]).judge == "Ours"
    opinions = list(MergeOpinion.objects.all())
    assert len(opinions) == 2
    for opinion in opinions:
        assert opinion.answer.strip()
        assert opinion.fault  # Words at random are no opinion, and are kept as they came.
        told = opinion.made
        assert (told["model"], told["max_tokens"], told["words"]) == ("Ours", 12, "Be strict.")
        assert told["tokens"]["completion_tokens"] == 12


def test_a_folder_that_is_gone_fails_in_a_sentence(
    study: Study, robin: Any, cards: list[Card], ours: LanguageModel
) -> None:
    LanguageModel.objects.filter(pk=ours.pk).update(address="/nowhere")
    job = judging.ask(study=study, actor=robin)

    with pytest.raises(Conflict, match="could not be loaded"):
        judging.judge(job=job)
