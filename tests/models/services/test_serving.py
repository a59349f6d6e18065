"""A checkpoint serves where it was promoted, or where somebody says why it may all the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.models.domain import serving as domain
from apps.models.models import Checkpoint, Decision, LanguageModel, Run
from apps.models.selectors import language_models as selectors
from apps.models.services import language_models, serving
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import AuditEntry, Role, Study
from tests.factories.models import frozen_data_set
from tests.factories.shared import member

pytestmark = pytest.mark.django_db


def checkpoint_of(study: Study, *, method: str = "dpo", number: int = 1) -> Checkpoint:
    """Return a checkpoint of a run."""
    run = Run.objects.create(
        study=study, number=number, name="Kinder answers", data_set=frozen_data_set(study=study),
        method=method, size="small", config={},
    )  # fmt: skip
    return Checkpoint.objects.create(run=run, step=40, path="model", hash="0" * 64, size_bytes=10)


def decide(checkpoint: Checkpoint, *, promoted: bool, reason: str = "It agrees with people.") -> None:
    """Promote or reject a checkpoint."""
    Decision.objects.create(checkpoint=checkpoint, promoted=promoted, reason=reason)


def registered(study: Study, checkpoint: Checkpoint, **fields: Any) -> LanguageModel:
    """Return a checkpoint as a registered model that its check found usable."""
    chosen = {"name": "Ours", "source": "checkpoint", "state": "usable"} | fields
    return LanguageModel.objects.create(study=study, checkpoint=checkpoint, **chosen)


def role_of(admin: APIClient, study: Study, role: str) -> dict[str, Any]:
    """Return who does a piece of work, as the screen reads it."""
    rows = admin.get(f"/api/studies/{study.slug}/model-roles/").json()
    found: dict[str, Any] = next(row for row in rows if row["role"] == role)
    return found


def test_what_is_promoted_serves_and_needs_no_reason(study: Study, admin: APIClient) -> None:
    checkpoint = checkpoint_of(study)
    decide(checkpoint, promoted=True)
    model = registered(study, checkpoint)

    answer = admin.put(f"/api/studies/{study.slug}/model-roles/judging/", {"language_model": str(model.pk)})

    assert answer.status_code == 200
    row = role_of(admin, study, "judging")
    assert (row["said_by"], row["not_promoted"]) == ("study", "")
    assert (row["checkpoint"]["name"], row["checkpoint"]["decision"]) == (
        "Kinder answers, step 40",
        "promoted",
    )


@pytest.mark.parametrize("rejected", [False, True])
def test_what_is_not_promoted_serves_only_with_a_reason_that_is_kept_shown_and_logged(
    study: Study, admin: APIClient, rejected: bool
) -> None:
    checkpoint = checkpoint_of(study)
    if rejected:
        decide(checkpoint, promoted=False, reason="Too long-winded.")
    url = f"/api/studies/{study.slug}/model-roles/merging/"
    chosen = {"language_model": str(registered(study, checkpoint).pk)}

    refused = admin.put(url, chosen)
    taken = admin.put(url, chosen | {"reason": "A trial of one afternoon."})

    assert refused.status_code == 409
    said = refused.json()["error"]["message"]
    assert ("was rejected (Too long-winded.)" if rejected else "is not promoted") in said
    assert taken.status_code == 200
    assert role_of(admin, study, "merging")["not_promoted"] == "A trial of one afternoon."
    logged = AuditEntry.objects.get(action="chose a language model").detail
    assert logged["not promoted, because"] == "A trial of one afternoon."


def test_what_happens_to_a_checkpoint_later_is_said_wherever_it_serves(
    study: Study, admin: APIClient
) -> None:
    checkpoint = checkpoint_of(study)
    decide(checkpoint, promoted=True)
    model = registered(study, checkpoint)
    by = member(study=study, role=Role.ADMIN)
    language_models.fill_role(study=study, role="judging", language_model_id=model.pk, by=by)

    decide(checkpoint, promoted=False, reason="Two people left.")
    data_set = checkpoint.run.data_set
    data_set.withdrawals = 2
    data_set.save()

    row = role_of(admin, study, "judging")
    (listed,) = admin.get(f"/api/studies/{study.slug}/language-models/").json()
    place = admin.get(f"/api/studies/{study.slug}/checkpoints/{checkpoint.pk}/serving/").json()
    for said in (row["checkpoint"], listed["served"], place["checkpoint"]):
        assert (said["decision"], said["reason"], said["withdrawals"]) == ("rejected", "Two people left.", 2)
    assert [(work["role"], work["language_model"]) for work in place["works"]] == [("judging", "Ours")]
    with pytest.raises(Conflict, match="was rejected"):
        serving.admit(checkpoint_id=checkpoint.pk)


def test_a_server_that_runs_a_checkpoint_is_bound_to_it(study: Study) -> None:
    checkpoint = checkpoint_of(study)
    server = registered(study, checkpoint, source="endpoint", address="http://127.0.0.1:9/v1", model="ours")
    by = member(study=study, role=Role.ADMIN)

    with pytest.raises(Conflict, match="not promoted"):
        language_models.fill_role(study=study, role="interview", language_model_id=server.pk, by=by)
    decide(checkpoint, promoted=True)
    language_models.fill_role(study=study, role="interview", language_model_id=server.pk, by=by)

    used = selectors.model_for(study=study, role="interview")
    assert used is not None
    assert (used.name, used.checkpoint, used.with_weights) == ("ours", str(checkpoint.pk), False)


@pytest.mark.parametrize("method", ["reward_model", "reward_lm"])
def test_what_scores_is_no_language_model_and_is_told_where_it_works(study: Study, method: str) -> None:
    checkpoint = checkpoint_of(study, method=method)

    with pytest.raises(Invalid, match="judges in an audit"):
        language_models.register(
            study=study, name="Ours", source="checkpoint", checkpoint_id=checkpoint.pk,
            created_by=member(study=study, role=Role.ADMIN),
        )  # fmt: skip


def test_the_page_shows_the_commands_that_serve_a_whole_model(study: Study, researcher: APIClient) -> None:
    checkpoint = checkpoint_of(study)

    place = researcher.get(f"/api/studies/{study.slug}/checkpoints/{checkpoint.pk}/serving/").json()

    folder = str(checkpoint.folder)
    assert (place["writes"], place["adapter"], place["folder"]) == (True, False, folder)
    assert [command["text"] for command in place["commands"]] == [
        f"LLM_PATH={folder} make run",
        f"vllm serve {folder} --served-model-name kinder-answers-40 --port 8001",
        f".venv/bin/transformers serve {folder} --port 8001 --continuous-batching",
        f".venv/bin/transformers serve {folder} --port 8001 --continuous-batching {domain.ON_A_PROCESSOR}",
    ]
    served_as = [command["served_as"] for command in place["commands"]]
    assert served_as == [folder, "kinder-answers-40", folder, folder]


def test_the_page_shows_how_an_adapter_is_served_or_merged(
    study: Study, researcher: APIClient, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    checkpoint = checkpoint_of(study)
    checkpoint.folder.mkdir(parents=True)
    told = {"base_model_name_or_path": "/models/a base", "r": 24}
    (checkpoint.folder / "adapter_config.json").write_text(json.dumps(told))

    place = researcher.get(f"/api/studies/{study.slug}/checkpoints/{checkpoint.pk}/serving/").json()

    assert place["adapter"] is True
    folder, by_transformers = checkpoint.folder, ".venv/bin/transformers serve"
    assert [command["text"] for command in place["commands"]] == [
        "vllm serve '/models/a base' --enable-lora --max-lora-rank 32 "
        f"--lora-modules kinder-answers-40={folder} --port 8001",
        f".venv/bin/python -m apps.models.engine.local.merge {folder} {folder}-merged",
        f"LLM_PATH={folder}-merged make run",
        f"vllm serve {folder}-merged --served-model-name kinder-answers-40 --port 8001",
        f"{by_transformers} {folder}-merged --port 8001 --continuous-batching",
        f"{by_transformers} {folder}-merged --port 8001 --continuous-batching {domain.ON_A_PROCESSOR}",
    ]


@pytest.mark.parametrize(("rank", "offered"), [(4, 8), (8, 8), (16, 16), (17, 32), (600, 512)])
def test_the_rank_that_a_server_is_told_is_the_next_that_it_takes(rank: int, offered: int) -> None:
    weights = domain.Weights(folder="/a", name="a", base="/b", rank=rank)

    assert f"--max-lora-rank {offered} " in domain.commands(weights)[0].text


def test_how_a_work_is_done_is_chosen_for_a_study_else_by_the_environment(
    study: Study, admin: APIClient, settings: Any
) -> None:
    settings.LLM_URL, settings.LLM_MODEL = "http://all/v1", "for-all"
    settings.LLM_ROLES = {"stories": {"temperature": 0.9, "max_tokens": 500, "words": "Write plainly."}}
    model = LanguageModel.objects.create(
        study=study, name="Mine", source="endpoint", address="http://mine/v1", model="m", state="usable"
    )

    before = role_of(admin, study, "stories")
    admin.put(
        f"/api/studies/{study.slug}/model-roles/stories/",
        {"language_model": str(model.pk), "temperature": 0.3, "max_tokens": 700, "words": " No names. "},
    )
    after = role_of(admin, study, "stories")

    named = ("said_by", "temperature", "max_tokens", "words")
    assert [before[name] for name in named] == ["environment", 0.9, 500, "Write plainly."]
    assert [after[name] for name in named] == ["study", 0.3, 700, "No names."]
    used = selectors.model_for(study=study, role="stories")
    assert used is not None
    assert (used.temperature, used.max_tokens, used.words) == (0.3, 700, "No names.")
