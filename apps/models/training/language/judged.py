"""Trainers over judged responses: the library's KTO, and BCO without pairs."""

from typing import Any

import torch
from trl.trainer.kto_trainer import DataCollatorForUnpairedPreference, KTOTrainer

from apps.models.training import losses
from apps.models.training.language.base import (
    Prepared,
    is_training,
    log_probabilities,
    note,
    response_tokens,
)
from apps.models.training.language.shift import Shifted


class JudgedCollator(DataCollatorForUnpairedPreference):
    """The library's batches of judged responses with the weights of their rows, shape (rows,)."""

    def torch_call(self, examples: list[dict[str, Any]]) -> dict[str, Any]:
        """Pad a batch."""
        weight = torch.tensor([example["weight"] for example in examples], dtype=torch.float32)
        return dict(super().torch_call(examples)) | {"weight": weight}


class PreparedKTOTrainer(Prepared, KTOTrainer):
    """The library's KTO, L = E w(y) (1 - sigma(+-(beta log ratio - z_ref))), with the responses' length."""

    def _compute_loss(self, model: Any, inputs: dict[str, Any], return_outputs: bool) -> Any:
        note(self, response_tokens=response_tokens(inputs))
        found = super()._compute_loss(model, inputs, return_outputs)
        desired = torch.as_tensor(inputs["label"]).bool()
        if not is_training(self) and desired.any():
            tokens = inputs["completion_mask"][desired].sum(dim=1).float().mean()
            note(self, nll=-self._metrics["eval"]["logps/chosen"][-1] / tokens)
        return found


class JudgedBCOTrainer(Shifted, Prepared, KTOTrainer):
    """BCO over judged responses, with its running reward shift and weights of the rows.

        L = E_{D+}[-log sigma(r - delta)] + E_{D-}[-w(x) log sigma(-(r - delta))]

    Jung et al. 2024 (arXiv 2404.04656); ``RunningShift`` holds delta, ``matching`` makes w. The library's
    mismatched rows must be switched off by ``loss_type="apo_zero_unpaired"``. Evaluation does not move delta.
    """

    def _compute_loss(self, model: Any, inputs: dict[str, Any], return_outputs: bool) -> Any:
        weight = inputs["weight"]
        logps = log_probabilities(model, inputs)
        reference, _ = self.compute_ref_log_probs(self.ref_model or self.model, inputs)
        ratios = logps - reference
        rewards = self.beta * ratios
        desired = inputs["label"].bool()
        up, down = rewards[desired].detach(), rewards[~desired].detach()
        if is_training(self):
            self.shift.update(desired=up, undesired=down)
        loss = losses.bco_judged(rewards, desired, delta=self.shift.delta, weight=weight)
        note(self, delta=self.shift.delta, kl=ratios.detach().mean(), response_tokens=response_tokens(inputs))
        if len(up):
            note(self, rewards__chosen=up.mean())
        if len(up) and not is_training(self):
            tokens = inputs["completion_mask"][desired].sum()
            note(self, nll=-logps[desired].detach().sum() / tokens)
        if len(down):
            note(self, rewards__rejected=down.mean())
        if len(up) and len(down):
            note(self, rewards__margins=up.mean() - down.mean())
        return (loss, None) if return_outputs else loss
