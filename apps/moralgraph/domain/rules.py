"""The rules that rank, by name, with their parameters read and checked."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from apps.moralgraph.domain import mge2023, ranking
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.results import Ranking

RULES = (ranking.RULE, mge2023.RULE)


class UnknownRule(ValueError):
    """There is no rule of that name."""


class BadParameters(ValueError):
    """A rule was told something that it does not know or cannot use."""


def parameters(
    *, rule: str, given: Mapping[str, Any] | None = None
) -> ranking.Parameters | mge2023.Parameters:
    """Return the rule's parameters with defaults filled in. Raises UnknownRule and BadParameters."""
    if rule not in RULES:
        raise UnknownRule(f"There is no rule “{rule}”; choose one of: {', '.join(RULES)}.")
    kind = ranking.Parameters if rule == ranking.RULE else mge2023.Parameters
    known = {field.name: field for field in fields(kind)}
    for name, number in (given or {}).items():
        if name not in known:
            raise BadParameters(f"The rule “{rule}” has no parameter “{name}”; it has: {', '.join(known)}.")
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise BadParameters(f"{name}: a number is needed.")
        if isinstance(known[name].default, int) and not isinstance(number, int):
            raise BadParameters(f"{name}: a whole number is needed.")
    try:
        return kind(**(given or {}))
    except ValueError as error:
        raise BadParameters(str(error)) from error


def rank(
    *,
    votes: Ballots,
    rule: str = ranking.RULE,
    given: Mapping[str, Any] | None = None,
    weights: Mapping[Key, float] | None = None,
) -> Ranking:
    """Rank the values by the named rule; voters' weights are used by ``touchstone`` alone.

    Raises UnknownRule and BadParameters.
    """
    chosen = parameters(rule=rule, given=given)
    if isinstance(chosen, mge2023.Parameters):
        return mge2023.rank(votes=votes, parameters=chosen)
    return ranking.rank(votes=votes, parameters=chosen, weights=weights)


def complete(*, rule: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the parameters as they would be used, for the record."""
    return asdict(parameters(rule=rule, given=given))
