"""A data set's card in Markdown, written from what is on record; its head is what the library reads."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Recorded:
    """Everything about a data set that is on record.

    ``people`` are the participants whose votes its targets lean on, those who withdrew since included.
    """

    name: str
    study: str
    made: str
    sha256: str
    form: str
    rule: Mapping[str, Any]
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    composition: Mapping[str, Any]
    people: int
    withdrawals: int
    simulated: bool


FROM_FILES = "annotators who came with a file"
"""Under this name a rule says how many of its annotators are people whom an import brought."""
_FORMS = {
    "own": "whole records: both responses, the target `p_a`, and where each comes from.",
    "trl": "pairs for TRL: `prompt`, `chosen`, `rejected`, and the target beside them as `p_chosen`.",
    "trl-unpaired": "single responses for TRL: `prompt`, `completion`, `label`, and the target as `p`.",
    "trl-prompts": "prompts alone for TRL, each once.",
}


def write(recorded: Recorded) -> str:
    """Return the card."""
    parts = (_head, _what, _made, _people, _use)
    return "\n".join(line for part in parts for line in part(recorded)) + "\n"


def made_of(
    *, rule: Mapping[str, Any], left_out: Mapping[str, int], composition: Mapping[str, Any]
) -> Iterator[str]:
    """Yield how targets were made, what was left out and why, and what each side is made of, as a list."""
    for key, value in rule.items():
        said = value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
        yield f"- {key}: {said}"
    for reason, count in left_out.items():
        yield f"- left out, {reason}: {count}"
    for side, found in composition.items():
        longer = share(found["longer_preferred"])
        yield f"- {side.replace('_', ' ')}: the longer response is preferred in {longer}"


def behind(*, people: int, rule: Mapping[str, Any]) -> Iterator[str]:
    """Yield whose votes and verdicts the targets rest on, and what is known of their consent."""
    said = f"Participants who agreed to training and stand behind it: {people}."
    yield said if people else "No participant's votes are behind it."
    apart = rule.get("held out") or {}
    judged = {*(rule.get("annotators") or ()), *(apart.get("annotators") or ())}
    if not judged:
        return
    brought, one = int(rule.get(FROM_FILES) or 0), len(judged) == 1
    who = "1 annotator" if one else f"{len(judged)} annotators"
    if brought == len(judged):
        who += ", who came with an imported file" if one else ", all of whom came with an imported file"
    elif brought:
        who += f", {brought} of whom came with an imported file"
    yield f"The targets rest on the verdicts of {who}."
    yield f"Whether {'this one' if one else 'they'} agreed to training is not on record here."


def share(found: Mapping[str, Any]) -> str:
    """Return a share with its interval and n."""
    if found["value"] is None or found["low"] is None:
        return "not measured"
    return f"{found['value']:.3f} [{found['low']:.3f}, {found['high']:.3f}], n = {found['n']}"


def gone(people: int) -> str:
    """Return that people behind the data have left."""
    have = "1 person behind its data has" if people == 1 else f"{people} people behind its data have"
    return f"**{have} withdrawn since it was frozen.**"


def _head(of: Recorded) -> Iterator[str]:
    """Yield what the library reads of a folder: which file is which side. A side without rows has no file."""
    yield "---"
    yield f"pretty_name: {json.dumps(of.name, ensure_ascii=False)}"
    yield "license: unknown"
    yield "configs:"
    yield "- config_name: default"
    yield "  data_files:"
    for side, count in of.counts.items():
        if count:
            yield f"  - split: {side}"
            yield f"    path: {side}.jsonl"
    yield "---"


def _what(of: Recorded) -> Iterator[str]:
    yield ""
    yield f"# {of.name}"
    yield ""
    yield f"Preferences of the study “{of.study}”, frozen on {of.made}:"
    yield f"{of.counts['train']} examples to train on and {of.counts['held_out']} held out, of other prompts."
    yield f"SHA-256 of the frozen records: `{of.sha256}`."
    yield "Written from the records of the study; nothing here was typed by hand."
    yield ""
    yield f"The files hold {_FORMS[of.form]}"
    if of.form.startswith("trl"):
        yield "Ties have no place in this format and are left out, so that files may hold fewer rows."
    if of.withdrawals:
        yield ""
        yield gone(of.withdrawals)
        yield "Do not publish it or train on it again; build it anew without them."


def _made(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## How it was made"
    yield ""
    yield from made_of(rule=of.rule, left_out=of.left_out, composition=of.composition)


def _people(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Whose consent counted"
    yield ""
    yield from behind(people=of.people, rule=of.rule)
    if of.people:
        yield "Participants agreed to that within their study, and not to a publication of what they said."
    elif not of.rule.get("annotators"):
        yield "The targets come from a file for whose source somebody vouched."
    if of.simulated:
        yield "The study asks for its simulated people by name: what they said may be among it."


def _use(of: Recorded) -> Iterator[str]:
    yield ""
    yield "## Licence"
    yield ""
    yield "Unknown. Prompts and responses may have come from elsewhere, with terms of their own: ask whoever"
    yield "imported them before you pass this on."
    yield ""
    yield "## Copies"
    yield ""
    yield "Names of principles and contexts may be participants' words, as they are called today. Where"
    yield "somebody withdraws, they go from the study, and a copy keeps them. Nobody can call it back:"
    yield "delete it then, and download it anew."
    yield ""
    yield "## Reading it"
    yield ""
    yield "```python"
    yield "from datasets import load_dataset"
    yield ""
    yield 'train = load_dataset("the folder of this file", split="train")'
    yield "```"
