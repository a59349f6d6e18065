"""Endpoints of runs: who may, what is refused, what is answered."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.models.domain import recipes
from apps.models.models import Checkpoint, DataSet, Evaluation, LanguageModel, Run, RunPoint
from apps.models.services import alerts, runs
from apps.shared.models import AuditEntry, Job, Role, Study
from tests.factories.models import example, frozen_data_set
from tests.factories.shared import StudyFactory, UserFactory


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


def test_the_methods_are_listed_with_what_their_charts_show(researcher: APIClient, study: Study) -> None:
    found = {
        recipe["method"]: recipe for recipe in researcher.get(f"/api/studies/{study.slug}/recipes/").json()
    }

    assert list(found) == list(recipes.TABLE)
    assert [size["size"] for size in found["dpo"]["sizes"]] == ["tiny", "small", "full"]
    assert "Reward shift" in [measure["label"] for measure in found["bco"]["measures"]]
    assert (found["grpo"]["needs_base"], found["reward_model"]["needs_base"]) == (True, False)


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


@pytest.mark.parametrize("verb", ["stop", "first", "resume", "clone"])
def test_only_an_admin_steers(researcher: APIClient, url: str, data_set: DataSet, verb: str) -> None:
    assert researcher.post(f"{url}{launched(data_set).pk}/{verb}/").status_code == 403


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


def test_a_queued_run_is_stopped_resumed_and_cloned(admin: APIClient, url: str, data_set: DataSet) -> None:
    run = launched(data_set)

    assert admin.post(f"{url}{run.pk}/resume/").status_code == 409
    assert admin.post(f"{url}{run.pk}/stop/").json()["state"] == "cancelled"
    assert admin.post(f"{url}{run.pk}/stop/").status_code == 409
    assert admin.post(f"{url}{run.pk}/resume/").json()["state"] == "queued"
    copy = admin.post(f"{url}{run.pk}/clone/").json()
    assert (copy["cloned_from"], copy["config"], copy["number"]) == (str(run.pk), run.config, 2)


def test_a_run_answers_its_points_and_the_number_to_go_on_from(
    researcher: APIClient, url: str, data_set: DataSet
) -> None:
    run = launched(data_set)
    RunPoint.objects.create(run=run, step=1, name="loss", value=0.7)

    body = researcher.get(f"{url}{run.pk}/").json()

    assert body["points"] == [{"step": 1, "name": "loss", "value": 0.7}]
    assert body["stream"] == f"study/{run.study.slug}/run/{run.pk}"
    assert body["seq"] == 1
    assert body["evaluation"] is None
    assert researcher.get(f"{url}{run.pk}/log/").json() == {"text": ""}


def test_a_run_of_another_study_is_not_there(researcher: APIClient, url: str) -> None:
    foreign = launched(frozen_data_set(study=StudyFactory()))

    for address in ("", "log/", "log/search/?q=x", "log/file/", "points/file/", "samples/"):
        assert researcher.get(f"{url}{foreign.pk}/{address}").status_code == 404


def evaluated(run: Run) -> Checkpoint:
    """Return an evaluated checkpoint of a run."""
    checkpoint = Checkpoint.objects.create(run=run, step=4, path="model", hash="0" * 64, size_bytes=10)
    share = {"value": 0.7, "low": 0.5, "high": 0.9, "n": 20}
    figures = {"accuracy": share, "longer": share, "coin": share, "n": 20, "ties_left_out": 1, "skipped": {}}
    Evaluation.objects.create(checkpoint=checkpoint, suite="held_out", figures=figures | {"rule": "held out"})
    return checkpoint


@pytest.mark.parametrize("kind", ["runs", "checkpoints", "data-sets"])
def test_lists_cost_the_same_for_one_and_for_many(
    researcher: APIClient, study: Study, kind: str, django_assert_num_queries: Any
) -> None:
    address = f"/api/studies/{study.slug}/{kind}/"
    evaluated(launched(frozen_data_set(study=study)))
    with CaptureQueriesContext(connection) as one:
        assert len(researcher.get(address).json()) == 1
    for _ in range(4):
        evaluated(launched(frozen_data_set(study=study)))

    with django_assert_num_queries(len(one)):
        assert len(researcher.get(address).json()) == 5


def test_a_run_shows_its_evaluation_and_checkpoint(
    researcher: APIClient, url: str, data_set: DataSet
) -> None:
    run = launched(data_set)
    checkpoint = evaluated(run)

    body = researcher.get(f"{url}{run.pk}/").json()

    assert body["evaluation"]["accuracy"] == {"value": 0.7, "low": 0.5, "high": 0.9, "n": 20}
    assert [item["id"] for item in body["checkpoints"]] == [str(checkpoint.pk)]
    one = researcher.get(f"/api/studies/{run.study.slug}/checkpoints/{checkpoint.pk}/").json()
    assert one["held_out"]["coin"]["n"] == 20
    assert one["control"] is None


def content(answer: Any) -> str:
    """Return what an answer streams."""
    return b"".join(answer.streaming_content).decode()


def test_a_long_run_is_drawn_from_few_points_and_downloaded_whole(
    researcher: APIClient, url: str, data_set: DataSet
) -> None:
    run = launched(data_set)
    RunPoint.objects.bulk_create(
        [
            RunPoint(run=run, step=step, name="loss", value=9.0 if step == 4321 else 0.5)
            for step in range(1, 6001)
        ]
    )
    RunPoint.objects.create(run=run, step=3, name="kl", value=0.25)

    body = researcher.get(f"{url}{run.pk}/").json()
    packed = researcher.get(f"{url}{run.pk}/", headers={"accept-encoding": "gzip"})
    file = researcher.get(f"{url}{run.pk}/points/file/")

    assert packed["Content-Encoding"] == "gzip"
    drawn = [(point["step"], point["value"]) for point in body["points"] if point["name"] == "loss"]
    assert len(drawn) <= 1000
    assert (drawn[0], drawn[-1]) == ((1, 0.5), (6000, 0.5))
    assert (4321, 9.0) in drawn
    assert body["counts"] == {"loss": 6000, "kl": 1}
    lines = content(file).splitlines()
    assert (lines[:3], len(lines)) == (["name,step,value", "kl,3,0.25", "loss,1,0.5"], 6002)
    assert file["Content-Disposition"] == 'attachment; filename="run-1-points.csv"'


def test_a_log_is_searched_and_downloaded_whole(researcher: APIClient, url: str, data_set: DataSet) -> None:
    run = launched(data_set)
    run.folder.mkdir(parents=True)
    text = "".join(f"step {step} of 3000: Loss 0.5\n" for step in range(1, 3001))
    (run.folder / "log.txt").write_text(text)

    found = researcher.get(f"{url}{run.pk}/log/search/?q=STEP 299").json()
    many = researcher.get(f"{url}{run.pk}/log/search/?q=loss").json()

    assert found["count"] == 11
    assert found["lines"][0] == {"number": 299, "text": "step 299 of 3000: Loss 0.5"}
    assert (many["count"], many["of"], len(many["lines"])) == (3000, 3000, 500)
    assert many["lines"][-1]["number"] == 3000
    assert content(researcher.get(f"{url}{run.pk}/log/file/")) == text


def test_answers_to_the_same_prompts_are_read_by_checkpoint(
    researcher: APIClient, url: str, data_set: DataSet
) -> None:
    run = launched(data_set)
    assert researcher.get(f"{url}{run.pk}/samples/").json() == []
    run.folder.mkdir(parents=True)
    lines = [
        {"step": step, "rows": [{"prompt": "Why?", "response": f"Because of {step}."}]} for step in (0, 25)
    ]
    (run.folder / "samples.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    assert researcher.get(f"{url}{run.pk}/samples/").json() == lines


def test_runs_that_wait_know_their_place_across_studies(
    admin: APIClient, url: str, data_set: DataSet
) -> None:
    first, second = launched(data_set), launched(frozen_data_set(study=StudyFactory()))
    third = launched(data_set)

    def places() -> list[int | None]:
        return [admin.get(f"{url}{run.pk}/").json()["place"] for run in (first, third)]

    assert places() == [1, 3]
    assert [row["place"] for row in admin.get(url).json()] == [3, 1]
    admin.post(f"{url}{first.pk}/stop/")
    assert places() == [None, 2]
    admin.post(f"{url}{first.pk}/resume/")
    assert places() == [3, 2]
    assert admin.post(f"{url}{first.pk}/first/").json()["place"] == 1
    assert places() == [1, 3]
    Job.objects.filter(pk=second.job_id).update(state=Job.State.RUNNING)
    assert places() == [1, 2]
    assert admin.post(f"{url}{second.pk}/first/").status_code == 404
    Job.objects.filter(pk=first.job_id).update(state=Job.State.RUNNING)
    assert admin.post(f"{url}{first.pk}/first/").status_code == 409


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


def test_a_run_is_repeated_with_changes(
    admin: APIClient, url: str, data_set: DataSet, base: LanguageModel
) -> None:
    reward = evaluated(launched(data_set))
    chosen = {"data_set": str(data_set.pk), "size": "small", "method": "grpo", "base": str(base.pk)}
    chosen |= {"reward": str(reward.pk), "seed": 4, "limit": 9, "settings": {"group": 2}, "name": "Climb"}
    first = admin.post(url, chosen, format="json").json()

    again = admin.get(f"{url}{first['id']}/choice/").json()

    assert again == chosen | {"name": "Climb, changed"}
    changed = again | {"cloned_from": first["id"], "settings": {"group": 2, "temperature": 0.7}}
    body = admin.post(url, changed, format="json").json()
    assert body["cloned_from"] == first["id"]
    assert body["config"] == first["config"] | {"temperature": 0.7}
    LanguageModel.objects.filter(pk=base.pk).update(retired_at=body["created_at"])
    assert admin.get(f"{url}{first['id']}/choice/").json()["base"] is None


def test_repeats_of_repeats_are_numbered(admin: APIClient, url: str, data_set: DataSet) -> None:
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "name": "Climb"}
    first = admin.post(url, chosen, format="json").json()
    again = admin.post(f"{url}{first['id']}/clone/").json()
    third = admin.post(f"{url}{again['id']}/clone/").json()

    changed = admin.get(f"{url}{third['id']}/choice/").json()["name"]
    admin.post(url, chosen | {"name": changed}, format="json")

    assert [again["name"], third["name"], changed] == ["Climb, again", "Climb, again 2", "Climb, changed"]
    assert admin.get(f"{url}{first['id']}/choice/").json()["name"] == "Climb, changed 2"


def test_a_run_goes_back_to_none_of_another_study(admin: APIClient, url: str, data_set: DataSet) -> None:
    foreign = launched(frozen_data_set(study=StudyFactory()))
    chosen = {"data_set": str(data_set.pk), "size": "tiny", "cloned_from": str(foreign.pk)}

    assert admin.post(url, chosen, format="json").status_code == 404
    assert admin.get(f"{url}{foreign.pk}/choice/").status_code == 404


def test_an_alert_of_a_loss_gone_astray_says_what_to_try(
    researcher: APIClient, url: str, data_set: DataSet
) -> None:
    run = launched(data_set)
    for kind in ("divergence", "disk"):
        alerts.raise_alert(run=run, kind=kind, message="Look.", lines=[])

    found = {alert["kind"]: alert["settings"] for alert in researcher.get(f"{url}{run.pk}/").json()["alerts"]}

    assert found == {"divergence": {"learning_rate": 1e-5, "head_learning_rate": 3.3e-4}, "disk": {}}
