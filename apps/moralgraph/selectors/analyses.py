"""Answers that take long to work out, kept for the very votes that they rest on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.core.cache import cache

from apps.moralgraph.domain import groups as domain_groups
from apps.moralgraph.domain import influence, mge2023, ranking, settling
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.contests import ModelContest, PublishedContest
from apps.moralgraph.domain.groups import Comparison
from apps.moralgraph.domain.influence import LeftOut, Opener, Upset
from apps.moralgraph.domain.settling import Helpful
from apps.moralgraph.selectors.ballots import asked, ballots, fingerprint
from apps.moralgraph.selectors.rankings import check, ranked_graph
from apps.shared import selectors as shared
from apps.shared.errors import Invalid
from apps.shared.models import Study

Kind = Literal["influence", "groups", "ranking"]
_VERSION = 1
"""Raise this when an answer changes for the same votes: older ones are then forgotten."""
_KEPT_SECONDS = 7 * 24 * 3600
MOST_LEFT_OUT = 1000
"""With more participants than this only those with the most votes are left out in turn."""
MOST_VALUES_TO_SETTLE = 500


@dataclass(frozen=True)
class Question:
    """What is asked: of one context or all, by a rule, and, for groups, by what people told of themselves."""

    kind: Kind
    context: int | None = None
    rule: str = ranking.RULE
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the question as a job keeps it."""
        return {"kind": self.kind, "context": self.context, "rule": self.rule, "by": self.by}


@dataclass(frozen=True)
class Firmness:
    """How firmly the first place stands; ``tried`` participants were left out in turn."""

    winner: Key | None
    tried: int
    participants: int
    decisive: tuple[LeftOut, ...]
    false_voters: tuple[Upset, ...]
    smallest_change: Upset | None
    helpful: tuple[Helpful, ...]


def ready(*, study: Study, question: Question) -> tuple[str, Any]:
    """Return the name of an answer for the votes as they are now, and the answer, None where it is not there.

    Raises Missing and Invalid.
    """
    check(study=study, context=question.context, rule=question.rule, parameters=None)
    traits = _traits(study, question)
    votes = ballots(study=study, context=question.context)
    told = json.dumps([_VERSION, question.to_json(), sorted(traits.items())], sort_keys=True)
    name = hashlib.sha256((told + fingerprint(votes)).encode()).hexdigest()
    return name, cache.get(f"moralgraph.answer.{name}")


def work_out(*, study: Study, question: Question) -> None:
    """Work out an answer and keep it for whoever asks of the same votes. Raises Missing and Invalid."""
    if question.kind == "ranking":
        ranked_graph(study=study, context=question.context, rule=question.rule)
        return
    name, found = ready(study=study, question=question)
    if found is None:
        votes = ballots(study=study, context=question.context)
        answer: Any
        if question.kind == "influence":
            answer = firmness(votes=votes, rule=question.rule)
        else:
            answer = domain_groups.compare(votes=votes, groups=_traits(study, question))
        cache.set(f"moralgraph.answer.{name}", answer, timeout=_KEPT_SECONDS)


def firmness(*, votes: Ballots, rule: str) -> Firmness:
    """Return who or what would crown another value, and which votes would help to settle it."""
    published = rule == mge2023.RULE
    open_contest: Opener = PublishedContest.of if published else ModelContest.of
    left_out = influence.without_each_voter(votes, open_contest=open_contest, most=MOST_LEFT_OUT)
    return Firmness(
        winner=open_contest(votes).winner,
        tried=len(left_out),
        participants=votes.counted.people,
        decisive=tuple(item for item in left_out if item.changed),
        false_voters=tuple(influence.false_voters(votes, open_contest=open_contest)),
        smallest_change=influence.smallest_change(votes, open_contest=open_contest),
        helpful=_helpful(votes),
    )


def _helpful(votes: Ballots) -> tuple[Helpful, ...]:
    """Return the pairs to ask about next; by the model, because the published rule knows no doubt."""
    if len(votes.values) > MOST_VALUES_TO_SETTLE:
        return ()
    belief = settling.Belief.of(ranking.fitted(votes.counted))
    return tuple(settling.most_helpful(values=votes.values, belief=belief, asked=asked(votes)))


def groupings(*, study: Study) -> list[str]:
    """Return by what people told of themselves they can be grouped."""
    return sorted(shared.traits_of_participants(study=study))


def _traits(study: Study, question: Question) -> Mapping[Key, str]:
    if question.kind != "groups":
        return {}
    told = shared.traits_of_participants(study=study)
    if question.by not in told:
        known = ", ".join(sorted(told)) or "nothing"
        message = f"People told nothing of “{question.by}” in this study; there is: {known}."
        raise Invalid(message, fields={"by": [message]})
    # Ballots name people as the database writes their numbers, with or without dashes.
    return {name: told[question.by][key] for key in told[question.by] for name in (str(key), key.hex)}


__all__ = ["Comparison", "Firmness", "Question", "firmness", "groupings", "ready", "work_out"]
