"""The trainer of supervised fine-tuning."""

from typing import Any

from trl.trainer.sft_trainer import SFTTrainer

from apps.models.training.language.base import Prepared, note


class PreparedSFTTrainer(Prepared, SFTTrainer):
    """The library's fine-tuning, L = -mean of log pi(y_t | x, y_<t) over tokens, with response lengths."""

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """Return the loss of a batch, and the outputs where they are asked for."""
        note(self, response_tokens=(inputs["labels"] != -100).sum(dim=1).float().mean())
        return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
