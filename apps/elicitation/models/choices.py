"""Enumerations of the domain as choices of a field."""

import enum


def choices(members: type[enum.StrEnum]) -> list[tuple[str, str]]:
    """Return an enumeration as a field's choices."""
    return [(member.value, member.value) for member in members]
