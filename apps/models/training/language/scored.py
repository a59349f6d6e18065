"""The trainer of a reward model on a language model."""

from typing import Any

import torch
from torch.nn.utils.rnn import pad_sequence
from trl.trainer.reward_trainer import RewardTrainer

from apps.models.training import losses
from apps.models.training.language.base import Prepared, is_training, note
from apps.models.training.language.ordering import Ordered


class ScoredCollator:
    """Makes batches of pairs, preferred responses first, with soft targets and the responses' tokens."""

    def __init__(self, *, pad_token: int) -> None:
        self._pad_token = pad_token

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Pad a batch at its end."""
        texts = [
            torch.tensor(row["prompt_ids"] + row[side])
            for side in ("chosen_ids", "rejected_ids")
            for row in rows
        ]
        return {
            "input_ids": pad_sequence(texts, batch_first=True, padding_value=self._pad_token),
            "attention_mask": pad_sequence([torch.ones_like(text) for text in texts], batch_first=True),
            "target": torch.tensor([row["target"] for row in rows], dtype=torch.float32),
            "tokens": torch.tensor(
                [len(row[side]) for side in ("chosen_ids", "rejected_ids") for row in rows],
                dtype=torch.float32,
            ),
        }


class SoftRewardTrainer(Ordered, Prepared, RewardTrainer):
    """A Bradley-Terry reward model with soft targets and a margin; see ``losses.bradley_terry``.

    ``center`` weighs mean((r_w + r_l)^2), which holds the rewards at 0: pairs alone leave that open.
    """

    SERIES = ("accuracy", "margin")

    def __init__(self, *, margin: float, center: float, **kwargs: Any) -> None:
        self._margin, self._center = margin, center
        super().__init__(**kwargs)

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """Return the loss of a batch, and the outputs where they are asked for."""
        target = inputs["target"]
        outputs = model(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], use_cache=False
        )
        chosen, rejected = outputs.logits.squeeze(-1).float().chunk(2)
        loss = losses.bradley_terry(chosen - rejected, target, margin=self._margin)
        if self._center:
            loss = loss + self._center * ((chosen + rejected) ** 2).mean()
        gap = (chosen - rejected).detach()
        note(
            self,
            accuracy=(gap > 0).float().mean(),
            margin=gap.mean(),
            response_tokens=inputs["tokens"].mean(),
        )
        if not is_training(self):
            self.ordering.pairs(gaps=gap, decided=target != 0.5)
        return (loss, outputs) if return_outputs else loss

    def prediction_step(
        self, model: Any, inputs: dict[str, Any], prediction_loss_only: bool, ignore_keys: Any = None
    ) -> tuple[torch.Tensor, None, None]:
        """Return the loss of a held-out batch."""
        inputs = self._prepare_inputs(inputs)
        with torch.no_grad(), self.compute_loss_context_manager():
            return self.compute_loss(model, inputs).detach(), None, None
