"""What people judged before acts were kept has its act: the desk's history begins with it."""

import importlib
import uuid

import pytest
from django.apps import apps
from django.utils import timezone

from apps.discretion.models import Act, Audit, Verdict
from apps.discretion.selectors import mine
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory, comparisons, verdict
from tests.factories.shared import UserFactory

pytestmark = pytest.mark.django_db


def test_earlier_judgements_are_remembered_with_what_became_of_them() -> None:
    audit: Audit = AuditFactory()
    user = UserFactory()
    person = AnnotatorFactory(audit=audit, kind="person", user=user)
    principle = PrincipleFactory(audit=audit)
    rows = comparisons(audit, 2)
    first, second = uuid.uuid4(), uuid.uuid4()
    for row, act, overall, by in ((rows[0], first, "a", "b"), (rows[1], second, "b", "b")):
        for made in (verdict(person, row, by, principle), verdict(person, row, overall)):
            Verdict.objects.filter(pk=made.pk).update(act=act)
    Verdict.objects.filter(act=second).update(superseded_at=timezone.now())
    verdict(AnnotatorFactory(audit=audit), rows[0], "a")

    importlib.import_module("apps.discretion.migrations.0004_annotation").remember_acts(apps, None)

    history = {row.act.pk: row for row in mine.history(audit=audit, user=user)}
    assert set(history) == {first, second} == set(Act.objects.values_list("pk", flat=True))
    assert history[first].act.against_own is True
    assert history[first].act.answers == [{"principle": principle.pk, "answer": "b"}]
    assert (history[first].undone, history[second].undone) == (False, True)
