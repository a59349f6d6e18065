"""What a person sees of others' cards while they judge stories."""

import html
import json
import re

import pytest
from django.test import Client

from apps.elicitation.models import Participant
from apps.elicitation.services import cards
from apps.moralgraph.models import OwnStory
from tests.factories.elicitation import at_the_card
from tests.factories.moralgraph import ContextFactory, ValueFactory

pytestmark = pytest.mark.django_db

SPANISH = {
    "title": "Pausas que dejan pensar",
    "summary": "Escucho lo que la otra persona todavía no dice.",
    "policies": [
        {"attended": "PAUSAS", "qualifier": "en las que alguien se decide", "quote": "", "turn": None}
    ],
}


def test_a_card_in_another_language_says_which_to_people_and_to_screen_readers() -> None:
    session = at_the_card()
    ContextFactory(study=session.participant.study)
    ValueFactory(study=session.participant.study, **SPANISH)
    cards.accept(participant=session.participant)

    page = html.unescape(Client().get(f"/p/{session.token}/votes").content.decode())
    shown = re.findall(r'<article class="values-card([^"]*)"( lang="\w+")?>(.*?)</article>', page, re.S)

    assert {(" is-mine" in kind, lang.strip()) for kind, lang, _ in shown} == {
        (True, ""),
        (False, 'lang="es"'),
    }
    assert [
        "Language of this card: Spanish" in text for kind, _, text in shown if " is-mine" not in kind
    ] == [True]
    assert not any("Language of this card" in text for kind, _, text in shown if " is-mine" in kind)


def test_a_card_in_ones_own_language_says_nothing_of_it() -> None:
    session = at_the_card()
    ContextFactory(study=session.participant.study)
    ValueFactory(study=session.participant.study, **SPANISH)
    cards.accept(participant=session.participant)
    Participant.objects.filter(pk=session.participant.pk).update(language="es")

    page = html.unescape(Client().get(f"/p/{session.token}/votes").content.decode())

    assert "Idioma de esta tarjeta: Inglés" in page
    assert "Idioma de esta tarjeta: Español" not in page


MINE = "I used to answer at once. Then somebody went quiet, and I learned to wait."


def test_somebody_tells_their_own_story_and_goes_on() -> None:
    session = at_the_card()
    cards.accept(participant=session.participant)
    link, client = f"/p/{session.token}/votes", Client()
    assert "Did it happen to you? You can leave all of this empty." in client.get(link).content.decode()
    told = {"action": "finish", "own_story": MINE, "own_before": "Being quick"}

    refused = client.post(link, told)
    assert refused.status_code == 400
    page = html.unescape(refused.content.decode())
    # What they wrote stands in the form again, beside what is missing.
    assert MINE in page
    assert 'value="Being quick"' in page
    assert "Tick that others may read it" in page
    assert not OwnStory.objects.exists()

    assert client.post(link, {**told, "own_agreed": "yes"}).status_code == 302
    own = OwnStory.objects.get()
    assert (own.text, own.before, own.language, own.state) == (MINE, "Being quick", "en", "open")
    session.participant.refresh_from_db()
    assert session.participant.step != "votes"
    held = json.loads(client.get(f"/p/{session.token}/data.json").content)
    assert held["your_own_story"]["story"] == MINE


def test_skipping_ones_own_story_is_as_easy_as_going_on() -> None:
    session = at_the_card()
    cards.accept(participant=session.participant)

    left_empty = {"action": "finish", "own_story": "", "own_before": ""}
    assert Client().post(f"/p/{session.token}/votes", left_empty).status_code == 302

    assert not OwnStory.objects.exists()
    session.participant.refresh_from_db()
    assert session.participant.step != "votes"
