"""Participants read in their language: every sentence is translated, a study opens only in reviewed ones."""

import datetime
import html
import re
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.test import Client
from django.utils import translation

from apps.elicitation.domain import demo
from apps.elicitation.domain.protocol import LANGUAGES, Review
from apps.elicitation.models import Participant, Protocol
from tests.elicitation.test_pages import ANSWERS, TICKS
from tests.factories.elicitation import ProtocolFactory, content
from tests.factories.moralgraph import ContextFactory, ValueFactory
from tools import catalogues

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+[^>]*>")
database = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]


def placeholders(text: str) -> list[str]:
    """Return what is filled in and marked up in a sentence."""
    return sorted(PLACEHOLDER.findall(text))


# The plural forms that stand for one number each, which may be said in words: "one", "two".
ONE_NUMBER = {1: (), 2: (0,), 6: (1, 2)}


def fits(text: str, english: Sequence[str], *, one_number: bool) -> bool:
    """Say whether a translation fills in what the English sentence does."""
    allowed = [placeholders(form) for form in english]
    if len(english) == 2 and one_number:
        allowed.append([name for name in allowed[-1] if name != "%(n)s"])
    return placeholders(text) in allowed


def gaps(wanted: Catalog, have: Catalog) -> list[str]:
    """Return what a language lacks: sentences, plural forms, or placeholders that the English ones have."""
    found = []
    for message in wanted:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, list | tuple) else [message.id]
        entry = have.get(message.id, message.context)
        texts = catalogues.texts_of(entry) if entry else []
        if not texts or not all(text.strip() for text in texts):
            found.append(f"no translation: {english[0]}")
        elif len(english) == 2 and len(texts) != have.num_plurals:
            found.append(f"{len(texts)} of {have.num_plurals} plural forms: {english[0]}")
        else:
            alone = ONE_NUMBER[have.num_plurals]
            if not all(fits(text, english, one_number=form in alone) for form, text in enumerate(texts)):
                found.append(f"other placeholders: {english[0]}")
    return found


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """Return every sentence that must be translated; reading all sources for them takes a while."""
    return catalogues.collect()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_that_a_participant_can_read_is_translated(wanted: Catalog, language: str) -> None:
    assert len(wanted) > 300
    assert gaps(wanted, catalogues.read(language)) == []


@pytest.mark.parametrize(
    ("english", "spoilt", "fault"),
    [
        ("Go on where you were", "", "no translation"),
        ("Story %(number)s of %(total)s", "القصة %(number)s", "other placeholders"),
        ("Questions? Ask <bdi>%(contact)s</bdi>.", "اسألوا %(contact)s", "other placeholders"),
        (("%(n)s judgement", "%(n)s judgements"), ("%(n)s حكم",) * 2, "2 of 6 plural forms"),
    ],
)
def test_a_translation_that_is_lost_or_spoilt_is_noticed(
    wanted: Catalog, english: Any, spoilt: Any, fault: str
) -> None:
    arabic = catalogues.read("ar")
    before = gaps(wanted, arabic)
    entry = arabic.get(english)
    assert entry is not None

    entry.string = spoilt

    assert [gap.split(":")[0] for gap in gaps(wanted, arabic) if gap not in before] == [fault]


def test_the_compiled_catalogues_are_those_of_the_sources() -> None:
    for language in catalogues.LANGUAGES:
        with translation.override(language):
            for message in catalogues.read(language):
                if isinstance(message.id, str) and message.id and message.string:
                    said = (
                        translation.pgettext(message.context, message.id)
                        if message.context
                        else translation.gettext(message.id)
                    )
                    assert said == message.string, "run `make setup`, which compiles the catalogues"


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 حكم"), (1, "حكم واحد"), (2, "حكمان"), (3, "3 أحكام"), (11, "11 حكمًا"), (100, "100 حكم")],
)
def test_arabic_has_six_forms_of_a_number(n: int, said: str) -> None:
    with translation.override("ar"):
        assert translation.ngettext("%(n)s judgement", "%(n)s judgements", n) % {"n": n} == said


def test_the_script_gets_every_word_from_the_page() -> None:
    source = (ROOT / "frontend/participant/words.ts").read_text()
    keys = set(re.findall(r"^  (\w+): \"", source, re.M))
    templates = ROOT / "apps/elicitation/templates/elicitation"
    given = {
        key
        for path in templates.glob("*.html")
        for key in re.findall(r"data-say-(\w+)=\"\{", path.read_text())
    }

    assert keys
    assert keys - given == set()


# What is not translated: names, keys, units, and how a value's number is written.
KEPT = {"Touchstone", "Ctrl", "Enter", "UTC", "SHA", "n", "English", "Español", "DEMO", "ADVICE"}


def latin_words(page: str) -> set[str]:
    """Return what an Arabic page says in Latin letters, people's own words and addresses left out."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    body = re.sub(
        r"<(\w+)[^>]*\b(?:dir=\"(?:auto|ltr)\"|lang=\"(?:en|es)\")[^>]*>.*?</\1>", " ", body, flags=re.S
    )
    body = re.sub(r"<bdi[^>]*>.*?</bdi>|https?://\S+|\b[A-Z\d]+-[A-Z\d]+\b", " ", body, flags=re.S)
    said = re.findall(r"(?:aria-label|placeholder|title|data-say-\w+|data-budget)=\"([^\"]*)\"", body)
    text = html.unescape(" ".join([re.sub(r"<[^>]+>", " ", body), *said]))
    return set(re.findall(rf"(?<![{{\w])[{string.ascii_letters}]+(?![\w}}])", text)) - KEPT


def _enrol(client: Client, protocol: Protocol) -> str:
    answer = client.post(f"/s/{protocol.study.slug}/", TICKS)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).removesuffix("receipt")


def _arabic(**changes: Any) -> Protocol:
    whole = demo.protocol().model_copy(update={"wise_values": True, **changes})
    protocol = ProtocolFactory(draft=whole.to_json(), study__title="دراسة")
    ContextFactory(study=protocol.study, name="عند طلب المشورة")
    for number in range(3):
        ValueFactory(study=protocol.study, title=f"قيمة {number}", summary="ملخص")
    return protocol


class TestInArabic:
    """The whole way in Arabic, as plain forms."""

    pytestmark = database

    def test_no_page_speaks_english(self) -> None:
        protocol = _arabic()
        client = Client(headers={"accept-language": "ar"})
        door = f"/s/{protocol.study.slug}/"
        pages = {
            "door": client.get(door),
            "door with errors": client.post(door, {"version": "1"}),
            "come back": client.get(f"{door}come-back/"),
            "come back with an error": client.post(f"{door}come-back/", {"code": "x"}),
            "too young": client.get(f"{door}too-young/"),
            "no study": client.get("/s/nowhere/"),
            "no page": client.get("/nowhere"),
            "no session": client.get("/p/nobody/card"),
            "home": client.get("/"),
        }
        link = _enrol(client, protocol)
        pages["receipt"] = client.get(f"{link}receipt")
        pages["receipt file"] = client.get(f"{link}receipt.txt")
        pages["about"] = client.get(f"{link}about")
        pages["about with errors"] = client.post(f"{link}about", {"about-age": "old"})
        client.post(f"{link}about", {})
        pages["interview with an error"] = client.post(
            f"{link}interview", {"text": "", "client_id": "0" * 32}
        )
        for number, text in enumerate(ANSWERS):
            client.post(f"{link}interview", {"text": text, "client_id": f"{number + 1:032x}"})
        client.post(f"{link}interview", {"action": "card_now"})
        form = {"title": "وقت للآخر", "policy-0-attended": "اللحظات", "policy-0-qualifier": "التي يصمت فيها"}
        pages["card"] = client.get(f"{link}card")
        pages["card with errors"] = client.post(f"{link}card", {**form, "title": "", "action": "accept"})
        client.post(f"{link}card", {**form, "action": "accept"})
        pages["wise"] = client.get(f"{link}wise")
        pages["wise with an error"] = client.post(f"{link}wise", {"value": "999999"})
        client.post(f"{link}wise", {})
        pages["story"] = client.get(f"{link}votes")
        pages["story with an error"] = client.post(f"{link}votes", {"transition": "1", "context": "1"})
        while (votes := client.get(f"{link}votes")).context["offer"]:
            row = votes.context["offer"].row
            vote = {"transition": row.transition_id, "context": row.context_id, "answer": "wiser"}
            client.post(f"{link}votes", vote)
        pages["stories answered"] = votes
        client.post(f"{link}votes", {"action": "finish"})
        pages["survey with an error"] = client.post(f"{link}survey", {"survey-trusts": "9"})
        client.post(f"{link}survey", {})
        pages["result"] = client.get(f"{link}result")
        client.post(f"{link}result")
        pages["done"] = client.get(f"{link}done")
        pages["withdraw"] = client.post(f"{link}withdraw", {})
        client.post(f"{link}withdraw", {"confirm": "withdraw"})
        pages["withdrawn"] = client.get(f"{link}withdraw")

        # The answers of this test are English, and so is the title that was drafted from them.
        own = set(re.findall(r"\w+", pages["card"].context["title"]))
        found = {name: latin_words(page.content.decode()) - own for name, page in pages.items()}

        assert {name: words for name, words in found.items() if words} == {}
        for name, page in pages.items():
            if name != "receipt file":
                assert '<html lang="ar" dir="rtl">' in page.content.decode(), name

    def test_an_english_word_on_an_arabic_page_is_noticed(self) -> None:
        assert latin_words('<p>نص</p><p>Go on</p><p dir="auto">My words</p>') == {"Go", "on"}


class TestChoosing:
    """Which languages are offered, and what choosing one does."""

    pytestmark = database

    def _reviewed(self, *languages: str) -> Protocol:
        at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        reviews = tuple(Review(language=code, by="robin", at=at) for code in languages)  # type: ignore[arg-type]
        texts = {code: f"Text in {code}" for code in LANGUAGES}
        return ProtocolFactory(
            draft=content(
                reviews=reviews,
                disclosure=texts, who_may_read=texts, consent=texts,
                questions=({"key": "advice", "title": texts, "text": texts},),
            ).to_json()
        )  # fmt: skip

    def _offered(self, page: str) -> list[str]:
        return re.findall(r'name="language" value="(\w+)"', page)

    def test_only_reviewed_languages_are_offered_and_spoken(self) -> None:
        protocol = self._reviewed("en", "ar")
        door = f"/s/{protocol.study.slug}/"

        spanish = Client(headers={"accept-language": "es-MX,es;q=0.9"}).get(door).content.decode()
        arabic = Client(headers={"accept-language": "ar-EG,ar;q=0.9,en;q=0.5"}).get(door).content.decode()

        assert self._offered(spanish) == ["en", "ar"]
        assert '<html lang="en">' in spanish
        assert "Text in en" in spanish
        assert '<html lang="ar" dir="rtl">' in arabic
        assert "Text in ar" in arabic

    def test_a_study_in_one_language_offers_no_choice(self) -> None:
        protocol = self._reviewed("es")

        page = Client(headers={"accept-language": "en"}).get(f"/s/{protocol.study.slug}/").content.decode()

        assert self._offered(page) == []
        assert '<html lang="es">' in page

    def test_a_language_that_nobody_reviewed_is_refused(self) -> None:
        protocol = self._reviewed("en", "es")
        client = Client()
        link = _enrol(client, protocol)

        refused = client.post(f"{link}language", {"language": "ar"})
        client.post(f"/s/{protocol.study.slug}/language", {"language": "ar"})

        assert refused.status_code == 400
        assert Participant.objects.get().language == "en"
        assert '<html lang="en">' in client.get(f"/s/{protocol.study.slug}/").content.decode()

    def test_a_review_of_later_changes_nothing_for_people_who_are_in(self) -> None:
        protocol = self._reviewed("en")
        client = Client()
        link = _enrol(client, protocol)
        Protocol.objects.filter(pk=protocol.pk).update(draft=demo.protocol().to_json())

        assert client.post(f"{link}language", {"language": "ar"}).status_code == 400

    def test_choosing_at_the_door_is_kept_with_the_query_and_the_enrolment(self) -> None:
        protocol = self._reviewed("en", "es")
        client, door = Client(), f"/s/{protocol.study.slug}/"

        back = client.post(f"{door}language", {"language": "es", "next": f"{door}?PROLIFIC_PID=abc"})
        link = _enrol(client, protocol)

        assert back["Location"] == f"{door}?PROLIFIC_PID=abc"
        assert Participant.objects.get().language == "es"
        assert '<html lang="es">' in client.get(f"{link}receipt").content.decode()

    def test_choosing_in_mid_session_keeps_the_step_and_the_page(self) -> None:
        protocol = self._reviewed("en", "ar")
        client = Client()
        link = _enrol(client, protocol)
        before = Participant.objects.get().step

        back = client.post(f"{link}language", {"language": "ar", "next": f"{link}withdraw"})

        person = Participant.objects.get()
        assert (person.language, person.step) == ("ar", before)
        assert back["Location"] == f"{link}withdraw"
        page = Client().get(f"{link}interview").content.decode()
        assert '<html lang="ar" dir="rtl">' in page
        assert "Text in ar" in page

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "/studio/", "/p/x/card"]
    )
    def test_choosing_leads_nowhere_else(self, elsewhere: str) -> None:
        protocol = self._reviewed("en", "es")
        client = Client()
        link = _enrol(client, protocol)

        back = client.post(f"{link}language", {"language": "es", "next": elsewhere})

        assert back["Location"] == link

    def test_a_forged_link_chooses_nothing(self) -> None:
        assert Client().post("/p/nobody/language", {"language": "es"}).status_code == 404


@pytest.mark.django_db
def test_the_studio_and_its_api_speak_english_whatever_the_browser_asks_for() -> None:
    client = Client(headers={"accept-language": "es"})

    assert '<html lang="en">' in client.get("/account/login/").content.decode()
    assert "credentials" in client.get("/api/studies/").json()["error"]["message"]


def test_the_interviewer_is_named_in_the_readers_language() -> None:
    from apps.elicitation.models import Interview

    with translation.override("ar"):
        assert str(Interview.Interviewer.GUIDED.label) == "مقابلة موجَّهة (برنامج بلا ذكاء اصطناعي)"
