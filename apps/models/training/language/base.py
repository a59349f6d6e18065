"""What our trainers share: rows come tokenised, and rewards are log ratios to the base."""

from pathlib import Path
from typing import Any

import torch


class Prepared:
    """A trainer whose rows come tokenised, and that writes no card of the library's own."""

    def _prepare_dataset(self, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        return dataset

    def create_model_card(self, *args: Any, **kwargs: Any) -> None:
        """Write none: ours is made from the records."""


def is_training(trainer: Any) -> bool:
    """Say whether a trainer is at a step, and not at an evaluation."""
    return bool(trainer.model.training)


def checkpoint_of(trainer: Any) -> Path:
    """Return the folder of the checkpoint that a trainer is writing."""
    return Path(trainer.args.output_dir) / f"checkpoint-{trainer.state.global_step}"


def note(trainer: Any, **values: Any) -> None:
    """Add to what the trainer logs of this step; double underscores in a name are read as a stroke."""
    mode = "train" if is_training(trainer) else "eval"
    for name, value in values.items():
        trainer._metrics[mode][name.replace("__", "/")].append(float(value))  # noqa: SLF001  (the library's log)


def log_probabilities(model: Any, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return log pi(y|x) of a batch, summed over the response's tokens, shape (rows,).

    Worked out from ``input_ids`` and ``attention_mask`` (rows, tokens); ``completion_mask`` is 1 at the
    response's tokens.
    """
    labels = inputs["input_ids"].masked_fill(inputs["completion_mask"] == 0, -100)
    outputs = model(
        input_ids=inputs["input_ids"],
        attention_mask=inputs["attention_mask"],
        use_cache=False,
        labels=labels,
        fused_lm_head=True,
    )
    length = labels.size(1) - 1
    found: torch.Tensor = outputs.log_probs[:, -length:].sum(dim=1)
    return found


def response_tokens(inputs: dict[str, torch.Tensor]) -> float:
    """Return how many tokens the batch's responses have on average."""
    return float(inputs["completion_mask"].sum(dim=1).float().mean())
