"""Whose votes are shown one by one: of so few people that they could be named, nobody's are."""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.moralgraph.domain.answers import Answer
from apps.moralgraph.domain.groups import FEWEST_PEOPLE
from apps.moralgraph.models import Vote
from apps.moralgraph.selectors import analyses
from apps.moralgraph.selectors.people import EVERYBODY, People, names_of
from apps.shared import selectors as shared
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study


@dataclass(frozen=True)
class Whose:
    """Everybody's, or those of a group; of people in no group that is shown; of those who decide.

    ``rest`` names what people told of themselves: meant are those who told nothing of it, or whose group is
    too small to be shown. ``decisive`` is the question whose answer names people without whom another value
    is first.
    """

    people: People = EVERYBODY
    rest: str = ""
    decisive: analyses.Question | None = None


ANYBODYS = Whose()


def of_whom(*, study: Study, votes: QuerySet[Vote], whose: Whose) -> QuerySet[Vote]:
    """Return their votes among these. Raises Invalid where so few cast them that they could be named.

    Raises Invalid too for a trait that nobody told of, and Conflict where nobody knows yet who decides.
    """
    if whose == ANYBODYS:
        return votes
    found = votes
    names = names_of(study=study, people=whose.people)
    if names is not None:
        found = found.filter(participant_id__in={name for name in names if "-" in name})
    if whose.rest:
        found = found.filter(participant_id__in=_rest(study, votes, whose.rest))
    if whose.decisive is not None:
        found = found.filter(participant_id__in=_decisive(study, whose.decisive))
    if 0 < found.order_by().values("participant_id").distinct().count() < FEWEST_PEOPLE:
        message = (
            f"Fewer than {FEWEST_PEOPLE} people cast these votes here. So few could be named by them, "
            "so that they are not shown."
        )
        raise Invalid(message, fields={"group": [message]})
    return found


def _rest(study: Study, votes: QuerySet[Vote], by: str) -> set[uuid.UUID]:
    """Return who voted here and is in no group that is shown."""
    counted = votes.exclude(answer=Answer.NOT_ABOUT.value).order_by()
    voters = set(counted.values_list("participant_id", flat=True).distinct())
    told = shared.traits_of_participants(study=study).get(by, {})
    sizes = Counter(told.get(person, "") for person in voters)
    shown = {group for group, size in sizes.items() if group and size >= FEWEST_PEOPLE}
    return {person for person in voters if told.get(person, "") not in shown}


def _decisive(study: Study, question: analyses.Question) -> set[uuid.UUID]:
    _, found = analyses.ready(study=study, question=question)
    if found is None:
        raise Conflict("What each person changes is not worked out for the votes as they are now.")
    return {uuid.UUID(str(item.who)) for item in found.decisive}
