"""An audit with its address, for what annotators and researchers do there."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discretion.models import Audit
from apps.shared.models import Role, Study
from tests.factories.discretion import AuditFactory, PrincipleFactory, comparisons
from tests.factories.shared import member


class Desk:
    """One member at the desk of an audit: takes what comes and judges it."""

    def __init__(self, audit: Audit, role: Role = Role.ANNOTATOR) -> None:
        self.user = member(study=audit.study, role=role)
        self.client = APIClient()
        self.client.force_login(self.user)
        self.url = f"/api/studies/{audit.study.slug}/audits/{audit.pk}/"

    def next(self, **query: str) -> dict[str, Any]:
        """Return what lies on the desk."""
        found: dict[str, Any] = self.client.get(f"{self.url}next/", query).json()
        return found

    def say(self, item: dict[str, Any], overall: str = "a", **fields: Any) -> dict[str, Any]:
        """Judge an item; what is chosen is A or B as it is kept."""
        by = fields.pop("by", ())
        answers = [
            {"principle": row["id"], "answer": answer}
            for row, answer in zip(item["principles"], by, strict=False)
        ]
        body = {"comparison": item["comparison"], "order": item["order"], "overall": overall}
        answer = self.client.post(f"{self.url}next/", body | {"principles": answers} | fields, format="json")
        assert answer.status_code == 201, answer.content
        taken: dict[str, Any] = answer.json()
        return taken

    def finish(self, overall: Callable[[dict[str, Any]], str] = lambda item: "a") -> list[dict[str, Any]]:
        """Judge everything that comes by itself and return it."""
        seen = []
        while (item := self.next())["comparison"] is not None:
            seen.append(item)
            self.say(item, overall(item))
        return seen


@pytest.fixture
def audit(study: Study) -> Audit:
    audit: Audit = AuditFactory(study=study)
    PrincipleFactory.create_batch(2, audit=audit)
    comparisons(audit, 6)
    return audit


@pytest.fixture
def url(audit: Audit) -> str:
    return f"/api/studies/{audit.study.slug}/audits/{audit.pk}/"


@pytest.fixture
def begin(researcher: APIClient, url: str) -> Callable[..., int]:
    """Return a function that begins a batch for desks and returns its number."""

    def _begin(desks: list[Desk], **fields: Any) -> int:
        body = {"title": "First round", "overlap": 1, "people": [desk.user.pk for desk in desks]} | fields
        answer = researcher.post(f"{url}batches/", body, format="json")
        assert answer.status_code == 201, answer.content
        return int(answer.json()["id"])

    return _begin
