"""Preference examples in the forms that other tools read."""

import json
from collections.abc import Iterable, Iterator

from apps.models.domain import naming
from apps.models.domain.examples import PreferenceExample
from apps.models.domain.naming import Names
from apps.models.domain.rows import prompts

FORMS = ("own", "trl", "trl-unpaired", "trl-prompts")


def lines(*, side: str, examples: Iterable[PreferenceExample], form: str, names: Names) -> Iterator[str]:
    """Yield one line of JSON an example.

    ``own`` is the whole record with its side of the split, principles and contexts by their ``names`` of now,
    its principles as a list: names as keys would be another column in every line. ``trl`` is the preference
    format of TRL (prompt, chosen, rejected) with the target beside it as ``p_chosen``, ``trl-unpaired`` its
    unpaired preference (prompt, completion, label), each response a line with how likely it is preferred as
    ``p``; ties have no place in either and are left out. ``trl-prompts`` is its prompt-only format, every
    prompt once.
    """
    if form == "trl-prompts":
        for prompt in prompts(examples):
            yield json.dumps({"split": side, "prompt": prompt}, ensure_ascii=False) + "\n"
        return
    for example in examples:
        if form == "own":
            rows = [_own(side, example, names)]
        elif example.is_tie:
            continue
        else:
            rows = [_trl(side=side, example=example)] if form == "trl" else _unpaired(side, example)
        for row in rows:
            yield json.dumps(row, ensure_ascii=False) + "\n"


def _own(side: str, example: PreferenceExample, names: Names) -> dict[str, object]:
    record = json.loads(example.to_json())
    record["source"] = naming.source(record["source"], names)
    spoken = record["source"].get("principles")
    if spoken is not None:
        listed = [{"principle": title, "preference": value} for title, value in spoken.items()]
        record["source"]["principles"] = listed
    return {"split": side, **record}


def _unpaired(side: str, example: PreferenceExample) -> list[dict[str, object]]:
    responses = {"a": (example.response_a, example.p_a), "b": (example.response_b, 1 - example.p_a)}
    return [
        {
            "split": side,
            "id": f"{example.id}:{name}",
            "prompt": example.prompt,
            "completion": text,
            "label": p > 0.5,
            "p": p,
        }
        for name, (text, p) in responses.items()
    ]


def _trl(*, side: str, example: PreferenceExample) -> dict[str, object]:
    a_first = example.p_a > 0.5
    return {
        "split": side,
        "id": example.id,
        "prompt": example.prompt,
        "chosen": example.response_a if a_first else example.response_b,
        "rejected": example.response_b if a_first else example.response_a,
        "p_chosen": example.p_a if a_first else 1 - example.p_a,
    }
