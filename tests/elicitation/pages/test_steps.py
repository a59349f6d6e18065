"""Every step as plain forms: who is let in, what is asked once, what is kept, and the code of every exit."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.elicitation.domain.protocol import Codes, Item, Option, Question, Quota, SurveyItem
from apps.elicitation.models import About, Participant, Protocol, StepTime, Survey, WiseChoice
from apps.moralgraph.models import Value
from tests.elicitation.test_pages import ANSWERS, TICKS
from tests.factories.elicitation import ProtocolFactory, content
from tests.factories.moralgraph import ValueFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
AGE = Item(
    key="age",
    label={"en": "How old are you?"},
    options=(
        Option(key="young", label={"en": "Under 30"}),
        Option(key="old", label={"en": "30 or older"}),
        Option(key="none", label={"en": "I have no age"}, screens_out=True),
    ),
)
WORK = Item(key="work", label={"en": "What do you work?"})
CODES = Codes(
    complete="C-1", screened_out="S-2", under_age="U-3", over_quota="Q-4", withdrew="W-5", failed="F-6"
)


def _open(**changes: Any) -> Protocol:
    return ProtocolFactory(draft=content(codes=CODES, **changes).to_json())


def _come(
    protocol: Protocol, client: Client | None = None, query: str = "", **ticks: str
) -> tuple[Client, str]:
    """Consent in a browser of one's own, and return it with the link."""
    client = Client()
    answer = client.post(f"/s/{protocol.study.slug}/", {**TICKS, **ticks})
    assert answer.status_code == 302, answer.content.decode()
    return client, str(answer["Location"]).removesuffix("receipt")


def _where(client: Client, link: str) -> str:
    return str(client.get(link)["Location"]).rsplit("/", 1)[1]


def _page(client: Client, link: str) -> str:
    return client.get(link, follow=True).content.decode()


def test_what_is_told_about_oneself_is_kept_once_and_the_interview_begins() -> None:
    client, link = _come(_open(about=(AGE, WORK)))
    assert _where(client, link) == "about"

    client.post(f"{link}about", {"about-age": "young", "about-work": " I  bake bread. "})

    assert About.objects.get().answers == {"age": "young", "work": "I bake bread."}
    assert _where(client, link) == "interview"
    client.post(f"{link}about", {"about-age": "old"})
    assert About.objects.get().answers["age"] == "young"


def test_everything_about_oneself_can_be_left_out() -> None:
    client, link = _come(_open(about=(AGE, WORK)))

    client.post(f"{link}about", {})

    assert About.objects.get().answers == {}
    assert _where(client, link) == "interview"


def test_an_answer_that_was_not_offered_is_refused_and_what_was_typed_stays() -> None:
    client, link = _come(_open(about=(AGE, WORK)))

    answer = client.post(f"{link}about", {"about-age": "ancient", "about-work": "I bake bread."})

    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in html
    assert 'value="I bake bread."' in html
    assert not About.objects.exists()


def test_an_answer_that_screens_out_ends_with_its_own_code_and_keeps_nothing() -> None:
    client, link = _come(_open(about=(AGE,), return_url="https://panel.example/complete?cc={code}"))

    client.post(f"{link}about", {"about-age": "none"})

    html = _page(client, link)
    assert "This study looks for other people" in html
    assert 'value="S-2"' in html
    assert 'href="https://panel.example/complete?cc=S-2"' in html
    assert not About.objects.exists()
    assert Participant.objects.get().exit == "screened_out"


def test_the_last_place_of_a_kind_is_given_once() -> None:
    protocol = _open(about=(AGE,), quotas=(Quota(item="age", option="young", at_most=1),))
    first, second, third = (_come(protocol) for _ in range(3))

    for (client, link), age in ((first, "young"), (second, "young"), (third, "old")):
        client.post(f"{link}about", {"about-age": age})

    assert [_where(*who) for who in (first, second, third)] == ["interview", "left", "interview"]
    html = _page(*second)
    assert "All places are taken" in html
    assert 'value="Q-4"' in html


def test_a_place_that_somebody_gave_back_is_given_again() -> None:
    protocol = _open(places=1)
    first = _come(protocol)
    second = _come(protocol)
    assert _where(*second) == "left"

    first[0].post(f"{first[1]}withdraw", {"confirm": "withdraw"})

    assert _where(*_come(protocol)) == "interview"


def test_simulated_people_take_no_place() -> None:
    protocol = _open(places=1)
    Participant.objects.create(
        study=protocol.study, simulated=True, token_hash="x", short_code="x", step="interview"
    )

    assert _where(*_come(protocol)) == "interview"


def test_the_question_that_was_chosen_is_the_one_that_is_asked() -> None:
    questions = (
        Question(key="work", title={"en": "At work"}, text={"en": "What guides you at work?"}),
        Question(key="home", title={"en": "At home"}, text={"en": "What guides you at home?"}),
    )
    client, link = _come(_open(questions=questions, question_choice="chosen"))
    assert _where(client, link) == "question"
    assert client.post(f"{link}question", {"question": "sea"}).status_code == 400

    client.post(f"{link}question", {"question": "home"})

    html = _page(client, link)
    assert "What guides you at home?" in html
    assert "What guides you at work?" not in html


def test_assigned_questions_stay_in_balance() -> None:
    questions = tuple(
        Question(key=key, title={"en": key}, text={"en": f"What about {key}?"})
        for key in ("work", "home", "sea")
    )
    protocol = _open(questions=questions, question_choice="assigned")

    for _ in range(7):
        _come(protocol)

    given = list(Participant.objects.values_list("question", flat=True))
    assert sorted(given.count(key) for key in ("work", "home", "sea")) == [2, 2, 3]


def _through_the_card(client: Client, link: str) -> None:
    for number, text in enumerate(ANSWERS):
        client.post(f"{link}interview", {"action": "say", "text": text, "client_id": f"{number:032x}"})
        if _where(client, link) == "card":
            break
    line = {"attended": "PAUSES", "qualifier": "before she answers", "quote": "", "turn": ""}
    form = {f"policy-0-{name}": value for name, value in line.items()}
    client.post(f"{link}card", {"title": "The pauses", "summary": "I wait.", "action": "accept", **form})


def test_values_of_others_come_after_ones_own_card_and_ticks_are_kept() -> None:
    protocol = _open(wise_values=True, votes_each=0)
    others = [ValueFactory(study=protocol.study, title=f"Another value {n}") for n in range(8)]
    client, link = _come(protocol)
    before = _page(client, link) + client.get(f"{link}wise", follow=True).content.decode()
    assert not any(value.title in before for value in others)
    _through_the_card(client, link)
    assert _where(client, link) == "wise"

    html = _page(client, link)
    shown = list(WiseChoice.objects.values_list("value_id", flat=True))
    assert len(shown) == 6
    assert all(Value.objects.get(pk=value).title in html for value in shown)
    assert _page(client, link) == html or shown == list(WiseChoice.objects.values_list("value_id", flat=True))
    not_shown = next(value.pk for value in others if value.pk not in shown)
    assert client.post(f"{link}wise", {"value": [str(not_shown)]}).status_code == 400
    client.post(f"{link}wise", {"value": [str(shown[0]), str(shown[4])]})

    chosen = set(WiseChoice.objects.filter(chosen=True).values_list("value_id", flat=True))
    assert chosen == {shown[0], shown[4]}
    assert WiseChoice.objects.filter(chosen=False).count() == 4
    assert _where(client, link) == "result"


def test_the_survey_takes_numbers_and_words_and_both_can_be_left_out() -> None:
    items = (
        SurveyItem(key="enjoyed", text={"en": "It was good."}),
        SurveyItem(key="clear", text={"en": "It was clear."}),
        SurveyItem(key="lost", text={"en": "Where did you get lost?"}, kind="words"),
    )
    client, link = _come(_open(votes_each=0, survey=items))
    _through_the_card(client, link)
    assert _where(client, link) == "survey"
    assert client.post(f"{link}survey", {"survey-enjoyed": "6"}).status_code == 400

    client.post(f"{link}survey", {"survey-enjoyed": "5", "survey-lost": "Nowhere."})

    assert Survey.objects.get().answers == {"enjoyed": 5, "lost": "Nowhere."}
    client.post(f"{link}result")
    assert 'value="C-1"' in _page(client, link)


def test_somebody_too_young_gets_the_code_for_that() -> None:
    protocol = _open()

    html = (
        Client().post(f"/s/{protocol.study.slug}/", {**TICKS, "of_age": "no"}, follow=True).content.decode()
    )

    assert 'value="U-3"' in html


def test_whoever_withdraws_gets_the_code_for_that() -> None:
    client, link = _come(_open())

    client.post(f"{link}withdraw", {"confirm": "withdraw"})

    assert 'value="W-5"' in _page(client, link)


@pytest.mark.parametrize(("state", "says"), [("paused", "has paused"), ("closed", "is closed")])
def test_a_study_that_is_not_open_says_so_and_lets_those_inside_finish(state: str, says: str) -> None:
    protocol = _open()
    client, link = _come(protocol)
    Protocol.objects.filter(pk=protocol.pk).update(state=state)

    newcomer = Client().get(f"/s/{protocol.study.slug}/")

    assert newcomer.status_code == 403
    assert says in newcomer.content.decode()
    assert _where(client, link) == "interview"
    assert f'href="{link}"' in client.get(f"/s/{protocol.study.slug}/").content.decode()


def test_a_paused_person_waits_and_what_they_send_is_kept_as_a_draft() -> None:
    client, link = _come(_open())
    Participant.objects.update(paused_at=timezone.now())

    page = client.get(f"{link}interview").content.decode()
    refused = client.post(f"{link}interview", {"action": "say", "text": "Hello", "client_id": "1" * 32})

    assert "Please wait a moment" in page
    assert refused.status_code == 409
    Participant.objects.update(paused_at=None)
    assert "Please wait a moment" not in client.get(f"{link}interview").content.decode()


PROLIFIC = "?PROLIFIC_PID=abc123&STUDY_ID=st1&SESSION_ID=se1"


def test_prolifics_ids_are_kept_through_the_consent() -> None:
    protocol = _open()
    form = Client().get(f"/s/{protocol.study.slug}/{PROLIFIC}").content.decode()
    assert 'name="PROLIFIC_PID" value="abc123"' in form

    _come(protocol, PROLIFIC_PID="abc123", PROLIFIC_STUDY="st1", PROLIFIC_SESSION="se1")

    person = Participant.objects.get()
    assert (person.prolific_pid, person.prolific_study, person.prolific_session) == ("abc123", "st1", "se1")


def test_the_same_person_from_prolific_goes_on_in_the_same_browser_and_needs_the_code_in_another() -> None:
    protocol = _open()
    client, link = _come(protocol, PROLIFIC_PID="abc123")
    address = f"/s/{protocol.study.slug}/{PROLIFIC}"

    same, other = client.get(address), Client().get(address)

    assert same["Location"] == link
    assert other["Location"].endswith("/come-back/")
    # Nor does sending the form anew make a second session.
    again = Client().post(f"/s/{protocol.study.slug}/", {**TICKS, "PROLIFIC_PID": "abc123"})
    assert again["Location"].endswith("/come-back/")
    assert Participant.objects.count() == 1


def test_ids_that_are_none_are_dropped() -> None:
    protocol = _open()

    _come(protocol, PROLIFIC_PID="<script>alert(1)</script>")

    assert Participant.objects.get().prolific_pid == ""


def test_each_step_is_timed_and_medians_of_others_make_the_minutes_left() -> None:
    protocol = _open(about=(AGE,), votes_each=0)
    for _ in range(5):
        client, link = _come(protocol)
        client.post(f"{link}about", {})
    assert list(StepTime.objects.filter(left_at=None).values_list("step", flat=True)) == ["interview"] * 5
    for visit in StepTime.objects.filter(step="about"):
        StepTime.objects.filter(pk=visit.pk).update(entered_at=visit.left_at - datetime.timedelta(minutes=30))

    html = _page(*_come(protocol))

    # Half an hour for the questions; the rest of the announced 15 minutes: interview, card and result.
    assert "about 42 min left" in html


OFFERS = ("receipt", "trouble", "withdraw")


def _offered(client: Client, link: str) -> set[str]:
    html = _page(client, link)
    return {name for name in OFFERS if f'href="{link}{name}"' in html}


def test_an_end_offers_only_what_still_leads_somewhere() -> None:
    protocol = _open(about=(AGE,), quotas=(Quota(item="age", option="young", at_most=0),))
    inside, screened, full, failed, withdrew = (_come(protocol) for _ in range(5))
    screened[0].post(f"{screened[1]}about", {"about-age": "none"})
    full[0].post(f"{full[1]}about", {"about-age": "young"})
    failed[0].post(f"{failed[1]}trouble")
    withdrew[0].post(f"{withdrew[1]}withdraw", {"confirm": "withdraw"})

    assert _offered(*inside) == {"receipt", "trouble", "withdraw"}
    assert _offered(*screened) == _offered(*full) == _offered(*withdrew) == {"receipt"}
    assert _offered(*failed) == {"receipt", "withdraw"}  # What they wrote is kept.
    for who in (screened, full, failed, withdrew):
        assert 'class="steps"' not in _page(*who)


def test_whoever_was_turned_away_can_still_have_a_panels_id_erased() -> None:
    protocol = _open(places=0)
    client = Client()
    sent = {"PROLIFIC_PID": "p" * 24, "STUDY_ID": "s" * 24, "SESSION_ID": "e" * 24}
    answer = client.post(f"/s/{protocol.study.slug}/", {**TICKS, **sent})
    link = str(answer["Location"]).removesuffix("receipt")
    assert _where(client, link) == "left"

    assert _offered(client, link) == {"receipt", "withdraw"}


def test_somebody_too_young_is_not_sent_back_with_a_code() -> None:
    protocol = _open()

    html = Client().get(f"/s/{protocol.study.slug}/too-young/").content.decode()

    assert f'href="/s/{protocol.study.slug}/come-back/"' not in html
