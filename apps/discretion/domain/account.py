"""What the headless audit prints: the published measures as plain numbers, rates as fractions."""

from typing import Any

import numpy as np

from apps.discretion.domain import categories, measures, published
from apps.discretion.domain.preferences import Floats
from apps.discretion.domain.priorities import ALWAYS_LOSES, ALWAYS_WINS
from apps.models.domain.intervals import wilson


def account(*, found: published.Published, principles: tuple[str, ...]) -> dict[str, Any]:
    """Return the measures by annotator; None stands where a number is not defined."""
    return {
        "n": found.n,
        "categories": {name: float(found.found.of(name).mean()) for name in categories.NAMES},
        "annotators": {row.name: _annotator(row, found.n, principles) for row in found.annotators},
        "noise_floor": {
            "value": found.floor.mean if found.floor else None,
            "p95": found.floor.p95 if found.floor else None,
        },
    }


def _annotator(row: published.Annotator, n: int, principles: tuple[str, ...]) -> dict[str, Any]:
    return {
        "coverage": row.decided / n,
        "da": _rate(row.arbitrariness),
        "priority": {
            name: said(weight=float(weight)) for name, weight in zip(principles, row.weights, strict=True)
        },
        "supremacy": _supremacy(row.games, principles),
        "dd": {
            "value": row.discrepancy,
            "bootstrap_mean": row.bootstrap.mean if row.bootstrap else None,
            "bootstrap_sd": row.bootstrap.sd if row.bootstrap else None,
        },
    }


def _rate(count: measures.Count) -> dict[str, float | int | None]:
    interval = wilson(successes=count.successes, n=count.n)
    known = count.n > 0
    return {
        "value": interval.value,
        "n": count.n,
        "against": count.successes,
        "low": interval.low if known else None,
        "high": interval.high if known else None,
    }


def said(*, weight: float) -> float | str | None:
    """Return a weight as it is said: a number, what is always so, or None where nothing ever clashed."""
    if np.isnan(weight):
        return None
    return weight if np.isfinite(weight) else ALWAYS_WINS if weight > 0 else ALWAYS_LOSES


def _supremacy(games: Floats, principles: tuple[str, ...]) -> list[dict[str, Any]]:
    """List PS of every two principles that clashed, both ways round: ``value`` of the ``n`` clashes were
    decided for ``winner``.
    """
    shares, played = measures.supremacy(games=games), games + games.T
    return [
        {
            "winner": principles[first],
            "loser": principles[second],
            "value": float(shares[first, second]),
            "n": int(played[first, second]),
        }
        for first, second in zip(*(played > 0).nonzero(), strict=True)
    ]
