"""Launching a run: by whom, on what, with which settings, and what is refused."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.models.domain import recipes
from apps.models.models import DataSet, LanguageModel, Run
from apps.shared.models import AuditEntry, Job, Role, Study
from tests.factories.models import example, frozen_data_set
from tests.factories.shared import StudyFactory
from tests.models.rest.conftest import evaluated, launched


def test_an_admin_launches_a_run(admin: APIClient, url: str, data_set: DataSet) -> None:
    answer = admin.post(url, {"data_set": str(data_set.pk), "size": "tiny", "limit": 200, "seed": 3})

    assert answer.status_code == 201
    body = answer.json()
    assert (body["state"], body["name"], body["size"]) == ("queued", "Run 1", "tiny")
    assert (body["config"]["mode"], body["config"]["limit"], body["config"]["seed"]) == ("frozen", 200, 3)
    assert body["data_hash"] == data_set.hash
    assert body["command"].startswith("python -m apps.models.training ")
    job = Job.objects.get(pk=body["job"])
    assert (job.task, job.config, job.data_hash) == ("models.train", body["config"], data_set.hash)
    assert AuditEntry.objects.filter(subject=f"run/{body['id']}").exists()


@pytest.mark.parametrize("method", [name for name, found in recipes.TABLE.items() if not found.needs_reward])
def test_every_method_is_launched_by_its_name(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel, method: str
) -> None:
    chosen = {
        "data_set": str(data_set.pk),
        "size": "small",
        "method": method,
        "base": str(base.pk),
        "dry_run": 3,
    }

    body = admin.post(url, chosen).json()

    assert (body["method"], body["config"]["method"], body["config"]["dry_run"]) == (method, method, 3)
    assert body["config"].get("base", "/a/model") == "/a/model"
    assert admin.post(f"{url}{body['id']}/clone/").json()["config"] == body["config"]


@pytest.mark.parametrize(("source", "state"), [("endpoint", "usable"), ("folder", "refused")])
def test_a_base_that_cannot_be_trained_is_refused(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel, source: str, state: str
) -> None:
    LanguageModel.objects.filter(pk=base.pk).update(source=source, state=state)
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "method": "sft", "base": str(base.pk)}

    answer = admin.post(url, chosen)

    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["base"])


def test_a_reward_model_is_chosen_by_its_checkpoint(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel
) -> None:
    checkpoint = evaluated(launched(data_set))
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "method": "grpo", "base": str(base.pk)}

    body = admin.post(url, chosen | {"reward": str(checkpoint.pk)}).json()
    policy = evaluated(Run.objects.get(pk=body["id"]))
    refused = admin.post(url, chosen | {"reward": str(policy.pk)})
    foreign = evaluated(launched(frozen_data_set(study=StudyFactory())))

    assert body["config"]["reward"] == str(checkpoint.folder)
    assert list(admin.post(url, chosen).json()["error"]["fields"]) == ["reward"]
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (400, ["reward"])
    assert admin.post(url, chosen | {"reward": str(foreign.pk)}).status_code == 404


def test_a_data_set_that_a_method_cannot_read_is_refused_with_a_sentence(
    admin: APIClient, study: Study, url: str, base: LanguageModel
) -> None:
    ties = frozen_data_set(study=study, examples=[example(number, p_a=0.5) for number in range(8)])
    chosen = {"data_set": str(ties.pk), "size": "tiny", "method": "kto", "base": str(base.pk)}

    answer = admin.post(url, chosen)

    assert answer.status_code == 400
    assert "are ties" in answer.json()["error"]["message"]
    assert "are ties" in admin.post(f"{url}preview/", chosen).json()["objection"]


def test_a_preview_says_what_would_run_and_launches_nothing(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel
) -> None:
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "seed": 5}
    body = admin.post(f"{url}preview/", chosen).json()

    assert (body["objection"], body["config"]["seed"]) == ("", 5)
    assert body["estimate"]["parameters"] == 22_713_216
    assert "MB" in body["sentence"]
    assert body["command"] == "python -m apps.models.training FOLDER"
    assert not Run.objects.exists()

    without = admin.post(f"{url}preview/", chosen | {"method": "dpo"}).json()
    assert (without["config"], without["objection"]) == (
        {},
        "This method starts from a language model: choose one.",
    )
    unknown = admin.post(f"{url}preview/", chosen | {"method": "dpo", "base": str(base.pk)}).json()
    assert (unknown["estimate"], unknown["objection"]) == (None, "")
    assert "dry run" in unknown["sentence"]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ANNOTATOR, 403), (Role.AUDITOR, 403), (Role.RESEARCHER, 403), (Role.ADMIN, 201)],
)
def test_only_an_admin_launches(
    sign_in: Callable[[Role], APIClient], url: str, data_set: DataSet, role: Role, status: int
) -> None:
    answer = sign_in(role).post(url, {"data_set": str(data_set.pk), "size": "tiny"})

    assert answer.status_code == status
    assert Run.objects.exists() == (status == 201)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "data_set"),
        ({"data_set": "nonsense", "size": "tiny"}, "data_set"),
        ({"size": "huge"}, "size"),
        ({"size": "tiny", "limit": 1}, "limit"),
        ({"size": "tiny", "seed": -1}, "seed"),
        ({"size": "tiny", "method": "magic"}, "method"),
        ({"size": "tiny", "method": "dpo"}, "base"),
        ({"size": "instant", "method": "sft"}, "size"),
        ({"size": "tiny", "dry_run": 0}, "dry_run"),
    ],
)
def test_a_bad_launch_is_refused_and_leaves_nothing(
    admin: APIClient, url: str, data_set: DataSet, body: dict[str, Any], field: str, files: Path
) -> None:
    if field != "data_set":
        body = body | {"data_set": str(data_set.pk)}

    answer = admin.post(url, body)

    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert not Run.objects.exists()
    assert not Job.objects.exists()
    assert not (files / "runs").exists()


def test_a_launch_on_a_data_set_of_another_study_is_refused(admin: APIClient, url: str) -> None:
    foreign = frozen_data_set(study=StudyFactory())

    for unknown in (foreign.pk, uuid.uuid4()):
        answer = admin.post(url, {"data_set": str(unknown), "size": "tiny"})

        assert answer.status_code == 404
        assert answer.json()["error"]["message"] == "There is no such data set in this study."
    assert not Run.objects.exists()


def test_a_launch_with_nothing_to_train_on_is_refused(admin: APIClient, url: str, data_set: DataSet) -> None:
    DataSet.objects.filter(pk=data_set.pk).update(train_count=0)

    answer = admin.post(url, {"data_set": str(data_set.pk), "size": "tiny"})

    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "The data set has no pairs to train on."
    assert not Job.objects.exists()


def test_a_launch_on_files_that_are_gone_is_refused(admin: APIClient, url: str, data_set: DataSet) -> None:
    (data_set.folder / "train.jsonl").unlink()

    answer = admin.post(url, {"data_set": str(data_set.pk), "size": "tiny"})

    assert answer.status_code == 409
    assert not Run.objects.exists()


def test_settings_take_the_place_of_the_presets_and_are_named(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel
) -> None:
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "method": "dpo", "base": str(base.pk)}
    chosen |= {"settings": {"learning_rate": 1e-6, "checkpointing": True}, "limit": 50}

    preview = admin.post(f"{url}preview/", chosen, format="json").json()
    body = admin.post(url, chosen, format="json").json()

    assert (preview["objection"], preview["config"]["learning_rate"]) == ("", 1e-6)
    assert preview["config"] == body["config"]
    found = [(change["name"], change["value"], change["preset"]) for change in body["changed"]]
    assert found == [("learning_rate", 1e-6, 5e-6), ("checkpointing", True, False), ("limit", 50, 100)]
    assert admin.get(url).json()[0]["changed"] == body["changed"]


def test_settings_that_cannot_be_used_are_refused_at_their_fields(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel
) -> None:
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "method": "dpo", "base": str(base.pk)}
    chosen |= {"settings": {"beta": 0, "epochs": "many"}}

    preview = admin.post(f"{url}preview/", chosen, format="json").json()
    answer = admin.post(url, chosen, format="json")

    told = {"settings.beta": ["Must be more than 0."], "settings.epochs": ["Must be a whole number."]}
    assert preview["fields"] == told
    assert (preview["config"], preview["objection"]) == ({}, recipes.UNSUITED)
    assert (answer.status_code, answer.json()["error"]["fields"]) == (400, told)
    assert not Run.objects.exists()


def test_an_estimate_follows_the_settings(admin: APIClient, url: str, data_set: DataSet) -> None:
    def foreseen(**settings: Any) -> dict[str, Any]:
        chosen = {"data_set": str(data_set.pk), "size": "full", "settings": settings}
        found: dict[str, Any] = admin.post(f"{url}preview/", chosen, format="json").json()["estimate"]
        return found

    usual, longer, larger = foreseen(), foreseen(epochs=6), foreseen(batch_size=32)

    assert longer["steps"] == 2 * usual["steps"]
    assert larger["memory_mb"] > usual["memory_mb"]


def test_pairs_that_are_too_long_are_not_foreseen(admin: APIClient, url: str, study: Study) -> None:
    # Twelve pairs of some ten tokens and four of about a thousand, of which none is held out.
    pairs = [example(number) for number in range(12)]
    long = [example(number, response_b="word " * 800) for number in range(12, 16)]
    data_set = frozen_data_set(study=study, examples=[*pairs, *long], held_out=0.0)

    def steps(most: int) -> int:
        chosen = {
            "data_set": str(data_set.pk),
            "size": "full",
            "settings": {"max_length": most, "batch_size": 2, "epochs": 1},
        }
        return int(admin.post(f"{url}preview/", chosen, format="json").json()["estimate"]["steps"])

    assert (steps(256), steps(2048)) == (6, 8)
