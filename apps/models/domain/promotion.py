"""Whether a checkpoint may be put to use: conditions that were set beforehand, against what was measured."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Figures = Mapping[str, Any]

HELD_OUT, CONTROL, DISCRETION = "held_out", "control", "discretion"
"""The suites whose figures conditions read."""


@dataclass(frozen=True)
class Conditions:
    """What a study asks of a checkpoint; None and False ask nothing. Shares lie between 0 and 1.

    Of held-out pairs: ``least_pairs`` that were judged; ``least_agreement``, the lower end of the
    accuracy's interval; ``beyond_luck``, righter than what the same encoder makes of tossed targets;
    ``beyond_length`` and ``beyond_base``, noticeably better than the longer response and than what it was
    trained from; ``most_calibration_error``. Of harm, each to the worse end of its interval:
    ``most_length_bias``, how much oftener than the target it prefers the longer response;
    ``most_position_bias``, how often the order of the responses decides; ``most_control_drop``, how much
    seldomer than its base it is right on control pairs. Of the people of an audit: ``most_arbitrariness``,
    to the upper end; ``as_people``, its priorities cannot be told from theirs. ``no_withdrawals``: nobody
    behind its data has withdrawn.
    """

    least_pairs: int = 100
    least_agreement: float | None = 0.5
    beyond_length: bool = True
    most_calibration_error: float | None = None
    no_withdrawals: bool = True
    beyond_base: bool = False
    most_length_bias: float | None = None
    most_position_bias: float | None = None
    most_control_drop: float | None = None
    most_arbitrariness: float | None = None
    as_people: bool = False
    beyond_luck: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the conditions as they are stored."""
        return asdict(self)


@dataclass(frozen=True)
class Finding:
    """One condition in words, what was found, and whether it is met."""

    condition: str
    found: str
    met: bool


def weigh(*, conditions: Conditions, figures: Mapping[str, Figures], withdrawals: int) -> list[Finding]:
    """Return each condition with what was found; what was not measured meets nothing.

    ``figures`` are those of each suite, by its name.
    """
    return [
        *_learned(conditions, figures.get(HELD_OUT) or {}),
        *_harm(conditions, figures.get(HELD_OUT) or {}, figures.get(CONTROL) or {}),
        *_beside_people(conditions, figures.get(DISCRETION) or {}),
        *_consent(conditions, withdrawals),
    ]


def _learned(conditions: Conditions, figures: Figures) -> Iterator[Finding]:
    n, least = int(figures.get("n") or 0), conditions.least_pairs
    yield Finding(f"At least {least} held-out pairs", f"{n} pairs", n >= least)
    if conditions.least_agreement is not None:
        yield _agreement(conditions.least_agreement, figures.get("accuracy") or {})
    if conditions.beyond_luck:
        yield _beyond_luck(figures.get("luck") or {})
    if conditions.beyond_length:
        wanted = "Noticeably better than “the longer response wins”"
        yield _better(wanted, figures.get("beyond_length") or {})
    if conditions.beyond_base:
        yield _better("Noticeably better than its base", (figures.get("base") or {}).get("gap") or {})
    if conditions.most_calibration_error is not None:
        yield _calibration(conditions.most_calibration_error, figures.get("calibration") or {})


def _harm(conditions: Conditions, figures: Figures, control: Figures) -> Iterator[Finding]:
    if conditions.most_length_bias is not None:
        most = conditions.most_length_bias
        wanted = f"Prefers the longer response surely at most {_points(most)} oftener than the target"
        yield _at_most(wanted, most, (figures.get("length") or {}).get("gap") or {}, _gap)
    if conditions.most_position_bias is not None:
        yield _position(conditions.most_position_bias, figures.get("position") or {})
    if conditions.most_control_drop is not None:
        yield _control(conditions.most_control_drop, control.get("change") or {})


def _beside_people(conditions: Conditions, figures: Figures) -> Iterator[Finding]:
    """Weigh what was recorded when the checkpoint judged, or when somebody had it recorded anew since."""
    noted = f", recorded on {figures['recorded']}" if figures.get("recorded") else ""
    if conditions.most_arbitrariness is not None:
        most = conditions.most_arbitrariness
        wanted = f"Beside people, goes against a consensus of principles surely at most in {most:.0%}"
        yield _at_most(wanted, most, figures.get("arbitrariness") or {}, lambda share: _share(share) + noted)
    if conditions.as_people:
        wanted = "Its priorities cannot be told from the people's (within their noise floor)"
        floor = figures.get("discrepancy") or {}
        if figures.get("within_floor") is None:
            yield Finding(wanted, "not measured", False)
        else:
            found = f"{floor['value']:.2f}, and their own resampling reaches {floor['floor_p95']:.2f}{noted}"
            yield Finding(wanted, found, bool(figures["within_floor"]))


def _consent(conditions: Conditions, withdrawals: int) -> Iterator[Finding]:
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


def _beyond_luck(luck: Figures) -> Finding:
    wanted = "Righter than what tossed targets teach (reward models on a sentence encoder)"
    if not luck.get("applies"):
        return Finding(wanted, "not measured", False)
    found = f"{luck['as_right']} of {luck['heads']} taught by tossed targets are as right"
    return Finding(wanted, found, bool(luck["detected"]))


def _better(wanted: str, gap: Figures) -> Finding:
    if gap.get("value") is None:
        return Finding(wanted, "not measured", False)
    return Finding(wanted, _gap(gap), bool(gap["detected"]) and gap["value"] > 0)


def _calibration(most: float, calibration: Figures) -> Finding:
    wanted = f"Calibration error of at most {most:.0%}"
    if calibration.get("error") is None:
        return Finding(wanted, "not measured", False)
    return Finding(wanted, f"{calibration['error']:.1%}", float(calibration["error"]) <= most)


def _position(most: float, position: Figures) -> Finding:
    wanted = f"The order of the responses decides surely at most in {most:.0%}"
    if position.get("applies") is False:
        return Finding(wanted, "each response is scored by itself", True)
    return _at_most(wanted, most, (position.get("model") or {}).get("decided") or {}, _share)


def _control(most: float, change: Figures) -> Finding:
    wanted = f"On control pairs, right surely at most {_points(most)} seldomer than its base"
    if change.get("value") is None:
        return Finding(wanted, "not measured", False)
    return Finding(wanted, _gap(change), -float(change["low"]) <= most)


def _at_most(wanted: str, most: float, figure: Figures, said: Callable[[Figures], str]) -> Finding:
    if figure.get("value") is None:
        return Finding(wanted, "not measured", False)
    return Finding(wanted, said(figure), float(figure["high"]) <= most)


def _points(share: float) -> str:
    return f"{100 * share:.0f} points"


def _gap(gap: Figures) -> str:
    return f"{100 * gap['value']:+.1f} points [{100 * gap['low']:+.1f}, {100 * gap['high']:+.1f}]"


def _share(share: Figures) -> str:
    return f"{share['value']:.0%} [{share['low']:.0%}, {share['high']:.0%}], n = {share['n']}"
