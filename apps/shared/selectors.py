"""Reads of the ground floor."""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from apps.shared.access import Person
from apps.shared.errors import Missing
from apps.shared.models import AuditEntry, Job, Membership, Role, Stream, StreamEvent, Study
from apps.shared.signals import (
    names_asked,
    training_consents_asked,
    trait_words_asked,
    traits_asked,
    value_uses,
    versions_asked,
)

Row = TypeVar("Row", bound=Model)
BATCH = 1000
MOST_EVENTS = 1000
"""As many events of a stream are read at once; whoever wants all of them reads on."""


@dataclasses.dataclass(frozen=True)
class StudyAndRole:
    """A study as one member of staff sees it."""

    study: Study
    role: Role


def studies_of(*, user: Person) -> list[StudyAndRole]:
    """Return the studies that a person is a member of, with the role in each."""
    if getattr(user, "is_superuser", False):
        return [StudyAndRole(study=study, role=Role.ADMIN) for study in Study.objects.all()]
    memberships = (
        Membership.objects.filter(user_id=user.pk or 0).select_related("study").order_by("study__title")
    )
    return [StudyAndRole(study=item.study, role=Role(item.role)) for item in memberships]


def study_by_slug(*, slug: str) -> Study:
    """Return a study by the name in its address. Raises Missing."""
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        raise Missing("There is no such study.")
    return study


def members(*, study: Study) -> QuerySet[Membership]:
    """Return who works on a study, by name."""
    return Membership.objects.filter(study=study).select_related("user").order_by("user__username")


def job(*, study: Study, job_id: str) -> Job:
    """Return one job of a study. Raises Missing."""
    found = Job.objects.filter(study=study, pk=job_id).first()
    if found is None:
        raise Missing("There is no such job in this study.")
    return found


def jobs(*, study: Study, subject: str = "") -> QuerySet[Job]:
    """Return a study's jobs, newest first, or those about one subject."""
    return Job.objects.filter(Q(study=study) & (Q(subject=subject) if subject else Q()))


def last_seq(*, stream: str) -> int:
    """Return the number of the stream's newest event, 0 where there is none."""
    return Stream.objects.filter(pk=stream).values_list("last_seq", flat=True).first() or 0


def is_behind(*, stream: str, last: int, most: int) -> bool:
    """Say whether who has event ``last`` missed more than so many, or some that are not kept any more."""
    missed = last_seq(stream=stream) - last
    if missed <= 0:
        return False
    return missed > most or StreamEvent.objects.filter(stream_id=stream, seq__gt=last).count() < missed


def events_after(*, stream: str, last: int, limit: int = MOST_EVENTS) -> list[dict[str, Any]]:
    """Return the next events of a stream after number ``last``, oldest first, in their wire form."""
    rows = StreamEvent.objects.filter(stream_id=stream, seq__gt=last).order_by("seq")[:limit]
    return [{"stream": stream, "seq": row.seq, "kind": row.kind, "data": row.data} for row in rows]


def uses_of_value(*, study: Study, value_id: int) -> dict[str, int]:
    """Return in how many things of each kind a value stands, as the apps that use values answer."""
    uses: Counter[str] = Counter()
    for _, answer in value_uses.send(sender=None, study=study, value_id=value_id):
        uses.update(answer)
    return dict(uses)


def traits_of_participants(*, study: Study) -> dict[str, dict[uuid.UUID, str]]:
    """Return what participants told of themselves that groups them, as the apps that ask answer."""
    traits: dict[str, dict[uuid.UUID, str]] = {}
    answers: list[tuple[Any, Any]] = traits_asked.send(sender=None, study=study)
    for _, answer in answers:
        traits.update(answer)
    return traits


def people_who_let_train(*, study: Study) -> frozenset[uuid.UUID]:
    """Return who agreed that a model is trained on what they said, as the apps that ask them answer."""
    answers: list[tuple[Any, Any]] = training_consents_asked.send(sender=None, study=study)
    return frozenset(person for _, people in answers for person in people)


def words_of_traits(*, study: Study) -> dict[str, tuple[str, dict[str, str]]]:
    """Return how a study words what it asks about people: (question, {answer: wording}) by trait."""
    words: dict[str, tuple[str, dict[str, str]]] = {}
    answers: list[tuple[Any, Any]] = trait_words_asked.send(sender=None, study=study)
    for _, answer in answers:
        words.update(answer)
    return words


def versions_of_study(*, study: Study) -> tuple[str, ...]:
    """Return in which versions a study has been open, oldest first, as the apps that keep versions answer."""
    answers: list[tuple[Any, Any]] = versions_asked.send(sender=None, study=study)
    return tuple(name for _, names in answers for name in names)


def names(*, study: Study) -> dict[str, str]:
    """Return how what keys stand for is called now, as the apps that keep the words answer."""
    answers: list[tuple[Any, Any]] = names_asked.send(sender=None, study=study)
    return {key: name for _, named in answers for key, name in named.items()}


def audit_entries(*, study: Study) -> QuerySet[AuditEntry]:
    """Return who did what in a study, newest first."""
    return AuditEntry.objects.filter(study=study).select_related("actor")


def in_batches(
    *, rows: "QuerySet[Row]", by: tuple[str, ...] = ("pk",), size: int = BATCH
) -> Iterator[list[Row]]:
    """Yield all rows, a batch at a time, in the order of fields that name a row and are never empty.

    Each batch begins after the last row of the one before, so that nothing is held between them: neither
    many rows in memory nor a cursor in the database.
    """
    ordered, after = rows.order_by(*by), Q()
    while batch := list(ordered.filter(after)[:size]):
        yield batch
        after = _after(batch[-1], by)


def _after(row: Model, by: tuple[str, ...]) -> Q:
    """Return the condition of coming after a row in the order of several fields."""
    found, same = Q(), Q()
    for name in by:
        value = getattr(row, name)
        found |= same & Q(**{f"{name}__gt": value})
        same &= Q(**{name: value})
    return found
