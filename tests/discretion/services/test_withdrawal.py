"""A withdrawal takes a person's words out of the principles that were made of them."""

import uuid

import pytest

from apps.discretion.models import Audit, Principle
from apps.discretion.services import principles
from apps.moralgraph.models import Belonging, Card, CardVersion, Value
from apps.moralgraph.services import graphs
from apps.shared.models import Study
from apps.shared.signals import withdrawn
from tests.factories import moralgraph as make
from tests.factories.discretion import AnnotatorFactory, AuditFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


def test_words_go_and_verdicts_stay(study: Study) -> None:
    person = uuid.uuid4()
    value: Value = make.ValueFactory(study=study, title="My Own Words")
    other: Value = make.ValueFactory(study=study, title="Other Words")
    make.vote(other, value, make.ContextFactory(study=study))
    card: Card = make.CardFactory(study=study, participant_id=person, value=value)
    CardVersion.objects.create(card=card, number=1, title=value.title, by="person", policies=value.policies)
    Belonging.objects.create(card=card, value=value, by="person")
    audit: Audit = AuditFactory(study=study)
    snapshot = graphs.take_snapshot(study=study)
    mine, theirs = principles.take_over(audit=audit, snapshot_id=snapshot.pk, value_ids=[value.pk, other.pk])
    row = comparisons(audit, 1)[0]
    kept = verdict(AnnotatorFactory(audit=audit), row, "a", mine)

    withdrawn.send(sender=Study, study=study, participant_id=person)

    mine.refresh_from_db()
    assert "My Own Words" not in mine.title + mine.statement
    assert "has withdrawn" in mine.statement
    assert Principle.objects.get(pk=theirs.pk).title == "Other Words"
    # The list of audits and the audit's page say so by a badge.
    audit.refresh_from_db()
    assert audit.withdrawn == 1
    kept.refresh_from_db()
    assert kept.principle_id == mine.pk
