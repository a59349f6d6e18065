"""What a process of the installation is: its command, its surroundings and the sign that it is ready."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Probe = Callable[[], bool]


def always() -> bool:
    """Answer for a process that is ready as soon as it runs."""
    return True


@dataclass(frozen=True, kw_only=True)
class Program:
    """One process to start and to keep alive."""

    name: str
    command: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)
    ready: Probe = always
    ends_last: bool = False
    """Others write to it while they end, so it is ended after them."""
    children_outlive_it: bool = False
    """Its own children notice that it is gone and save their work before they end."""
