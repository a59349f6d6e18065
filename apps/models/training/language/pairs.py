"""Trainers over pairs of responses: DPO with soft targets, and BCO with its running reward shift."""

from typing import Any

import torch
from trl.trainer.dpo_trainer import DataCollatorForPreference, DPOTrainer

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


class PairCollator(DataCollatorForPreference):
    """The library's batches of pairs with their soft targets, shape (pairs,)."""

    def torch_call(self, examples: list[dict[str, Any]]) -> dict[str, Any]:
        """Pad a batch: preferred responses first, then the others."""
        target = torch.tensor([example["target"] for example in examples], dtype=torch.float32)
        return dict(super().torch_call(examples)) | {"target": target}


class SoftDPOTrainer(Ordered, Prepared, DPOTrainer):
    """DPO by the share p that preferred a response.

        L = -p log sigma(m) - (1 - p) log sigma(-m),   m = r(x, y_w) - r(x, y_l)

    with r(x, y) = beta (log pi(y|x) - log pi_ref(y|x)); at p = 1 it is the library's sigmoid loss.
    """

    def pair_loss(self, chosen: torch.Tensor, rejected: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Return the loss of a batch from its implicit rewards."""
        return losses.bradley_terry(chosen - rejected, target)

    def _compute_loss(self, model: Any, inputs: dict[str, Any], return_outputs: bool) -> Any:
        target = inputs.pop("target")
        logps = log_probabilities(model, inputs)
        reference = torch.cat(self.compute_ref_log_probs(self.ref_model or self.model, inputs))
        ratios = logps - reference
        chosen, rejected = (self.beta * ratios).chunk(2, dim=0)
        loss = self.pair_loss(chosen, rejected, target)
        margins = (chosen - rejected).detach()
        note(
            self,
            rewards__chosen=chosen.detach().mean(),
            rewards__rejected=rejected.detach().mean(),
            rewards__margins=margins.mean(),
            rewards__accuracies=(margins > 0).float().mean(),
            kl=ratios.detach().mean(),
            response_tokens=response_tokens(inputs),
        )
        if not is_training(self):
            self.ordering.pairs(gaps=margins, decided=target != 0.5)
            preferred = inputs["completion_mask"][: len(chosen)].sum()
            note(self, nll=-logps[: len(chosen)].detach().sum() / preferred)
        return (loss, None) if return_outputs else loss


class PairedBCOTrainer(Shifted, SoftDPOTrainer):
    """BCO over pairs, with the reward shift delta that the library's ``bco_pair`` has not.

        L = -log sigma(r_w - delta) - log sigma(-(r_l - delta))

    Jung et al. 2024 (arXiv 2404.04656); ``RunningShift`` holds delta. Evaluation does not move it.
    """

    def pair_loss(self, chosen: torch.Tensor, rejected: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Move the shift, then return the loss of a batch from its implicit rewards."""
        if is_training(self):
            self.shift.update(
                desired=target * chosen + (1 - target) * rejected,
                undesired=target * rejected + (1 - target) * chosen,
            )
        note(self, delta=self.shift.delta)
        return losses.bco_pairs(chosen, rejected, target, delta=self.shift.delta)
