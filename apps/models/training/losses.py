"""Losses over pairs and over judged responses, in the symbols of their papers.

r(x, y) is a reward: a reward model's, or the implicit one, beta (log pi(y|x) - log pi_ref(y|x)) with the
log-probabilities summed over the response's tokens.
"""

import torch
from torch.nn import functional


def bradley_terry(difference: torch.Tensor, target: torch.Tensor, *, margin: float = 0.0) -> torch.Tensor:
    """Return the mean Bradley-Terry loss of a batch with soft targets.

    With d = r(x, y_a) - r(x, y_b), target p = P(y_a preferred over y_b) and margin m:

        d' = d - m (2p - 1)
        loss = -(p log sigma(d') + (1 - p) log sigma(-d'))

    Args: ``difference`` d, shape (pairs,), any real; ``target`` p, shape (pairs,), in [0, 1]. Returns a
    scalar >= 0; at p = 1 and m = 0 it is the loss of Ouyang et al. 2022 (arXiv 2203.02155, equation 1), and
    its least value over d is the entropy of p, at sigma(d) = p. With m it is that of Touvron et al. 2023
    (arXiv 2307.09288, equation 2) at p = 1; a tie has no margin. Of implicit rewards it is the loss of DPO,
    Rafailov et al. 2023 (arXiv 2305.18290, equation 7), with soft targets.
    """
    gap = difference - margin * (2 * target - 1) if margin else difference
    chosen = functional.logsigmoid(gap)
    rejected = functional.logsigmoid(-gap)
    return -(target * chosen + (1 - target) * rejected).mean()


def kto(
    reward: torch.Tensor, desired: torch.Tensor, *, reference: float, weights: tuple[float, float]
) -> torch.Tensor:
    """Return the mean loss of Kahneman-Tversky optimisation over judged responses.

        loss = E w(y) (1 - v),   v = sigma(r - z) of a desired response, sigma(z - r) of another

    Ethayarajh et al. 2024 (arXiv 2402.01306, equation 7). Args: ``reward`` r, shape (rows,); ``desired``,
    shape (rows,); ``reference`` z >= 0, beta times the mean log ratio over mismatched responses; ``weights``
    of desired and of other rows. At r = z it is half the mean weight.
    """
    wanted = desired.bool()
    value = torch.sigmoid(torch.where(wanted, reward - reference, reference - reward))
    weight = torch.where(wanted, weights[0], weights[1])
    return (weight * (1 - value)).mean()


def bco_judged(
    reward: torch.Tensor, desired: torch.Tensor, *, delta: float, weight: torch.Tensor | None = None
) -> torch.Tensor:
    """Return the mean loss of binary classifier optimisation over judged responses.

        loss = E_{D+}[-log sigma(r - delta)] + E_{D-}[-log sigma(-(r - delta))]

    as a mean over the rows of both sides, Jung et al. 2024 (arXiv 2404.04656). Args: ``reward`` r, shape
    (rows,); ``desired``, shape (rows,), true for rows of D+; ``delta``, the reward shift, a constant;
    ``weight``, shape (rows,), for underlying distribution matching. At r = delta it is log 2.
    """
    sign = torch.where(desired.bool(), 1.0, -1.0).to(reward.dtype)
    losses = functional.softplus(-sign * (reward - delta))
    return (losses if weight is None else losses * weight).mean()


def bco_pairs(
    chosen: torch.Tensor, rejected: torch.Tensor, target: torch.Tensor, *, delta: float
) -> torch.Tensor:
    """Return the mean loss of binary classifier optimisation over pairs, both responses of one in a sum.

        loss = -log sigma(r_w - delta) - log sigma(-(r_l - delta))

    weighted with p, and with 1 - p for the pair turned around. Args: ``chosen`` r_w, ``rejected`` r_l and
    ``target`` p, shape (pairs,) each. It lies above the loss of DPO for every constant delta (theorem 3), and
    closest at delta = (r_w + r_l) / 2 (theorem 4).
    """
    straight = functional.softplus(delta - chosen) + functional.softplus(rejected - delta)
    turned = functional.softplus(delta - rejected) + functional.softplus(chosen - delta)
    return (target * straight + (1 - target) * turned).mean()
