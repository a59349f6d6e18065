"""Who is in an export, who is not and why, and what every row says of its person."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When

from apps.elicitation.domain.exports.purposes import NEEDED, Choice, LeftOut, Purpose
from apps.elicitation.models import Participant
from apps.elicitation.selectors.people import PREVIEW
from apps.shared.models import Study

NO_PREVIEW = Q(simulated=False) | ~Q(persona=PREVIEW)


def agreed(*, study: Study, purpose: Purpose) -> "QuerySet[Participant]":
    """Return everybody who agreed to a purpose and did not withdraw, simulated people included."""
    rows = Participant.objects.filter(_ticked(purpose), NO_PREVIEW, study=study, withdrawn_at__isnull=True)
    return rows.order_by()


def people(*, study: Study, choice: Choice) -> "QuerySet[Participant]":
    """Return who is in an export: those who agreed, and are of the kinds and versions that it takes in."""
    rows = agreed(study=study, purpose=choice.purpose)
    if not choice.simulated:
        rows = rows.filter(simulated=False)
    return rows.filter(version__number__in=choice.versions) if choice.versions else rows


def _ticked(purpose: Purpose) -> Q:
    return Q(**{f"consent__{tick}": True for tick in NEEDED[purpose]})


def left_out(*, study: Study, choice: Choice) -> dict[LeftOut, int]:
    """Return how many people of the study are not in an export, each counted once, by the first reason."""
    reasons = {
        LeftOut.SIMULATED: Q() if choice.simulated else Q(simulated=True),
        LeftOut.WITHDREW: Q(withdrawn_at__isnull=False),
        LeftOut.NO_CONSENT: Q(consent__isnull=True),
        LeftOut.OTHER_PURPOSE: ~_ticked(choice.purpose),
        LeftOut.OTHER_VERSION: Q(version__isnull=True) | ~Q(version__number__in=choice.versions)
        if choice.versions
        else Q(),
    }
    cases = [When(condition, then=Value(reason.value)) for reason, condition in reasons.items() if condition]
    rows = Participant.objects.filter(NO_PREVIEW, study=study).order_by()
    counted = rows.annotate(why=Case(*cases, default=Value(""))).values_list("why").annotate(n=Count("pk"))
    found = dict(counted)
    return {reason: found.get(reason.value, 0) for reason in LeftOut}


@dataclass(frozen=True)
class Standing:
    """What every row about a person says of them."""

    version: int | None
    hash: str | None
    simulated: bool
    quotes: bool
    training: bool
    value: int | None


def standings(*, people: Collection[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """Return how these people stand."""
    columns = (
        "pk",
        "version__number",
        "version__hash",
        "simulated",
        "consent__quotes",
        "consent__training",
        "value_id",
    )
    rows = Participant.objects.filter(pk__in=people).values_list(*columns)
    return {row[0]: Standing(*row[1:]) for row in rows}
