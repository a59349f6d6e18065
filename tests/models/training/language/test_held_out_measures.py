"""What a run says of its held-out pairs while it learns, by hand and beside the library."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from trl.trainer.kto_trainer import KTOTrainer

from apps.models.domain import recipes, rows, splits
from apps.models.domain.examples import read_examples
from apps.models.domain.recipes.language import LanguageConfig
from apps.models.training.language import loading
from apps.models.training.language.base import log_probabilities
from apps.models.training.language.beside_base import BesideBase
from apps.models.training.language.ordering import Ordering
from apps.models.training.language.rows import build
from apps.models.training.language.tokens import Said
from tests.factories.models import kind_world
from tests.models.training.language.conftest import MakeRun, Trainers, batch_of, train
from tests.models.training.lines import points_of

pytestmark = pytest.mark.training


def test_pairs_are_counted_one_by_one_and_ties_not_at_all() -> None:
    ordering = Ordering()
    ordering.pairs(gaps=torch.tensor([2.0, -1.0, 5.0]), decided=torch.tensor([True, True, False]))
    ordering.pairs(gaps=torch.tensor([0.0]), decided=torch.tensor([True]))

    # Right, wrong, alike: (1 + 0 + 1/2) / 3; margins 2, -1, 0. A mean of the batches' shares is another.
    assert ordering.take() == (pytest.approx(0.5), pytest.approx(1 / 3))
    assert ordering.take() is None


def test_single_responses_are_ordered_by_pair_wherever_their_batches_end() -> None:
    ordering = Ordering()
    ordering.judged(
        rewards=torch.tensor([0.3, 0.1, -0.2]),
        desired=torch.tensor([True, False, False]),
        pair=torch.tensor([7, 8, 9]),
    )
    ordering.judged(
        rewards=torch.tensor([0.4, 0.5]), desired=torch.tensor([False, True]), pair=torch.tensor([7, 8])
    )

    # Pair 7: 0.3 against 0.4; pair 8: 0.5 against 0.1; of pair 9 only one response fits.
    assert ordering.take() == (pytest.approx(0.5), pytest.approx(0.15))


def test_both_responses_of_a_pair_carry_its_number(tiny_policy: Path) -> None:
    config = recipes.parse({"base": str(tiny_policy), "method": "kto", "max_length": 128})
    assert isinstance(config, LanguageConfig)
    examples = kind_world(count=6)

    side = build(config=config, tokenizer=loading.tokenizer(config.base), examples=examples)

    numbers: dict[int, list[bool]] = {}
    for row in side.rows:
        numbers.setdefault(row["pair"], []).append(row["label"])
    assert len(numbers) == len(list(rows.pairs(examples, hard=True)))
    assert all(sorted(labels) == [False, True] for labels in numbers.values())


@pytest.mark.parametrize("desirable", [1.0, 2.5])
def test_ktos_held_out_loss_is_the_librarys(make_trainer: Trainers, desirable: float) -> None:
    trainer = make_trainer("kto", desirable_weight=desirable)
    batch = batch_of(trainer)
    mismatched = {part: batch[f"KL_{part}"] for part in ("input_ids", "attention_mask", "completion_mask")}
    # Towards the mismatched responses, so that their log ratio, the reference point, is above 0.
    (-log_probabilities(trainer.model, mismatched).mean()).backward()
    with torch.no_grad():
        for parameter in trainer.model.parameters():
            parameter -= 0.01 * parameter.grad
    trainer.model.eval()
    library = {name: value for name, value in batch.items() if name not in {"weight", "pair"}}

    with torch.no_grad(), loading.without_empty_notes():
        ours = trainer.compute_loss(trainer.model, dict(batch)).item()
        noted = {name: values[-1] for name, values in trainer._metrics["eval"].items()}
        theirs = KTOTrainer._compute_loss(trainer, trainer.model, library, False).item()

    assert ours == pytest.approx(theirs, rel=1e-5)
    assert noted["kl"] > 0  # or the reference point would be no part of what is compared
    for name in ("kl", "rewards/chosen", "rewards/rejected", "rewards/margins"):
        assert noted[name] == pytest.approx(trainer._metrics["eval"][name][-1], rel=1e-4)


class Table(torch.nn.Module):
    """A model of four tokens that says the same at every place."""

    def __init__(self, logits: list[float]) -> None:
        super().__init__()
        self.logits = torch.nn.Parameter(torch.tensor(logits))

    def forward(self, input_ids: torch.Tensor, logits_to_keep: int, **_: Any) -> Any:
        """Answer the kept places."""

        class Answer:
            logits = self.logits.expand(1, logits_to_keep, -1)

        return Answer


def test_the_divergence_from_the_base_by_hand() -> None:
    # Base: four tokens alike. Policy: 1/2, 1/4, 1/8, 1/8. KL = 1/2 ln 2 + 1/4 ln 1 + 2/8 ln 1/2 = 1/4 ln 2.
    policy = [math.log(share) for share in (0.5, 0.25, 0.125, 0.125)]
    pair = (Said(prompt=[0], response=[0, 1]), Said(prompt=[0], response=[2, 3]))
    beside = BesideBase(pairs=[pair], orders=True, precision="float32")
    beside.begin(Table([0.0] * 4))

    same, moved = (beside.measure(Table(logits)) for logits in ([0.0] * 4, policy))

    assert same == {"kl_to_base": 0.0, "held_out_accuracy": 0.5, "held_out_margin": 0.0}
    assert moved["kl_to_base"] == pytest.approx(math.log(2) / 4, rel=1e-5)
    # ln(1/2 1/4) - ln(1/8 1/8): the base says the same of both.
    assert moved["held_out_margin"] == pytest.approx(math.log(8), rel=1e-5)
    assert moved["held_out_accuracy"] == 1.0


def test_what_the_base_finds_unlikely_counts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.models.training.language.beside_base.KEPT", 1)
    base = [math.log(share) for share in (0.5, 0.25, 0.125, 0.125)]
    beside = BesideBase(
        pairs=[(Said(prompt=[0], response=[0]), Said(prompt=[0], response=[1]))],
        orders=False,
        precision="float32",
    )
    beside.begin(Table(base))

    # Of 1/4, 1/4, 1/4, 1/4 only the first is told apart: 1/4 ln 1/2 + 3/4 ln 3/2, below the full 1/8 ln 2.
    found = beside.measure(Table([0.0] * 4))

    assert found == {"kl_to_base": pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5), rel=1e-5)}
    full = 0.25 * (math.log(0.5) + 2 * math.log(2))
    assert found["kl_to_base"] < full


def test_the_same_pairs_are_asked_whatever_the_seed_and_none_where_nobody_asks(
    make_language_run: MakeRun,
) -> None:
    folders = [
        make_language_run(f"probe-{seed}-{probe}", method="sft", seed=seed, probe=probe, learning_rate=1e-9)
        for seed, probe in ((1, 2), (2, 2), (1, 0))
    ]
    for folder in folders:
        train(folder)
    first, second, none = (points_of(folder, "held_out_margin") for folder in folders)

    assert list(first.values()) == pytest.approx(list(second.values()), abs=1e-4)
    assert first
    assert not none
    assert not points_of(folders[2], "kl_to_base")
    examples = list(read_examples(folders[0].path / "held_out.jsonl"))
    assert len(splits.sample(examples, limit=2)) == 2 < len(examples)
