"""What people told of themselves, as groups of voters, and how much each voter then counts."""

from collections import Counter
from collections.abc import Mapping

from apps.moralgraph.domain import ranking, weights
from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.ballots import Ballots
from apps.moralgraph.domain.groups import FEWEST_PEOPLE
from apps.moralgraph.domain.weights import Balance
from apps.moralgraph.selectors.people import plain
from apps.shared import selectors as shared
from apps.shared.errors import Invalid
from apps.shared.models import Study


def _groups_by(study: Study, trait: str) -> Mapping[Key, str]:
    """Return the group of every voter who told of the trait. Raises Invalid."""
    told = shared.traits_of_participants(study=study)
    if trait not in told:
        known = ", ".join(sorted(told)) or "nothing"
        message = f"People told nothing of “{trait}” in this study; there is: {known}."
        raise Invalid(message, fields={"balance": [message]})
    # Ballots name people as the database writes their numbers, with or without dashes.
    return {name: told[trait][key] for key in told[trait] for name in (str(key), key.hex)}


def balanced(*, study: Study, votes: Ballots, rule: str, balance: str) -> dict[Key, float] | None:
    """Return weights by which groups count the same or by shares; None where nothing is to be balanced.

    People of a group too small to show count 1, as those do who told nothing: a weight of their own would
    show what they said. So do people of a group that has no share. Raises Invalid.
    """
    if not balance:
        return None
    wanted = read_balance(balance)
    if rule != ranking.RULE:
        message = f"Only the rule “{ranking.RULE}” weighs people."
        raise Invalid(message, fields={"balance": [message]})
    groups = _groups_by(study, wanted.trait)
    voters = weights.voters_of(votes)
    sizes = Counter(groups.get(voter, "") for voter in voters)
    shown = {voter: groups[voter] for voter in voters if voter in groups}
    large = {
        voter: group
        for voter, group in shown.items()
        if sizes[group] >= FEWEST_PEOPLE and (wanted.shares is None or group in wanted.shares)
    }
    try:
        return weights.by_group(voters=voters, groups=large, shares=wanted.shares)
    except weights.NoWeight as error:
        raise _refused(str(error)) from error


def read_balance(balance: str) -> Balance:
    """Return how groups are weighed. Raises Invalid."""
    try:
        return Balance.read(balance)
    except weights.NoWeight as error:
        raise _refused(str(error)) from error


def balance_told(*, study: Study, balance: str) -> str:
    """Return how groups are weighed, in the study's own words; empty where they are not."""
    if not balance:
        return ""
    wanted = read_balance(balance)
    question, answers = shared.words_of_traits(study=study).get(wanted.trait, (plain(wanted.trait), {}))
    return wanted.sentence(question=question, answers=answers)


def _refused(message: str) -> Invalid:
    return Invalid(message, fields={"balance": [message]})
