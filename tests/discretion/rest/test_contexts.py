"""Contexts of comparisons: from the file, proposed, confirmed by a person."""

import json
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Annotator, Comparison
from apps.shared.models import Study
from tests.factories import moralgraph as make
from tests.factories.discretion import AuditFactory, ComparisonFactory, received

pytestmark = pytest.mark.django_db


def test_a_person_confirms_what_words_propose(researcher: APIClient, study: Study) -> None:
    distress = make.ContextFactory(study=study, name="When someone is in distress", description="")
    make.ContextFactory(study=study, name="When parents argue", description="")
    audit = AuditFactory(study=study)
    near = ComparisonFactory(audit=audit, prompt="I am in great distress tonight")
    far = ComparisonFactory(audit=audit, prompt="A cake, please")
    url = f"/api/studies/{study.slug}/audits/{audit.pk}/"

    proposed = researcher.post(f"{url}contexts/")
    waiting = researcher.get(f"{url}comparisons/?standing=proposed").json()["results"]
    said = {"comparisons": [str(near.pk)], "context": distress.pk}
    confirmed = researcher.patch(f"{url}contexts/", said, format="json")
    left = researcher.get(f"{url}comparisons/?standing=none").json()["results"]

    assert proposed.json() == {"proposed": 1, "undecided": 1}
    assert [(row["id"], row["context"], row["proposed_context"]) for row in waiting] == [
        (str(near.pk), None, distress.pk)
    ]
    assert confirmed.json() == {"confirmed": 1}
    near.refresh_from_db()
    assert (near.context_id, near.context_from, near.proposed_context_id) == (distress.pk, "confirmed", None)
    assert [row["id"] for row in left] == [str(far.pk)]


def test_strange_contexts_and_comparisons_are_refused(researcher: APIClient, study: Study) -> None:
    audit, elsewhere = AuditFactory(study=study), make.ContextFactory()
    row, stranger = ComparisonFactory(audit=audit), ComparisonFactory()
    url = f"/api/studies/{study.slug}/audits/{audit.pk}/contexts/"

    none = researcher.post(url)
    other = researcher.patch(url, {"comparisons": [str(row.pk)], "context": elsewhere.pk}, format="json")
    foreign = researcher.patch(url, {"comparisons": [str(stranger.pk)], "context": None}, format="json")

    assert (none.status_code, other.status_code, foreign.status_code) == (409, 404, 404)


def test_a_file_brings_contexts_by_name_and_says_who_is_no_person(
    study: Study, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    context = make.ContextFactory(study=study, name="When someone is in distress")
    audit = AuditFactory(study=study)
    pair = {"prompt": "?", "response_a": {"text": "Yes."}, "response_b": {"text": "No."}}
    document = {
        "annotators": {"1": {"name": "Ada", "type": "human"}, "2": {"name": "judge", "type": "ai"}},
        "comparisons": [
            {"id": "one", **pair, "annotations": {"1": {"pref": "a"}, "2": {"pref": "b"}},
             "metadata": {"context": "when someone is in distress"}},
            {"id": "two", **pair, "response_a": {"text": "Perhaps."}, "annotations": {"1": {"pref": "a"}},
             "metadata": {"context": "Elsewhere"}},
        ],
    }  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        received(audit, json.dumps(document).encode())

    found = Comparison.objects.filter(audit=audit).order_by("external_id")
    assert [(row.context_id, row.context_from) for row in found] == [(context.pk, "imported"), (None, "")]
    kinds = dict(Annotator.objects.filter(audit=audit).values_list("name", "kind"))
    assert kinds == {"Ada": "imported_person", "judge": "algorithm"}
