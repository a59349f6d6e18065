"""How far a model has moved from the one that it began as, on a few held-out pairs, while it is trained."""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from apps.models.domain import rows, splits
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.recipes.language import GRPOConfig, PolicyConfig, SFTConfig
from apps.models.training.language import tokens
from apps.models.training.language.ordering import Ordering
from apps.models.training.language.tokens import Said
from apps.models.training.recorder import Measured

KEPT = 256
"""So many of the base's likeliest tokens are told apart at a place; the rest count as one."""
PLACES = 256
"""Of so many tokens of a response, its first, the distributions are compared."""
_LEAST = 1e-9


@dataclasses.dataclass(frozen=True)
class Remembered:
    """What the base says of a response: how likely it is, and its likeliest tokens at each place."""

    logp: float
    tokens: torch.Tensor
    logps: torch.Tensor


class BesideBase:
    """Sets the model of a step beside the base.

    At the first tokens of the preferred responses, in nats a token:

        KL(pi || pi_base) = sum_v pi(v) log(pi(v) / pi_base(v))

    over the base's likeliest tokens v and the rest as one: a lower bound, exact for a vocabulary of no more.
    With ``orders`` it also orders each pair by log pi(y|x) - log pi_base(y|x), as a checkpoint judges.

    What the base says is remembered before the first step, so that no second model is held. A resumed run
    loads the base before its checkpoint and remembers the same. Nothing here draws a random number.
    """

    def __init__(self, *, pairs: Sequence[tuple[Said, Said]], orders: bool, precision: str) -> None:
        self._pairs, self._orders, self._precision = pairs, orders, precision
        self._base: list[list[Remembered]] = []

    def begin(self, model: Any) -> None:
        """Remember what the base says; the model must still be the base."""
        with self._looking(model):
            for pair in self._pairs:
                self._base.append([_remember(_logps(model, said), said) for said in self._read(pair)])

    def measure(self, model: Any) -> Measured:
        """Return the points of a step."""
        kl, places, ordering = 0.0, 0, Ordering()
        with self._looking(model):
            for pair, known in zip(self._pairs, self._base, strict=True):
                gaps = []
                for place, (said, base) in enumerate(zip(self._read(pair), known, strict=True)):
                    logps = _logps(model, said)
                    gaps.append(_of(logps, said) - base.logp)
                    if place == 0:
                        kl += _divergence(logps[: len(base.tokens)], base)
                        places += len(base.tokens)
                if self._orders:
                    gap = torch.tensor([gaps[0] - gaps[1]])
                    ordering.pairs(gaps=gap, decided=torch.ones(1, dtype=torch.bool))
        found = {"kl_to_base": kl / places}
        if ordered := ordering.take():
            found |= dict(zip(("held_out_accuracy", "held_out_margin"), ordered, strict=True))
        return found

    def _read(self, pair: tuple[Said, Said]) -> tuple[Said, ...]:
        """Return what is read of a pair: the other response only where pairs are ordered."""
        return pair if self._orders else pair[:1]

    @contextmanager
    def _looking(self, model: Any) -> Iterator[None]:
        """Look without learning, at the precision of the steps."""
        was_training, device = model.training, next(model.parameters()).device.type
        model.eval()
        half = self._precision == "bfloat16"
        with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16, enabled=half):
            yield
        model.train(was_training)


def beside_base(
    *, config: PolicyConfig, tokenizer: Any, held_out: Sequence[PreferenceExample]
) -> BesideBase | None:
    """Return the comparison of a run, None where there is nothing to compare on or nobody asked.

    The same pairs whatever the seed, so that runs on one data set compare.
    """
    asked = splits.sample([e for e in held_out if not e.is_tie], limit=config.probe)
    pairs = [
        (_said(tokenizer, pair.prompt, pair.chosen), _said(tokenizer, pair.prompt, pair.rejected))
        for pair in rows.pairs(asked, hard=True)
    ]
    fitting = [pair for pair in pairs if max(len(said) for said in pair) <= config.max_length]
    if not fitting or config.dry_run:
        return None
    return BesideBase(
        pairs=fitting, orders=isinstance(config, SFTConfig | GRPOConfig), precision=config.precision
    )


def _said(tokenizer: Any, prompt: str, response: str) -> Said:
    return tokens.said(tokenizer=tokenizer, prompt=prompt, response=response)


def _logps(model: Any, said: Said) -> torch.Tensor:
    """Return log pi(v | x, y_<t) at the response's places t, shape (response tokens, vocabulary)."""
    given = torch.tensor([said.prompt + said.response], device=next(model.parameters()).device)
    # Only the response's places are projected onto the vocabulary: a long prompt would cost as much again.
    kept = len(said.response) + 1
    logits = model(input_ids=given, use_cache=False, logits_to_keep=kept).logits[0, -kept:-1].float()
    found: torch.Tensor = logits - logits.logsumexp(dim=-1, keepdim=True)
    return found


def _of(logps: torch.Tensor, said: Said) -> float:
    """Return log pi(y|x), summed over the response's tokens."""
    response = torch.tensor(said.response, device=logps.device)
    return float(logps.gather(-1, response[:, None]).sum())


def _remember(logps: torch.Tensor, said: Said) -> Remembered:
    likeliest = logps[:PLACES].topk(min(KEPT, logps.shape[-1]), dim=-1)
    return Remembered(logp=_of(logps, said), tokens=likeliest.indices, logps=likeliest.values)


def _divergence(logps: torch.Tensor, base: Remembered) -> float:
    """Return the divergence summed over the places, at least 0."""
    policy = logps.gather(-1, base.tokens)
    told = (policy.exp() * (policy - base.logps)).sum()
    rest, rest_of_base = (1 - part.exp().sum(dim=-1) for part in (policy, base.logps))
    rest, rest_of_base = rest.clamp(min=_LEAST), rest_of_base.clamp(min=_LEAST)
    return max(float(told + (rest * (rest / rest_of_base).log()).sum()), 0.0)
