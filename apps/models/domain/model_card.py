"""A model card in Markdown, written from what is on record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.models.domain.promotion import Finding


@dataclass(frozen=True)
class Recorded:
    """Everything about a checkpoint that is on record."""

    name: str
    study: str
    made: str
    sha256: str
    size_bytes: int
    method: str
    size: str
    config: Mapping[str, Any]
    data_set: str
    data_hash: str
    rule: Mapping[str, Any]
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    composition: Mapping[str, Any]
    people: int
    withdrawals: int
    held_out: Mapping[str, Any] | None
    too_long: Mapping[str, int]
    decision: str
    findings: Sequence[Finding]


_RATES = {
    "accuracy": "Agreement with the target",
    "longer": "The longer response wins",
    "coin": "A coin",
}


def write(recorded: Recorded) -> str:
    """Return the card."""
    parts = (_head, _use, _data, _training, _results, _limits)
    return "\n".join(line for part in parts for line in part(recorded)) + "\n"


def _head(of: Recorded) -> Iterator[str]:
    yield f"# {of.name}"
    yield ""
    yield f"A checkpoint of the study “{of.study}”, of {of.made}: {of.size_bytes / 1e6:.1f} MB."
    yield f"SHA-256 of its weights: `{of.sha256}`."
    yield "Written from the records of the study; nothing here was typed by hand."
    if of.withdrawals:
        yield ""
        yield f"**{of.withdrawals} people behind its data have withdrawn since it was frozen.**"


def _use(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Standing"
    yield ""
    yield of.decision or "Neither promoted nor rejected."
    for finding in of.findings:
        yield f"- {'Met' if finding.met else 'Not met'}: {finding.condition} (found: {finding.found})"


def _data(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Data"
    yield ""
    yield f"Data set “{of.data_set}”, hash `{of.data_hash}`:"
    yield f"{of.counts['train']} examples to train on, {of.counts['held_out']} held out."
    yield f"Participants who agreed to training and stand behind it: {of.people}."
    yield ""
    for key, value in of.rule.items():
        said = value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
        yield f"- {key}: {said}"
    for reason, count in of.left_out.items():
        yield f"- left out, {reason}: {count}"
    for side, made_of in of.composition.items():
        longer = made_of["longer_preferred"]
        yield f"- {side.replace('_', ' ')}: the longer response is preferred in {_share(longer)}"


def _training(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Training"
    yield ""
    yield f"Method {of.method}, size {of.size}."
    yield ""
    yield "```json"
    yield json.dumps(dict(of.config), indent=1, sort_keys=True, ensure_ascii=False)
    yield "```"


def _results(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Results on held-out pairs"
    yield ""
    if of.held_out is None:
        yield "Nothing was measured."
        return
    for name, title in _RATES.items():
        yield f"- {title}: {_share(of.held_out[name])}"
    gap = of.held_out.get("beyond_length")
    if gap and gap["value"] is not None:
        verdict = "noticed" if gap["detected"] else "not detectable at this n"
        value, low, high, least = (100 * gap[name] for name in ("value", "low", "high", "noticeable"))
        yield f"- Beyond length: {value:+.1f} points [{low:+.1f}, {high:+.1f}], {verdict};"
        yield f"  {least:.1f} points would be noticed four times of five"
    found = of.held_out.get("calibration")
    if found and found["error"] is not None:
        yield f"- Expected calibration error {found['error']:.3f}, Brier score {found['brier']:.3f}"
    for name, sides in (of.held_out.get("by_principle") or {}).items():
        yield f"- On the side of “{name}”: {_share(sides['model'])}; the target {_share(sides['target'])}"


def _limits(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Limits"
    yield ""
    yield "- It speaks for the people of this study, in its contexts, and for nobody else."
    yield "- What was held out comes from the same comparisons; how it does elsewhere is not known."
    for side, count in of.too_long.items():
        if count:
            yield f"- {count} pairs ({side.replace('_', ' ')}) were too long for it and were left out whole."
    if of.held_out is None or of.held_out["n"] < 100:
        yield "- Few pairs were held out: read the intervals, not the numbers."


def _share(share: Mapping[str, Any]) -> str:
    if share["value"] is None:
        return "not measured"
    return f"{share['value']:.3f} [{share['low']:.3f}, {share['high']:.3f}], n = {share['n']}"
