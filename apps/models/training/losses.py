"""Losses over pairs."""

import torch
from torch.nn import functional


def bradley_terry(difference: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Return the mean Bradley-Terry loss of a batch with soft targets.

    With d = r(x, y_a) - r(x, y_b) and target p = P(y_a preferred over y_b):

        loss = -(p log sigma(d) + (1 - p) log sigma(-d))

    Args: ``difference`` d, shape (pairs,), any real; ``target`` p, shape (pairs,), in [0, 1]. Returns a
    scalar >= 0; at p = 1 it is the loss of Ouyang et al. 2022 (arXiv 2203.02155, equation 1), and its least
    value over d is the entropy of p, at sigma(d) = p.
    """
    chosen = functional.logsigmoid(difference)
    rejected = functional.logsigmoid(-difference)
    return -(target * chosen + (1 - target) * rejected).mean()
