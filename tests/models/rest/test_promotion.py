"""Promoting checkpoints by a rule that was set beforehand, and their cards."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.models.models import Checkpoint, PromotionRule, Run
from apps.models.services import checkpoints
from apps.shared.models import Study
from tests.factories.models import (
    CONTROL_FIGURES,
    DISCRETION_FIGURES,
    HELD_OUT_FIGURES,
    frozen_data_set,
)

RULE = {
    "least_pairs": 100,
    "least_agreement": 0.6,
    "beyond_length": True,
    "most_calibration_error": None,
    "no_withdrawals": True,
    "beyond_base": False,
    "most_length_bias": None,
    "most_position_bias": None,
    "most_control_drop": None,
    "most_arbitrariness": None,
    "as_people": False,
    "beyond_luck": False,
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
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="control", figures=CONTROL_FIGURES)
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="discretion", figures=DISCRETION_FIGURES)
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
    assert "- Beyond its base: +15.0 points [+6.0, +24.0], noticed;" in card
    assert (
        "- Prefers the longer response, beyond the target: +2.0 points [-4.0, +8.0], not detectable" in card
    )
    assert "- The order of the responses decides in 0.100 [0.060, 0.150], n = 200;" in card
    assert "- Control, the project's own control pairs: right in 0.900 [0.830, 0.940], n = 101;" in card
    assert "- Goes against a consensus of principles in 0.150 [0.080, 0.270], n = 40;" in card
    assert "which cannot be told from their own noise" in card
    assert f'"seed": {checkpoint.run.config["seed"]}' in card


def test_a_rule_of_before_asks_nothing_of_what_was_not_measured_then(
    admin: APIClient, study: Study, checkpoint: Checkpoint
) -> None:
    old = {name: RULE[name] for name in ("least_pairs", "least_agreement", "beyond_length", "no_withdrawals")}
    PromotionRule.objects.create(study=study, conditions=old)
    checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite="held_out", figures=HELD_OUT_FIGURES)

    assert admin.get(rule_of(study)).json()["conditions"] == RULE
    assert [item["met"] for item in admin.get(address(checkpoint, "decisions/")).json()["findings"]] == [
        True
    ] * 4


def test_a_promotion_against_a_drop_on_control_pairs_is_refused_by_name(
    admin: APIClient, study: Study, checkpoint: Checkpoint
) -> None:
    admin.put(rule_of(study), RULE | {"most_control_drop": 0.05})
    for suite, figures in (("held_out", HELD_OUT_FIGURES), ("control", CONTROL_FIGURES)):
        checkpoints.record_figures(checkpoint_id=checkpoint.pk, suite=suite, figures=figures)

    answer = admin.post(address(checkpoint, "decisions/"), {"promoted": True, "reason": "It reads best."})

    assert answer.status_code == 409
    assert "at most 5 points seldomer than its base (found: -3.0 points [-8.0, +2.0])" in str(answer.json())


def test_pairs_that_it_was_trained_on_are_no_control(
    admin: APIClient, checkpoint: Checkpoint, study: Study
) -> None:
    own = admin.post(address(checkpoint, "measuring/"), {"control": str(checkpoint.run.data_set_id)})
    foreign = admin.post(
        address(checkpoint, "measuring/"), {"control": "8b1f7c4e-1e6c-4c59-9a7e-2f4f5d3a0b11"}
    )

    assert (own.status_code, foreign.status_code) == (400, 404)
    assert "trained on these pairs" in own.json()["error"]["message"]
