"""What our trainers add to the library's, on one batch of a tiny model."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from trl.trainer.dpo_trainer import DPOTrainer

from apps.models.domain import recipes
from apps.models.domain.recipes.language import LanguageConfig
from apps.models.training.language import loading
from apps.models.training.language.rows import build, mismatched
from tests.factories.models import kind_world
from tests.models.training.language.conftest import Trainers, batch_of

pytestmark = pytest.mark.training


def loss_of(trainer: Any, batch: dict[str, Any] | None = None) -> torch.Tensor:
    """Return the loss of a batch."""
    with loading.without_empty_notes():
        loss: torch.Tensor = trainer.compute_loss(trainer.model, dict(batch or batch_of(trainer)))
    return loss


def gradient_of(trainer: Any, batch: dict[str, Any] | None = None) -> torch.Tensor:
    """Return the gradient of a batch's loss, all parameters in a row."""
    trainer.model.zero_grad()
    loss_of(trainer, batch).backward()
    return gradient_in(trainer)


def gradient_in(trainer: Any) -> torch.Tensor:
    """Return the gradient that a model holds, all parameters in a row."""
    return torch.cat([p.grad.flatten() for p in trainer.model.parameters() if p.grad is not None])


def librarys(trainer: Any, loss_type: str) -> torch.Tensor:
    """Return the library's own loss of the same batch."""
    trainer.loss_types = [loss_type]
    batch = batch_of(trainer)
    del batch["target"]
    with loading.without_empty_notes():
        loss: torch.Tensor = DPOTrainer._compute_loss(trainer, trainer.model, batch, False)
    return loss


def test_certain_targets_give_the_librarys_sigmoid_loss_bit_for_bit(make_trainer: Trainers) -> None:
    trainer = make_trainer("dpo", moved=True)

    assert torch.equal(loss_of(trainer), librarys(trainer, "sigmoid"))


def test_one_minus_the_target_is_the_same_as_swapping_the_pair(make_trainer: Trainers) -> None:
    trainer = make_trainer("dpo", moved=True)
    rows = [trainer.train_dataset[place] | {"target": 0.7} for place in range(4)]
    swapped = [
        row | {"chosen_ids": row["rejected_ids"], "rejected_ids": row["chosen_ids"], "target": 0.3}
        for row in rows
    ]

    straight, turned = (loss_of(trainer, trainer.data_collator(found)).item() for found in (rows, swapped))

    assert turned == pytest.approx(straight, rel=1e-6)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("dpo", math.log(2)),
        ("bco", 2 * math.log(2)),
        ("bco-judged", math.log(2)),
        ("kto", 0.5),
        ("dpo-lora", math.log(2)),
    ],
)
def test_the_loss_begins_where_the_paper_says(make_trainer: Trainers, method: str, expected: float) -> None:
    assert loss_of(make_trainer(method)).item() == pytest.approx(expected, abs=1e-6)


def test_the_librarys_apo_zero_begins_at_one(make_trainer: Trainers) -> None:
    assert librarys(make_trainer("dpo"), "apo_zero").item() == pytest.approx(1.0, abs=1e-6)


def test_at_the_start_bcos_gradient_is_dpos_and_twice_ktos(make_trainer: Trainers) -> None:
    dpo, bco = gradient_of(make_trainer("dpo")), gradient_of(make_trainer("bco"))
    judged, kto = gradient_of(make_trainer("bco-judged")), gradient_of(make_trainer("kto"))

    assert torch.equal(dpo, bco)
    # The library's apo_zero weighs a row as KTO does: sigma (1 - sigma), which is 1/4 here and BCO's is 1/2.
    library = make_trainer("dpo")
    library.model.zero_grad()
    librarys(library, "apo_zero").backward()
    assert torch.allclose(bco, 2 * gradient_in(library), atol=1e-6)
    # KTO rows come in a seeded order and BCO rows in the same: one gradient is half the other.
    assert torch.allclose(judged, 2 * kto, atol=1e-6)


def test_the_reward_shift_sets_bco_apart_from_the_librarys_pairs(make_trainer: Trainers) -> None:
    trainer = make_trainer("bco", moved=True, shift_memory=0.0)

    ours = loss_of(trainer).item()

    assert abs(trainer.shift.delta) > 0.01
    assert ours < librarys(trainer, "bco_pair").item()
    trainer.shift.desired = trainer.shift.undesired = 0.0
    trainer.model.eval()
    assert loss_of(trainer).item() == pytest.approx(librarys(trainer, "bco_pair").item(), rel=1e-5)


@pytest.mark.parametrize("method", ["bco", "bco-judged"])
def test_evaluation_does_not_move_the_shift(make_trainer: Trainers, method: str) -> None:
    trainer = make_trainer(method, moved=True)
    trainer.model.eval()
    loss_of(trainer)
    assert trainer.shift.delta == 0.0

    trainer.model.train()
    loss_of(trainer)
    assert trainer.shift.delta != 0.0


def test_what_is_too_long_is_set_aside_whole(tiny_policy: Path) -> None:
    config = recipes.parse({"base": str(tiny_policy), "method": "dpo", "max_length": 30})
    assert isinstance(config, LanguageConfig)

    side = build(config=config, tokenizer=loading.tokenizer(config.base), examples=kind_world(count=8))

    assert side.too_long
    assert len(side.rows) + len(side.too_long) == 8


def test_prompts_are_matched_by_the_sentence_encoder(make_trainer: Trainers) -> None:
    # In pairs every prompt is desired once and undesired once: no row is to weigh more than another.
    trainer = make_trainer("bco-judged", match_prompts=True)

    assert trainer.train_dataset["weight"][:] == pytest.approx([1.0] * 8, abs=1e-3)


def test_ktos_mismatched_responses_are_those_of_the_neighbours_in_a_batch() -> None:
    rows = [{"prompt_ids": [number], "completion_ids": [10 * number]} for number in range(1, 6)]

    found = mismatched(rows, batch=3)

    assert [row["KL_completion_ids"] for row in found] == [[30], [10], [20], [50], [40]]
    assert [row["prompt_ids"] for row in found] == [[1], [2], [3], [4], [5]]


def test_fine_tuning_learns_the_responses_tokens_and_no_prompt(make_trainer: Trainers) -> None:
    trainer = make_trainer("sft", moved=True)
    trainer.model.eval()
    row = trainer.train_dataset[0]
    batch = trainer.data_collator([row])

    with torch.no_grad():
        found = loss_of(trainer, batch).item()
        logps = torch.log_softmax(trainer.model(input_ids=batch["input_ids"]).logits[0], dim=-1)

    places = [place for place, label in enumerate(row["labels"]) if label != -100]
    assert 0 < places[0] < len(row["input_ids"]) - 1  # a prompt comes first
    by_hand = [-logps[place - 1, row["input_ids"][place]].item() for place in places]
    assert found == pytest.approx(sum(by_hand) / len(by_hand), rel=1e-4)


def test_pairs_leave_a_constant_open_and_centring_holds_it_at_nought(make_trainer: Trainers) -> None:
    trainer = make_trainer("reward_lm", moved=True)
    trainer.model.eval()
    batch = batch_of(trainer)
    with torch.no_grad():
        rewards = trainer.model(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
        ).logits.squeeze(-1)
    chosen, rejected = rewards.chunk(2)

    free = loss_of(trainer, batch).item()
    trainer._center = 0.5
    held = loss_of(trainer, batch).item()

    assert held - free == pytest.approx(0.5 * ((chosen + rejected) ** 2).mean().item(), rel=1e-4)
    assert held > free
