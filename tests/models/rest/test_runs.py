"""Endpoints of runs: who may, what is answered, and how they are steered."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.models.domain import recipes
from apps.models.models import DataSet, LanguageModel, RunPoint
from apps.models.services import alerts
from apps.shared.models import Job, Study
from tests.factories.models import frozen_data_set
from tests.factories.shared import StudyFactory
from tests.models.rest.conftest import evaluated, launched


def test_the_methods_are_listed_with_what_their_charts_show(researcher: APIClient, study: Study) -> None:
    found = {
        recipe["method"]: recipe for recipe in researcher.get(f"/api/studies/{study.slug}/recipes/").json()
    }

    assert list(found) == list(recipes.TABLE)
    assert [size["size"] for size in found["dpo"]["sizes"]] == ["tiny", "small", "full"]
    assert "Reward shift" in [measure["label"] for measure in found["bco"]["measures"]]
    assert (found["grpo"]["needs_base"], found["reward_model"]["needs_base"]) == (True, False)


@pytest.mark.parametrize("verb", ["stop", "first", "resume", "clone"])
def test_only_an_admin_steers(researcher: APIClient, url: str, data_set: DataSet, verb: str) -> None:
    assert researcher.post(f"{url}{launched(data_set).pk}/{verb}/").status_code == 403


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
