"""Rankings of the live votes, computed once for each content of them."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache

from apps.moralgraph.domain import graph as graphs
from apps.moralgraph.domain import rules
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.graph import Graph
from apps.moralgraph.domain.results import Ranking
from apps.moralgraph.selectors.ballots import ballots, fingerprint
from apps.moralgraph.selectors.people import EVERYBODY, People, among
from apps.moralgraph.selectors.standing import Standing
from apps.moralgraph.selectors.traits import balanced
from apps.moralgraph.selectors.values import context as find_context
from apps.shared.errors import Invalid
from apps.shared.models import Study

VERSION = 3
"""Raise this when a rule's result changes for the same votes: the cache then forgets older results."""
_KEPT_SECONDS = 7 * 24 * 3600
MANY_VOTES = 20_000
"""With more votes than this, resampling takes longer than somebody who waits for a page should have to."""


def check(
    *, study: Study, context: int | None, rule: str, parameters: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the complete parameters. Raises Missing for the context and Invalid for the rule."""
    if context is not None:
        find_context(study=study, context_id=context)
    try:
        return rules.complete(rule=rule, given=parameters)
    except rules.UnknownRule as error:
        raise Invalid(str(error), fields={"rule": [str(error)]}) from error
    except rules.BadParameters as error:
        raise Invalid(str(error), fields={"parameters": [str(error)]}) from error


def ranked_graph(
    *,
    study: Study,
    context: int | None = None,
    rule: str = "touchstone",
    parameters: Mapping[str, Any] | None = None,
    people: People = EVERYBODY,
    at_once: bool = False,
    balance: str = "",
    now: Standing | None = None,
) -> Graph:
    """Return the ranking and edges of the votes as they are now, of everybody or of some people.

    With ``balance``, something that people told of themselves, every group by it counts the same.
    ``at_once`` gives a large graph without resampling where that has not been done yet: such a ranking has
    no draws and says nothing of how sure it is. The cache's key is a hash of the very votes and values that
    were read, so that it can never answer for others.
    """
    chosen = check(study=study, context=context, rule=rule, parameters=parameters)
    votes = among(study=study, votes=ballots(study=study, context=context, now=now), people=people)
    held = balanced(study=study, votes=votes, rule=rule, balance=balance)
    key = key_of(votes=votes, rule=rule, parameters=chosen, held=held)
    found: Graph | None = cache.get(key)
    if found is None and at_once and chosen["draws"] and len(votes) > MANY_VOTES:
        return graphs.build(votes=votes, rule=rule, given={**chosen, "draws": 0}, held=held)
    if found is None:
        found = graphs.build(votes=votes, rule=rule, given=chosen, held=held)
        cache.set(key, found, timeout=_KEPT_SECONDS)
    return found


def key_of(
    *, votes: Ballots, rule: str, parameters: Mapping[str, Any], held: Mapping[Key, float] | None = None
) -> str:
    """Return the name under which the ranking of these very votes, so weighted, is kept."""
    counts = None if held is None else sorted((str(voter), weight) for voter, weight in held.items())
    told = json.dumps([VERSION, rule, parameters, counts], sort_keys=True)
    return f"moralgraph.{hashlib.sha256((told + fingerprint(votes)).encode()).hexdigest()}"


def ranking(*, study: Study, context: int | None = None, rule: str = "touchstone") -> Ranking:
    """Return the study's values ranked by the votes of one context, or of all. Raises Missing, Invalid."""
    return ranked_graph(study=study, context=context, rule=rule).ranking
