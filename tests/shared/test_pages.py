"""The front door, security headers and the error pages."""

import pytest
from django.test import Client

from tests.factories.shared import StudyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_health_check_answers(client: Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_the_front_door_leads_to_the_demo_where_there_is_one(client: Client) -> None:
    assert "/s/" not in client.get("/").content.decode()

    StudyFactory(slug="tea", is_demo=True)

    assert 'href="/s/tea/"' in client.get("/").content.decode()


def test_the_studio_asks_for_a_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get("/studio/models")

    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/studio/models"


def test_a_sign_in_leaves_no_message_for_a_participants_page(client: Client) -> None:
    UserFactory(username="ada")
    page = "/account/login/?next=/"

    answer = client.post(page, {"login": "ada", "password": "a-long-pass-phrase"}, follow=True)

    assert answer.request["PATH_INFO"] == "/"
    assert "ada" not in answer.content.decode()
    assert 'role="status"' not in answer.content.decode()


def test_the_studio_is_one_page_for_every_address_below_it(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/studio/").status_code == 200
    assert client.get("/studio/studies/tea/graph").status_code == 200


def test_pages_carry_a_strict_policy_and_headers(client: Client) -> None:
    answer = client.get("/")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_an_unknown_address_says_what_to_do(client: Client) -> None:
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "Check the link" in answer.content.decode()


def test_an_unknown_endpoint_answers_in_the_common_shape(client: Client) -> None:
    assert client.get("/api/nowhere/").json()["error"]["code"] == "not_found"


def test_nobody_signs_up_alone(client: Client) -> None:
    answer = client.get("/account/signup/")

    assert b"password1" not in answer.content


def test_repeated_wrong_passwords_are_refused_for_a_while(client: Client) -> None:
    UserFactory(username="ada")
    answers = [
        client.post("/account/login/", {"login": "ada", "password": f"wrong-{number}"}) for number in range(7)
    ]

    assert "Too many failed login attempts" in answers[-1].content.decode()
    answer = client.post("/account/login/", {"login": "ada", "password": "a-long-pass-phrase"})
    assert answer.status_code == 200
