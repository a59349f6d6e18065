"""How long the audit page waits for new figures when a control moves, at the size of the published data sets.
Prints a table and asserts only that every answer is whole.
"""

import time

import numpy as np
import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Audit, Comparison, Verdict
from apps.discretion.selectors import judgements, matrices
from apps.discretion.services.reading import comparison_id, place_of
from apps.shared.models import Study
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory

N, PRINCIPLES, ANNOTATORS = 16_000, 21, 3
MOVES = {
    "opened first": "",
    "opened again": "",
    "opened elsewhere": "",
    "at least 2 active": "min_active=2",
    "at least 3 active": "min_active=3",
    "votes surer than 70 %": "confidence=0.7",
    "both orders agree": "both_orders=true",
    "one group": "group=topic%3Done",
    "another matrix": "matrix=coin",
    "four principles": "principles={principles}",
    "another reference": "reference={annotator}",
}
LEFT_OUT = {
    "each left out in turn": "",
    "the same, at least 2": "min_active=2",
    "the same, one group": "group=topic%3Done",
}
"""What its own request answers: how the figures move without each principle."""


def fill(audit: Audit) -> dict[str, str]:
    """Write comparisons with an oracle's votes by principle and three overall verdicts."""
    rng = np.random.default_rng(3)
    rows = []
    for number in range(N):
        pk = comparison_id(audit=audit, external_id=str(number))
        topic = {"topic": ("one", "two", "three")[number % 3]}
        rows.append(
            Comparison(
                id=pk, audit=audit, external_id=str(number), response_a="a" * 90, response_b="b" * 80,
                split_key=str(number), digest=str(number), place=place_of(pk), metadata=topic,
            )
        )  # fmt: skip
    Comparison.objects.bulk_create(rows, batch_size=2000)
    oracle = AnnotatorFactory(audit=audit, name="oracle", kind="algorithm")
    principles = PrincipleFactory.create_batch(PRINCIPLES, audit=audit)
    people = AnnotatorFactory.create_batch(ANNOTATORS, audit=audit)
    better = rng.choice([-1, 1], size=N)
    answers = {1: "a", -1: "b", 0: "not_applicable"}
    for principle in principles:
        speaks = rng.random(N) < 0.16
        votes = np.where(speaks, np.where(rng.random(N) < 0.8, better, -better), 0)
        sure = rng.uniform(0.4, 1.0, N)
        Verdict.objects.bulk_create(
            [
                Verdict(
                    comparison=row, annotator=oracle, principle=principle, preference=vote,
                    answer=answers[vote], confidence=float(confidence),
                )
                for row, vote, confidence in zip(rows, votes.tolist(), sure, strict=True)
            ],
            batch_size=4000,
        )  # fmt: skip
    for person in people:
        votes = np.where(rng.random(N) < 0.7, better, -better)
        Verdict.objects.bulk_create(
            [
                Verdict(comparison=row, annotator=person, preference=vote, answer=answers[vote])
                for row, vote in zip(rows, votes.tolist(), strict=True)
            ],
            batch_size=4000,
        )
    chosen = ",".join(str(row.pk) for row in principles[:4])
    return {"principles": chosen, "annotator": str(people[1].pk)}


@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_moving_a_control(researcher: APIClient, study: Study) -> None:
    """Print how long each answer takes, from the request to the last byte."""
    audit = AuditFactory(study=study)
    names = fill(audit)
    print(f"\n\n {N:,} comparisons, {PRINCIPLES} principles, {ANNOTATORS} people")
    print(" control                 ms  ms of processor     kB")
    for what, search in MOVES.items():
        if what == "opened elsewhere":
            # As another process does, or this one after it was started again.
            judgements.forget()
            matrices.forget()
        start, busy = time.perf_counter(), time.process_time()
        answer = researcher.get(
            f"/api/studies/{study.slug}/audits/{audit.pk}/measures/?{search.format(**names)}"
        )
        took, worked = time.perf_counter() - start, time.process_time() - busy
        assert answer.status_code == 200
        assert answer.json()["categories"]["consensus"]["value"] > 0
        print(f" {what:22} {took * 1000:6.0f} {worked * 1000:16.0f} {len(answer.content) / 1000:6.0f}")
    for what, search in LEFT_OUT.items():
        start, busy = time.perf_counter(), time.process_time()
        answer = researcher.get(f"/api/studies/{study.slug}/audits/{audit.pk}/leave-one-out/?{search}")
        took, worked = time.perf_counter() - start, time.process_time() - busy
        assert answer.status_code == 200
        print(f" {what:22} {took * 1000:6.0f} {worked * 1000:16.0f} {len(answer.content) / 1000:6.0f}")
