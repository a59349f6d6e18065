"""A model card in Markdown, written from what is on record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.models.domain import promotion
from apps.models.domain.data_card import behind, gone, made_of, share
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
    figures: Mapping[str, Mapping[str, Any]]
    too_long: Mapping[str, int]
    elsewhere: str
    decision: str
    findings: Sequence[Finding]

    @property
    def held_out(self) -> Mapping[str, Any] | None:
        """What was found on held-out pairs."""
        return self.figures.get(promotion.HELD_OUT)


_RATES = {
    "accuracy": "Agreement with the target",
    "longer": "The longer response wins",
    "coin": "A coin",
}


def write(recorded: Recorded) -> str:
    """Return the card."""
    parts = (_head, _use, _data, _training, _results, _harm, _beside_people, _limits)
    return "\n".join(line for part in parts for line in part(recorded)) + "\n"


def _head(of: Recorded) -> Iterator[str]:
    yield f"# {of.name}"
    yield ""
    yield f"A checkpoint of the study “{of.study}”, of {of.made}: {of.size_bytes / 1e6:.1f} MB."
    yield f"SHA-256 of its weights: `{of.sha256}`."
    yield "Written from the records of the study; nothing here was typed by hand."
    if of.withdrawals:
        yield ""
        yield gone(of.withdrawals)


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
    yield from behind(people=of.people, rule=of.rule)
    yield ""
    yield from made_of(rule=of.rule, left_out=of.left_out, composition=of.composition)


def _training(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Training"
    yield ""
    yield f"Method {of.method}, size {of.size}."
    if of.elsewhere:
        yield of.elsewhere
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
        yield f"- {title}: {share(of.held_out[name])}"
    yield from _luck(of.held_out.get("luck") or {})
    writes = of.held_out.get("writes")
    if writes:
        yield f"- Would rather write what the target prefers: {share(writes['after'])};"
        yield f"  before training {share(writes['before'])}"
        yield from _gap("Change by training", writes["gap"])
    base = of.held_out.get("base")
    if base:
        yield f"- Its base, judging by {base['by']}: {share(base['accuracy'])}"
        yield from _gap("Beyond its base", base["gap"])
    yield from _gap("Beyond length", of.held_out.get("beyond_length"))
    found = of.held_out.get("calibration")
    if found and found["error"] is not None:
        yield f"- Expected calibration error {found['error']:.3f}, Brier score {found['brier']:.3f}"
    for name, sides in (of.held_out.get("by_principle") or {}).items():
        yield f"- On the side of “{name}”: {share(sides['model'])}; the target {share(sides['target'])}"


def _luck(luck: Mapping[str, Any]) -> Iterator[str]:
    if not luck.get("applies"):
        return
    verdict = "told from luck" if luck["detected"] else "not detectable at this n"
    yield f"- {luck['heads']} heads taught by tossed targets agree in {luck['mean']:.3f} on average,"
    yield f"  95 % of them in {luck['low']:.3f} to {luck['high']:.3f}; {luck['as_right']} are as right:"
    yield f"  {verdict}"


def _harm(of: Recorded) -> Iterator[str]:
    length = (of.held_out or {}).get("length") or {}
    position = (of.held_out or {}).get("position") or {}
    control = of.figures.get(promotion.CONTROL)
    yield ""
    yield "## Harm"
    yield ""
    yield from _gap("Prefers the longer response, beyond the target", length.get("gap"))
    if position.get("applies") is False:
        yield "- Each response is scored by itself: their order cannot matter."
    elif position:
        yield f"- The order of the responses decides in {share(position['model']['decided'])};"
        yield f"  for its base in {share(position['base']['decided'])}"
    else:
        yield "- Whether the order of responses decides was not measured."
    if control is None:
        yield "- What training cost on other pairs was not measured."
        return
    yield f"- Control, {control['set']}: right in {share(control['model'])};"
    yield f"  its base in {share(control['base'])}"
    yield from _gap("Change on control pairs", control["change"])


def _beside_people(of: Recorded) -> Iterator[str]:
    found = of.figures.get(promotion.DISCRETION)
    yield ""
    yield "## Beside people"
    yield ""
    if found is None or "more_arbitrary" not in found:
        yield "It was not measured as an annotator beside people."
        return
    yield f"In the audit “{found['title']}”, on the {found['pairs']} pairs that it judged{_noted(found)}:"
    yield ""
    yield f"- Goes against a consensus of principles in {share(found['arbitrariness'])};"
    yield f"  people together in {share(found['of_people'])}"
    yield from _gap("More arbitrary than people", found["more_arbitrary"])
    yield f"- Agrees with people together in {share(found['agreement'])}"
    if (place := found.get("in_ones_place")) and place["people"]:
        yield f"- In the place of one of them, beside the others: {share(place['checkpoint'])};"
        yield f"  the person in {share(place['person'])}"
        yield from _gap("Oftener than the person", place["gap"])
    distance = found["discrepancy"]
    if distance["value"] is None or distance["floor_p95"] is None:
        yield "- Too few principles clash to lay its priorities beside theirs."
        return
    told = "cannot be told from" if found["within_floor"] else "is above"
    yield f"- Distance of its priorities from people's {share(distance)}, which {told} their own noise"
    yield f"  (resampled, they reach {distance['floor_p95']:.3f})"


def _noted(figures: Mapping[str, Any]) -> str:
    return f", as recorded on {figures['recorded']}" if figures.get("recorded") else ""


def _gap(title: str, gap: Mapping[str, Any] | None) -> Iterator[str]:
    if not gap or gap["value"] is None:
        return
    verdict = "noticed" if gap["detected"] else "not detectable at this n"
    value, low, high, least = (100 * gap[name] for name in ("value", "low", "high", "noticeable"))
    yield f"- {title}: {value:+.1f} points [{low:+.1f}, {high:+.1f}], {verdict};"
    yield f"  {least:.1f} points would be noticed four times of five"


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
