"""Whose votes are read: everybody's, or those of people who told the same of themselves."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.groups import FEWEST_PEOPLE
from apps.moralgraph.selectors.offers import live_votes
from apps.shared import selectors as shared
from apps.shared.errors import Invalid
from apps.shared.models import Study


@dataclass(frozen=True)
class People:
    """Those who answered a question of the interview, those of one group by a trait, or both."""

    question: str = ""
    by: str = ""
    group: str = ""

    @property
    def traits(self) -> dict[str, str]:
        """Return what these people have told, by the trait's name."""
        told = {"question": self.question, self.by: self.group}
        return {by: group for by, group in told.items() if by and group}


EVERYBODY = People()


def plain(key: str) -> str:
    """Return a protocol's key as words, where the study has none: ``from_30`` reads "from 30"."""
    return key.replace("_", " ")


@dataclass(frozen=True)
class Group:
    """People who gave one answer about themselves, as the study words it, and how many of them voted."""

    name: str
    people: int
    label: str


@dataclass(frozen=True)
class Trait:
    """What people were asked about themselves, with the groups that are large enough to be shown."""

    by: str
    groups: tuple[Group, ...]
    label: str


def traits(*, study: Study, among: Collection[uuid.UUID] | None = None) -> list[Trait]:
    """Return by what voters can be grouped, or those ``among`` some people; a group that could name its
    members is left out.
    """
    voters = set(live_votes(study=study).order_by().values_list("participant_id", flat=True).distinct())
    voters &= voters if among is None else set(among)
    words = shared.words_of_traits(study=study)
    found = []
    for by, told in sorted(shared.traits_of_participants(study=study).items()):
        sizes = Counter(group for person, group in told.items() if person in voters)
        question, said = words.get(by, (plain(by), {}))
        shown = [(name, size) for name, size in sorted(sizes.items()) if size >= FEWEST_PEOPLE]
        groups = tuple(Group(name, size, said.get(name) or plain(name)) for name, size in shown)
        found.append(Trait(by, groups, question or plain(by)))
    return found


def worded(*, study: Study, people: People) -> str:
    """Return a group in the study's own words: the question, and what its people answered."""
    question, said = shared.words_of_traits(study=study).get(people.by, ("", {}))
    return f"{question or plain(people.by)}: {said.get(people.group) or plain(people.group)}"


def names_of(*, study: Study, people: People) -> frozenset[str] | None:
    """Return the people's names as ballots have them, with and without dashes; None for everybody.

    Raises Invalid for a trait that nobody told of.
    """
    asked = people.traits
    if not asked:
        return None
    told = shared.traits_of_participants(study=study)
    for by in asked:
        if by not in told:
            known = ", ".join(sorted(told)) or "nothing"
            message = f"People told nothing of “{by}” in this study; there is: {known}."
            raise Invalid(message, fields={"by": [message]})
    members = set.intersection(
        *({person for person, answer in told[by].items() if answer == group} for by, group in asked.items())
    )
    return frozenset(name for person in members for name in (str(person), person.hex))


def among(*, study: Study, votes: Ballots, people: People) -> Ballots:
    """Return the votes of the people; all of them for everybody.

    Raises Invalid where there are so few that a graph of theirs could name them.
    """
    names = names_of(study=study, people=people)
    if names is None:
        return votes
    found = votes.of_voters(np.array([str(voter) in names for voter in votes.voters], dtype=np.bool_))
    if 0 < found.people < FEWEST_PEOPLE:
        message = (
            f"Fewer than {FEWEST_PEOPLE} people of this group voted here. A graph of so few could name them, "
            "so that it is not shown."
        )
        raise Invalid(message, fields={"group": [message]})
    return found
