"""Previews: a walk through the draft that counts nowhere and is gone afterwards."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from apps.elicitation import selectors
from apps.elicitation.models import Consent, Participant, ProtocolVersion
from apps.elicitation.services import interviews, previews, quotas
from apps.elicitation.services.participants import Session
from apps.shared.models import Role, Study
from tests.factories.elicitation import AGREED, RICH, ProtocolFactory, content
from tests.factories.shared import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
TICKS = {"version": "0", "research": "on", "of_age": "yes"}


def _draft(study: Study, **changes: Any) -> None:
    ProtocolFactory(study=study, draft=content(reviews=(), **changes).to_json(), state="draft", opened=False)


def _begin(study: Study) -> Session:
    actor = member(study=study, role=Role.RESEARCHER)
    ticks = AGREED.__class__(version=0, research=True, quotes=False, training=False, of_age=True)
    return previews.begin(study=study, actor=actor, ticks=ticks, language="en", address="127.0.0.1")


def test_a_draft_that_never_opened_is_walked_from_its_door(study: Study, client: Client) -> None:
    _draft(study)
    client.force_login(member(study=study, role=Role.RESEARCHER))
    door = f"/s/{study.slug}/preview/"

    shown = client.get(door)
    begun = client.post(door, TICKS, follow=True)

    assert "You agree to be asked." in shown.content.decode()
    assert begun.redirect_chain[-1][0].endswith("/receipt")
    assert "Nothing of it counts" in begun.content.decode()
    assert Participant.objects.get().simulated


def test_the_newest_draft_is_shown_not_the_open_version(study: Study, researcher: APIClient) -> None:
    protocol = ProtocolFactory(study=study)
    protocol.draft = content(disclosure={"en": "Rewritten since."}).to_json()
    protocol.save()

    assert "Rewritten since." in researcher.get(f"/s/{study.slug}/preview/").content.decode()
    assert "Rewritten since." not in researcher.get(f"/s/{study.slug}/").content.decode()


def test_a_draft_is_previewed_in_each_language_that_it_has(study: Study, researcher: APIClient) -> None:
    _draft(study, consent={"en": "You agree.", "ar": "أنت توافق."})

    page = researcher.get(f"/s/{study.slug}/preview/?language=ar").content.decode()

    assert "أنت توافق." in page
    assert '<html lang="ar" dir="rtl">' in page


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.AUDITOR])
def test_only_those_who_write_the_draft_preview_it(study: Study, sign_in: Any, role: Role) -> None:
    _draft(study)

    assert sign_in(role).get(f"/s/{study.slug}/preview/").status_code == 403


def test_a_stranger_does_not_learn_that_there_is_a_draft(study: Study, client: Client) -> None:
    _draft(study)

    assert client.get(f"/s/{study.slug}/preview/").status_code == 404


def test_a_preview_freezes_nothing_and_holds_no_place(study: Study, researcher: APIClient) -> None:
    protocol = ProtocolFactory(study=study)
    _begin(study)

    view = selectors.view_protocol(study=study)
    assert [version.number for version in view["versions"]] == [1]
    assert selectors.version_of(slug=study.slug).pk == protocol.current.pk
    assert selectors.consent_version(study=study).number == 1  # type: ignore[union-attr]
    assert quotas.taken(study=study) == 0
    assert selectors.room(study=study, limit=500)["total"] == 0


def test_the_next_preview_forgets_the_last_with_all_that_was_said(
    study: Study, django_capture_on_commit_callbacks: Any
) -> None:
    _draft(study)
    first = _begin(study)
    with django_capture_on_commit_callbacks(execute=True):
        interviews.say(participant=first.participant, text=RICH[0], client_id=uuid.uuid4())

    second = _begin(study)

    assert list(Participant.objects.values_list("pk", flat=True)) == [second.participant.pk]
    assert Consent.objects.count() == 1
    assert ProtocolVersion.objects.count() == 1


def test_a_preview_is_forgotten_after_a_day_and_people_are_not(study: Study) -> None:
    _draft(study)
    _begin(study)
    old = timezone.now() - datetime.timedelta(days=2)
    Participant.objects.create(study=study, token_hash="t", short_code="c", step="interview")
    assert previews.forget() == 0
    Participant.objects.update(created_at=old)

    assert previews.forget() == 1
    assert Participant.objects.get().persona == ""


def test_a_draft_has_no_number_on_the_door_and_on_the_receipt(study: Study, client: Client) -> None:
    _draft(study)
    client.force_login(member(study=study, role=Role.RESEARCHER))
    door = f"/s/{study.slug}/preview/"

    told = client.get(door).content.decode()
    receipt = client.post(door, TICKS, follow=True)
    link = str(receipt.redirect_chain[-1][0]).removesuffix("receipt")
    file = client.get(f"{link}receipt.txt").content.decode()

    shown = (told, receipt.content.decode(), file)
    assert not any("ersion 0" in text for text in shown)
    assert ["Draft of" in told, "a draft" in shown[1], "a draft" in file] == [True] * 3
