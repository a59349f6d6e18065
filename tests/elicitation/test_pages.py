"""The whole path as plain forms, without JavaScript, and what is refused on the way."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.moralgraph.models import Vote
from apps.shared.management.commands.prepare import load_demo
from apps.shared.models import Study
from tests.browser.participant import ANSWERS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]

TICKS = {"version": "1", "research": "on", "quotes": "on", "of_age": "yes"}


@pytest.fixture
def demo(tmp_path: Path) -> Study:
    """Return the demo study with its values and stories."""
    return load_demo(sign_ins=tmp_path / "sign-ins.txt")


def _enrol(client: Client, study: Study, **ticks: str) -> str:
    """Consent, and return the personal link."""
    answer = client.post(f"/s/{study.slug}/", {**TICKS, **ticks})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removesuffix("receipt")


def _interview(client: Client, link: str) -> None:
    client.post(f"{link}about", {"about-age": "from_30"})
    for number, text in enumerate(ANSWERS):
        client.post(f"{link}interview", {"action": "say", "text": text, "client_id": f"{number:032x}"})
        if str(client.get(link)["Location"]).endswith("/card"):
            return
    client.post(f"{link}interview", {"action": "card_now"})


def _field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def _accept(client: Client, link: str) -> None:
    html = client.get(f"{link}card").content.decode()
    form: dict[str, Any] = {"title": "Room to hear oneself", "summary": "I wait.", "action": "accept"}
    for number in range(len(re.findall(r"policy-\d+-attended\" value", html)) or 3):
        for part in ("attended", "quote", "turn"):
            form[f"policy-{number}-{part}"] = _field(html, f"policy-{number}-{part}").replace("&#x27;", "'")
        form[f"policy-{number}-qualifier"] = "in which somebody can hear themselves"
    answer = client.post(f"{link}card", form)
    assert answer.status_code == 302, answer.content.decode()


def _to_votes(client: Client, study: Study) -> str:
    link = _enrol(client, study)
    _interview(client, link)
    _accept(client, link)
    return link


def test_the_whole_path_works_as_plain_forms(client: Client, demo: Study) -> None:
    link = _to_votes(client, demo)
    for _ in range(5):
        html = client.get(f"{link}votes").content.decode()
        shown = {"transition": _field(html, "transition"), "context": _field(html, "context")}
        client.post(f"{link}votes", {**shown, "answer": "wiser", "reason": ""})
    client.post(f"{link}votes", {"action": "finish"})
    client.post(f"{link}survey", {"survey-enjoyed": "4", "survey-lost": "Nowhere."})

    result = client.get(f"{link}result").content.decode()
    client.post(f"{link}result")
    done = client.get(f"{link}done").content.decode()

    assert "Room to hear oneself" in result
    assert "<svg" in result
    assert "DEMO-7Q4K-ADVICE" in done


def test_a_vote_for_a_pair_that_was_not_shown_is_refused_and_nothing_is_written(
    client: Client, demo: Study
) -> None:
    link = _to_votes(client, demo)
    before = Vote.objects.count()

    answer = client.post(f"{link}votes", {"transition": "999999", "context": "1", "answer": "wiser"})

    assert answer.status_code in {400, 404, 409}
    assert 'role="alert"' in answer.content.decode()
    assert Vote.objects.count() == before


def test_consent_needs_research_use_and_an_answer_about_age(client: Client, demo: Study) -> None:
    answer = client.post(f"/s/{demo.slug}/", {"version": "1"})

    html = answer.content.decode()
    assert answer.status_code == 400
    assert "needed to take part" in html
    assert "Choose yes or no" in html


def test_somebody_too_young_leaves_by_their_own_exit(client: Client, demo: Study) -> None:
    answer = client.post(f"/s/{demo.slug}/", {**TICKS, "of_age": "no"})

    assert answer["Location"] == f"/s/{demo.slug}/too-young/"


def test_unknown_studies_and_forged_links_lead_nowhere(client: Client, demo: Study) -> None:
    link = _enrol(client, demo)

    assert client.get("/s/nowhere/").status_code == 404
    assert Client().get(link[:-4] + "abc/interview").status_code == 404


def test_pages_of_a_session_are_not_kept_by_caches_or_search_engines(client: Client, demo: Study) -> None:
    answer = client.get(f"{_enrol(client, demo)}about")

    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_the_interview_says_that_it_is_a_program_without_ai(client: Client, demo: Study) -> None:
    link = _enrol(client, demo)
    client.post(f"{link}about", {})
    html = client.get(f"{link}interview").content.decode()

    assert "I am a program without AI: this is a guided interview." in html
