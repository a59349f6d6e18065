"""What a person sees of others' cards while they judge stories."""

import html
import re

import pytest
from django.test import Client

from apps.elicitation.models import Participant
from apps.elicitation.services import cards
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
