"""What audits say of a checkpoint."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Annotator, Audit
from apps.discretion.services import audits, judging
from apps.models import selectors as models_selectors
from apps.models.models import Checkpoint, Run
from apps.models.services import checkpoints
from apps.shared.models import Study
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory, comparisons, verdict
from tests.factories.models import frozen_data_set
from tests.factories.shared import StudyFactory

pytestmark = pytest.mark.django_db


def trained(study: Study) -> Checkpoint:
    """Return a checkpoint of a study."""
    run = Run.objects.create(
        study=study, number=1, name="First run", data_set=frozen_data_set(study=study),
        method="reward_model", size="tiny", config={},
    )  # fmt: skip
    return checkpoints.record(run=run, step=4, path="model", sha256="0" * 64, size_bytes=1)


def joined(audit: Audit, checkpoint: Checkpoint) -> Annotator:
    """Return the checkpoint as an annotator."""
    return AnnotatorFactory(
        audit=audit, name="First run, step 4", kind=Annotator.Kind.ALGORITHM, checkpoint_id=str(checkpoint.pk)
    )


def read(client: APIClient, checkpoint: Checkpoint) -> Any:
    return client.get(f"/api/studies/{checkpoint.run.study.slug}/checkpoints/{checkpoint.pk}/audits/")


def test_a_checkpoint_stands_beside_people_as_the_verdicts_are_now(
    researcher: APIClient, study: Study
) -> None:
    audit, checkpoint = AuditFactory(study=study, title="Advice"), trained(study)
    principle, person, model = (
        PrincipleFactory(audit=audit),
        AnnotatorFactory(audit=audit),
        joined(audit, checkpoint),
    )
    rows = comparisons(audit, 8)
    for row in rows:
        verdict(person, row, "a", principle)
        verdict(person, row, "a")
    assert read(researcher, checkpoint).json()[0]["standing"] is None
    for place, row in enumerate(rows[:6]):
        verdict(model, row, "b" if place == 0 else "a")
    audits.touch(audit=audit, what="verdicts", annotators=[model.pk])

    (found,) = read(researcher, checkpoint).json()

    assert (found["audit"]["title"], found["annotator"]) == ("Advice", model.pk)
    standing = found["standing"]
    assert standing["pairs"] == 6
    assert (standing["arbitrariness"]["value"], standing["arbitrariness"]["n"]) == (pytest.approx(1 / 6), 6)
    assert (standing["of_people"]["value"], standing["agreement"]["value"]) == (0.0, pytest.approx(5 / 6))
    assert standing["more_arbitrary"]["detected"] is False
    assert standing["discrepancy"]["value"] is None

    judging.record(annotator=model)
    recorded = models_selectors.evaluations(checkpoint=checkpoint)["discretion"]
    assert (recorded["audit"], recorded["title"]) == (audit.pk, "Advice")
    assert recorded["arbitrariness"]["value"] == standing["arbitrariness"]["value"]
    assert recorded["more_arbitrary"]["noticeable"] == standing["more_arbitrary"]["noticeable"]

    (found,) = read(researcher, checkpoint).json()
    assert (found["recorded"], found["is_recorded"]) == (recorded["recorded"], True)


def test_what_the_rule_reads_is_told_from_what_is_so_now_and_is_recorded_anew_on_request(
    admin: APIClient, study: Study
) -> None:
    audit, checkpoint = AuditFactory(study=study), trained(study)
    principle, person, model = (
        PrincipleFactory(audit=audit),
        AnnotatorFactory(audit=audit),
        joined(audit, checkpoint),
    )
    rows = comparisons(audit, 4)
    for row in rows:
        verdict(person, row, "a", principle)
        verdict(model, row, "a")
    audits.touch(audit=audit, what="verdicts", annotators=[model.pk])
    judging.record(annotator=model)
    for row in rows:
        verdict(person, row, "b")
    audits.touch(audit=audit, what="verdicts", annotators=[person.pk])

    (before,) = read(admin, checkpoint).json()
    answer = admin.post(
        f"/api/studies/{study.slug}/checkpoints/{checkpoint.pk}/audits/", {"annotator": model.pk}
    )
    foreign = admin.post(
        f"/api/studies/{study.slug}/checkpoints/{checkpoint.pk}/audits/", {"annotator": person.pk}
    )

    assert (before["is_recorded"], before["standing"]["agreement"]["value"]) == (False, 0.0)
    assert (answer.json()[0]["is_recorded"], foreign.status_code) == (True, 404)
    recorded = models_selectors.evaluations(checkpoint=checkpoint)["discretion"]
    assert recorded["agreement"]["value"] == 0.0


def test_a_checkpoint_that_joined_no_audit_has_none_and_one_of_another_study_is_not_there(
    researcher: APIClient, study: Study
) -> None:
    checkpoint, foreign = trained(study), trained(StudyFactory())
    joined(AuditFactory(study=foreign.run.study), checkpoint)

    assert read(researcher, checkpoint).json() == []
    assert researcher.get(f"/api/studies/{study.slug}/checkpoints/{foreign.pk}/audits/").status_code == 404
