"""Places: how many people a study takes in all, and of each kind; the last place is given once."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import QuerySet

from apps.elicitation.domain.protocol import Protocol as Content
from apps.elicitation.domain.protocol import Quota
from apps.elicitation.domain.steps import ENDS, Step
from apps.elicitation.models import About, Participant, Protocol, ProtocolVersion
from apps.shared.models import Study

GONE = ENDS - {Step.DONE}


def lock(*, study: Study) -> None:
    """Let nobody else count or take a place of this study until the transaction ends."""
    Protocol.objects.select_for_update().get(study=study)


def taken(*, study: Study) -> int:
    """Return how many places people hold; those who left and simulated people hold none."""
    return _people(study=study).count()


def is_full(*, study: Study, content: Content) -> bool:
    """Say whether no place is left at all."""
    return content.places is not None and taken(study=study) >= content.places


def fill(*, study: Study, content: Content) -> list[tuple[Quota, int]]:
    """Return every quota with the number of people in it."""
    rows = About.objects.filter(participant__in=_people(study=study)).values_list("answers", flat=True)
    counted = Counter((item, option) for answers in rows for item, option in answers.items())
    return [(quota, counted[quota.item, quota.option]) for quota in content.quotas]


def stopping(*, study: Study, content: Content, answers: Mapping[str, str]) -> Quota | None:
    """Return the quota that these answers find full, if there is one."""
    if not content.quotas:
        return None
    return next(
        (
            quota
            for quota, n in fill(study=study, content=content)
            if answers.get(quota.item) == quota.option and n >= quota.at_most
        ),
        None,
    )


def assign_question(*, version: ProtocolVersion, pilot_run: int | None = None) -> str:
    """Return the key of the question that the fewest people of this version have; the first of a tie.

    Those of a pilot are counted among themselves.
    """
    keys = [question.key for question in version.content.questions]
    if not keys:
        return ""
    people = (
        Participant.objects.filter(pilot_run=pilot_run) if pilot_run else _people(study=version.study)
    ).filter(version=version)
    counted = Counter(people.values_list("question", flat=True))
    return min(keys, key=lambda key: counted[key])


def _people(*, study: Study) -> "QuerySet[Participant]":
    return Participant.objects.filter(study=study, simulated=False).exclude(step__in=GONE)
