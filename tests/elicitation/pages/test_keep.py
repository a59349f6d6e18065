"""Everything that is held of a person can be downloaded, by that person alone."""

import json
from typing import Any

import pytest
from django.test import Client

from apps.elicitation.models import Participant, Passage, Turn
from apps.shared.services import audit
from tests.elicitation.pages.test_steps import AGE, _come, _open, _through_the_card
from tests.elicitation.test_pages import ANSWERS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]


def _data(client: Client, link: str) -> dict[str, Any]:
    answer = client.get(f"{link}data.json")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_it_holds_every_word_and_choice_and_names_the_version_that_they_met() -> None:
    protocol = _open(about=(AGE,), votes_each=0)
    client, link = _come(protocol, PROLIFIC_PID="abc123")
    client.post(f"{link}about", {"about-age": "young"})
    _through_the_card(client, link)

    held = _data(client, link)

    assert protocol.current is not None
    assert held["protocol"] == {"version": 1, "hash": protocol.current.hash}
    assert held["about"] == {"age": "young"}
    assert held["came_from"] == {"prolific_pid": "abc123"}
    assert held["consent"]["quotes"] is True
    said = [turn["text"] for turn in held["interview"]["turns"] if turn["speaker"] == "person"]
    assert said == list(ANSWERS[: len(said)])
    assert len(said) >= 3
    assert held["card"][-1]["title"] == "The pauses"
    assert held["card"][-1]["stands_in_value"] == "The pauses"
    assert [visit["step"] for visit in held["steps"]] == ["about", "interview", "card", "result"]


def test_nobody_elses_data_comes_with_it_and_after_a_withdrawal_no_words_are_left() -> None:
    protocol = _open()
    mine, other = _come(protocol), _come(protocol)
    for client, link, text in ((*mine, "My own harbour."), (*other, "Somebody else's lighthouse.")):
        client.post(f"{link}interview", {"action": "say", "text": text, "client_id": "1" * 32})

    assert "lighthouse" not in json.dumps(_data(*mine))
    mine[0].post(f"{mine[1]}withdraw", {"confirm": "withdraw"})
    assert "harbour" not in json.dumps(_data(*mine))


def test_a_forged_link_holds_nothing() -> None:
    _, link = _come(_open())

    assert Client().get(f"{link[:-4]}abc/data.json").status_code == 404


def test_it_says_what_it_is_and_holds_what_researchers_noted_and_read() -> None:
    protocol = _open()
    client, link = _come(protocol)
    client.post(f"{link}interview", {"action": "say", "text": "My own harbour.", "client_id": "1" * 32})
    turn = Turn.objects.get(speaker="person")
    Passage.objects.create(turn=turn, start=3, end=14, memo="A place.")
    person = Participant.objects.get()
    audit.record(study=person.study, actor=None, action="transcript.read", subject=str(person.pk))

    held = _data(client, link)

    assert next(iter(held)) == "read_me"
    assert "everything that this study holds of you" in held["read_me"]
    assert held["researchers_noted"][0]["passage"] == "own harbour"
    assert held["researchers_noted"][0]["memo"] == "A place."
    assert [entry["what"] for entry in held["researchers_read"]] == ["transcript.read"]
