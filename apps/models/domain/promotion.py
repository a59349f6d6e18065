"""Whether a checkpoint may be put to use: conditions that were set beforehand, against what was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Conditions:
    """What a study asks of a checkpoint, of its held-out figures; None asks nothing.

    ``least_pairs``: held-out pairs that were judged. ``least_agreement``: the lower end of the accuracy's
    interval, from 0 to 1. ``beyond_length``: noticeably better than the longer response.
    ``most_calibration_error``: from 0 to 1. ``no_withdrawals``: nobody behind its data has withdrawn.
    """

    least_pairs: int = 100
    least_agreement: float | None = 0.5
    beyond_length: bool = True
    most_calibration_error: float | None = None
    no_withdrawals: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return the conditions as they are stored."""
        return asdict(self)


@dataclass(frozen=True)
class Finding:
    """One condition in words, what was found, and whether it is met."""

    condition: str
    found: str
    met: bool


def weigh(*, conditions: Conditions, held_out: Figures | None, withdrawals: int) -> list[Finding]:
    """Return each condition with what was found; what was not measured meets nothing."""
    return list(_weigh(conditions, held_out or {}, withdrawals))


def _weigh(conditions: Conditions, figures: Figures, withdrawals: int) -> Iterator[Finding]:
    n, least = int(figures.get("n") or 0), conditions.least_pairs
    yield Finding(f"At least {least} held-out pairs", f"{n} pairs", n >= least)
    if conditions.least_agreement is not None:
        yield _agreement(conditions.least_agreement, figures.get("accuracy") or {})
    if conditions.beyond_length:
        yield _beyond_length(figures.get("beyond_length") or {})
    if conditions.most_calibration_error is not None:
        yield _calibration(conditions.most_calibration_error, figures.get("calibration") or {})
    if conditions.no_withdrawals:
        yield Finding(
            "Nobody behind its data has withdrawn", f"{withdrawals} have withdrawn", withdrawals == 0
        )


def _agreement(least: float, accuracy: Figures) -> Finding:
    wanted = f"Held-out accuracy surely above {least:.0%}"
    if accuracy.get("value") is None:
        return Finding(wanted, "not measured", False)
    found = f"{accuracy['value']:.0%}, at least {accuracy['low']:.0%}"
    return Finding(wanted, found, float(accuracy["low"]) > least)


def _beyond_length(gap: Figures) -> Finding:
    wanted = "Noticeably better than “the longer response wins”"
    if gap.get("value") is None:
        return Finding(wanted, "not measured", False)
    found = f"{100 * gap['value']:+.1f} points [{100 * gap['low']:+.1f}, {100 * gap['high']:+.1f}]"
    return Finding(wanted, found, bool(gap["detected"]) and gap["value"] > 0)


def _calibration(most: float, calibration: Figures) -> Finding:
    wanted = f"Calibration error of at most {most:.0%}"
    if calibration.get("error") is None:
        return Finding(wanted, "not measured", False)
    return Finding(wanted, f"{calibration['error']:.1%}", float(calibration["error"]) <= most)
