"""Signs of distress: what people say of themselves now, and all the ways of speaking that sound like it."""

import pytest

from apps.elicitation.domain import distress

SIGNS = [
    "I want to kill myself.",
    "Honestly, some days I think about ending my life and nobody knows.",
    "I don’t want to live anymore.",
    "They would be better off without me.",
    "I'm feeling suicidal tonight",
    "I can't go on any more.",
    "I am not safe at home. Nobody knows.",
    "My husband beats me when he drinks.",
    "We talked about it for long. I wish I was dead.",
    "Me quiero morir, no veo salida.",
    "A veces tengo ganas de hacerme daño.",
    "Ya no quiero vivir.",
    "Tengo pensamientos suicidas desde hace meses.",
    "Mi marido me pega y nadie lo sabe.",
    "أريد أن أموت",
    "لم أعد أريد أن أعيش، تعبت.",
    "أفكر في الانتحار كل ليلة",
    "لا معنى لحياتي بعد الآن",
    "زوجي يضربني أمام الأولاد.",
]
NO_SIGNS = [
    "That joke killed me (laughing).",
    "I nearly killed myself laughing, it was so silly.",
    "I wanted to kill myself laughing lol",
    "I was dying to know what she thought.",
    "My feet are killing me.",
    "I don't want to live in the city, I want to live near my sister.",
    "I'm not suicidal, and I never was.",
    "I never wanted to hurt myself or anybody.",
    "My brother killed himself, and I sat with my mother for weeks.",
    "I volunteer at a suicide helpline and listen for what they leave out.",
    "I cut myself shaving on the morning of the wedding.",
    "It was a dead end, so we killed the project.",
    "She said she wanted to end it, and I asked what she meant by ending it.",
    "I could not go on holiday that year.",
    "Quería morirme de risa cuando lo dijo.",
    "Me moría de hambre y de sueño.",
    "No quiero morir sin ver el mar.",
    "Fue una broma: dijo que se iba a matar a estudiar.",
    "كدت أموت من الضحك",
    "لا أريد أن أموت قبل أن أراها",
    "مات أبي العام الماضي وبقيت مع أمي",
    "",
    "😂😂",
]


@pytest.mark.parametrize("text", SIGNS)
def test_what_people_say_of_themselves_is_a_sign(text: str) -> None:
    assert distress.shows(text=text)
    assert distress.shows(text=f"It was on a Monday. {text} Then I went home.")


@pytest.mark.parametrize("text", NO_SIGNS)
def test_a_way_of_speaking_or_the_fate_of_others_is_none(text: str) -> None:
    assert not distress.shows(text=text)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_pause_names_the_contact_and_a_way_out_that_pays(language: str) -> None:
    text = distress.pause(help_contact="help@example.org", language=language)

    assert "help@example.org" in text
    assert "{" not in text
    assert {"en": "same pay", "es": "mismo pago", "ar": "الأجر نفسه"}[language] in text


def test_without_a_contact_the_pause_names_none() -> None:
    text = distress.pause(help_contact="  ", language="en")

    assert "can be reached" not in text
    assert "emergency" in text


def test_an_unknown_language_gets_the_english_pause() -> None:
    assert distress.pause(help_contact="x", language="de") == distress.pause(help_contact="x", language="en")
