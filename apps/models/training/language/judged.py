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
from apps.models.training.language.ordering import Ordered
from apps.models.training.language.shift import Shifted


class JudgedCollator(DataCollatorForUnpairedPreference):
    """The library's batches of judged responses with their rows' weights and pairs, shape (rows,) each."""

    def torch_call(self, examples: list[dict[str, Any]]) -> dict[str, Any]:
        """Pad a batch."""
        weight = torch.tensor([example["weight"] for example in examples], dtype=torch.float32)
        pair = torch.tensor([example["pair"] for example in examples])
        return dict(super().torch_call(examples)) | {"weight": weight, "pair": pair}


class PreparedKTOTrainer(Ordered, Prepared, KTOTrainer):
    """The library's KTO, L = E w(y) (1 - sigma(+-(beta log ratio - z_ref))), with the responses' length.

    The library tells of a batch only its means, so at an evaluation the same loss is worked out here, row by
    row: ``losses.kto``.
    """

    def _compute_loss(self, model: Any, inputs: dict[str, Any], return_outputs: bool) -> Any:
        inputs.pop("weight")
        if not is_training(self):
            loss = self._held_out(model, inputs)
            return (loss, None) if return_outputs else loss
        inputs.pop("pair")
        note(self, response_tokens=response_tokens(inputs))
        return super()._compute_loss(model, inputs, return_outputs)

    def _held_out(self, model: Any, inputs: dict[str, Any]) -> torch.Tensor:
        pair = inputs.pop("pair")
        logps = log_probabilities(model, inputs)
        mismatched = self._compute_kl_logps(model, inputs)
        reference, other = self.compute_ref_log_probs(self.ref_model or self.model, inputs)
        rewards = self.beta * (logps - reference)
        kl = (mismatched - other).mean().clamp(min=0)
        note(self, kl=kl)
        _tell(self, rewards=rewards, logps=logps, inputs=inputs | {"pair": pair})
        return losses.kto(
            rewards,
            inputs["label"].bool(),
            reference=float(self.beta * kl),
            weights=(self.desirable_weight, self.undesirable_weight),
        )


class JudgedBCOTrainer(Ordered, Shifted, Prepared, KTOTrainer):
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
        if is_training(self):
            self.shift.update(desired=rewards[desired].detach(), undesired=rewards[~desired].detach())
        loss = losses.bco_judged(rewards, desired, delta=self.shift.delta, weight=weight)
        note(self, delta=self.shift.delta, kl=ratios.detach().mean())
        _tell(self, rewards=rewards.detach(), logps=logps.detach(), inputs=inputs)
        return (loss, None) if return_outputs else loss


def _tell(
    trainer: Any, *, rewards: torch.Tensor, logps: torch.Tensor, inputs: dict[str, torch.Tensor]
) -> None:
    """Note what a batch says of its rewards; at an evaluation also how likely desired responses are."""
    desired = inputs["label"].bool()
    up, down = rewards[desired], rewards[~desired]
    note(trainer, response_tokens=response_tokens(inputs))
    if len(up):
        note(trainer, rewards__chosen=up.mean())
    if len(down):
        note(trainer, rewards__rejected=down.mean())
    if len(up) and len(down):
        note(trainer, rewards__margins=up.mean() - down.mean())
    if is_training(trainer):
        return
    trainer.ordering.judged(rewards=rewards, desired=desired, pair=inputs["pair"])
    if len(up):
        note(trainer, nll=-logps[desired].sum() / inputs["completion_mask"][desired].sum())
