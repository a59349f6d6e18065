"""Promoting checkpoints by a rule that was set beforehand, and their cards."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.models.models import Checkpoint, PromotionRule, Run
from apps.models.services import checkpoints
from apps.shared.models import Study
from tests.factories.models import HELD_OUT_FIGURES, frozen_data_set

RULE = {
    "least_pairs": 100,
    "least_agreement": 0.6,
    "beyond_length": True,
    "most_calibration_error": None,
    "no_withdrawals": True,
}


@pytest.fixture
def checkpoint(study: Study) -> Checkpoint:
    """Return a checkpoint on which nothing was measured."""
    run = Run.objects.create(
        study=study, number=1, name="First run", data_set=frozen_data_set(study=study), method="reward",
        size="small", config={"seed": 7},
    )  # fmt: skip
    return checkpoints.record(run=run, step=12, path="model", sha256="0" * 64, size_bytes=2_000_000)


def address(checkpoint: Checkpoint, tail: str) -> str:
    return f"/api/studies/{checkpoint.run.study.slug}/checkpoints/{checkpoint.pk}/{tail}"


def rule_of(study: Study) -> str:
    return f"/api/studies/{study.slug}/promotion-rule/"


def test_a_checkpoint_is_promoted_with_a_reason_where_the_rule_is_met(
    admin: APIClient, study: Study, checkpoint: Checkpoint
) -> None:
    admin.put(rule_of(study), RULE)
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="held_out", figures=HELD_OUT_FIGURES)

    answer = admin.post(address(checkpoint, "decisions/"), {"promoted": True, "reason": "It reads best."})

    assert answer.status_code == 201
    body = answer.json()
    assert [finding["met"] for finding in body["findings"]] == [True] * 4
    assert (body["decisions"][0]["promoted"], body["decisions"][0]["reason"]) == (True, "It reads best.")
    assert body["rule_is_later"] is False


def test_nothing_is_promoted_without_a_rule_or_against_it(
    admin: APIClient, study: Study, checkpoint: Checkpoint
) -> None:
    wish = {"promoted": True, "reason": "I like it."}

    without = admin.post(address(checkpoint, "decisions/"), wish)
    admin.put(rule_of(study), RULE)
    against = admin.post(address(checkpoint, "decisions/"), wish)
    rejected = admin.post(address(checkpoint, "decisions/"), {"promoted": False, "reason": "Not measured."})

    assert (without.status_code, against.status_code, rejected.status_code) == (409, 409, 201)
    assert "Set a rule first" in without.json()["error"]["message"]
    assert "At least 100 held-out pairs (found: 0 pairs)" in against.json()["error"]["message"]


def test_a_rule_that_was_set_after_the_figures_were_known_is_said_to_be(
    admin: APIClient, study: Study, checkpoint: Checkpoint
) -> None:
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="held_out", figures=HELD_OUT_FIGURES)
    admin.put(rule_of(study), RULE)

    assert admin.get(address(checkpoint, "decisions/")).json()["rule_is_later"] is True


@pytest.mark.parametrize(
    "change", [{"least_agreement": 1.5}, {"least_pairs": -1}, {"beyond_length": "maybe"}]
)
def test_a_rule_out_of_range_is_refused_and_the_last_one_stays(
    admin: APIClient, study: Study, change: dict[str, Any]
) -> None:
    admin.put(rule_of(study), RULE)

    assert admin.put(rule_of(study), RULE | change).status_code == 400
    assert admin.get(rule_of(study)).json()["conditions"] == RULE
    assert PromotionRule.objects.count() == 1


def test_the_card_tells_data_consents_configuration_results_and_limits(
    admin: APIClient, study: Study, checkpoint: Checkpoint
) -> None:
    admin.put(rule_of(study), RULE)
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="held_out", figures=HELD_OUT_FIGURES)
    data_set = checkpoint.run.data_set
    data_set.withdrawals = 2
    data_set.save()
    admin.post(address(checkpoint, "decisions/"), {"promoted": False, "reason": "Two people left."})

    card = admin.get(address(checkpoint, "card/")).content.decode()

    assert card.startswith(f"# {checkpoint.run.name}, step {checkpoint.step}\n")
    assert "**2 people behind its data have withdrawn" in card
    assert ": Two people left.\n" in card
    assert "- Not met: Nobody behind its data has withdrawn (found: 2 have withdrawn)" in card
    assert f"hash `{data_set.hash}`" in card
    assert "- Agreement with the target: 0.700 [0.630, 0.760], n = 200" in card
    assert "- Beyond length: +10.0 points [+2.0, +18.0], noticed;" in card
    assert f'"seed": {checkpoint.run.config["seed"]}' in card
