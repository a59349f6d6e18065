"""How a value is written into a cell, the same in every format."""

import datetime
import json
import re
import uuid
from typing import Any

from apps.shared.records import Missing, protect

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def tidy(value: Any) -> Any:
    """Return a value as all formats keep it; an empty text is missing, and why it is stays.

    NUL and half characters (lone surrogates), which no text file can hold, become U+FFFD.
    """
    if isinstance(value, int | float):
        return value
    if value is None or value == "":
        return Missing.NONE
    if isinstance(value, str):
        return _UNWRITABLE.sub(REPLACEMENT, value)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC)
    if isinstance(value, dict):
        return {str(tidy(key)): _inside(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_inside(item) for item in value]
    return value


def _inside(value: Any) -> Any:
    """Tidy what stands inside of a list: there an empty text stays one."""
    # Traces of typing are long lists of numbers, so these come first.
    if value is None or isinstance(value, int | float):
        return value
    kept = tidy(value)
    return value if isinstance(kept, Missing) else kept


def plain(value: Any) -> Any:
    """Return a tidy value as JSON holds it; what is missing is null."""
    if isinstance(value, Missing):
        return None
    return value.isoformat() if isinstance(value, datetime.datetime) else value


def compact(value: Any) -> str:
    """Return JSON in one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def csv_text(value: Any) -> str:
    """Return a tidy value as the text of a CSV cell; what is missing is empty."""
    if isinstance(value, Missing):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return compact(value)
    return protect(value) if isinstance(value, str) else str(plain(value))
