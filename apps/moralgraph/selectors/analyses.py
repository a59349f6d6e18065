"""Answers that take long to work out, kept for the very votes that they rest on."""

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from django.core.cache import cache

from apps.moralgraph.domain import groups as domain_groups
from apps.moralgraph.domain import influence, mge2023, ranking, settling
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.contests import ModelContest, PublishedContest
from apps.moralgraph.domain.groups import FEWEST_PEOPLE, Comparison
from apps.moralgraph.domain.influence import LeftOut, Opener, Upset
from apps.moralgraph.domain.settling import Helpful
from apps.moralgraph.selectors.ballots import asked, ballots, fingerprint
from apps.moralgraph.selectors.people import People
from apps.moralgraph.selectors.rankings import check, ranked_graph
from apps.moralgraph.selectors.traits import balanced
from apps.shared import selectors as shared
from apps.shared.errors import Invalid
from apps.shared.models import Study

Kind = Literal["influence", "groups", "ranking"]
_VERSION = 4
"""Raise this when an answer changes for the same votes: older ones are then forgotten."""
_KEPT_SECONDS = 7 * 24 * 3600
MOST_LEFT_OUT = 1000
"""With more participants than this only those with the most votes are left out in turn."""
MOST_VALUES_TO_SETTLE = 500


@dataclass(frozen=True)
class Question:
    """What is asked: of one context or all, by a rule, of some people or all.

    For groups ``by`` says by what people told of themselves, and ``group`` stays empty. ``balance`` names
    what people told by which every group counts the same; groups side by side are never balanced.
    """

    kind: Kind
    context: int | None = None
    rule: str = ranking.RULE
    by: str = ""
    group: str = ""
    question: str = ""
    balance: str = ""

    @property
    def people(self) -> People:
        """Return whose votes are asked about."""
        return People(question=self.question, by=self.by, group=self.group)

    def to_json(self) -> dict[str, Any]:
        """Return the question as a job keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class WithoutGroup:
    """Who would be first without the people of one group."""

    by: str
    name: str
    people: int
    votes: int
    winner: Key
    changed: bool


@dataclass(frozen=True)
class Firmness:
    """How firmly the first place stands; ``tried`` participants were left out in turn, and every group."""

    winner: Key | None
    tried: int
    participants: int
    decisive: tuple[LeftOut, ...]
    false_voters: tuple[Upset, ...]
    smallest_change: Upset | None
    helpful: tuple[Helpful, ...]
    groups: tuple[WithoutGroup, ...] = ()


def ready(*, study: Study, question: Question) -> tuple[str, Any]:
    """Return the name of an answer for the votes as they are now, and the answer, None where it is not there.

    Raises Missing and Invalid.
    """
    check(study=study, context=question.context, rule=question.rule, parameters=None)
    traits = _traits(study, question)
    votes = ballots(study=study, context=question.context)
    sorted_traits = [(by, sorted(told.items())) for by, told in sorted(traits.items())]
    held = balanced(study=study, votes=votes, rule=question.rule, balance=question.balance)
    counts = sorted((str(voter), weight) for voter, weight in (held or {}).items())
    told = json.dumps([_VERSION, question.to_json(), sorted_traits, counts], sort_keys=True)
    name = hashlib.sha256((told + fingerprint(votes)).encode()).hexdigest()
    return name, cache.get(f"moralgraph.answer.{name}")


def work_out(*, study: Study, question: Question) -> None:
    """Work out an answer and keep it for whoever asks of the same votes. Raises Missing and Invalid."""
    if question.kind == "ranking":
        ranked_graph(
            study=study,
            context=question.context,
            rule=question.rule,
            people=question.people,
            balance=question.balance,
        )
        return
    name, found = ready(study=study, question=question)
    if found is None:
        votes = ballots(study=study, context=question.context)
        answer: Any
        if question.kind == "influence":
            held = balanced(study=study, votes=votes, rule=question.rule, balance=question.balance)
            answer = firmness(votes=votes, rule=question.rule, traits=_traits(study, question), held=held)
        else:
            answer = domain_groups.compare(votes=votes, groups=_traits(study, question)[question.by])
        cache.set(f"moralgraph.answer.{name}", answer, timeout=_KEPT_SECONDS)


def firmness(
    *,
    votes: Ballots,
    rule: str,
    traits: Mapping[str, Mapping[Key, str]] | None = None,
    held: Mapping[Key, float] | None = None,
) -> Firmness:
    """Return who or what would crown another value, and which votes would help to settle it."""
    published = rule == mge2023.RULE
    open_contest: Opener = PublishedContest.of if published else partial(ModelContest.of, weights=held)
    left_out = influence.without_each_voter(votes, open_contest=open_contest, most=MOST_LEFT_OUT)
    return Firmness(
        winner=open_contest(votes).winner,
        tried=len(left_out),
        participants=votes.counted.people,
        decisive=tuple(item for item in left_out if item.changed),
        false_voters=tuple(influence.false_voters(votes, open_contest=open_contest)),
        smallest_change=influence.smallest_change(votes, open_contest=open_contest),
        helpful=_helpful(votes, held),
        groups=tuple(
            left_out
            for by, groups in sorted((traits or {}).items())
            for left_out in _without_groups(votes, by, groups, open_contest)
        ),
    )


def _without_groups(
    votes: Ballots, by: str, groups: Mapping[Key, str], open_contest: Opener
) -> list[WithoutGroup]:
    """Return who is first without each group; neither one too small to be shown nor everybody is tried."""
    here = set(np.unique(votes.counted.voter).tolist())
    voters = [voter for place, voter in enumerate(votes.voters) if place in here]
    sizes = Counter(groups[voter] for voter in voters if voter in groups)
    shown: dict[Key, Key] = {
        voter: name for voter, name in groups.items() if sizes.get(name, 0) >= FEWEST_PEOPLE
    }
    found = influence.without_each_group(votes, shown, open_contest=open_contest)
    return [
        WithoutGroup(by, str(item.who), sizes[str(item.who)], item.votes, item.winner, item.changed)
        for item in found
        if item.winner is not None
    ]


def _helpful(votes: Ballots, held: Mapping[Key, float] | None) -> tuple[Helpful, ...]:
    """Return the pairs to ask about next; by the model, because the published rule knows no doubt."""
    if len(votes.values) > MOST_VALUES_TO_SETTLE:
        return ()
    belief = settling.Belief.of(ranking.fitted(votes.counted, weights=held))
    return tuple(settling.most_helpful(values=votes.values, belief=belief, asked=asked(votes)))


def _traits(study: Study, question: Question) -> Mapping[str, Mapping[Key, str]]:
    """Return what people told of themselves as far as the question rests on it, by their ballots' names."""
    if question.kind == "ranking":
        return {}
    told = shared.traits_of_participants(study=study)
    if question.kind == "influence":
        return {by: _named(answers) for by, answers in told.items()}
    if question.by not in told:
        known = ", ".join(sorted(told)) or "nothing"
        message = f"People told nothing of “{question.by}” in this study; there is: {known}."
        raise Invalid(message, fields={"by": [message]})
    return {question.by: _named(told[question.by])}


def _named(answers: Mapping[uuid.UUID, str]) -> dict[Key, str]:
    """Return what people told; ballots name them as the database writes numbers, with or without dashes."""
    return {name: answer for person, answer in answers.items() for name in (str(person), person.hex)}


__all__ = ["Comparison", "Firmness", "Question", "WithoutGroup", "firmness", "ready", "work_out"]
