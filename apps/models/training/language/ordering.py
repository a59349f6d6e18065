"""How many held-out pairs an evaluation finds ordered as people did, counted pair by pair."""

from typing import Any

import torch

from apps.models.training.language.base import is_training


class Ordering:
    """Takes in the rewards of an evaluation's batches; a pair's two responses may come in different ones."""

    def __init__(self) -> None:
        self._gaps: list[float] = []
        self._waiting: dict[int, float] = {}

    def pairs(self, *, gaps: torch.Tensor, decided: torch.Tensor) -> None:
        """Take in how much more the preferred response has, shape (pairs,); ties are left out."""
        self._gaps += gaps[decided].tolist()

    def judged(self, *, rewards: torch.Tensor, desired: torch.Tensor, pair: torch.Tensor) -> None:
        """Take in single responses, shape (rows,): those of one ``pair`` are set against each other."""
        signed = torch.where(desired, rewards, -rewards)
        for number, reward in zip(pair.tolist(), signed.tolist(), strict=True):
            if number in self._waiting:
                self._gaps.append(self._waiting.pop(number) + reward)
            else:
                self._waiting[number] = reward

    def take(self) -> tuple[float, float] | None:
        """Return accuracy and mean margin, and forget them; None where no pair was decided.

        A pair whose responses have alike counts half, and a response whose other is missing not at all.
        """
        gaps, self._gaps, self._waiting = self._gaps, [], {}
        if not gaps:
            return None
        right = sum(1.0 if gap > 0 else 0.5 if gap == 0 else 0.0 for gap in gaps)
        return right / len(gaps), sum(gaps) / len(gaps)


class Ordered:
    """A trainer whose evaluations say of all held-out pairs together how they are ordered."""

    SERIES = ("rewards/accuracies", "rewards/margins")

    def __init__(self, **kwargs: Any) -> None:
        self.ordering = Ordering()
        super().__init__(**kwargs)

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """Put what the pairs say in the place of the batches' means, whose last batch weighs too much."""
        if not is_training(self) and (found := self.ordering.take()):
            for name, value in zip(self.SERIES, found, strict=True):
                self._metrics["eval"][name] = [value]  # type: ignore[attr-defined]
        super().log(logs, start_time)  # type: ignore[misc]
