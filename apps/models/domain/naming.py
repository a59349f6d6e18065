"""Names of principles and contexts: what is frozen holds keys, and words are looked up where they are shown.

A key is ``principle/12`` or ``context/3``. Files and figures from before hold titles: what is no key is
shown as it is.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

Names = Mapping[str, str]
Item = TypeVar("Item")
KEY = re.compile(r"(principle|context)/(\d+)")
TABLES = ("by_context", "by_principle", "by_kind")
"""Tables of figures whose rows are principles or contexts."""


def principle(number: object) -> str:
    """Return the key of a principle."""
    return f"principle/{number}"


def context(number: object) -> str:
    """Return the key of a context."""
    return f"context/{number}"


def called(key: str, names: Names) -> str:
    """Return the name of what a key stands for, or that it is not there any more."""
    found = KEY.fullmatch(key)
    if found is None or key in names:
        return names.get(key, key)
    return f"{found[1].capitalize()} {found[2]}, deleted since"


def table(rows: Mapping[str, Item], names: Names) -> dict[str, Item]:
    """Return rows by their names instead of their keys, by name; rows of one name stay apart."""
    found: dict[str, Item] = {}
    for key, row in rows.items():
        name = called(key, names)
        found[f"{name} ({key})" if name in found else name] = row
    return dict(sorted(found.items()))


def figures(found: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return what a suite found with names in its tables."""
    return {
        name: table(value, names) if name in TABLES and isinstance(value, Mapping) else value
        for name, value in found.items()
    }


def rule(told: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return how targets were made with the names of the principles that made them."""
    if "principles" not in told:
        return dict(told)
    return {**told, "principles": [called(key, names) for key in told["principles"]]}


def source(leans: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Return what an example, or a comparison on which two checkpoints part, leans on, with names."""
    found = dict(leans)
    if found.get("context"):
        found["context"] = called(found["context"], names)
    if found.get("principles"):
        found["principles"] = table(found["principles"], names)
    return found
