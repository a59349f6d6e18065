"""Audits with comparisons, annotators, principles and verdicts."""

from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from apps.discretion.domain.preferences import preference_of
from apps.discretion.models import Annotator, Audit, Batch, Comparison, Import, Principle, Probe, Verdict
from apps.discretion.services import batches, imports
from apps.discretion.services.reading import comparison_id, place_of
from tests.factories.shared import StudyFactory


class AuditFactory(DjangoModelFactory[Audit]):
    """An audit without anything in it."""

    class Meta:
        model = Audit

    study = factory.SubFactory(StudyFactory)
    title = factory.Sequence(lambda number: f"Audit {number}")


class ComparisonFactory(DjangoModelFactory[Comparison]):
    """A pair of responses; three pairs in a row share an instruction."""

    class Meta:
        model = Comparison

    audit = factory.SubFactory(AuditFactory)
    external_id = factory.Sequence(str)
    id = factory.LazyAttribute(lambda row: comparison_id(audit=row.audit, external_id=row.external_id))
    place = factory.LazyAttribute(lambda row: place_of(row.id))
    prompt = factory.Sequence(lambda number: f"How do I answer letter {number}?")
    response_a = factory.Sequence(lambda number: f"Write back the same day, with one question. ({number})")
    response_b = factory.Sequence(lambda number: f"Wait a week. ({number})")
    split_key = factory.Sequence(lambda number: f"key-{number // 3}")
    digest = factory.Sequence(lambda number: f"digest-{number}")


class AnnotatorFactory(DjangoModelFactory[Annotator]):
    """A person whose verdicts came in a file."""

    class Meta:
        model = Annotator

    audit = factory.SubFactory(AuditFactory)
    name = factory.Sequence(lambda number: f"Reader {number}")
    kind = Annotator.Kind.IMPORTED_PERSON


class PrincipleFactory(DjangoModelFactory[Principle]):
    """A principle in somebody's own words."""

    class Meta:
        model = Principle

    audit = factory.SubFactory(AuditFactory)
    title = factory.Sequence(lambda number: f"Principle {number}")
    statement = "Prefer the response that attends to what the other person needs now."
    position = factory.Sequence(int)


class ProbeFactory(DjangoModelFactory[Probe]):
    """A pair of which the answer is known."""

    class Meta:
        model = Probe

    audit = factory.SubFactory(AuditFactory)
    kind = Probe.Kind.GOLD
    prompt = "Which one names a month?"
    response_a = "The first is May."
    response_b = "The second is Tuesday."
    expected = "a"
    explanation = "May is a month."


def dealt(audit: Audit, *people: Any, **plan: Any) -> Batch:
    """Return a batch that is dealt out to these accounts."""
    made = {"title": "Round", "overlap": 1, "seed": 7} | plan
    accounts = tuple(person.pk for person in people)
    return batches.begin(audit=audit, plan=batches.Plan(people=accounts, **made), created_by=None)


def verdict(
    annotator: Annotator, comparison: Comparison, answer: str, principle: Principle | None = None
) -> Verdict:
    """Return a verdict, overall or by one principle."""
    return Verdict.objects.create(
        annotator=annotator,
        comparison=comparison,
        principle=principle,
        answer=answer,
        preference=preference_of(answer),
    )


def comparisons(audit: Audit, count: int) -> list[Comparison]:
    """Return new comparisons in the order in which everybody's circle runs."""
    rows = ComparisonFactory.create_batch(count, audit=audit)
    return sorted(rows, key=lambda row: row.place)


def received(audit: Audit, content: bytes, name: str = "pairs.json", **options: Any) -> Import:
    """Return an import of these bytes; its job runs with the test's on-commit work."""
    return imports.receive(
        audit=audit, upload=SimpleUploadedFile(name, content), filename=name, created_by=None, **options
    )
