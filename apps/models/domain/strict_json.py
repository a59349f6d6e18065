"""Reading an answer that must be JSON of a given shape and nothing else."""

import json
import re
from collections.abc import Mapping
from typing import Any

import jsonschema

_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


class NotAsAsked(ValueError):
    """The answer cannot be read: ``reason`` in a few words of ours, ``detail`` with words of the answer."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"The answer is {reason}.")
        self.reason, self.detail = reason, detail

    def in_detail(self, *, most: int) -> str:
        """Return the sentence with at most so many letters of the detail, where there is one."""
        return f"The answer is {self.reason}: {self.detail[:most]}" if self.detail else str(self)


def read(*, text: str, schema: Mapping[str, Any], longest: int) -> Any:
    """Return the JSON that a whole answer is, fences around it left off. Raises NotAsAsked."""
    if len(text) > longest:
        raise NotAsAsked("too long")
    fenced = _FENCED.match(text)
    try:
        raw = json.loads(fenced[1] if fenced else text)
        jsonschema.validate(raw, dict(schema))
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotAsAsked("no JSON") from error
    except jsonschema.ValidationError as error:
        raise NotAsAsked("not as asked for", error.message) from error
    return raw
