"""How long an instant model takes from a verdict to its figures, once the encoder has read the responses."""

import time
from typing import Any

import numpy as np
import pytest

from apps.discretion.models import InstantModel, Verdict
from apps.discretion.services import audits, fitting, instant_models
from apps.models.services import vectors
from apps.shared.models import Job, Study
from tests.benchmarks.machine import describe_load
from tests.factories.discretion import AnnotatorFactory, AuditFactory, comparisons
from tests.factories.shared import UserFactory

PAIRS = 2000
pytestmark = pytest.mark.django_db


def fit() -> None:
    """Do what is queued, as the worker does."""
    for job in Job.objects.filter(task=instant_models.TASK, state=Job.State.QUEUED):
        fitting.fit(job=job)
        job.delete()


def test_a_verdict_among_two_thousand(study: Study, capsys: Any) -> None:
    audit, random = AuditFactory(study=study), np.random.default_rng(0)
    rows, person = comparisons(audit, PAIRS), AnnotatorFactory(audit=audit)
    asked = [(row.prompt, text) for row in rows for text in (row.response_a, row.response_b)]
    drawn = random.normal(size=(len(asked), 384)).astype(np.float32)
    vectors.keep(
        study=study, read={vectors.digest_of(*one): row for one, row in zip(asked, drawn, strict=True)}
    )
    said = random.choice([1, -1], size=PAIRS).tolist()
    Verdict.objects.bulk_create(
        Verdict(comparison=row, annotator=person, preference=side, answer="a" if side > 0 else "b")
        for row, side in zip(rows, said, strict=True)
    )
    asked_for = {"target": "verdicts", "principle": None, "snapshot": None, "imported": False}
    instant_models.keep(audit=audit, asked=asked_for, created_by=UserFactory())
    fit()
    load = describe_load()
    audits.touch(audit=audit, what="verdicts", annotators=[person.pk])
    began, used = time.perf_counter(), time.process_time()

    fit()

    took, worked = time.perf_counter() - began, time.process_time() - used
    found = InstantModel.objects.get(audit=audit)
    with capsys.disabled():
        print(f"\ninstant model, {PAIRS} pairs judged, every response read before ({load})")
        print(f"  {took:.2f} s from the verdict to the figures, {worked:.2f} s of a core")
    assert (found.train_count + found.held_out_count, found.read) == (PAIRS, 0)
