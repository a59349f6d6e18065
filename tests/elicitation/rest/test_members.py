"""Who works on a study: added by name, changed, removed; and how full the study is."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.elicitation.domain.protocol import Item, Option, Quota
from apps.elicitation.models import About, Participant
from apps.moralgraph.models import Context
from apps.shared.models import AuditEntry, Membership, Role, Study
from tests.factories.elicitation import ProtocolFactory, content, enrol
from tests.factories.shared import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def _add(client: APIClient, study: Study, username: str, role: str = "annotator") -> Any:
    return client.post(f"/api/studies/{study.slug}/members/", {"username": username, "role": role})


def test_an_account_is_added_by_its_name_and_given_another_role(study: Study, admin: APIClient) -> None:
    user = UserFactory(username="kim")

    assert _add(admin, study, "kim").status_code == 201
    changed = admin.patch(f"/api/studies/{study.slug}/members/{user.pk}/", {"role": "auditor"})

    assert changed.json()["role"] == "auditor"
    assert Membership.objects.get(user=user).role == Role.AUDITOR
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert actions == {"member.added", "member.changed"}


def test_a_name_of_nobody_and_a_member_are_refused_with_the_field(study: Study, admin: APIClient) -> None:
    UserFactory(username="kim")
    _add(admin, study, "kim")

    answers = [_add(admin, study, name) for name in ("nobody", "kim")]

    assert [answer.status_code for answer in answers] == [400, 409]
    assert all("username" in answer.json()["error"]["fields"] for answer in answers)


def test_the_last_admin_stays(study: Study, admin: APIClient) -> None:
    me = Membership.objects.get(study=study, role=Role.ADMIN)
    address = f"/api/studies/{study.slug}/members/{me.user_id}/"

    assert admin.delete(address).status_code == 409
    assert admin.patch(address, {"role": "auditor"}).status_code == 409

    UserFactory(username="kim")
    _add(admin, study, "kim", "admin")
    assert admin.delete(address).status_code == 204
    assert not Membership.objects.filter(pk=me.pk).exists()


def test_a_role_in_one_study_is_none_in_another(study: Study, admin: APIClient) -> None:
    other = UserFactory()

    answer = admin.delete(f"/api/studies/{study.slug}/members/{other.pk}/")

    assert answer.status_code == 404


def test_a_researcher_sees_who_works_here_and_changes_nothing(study: Study, researcher: APIClient) -> None:
    UserFactory(username="kim")

    assert len(researcher.get(f"/api/studies/{study.slug}/members/").json()) == 1
    assert _add(researcher, study, "kim", "admin").status_code == 403


def test_quotas_show_how_full_they_are_without_those_who_left(study: Study, researcher: APIClient) -> None:
    options = (Option(key="young", label={"en": "Under 30"}), Option(key="old", label={"en": "30 or more"}))
    about = (Item(key="age", label={"en": "How old are you?"}, options=options),)
    asked = content(about=about, quotas=(Quota(item="age", option="young", at_most=2),), places=10)
    ProtocolFactory(study=study, draft=asked.to_json())
    for answer in ("young", "old", "young"):
        About.objects.create(participant=enrol(study=study).participant, answers={"age": answer})
    Participant.objects.filter(about__answers={"age": "young"}).order_by("pk")[:1].get().delete()

    found = researcher.get(f"/api/studies/{study.slug}/places/").json()

    assert (found["taken"], found["at_most"]) == (2, 10)
    assert found["quotas"] == [{"item": "age", "option": "young", "at_most": 2, "taken": 1}]


def test_a_context_is_made_once(study: Study, researcher: APIClient) -> None:
    address = f"/api/studies/{study.slug}/contexts/"

    assert researcher.post(address, {"name": "When somebody is sad"}).status_code == 201
    assert researcher.post(address, {"name": "when somebody is SAD"}).status_code == 409
    assert Context.objects.get(study=study).name == "When somebody is sad"
