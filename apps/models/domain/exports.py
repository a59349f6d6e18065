"""Preference examples in the forms that other tools read."""

import json
from collections.abc import Iterable, Iterator

from apps.models.domain.examples import PreferenceExample

FORMS = ("own", "trl")


def lines(*, side: str, examples: Iterable[PreferenceExample], form: str) -> Iterator[str]:
    """Yield one line of JSON an example.

    ``own`` is the whole record with its side of the split. ``trl`` is the preference format of TRL (prompt,
    chosen, rejected) with the target beside it as ``p_chosen``; ties have no place in it and are left out.
    """
    for example in examples:
        if form == "own":
            yield json.dumps({"split": side, **json.loads(example.to_json())}, ensure_ascii=False) + "\n"
        elif not example.is_tie:
            yield json.dumps(_trl(side=side, example=example), ensure_ascii=False) + "\n"


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
