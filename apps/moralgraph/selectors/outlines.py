"""The outline of a study's graph, worked out once for each state of its votes and values."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache

from apps.moralgraph.domain.outline import Outline
from apps.moralgraph.selectors.offers import standing_votes
from apps.moralgraph.selectors.people import People
from apps.moralgraph.selectors.rankings import check, ranked_graph
from apps.moralgraph.selectors.standing import Standing
from apps.moralgraph.selectors.values import live_values
from apps.shared import selectors as shared
from apps.shared.models import Study

VERSION = 2
"""Raise this when an outline changes for the same votes: the cache then forgets older ones."""
_KEPT_SECONDS = 7 * 24 * 3600


def outline(
    *,
    study: Study,
    context: int | None,
    rule: str,
    parameters: Mapping[str, Any] | None,
    people: People,
    balance: str,
    now: Standing,
) -> Outline:
    """Return what is drawn of the graph as it is now, a large one without resampling until that is done.

    To know whether the votes are still the same, their numbers and answers are read and nothing else: a
    tenth of the work of reading them as votes; ``now`` says what stands for what. Raises Missing, Invalid.
    """
    chosen = check(study=study, context=context, rule=rule, parameters=parameters)
    asked = [
        VERSION,
        context,
        rule,
        chosen,
        vars(people),
        balance,
        _told(study, people, balance),
        now.to_json(),
    ]
    name = f"moralgraph.outline.{_state(study, context, json.dumps(asked, sort_keys=True))}"
    kept: Outline | None = cache.get(name)
    if kept is not None:
        return kept
    graph = ranked_graph(
        study=study,
        context=context,
        rule=rule,
        parameters=chosen,
        people=people,
        at_once=True,
        balance=balance,
        now=now,
    )
    found = Outline.of(graph)
    if graph.ranking.parameters["draws"] == chosen["draws"]:
        cache.set(name, found, timeout=_KEPT_SECONDS)
    return found


def _state(study: Study, context: int | None, asked: str) -> str:
    """Return a hash of what is asked, and of which votes and values it is asked."""
    votes = standing_votes(study=study, context=context).order_by("pk").values_list("pk", "answer")
    values = live_values(study=study).order_by("pk").values_list("pk", flat=True)
    return hashlib.sha256(repr((asked, list(votes), list(values))).encode()).hexdigest()


def _told(study: Study, people: People, balance: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what people told of themselves as far as the graph rests on it."""
    names = {*people.traits, balance.partition("=")[0]} - {""}
    if not names:
        return []
    told = shared.traits_of_participants(study=study)
    return [
        (by, sorted((str(person), said) for person, said in told.get(by, {}).items())) for by in sorted(names)
    ]
