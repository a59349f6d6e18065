"""The card as a plain form: proposals beside one's own wording, earlier wordings, and starting over."""

import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from apps.elicitation.domain.interview import Phase
from apps.elicitation.models import Interview, Participant, Turn
from apps.elicitation.services import drafts, interviews
from apps.elicitation.services.participants import Session
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import Policy, ValuesCard
from apps.moralgraph.models import Card, CardVersion, ContextProposal, Value
from tests.factories.elicitation import RICH, at_the_card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
QUOTE = "how he held the cup"
SINCE = ValuesCard("Cups and hands", "I look at hands.", (Policy("CUPS", "that tremble", QUOTE, 99),))


@pytest.fixture
def me() -> Session:
    """Return somebody in front of the card that was drafted from their words."""
    return at_the_card()


def _card(me: Session) -> moralgraph.CardView:
    found = moralgraph.card_of(participant_id=me.participant.pk)
    assert found is not None
    return found


def _form(me: Session, **changes: Any) -> dict[str, Any]:
    """Return the form as the page gave it, with these changes."""
    card = _card(me)
    form: dict[str, Any] = {"title": card.title, "summary": card.summary}
    for number, policy in enumerate(card.policies):
        for name, value in policy.to_json().items():
            form[f"policy-{number}-{name}"] = "" if value is None else value
    return {**form, **changes}


def _press(client: Client, me: Session, action: str, **changes: Any) -> Any:
    return client.post(f"/p/{me.token}/card", _form(me, action=action, **changes))


def _page(client: Client, me: Session) -> str:
    return html.unescape(client.get(f"/p/{me.token}/card").content.decode())


def _redraft(me: Session, card: ValuesCard = SINCE) -> None:
    interview = Interview.objects.get(participant=me.participant)
    drafts.keep(interview=interview, card=card, up_to=100)
    interview.save()


def test_every_line_shows_where_it_comes_from(client: Client, me: Session) -> None:
    card = _card(me)
    own = {
        f"policy-{len(card.policies)}-attended": "SILENCES",
        f"policy-{len(card.policies)}-qualifier": "kept",
    }

    _press(client, me, "save", **own)

    lines = _page(client, me).split('<li class="card-line">')[1:]
    assert len(lines) == len(card.policies) + 1
    for line, policy in zip(lines, card.policies, strict=False):
        assert policy.quote in line
        assert re.search(r"You said, in answer [1-4]", line)
    assert "<blockquote" not in lines[-1]
    assert "Your own words, added by you" in lines[-1]


def test_a_hint_stands_beside_the_line_that_it_is_about(client: Client, me: Session) -> None:
    _press(client, me, "save", **{"policy-1-attended": "honesty", "policy-1-qualifier": "in all things"})

    page = _page(client, me)

    lines = page.split('<li class="card-line">')[1:]
    hinted = [n for n, line in enumerate(lines) if "card-line-hints" in line]
    assert 1 in hinted
    assert 'aria-describedby="hint_policy-1-0 ' in lines[1]
    assert 'id="hint_policy-1-0"' in lines[1]
    assert client.post(f"/p/{me.token}/card", _form(me, action="accept")).status_code == 302


def _hints(page: str, place: str = "") -> dict[str, str]:
    """Return the hints of a page, or of one of its lines, with the button that puts each away."""
    shown = re.findall(
        r'<span id="hint_([\w-]+)-\d">([^<]*)</span>\s*<button[^>]* value="(away-[^"]+)"', html.unescape(page)
    )
    return {text: button for where, text, button in shown if where.startswith(place)}


def test_a_hint_is_put_away_for_good_and_nothing_typed_is_lost_or_saved(client: Client, me: Session) -> None:
    _press(client, me, "save", **{"policy-1-attended": "HONESTY", "policy-1-qualifier": "in all things"})
    number = _card(me).number
    (text, away), *_ = _hints(_page(client, me), "policy-1").items()

    typed = _press(client, me, away, title="Typed a second ago").content.decode()

    assert text not in _hints(typed, "policy-1")
    assert 'value="Typed a second ago"' in typed
    assert "Changed, but not saved yet." in typed
    assert _card(me).number == number
    assert text not in _hints(_page(client, me), "policy-1")
    # Another line that says the same has a hint of its own; this one has it again once it is worded anew.
    _press(client, me, "save", **{"policy-1-qualifier": "in most things"})
    assert text in _hints(_page(client, me), "policy-1")


def test_hints_stay_with_their_line_while_it_moves_unsaved(client: Client, me: Session) -> None:
    _press(client, me, "save", **{"policy-1-attended": "HONESTY", "policy-1-qualifier": "in all things"})
    hints = _hints(_page(client, me), "policy-1")

    moved = _press(client, me, "up-1").content.decode()

    assert hints
    assert _hints(moved, "policy-0") == hints


def test_a_line_without_words_has_no_hint(client: Client, me: Session) -> None:
    n = len(_card(me).policies)

    assert _hints(_press(client, me, "add").content.decode(), f"policy-{n}") == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Nombre algo que una persona desconocida pueda notar."),
        ("ar", "سمّوا شيئًا يمكن لشخص غريب أن يلاحظه."),
    ],
)
def test_hints_speak_the_persons_language(client: Client, me: Session, language: str, text: str) -> None:
    _press(client, me, "save", **{"policy-1-attended": "HONESTY", "policy-1-qualifier": "in all things"})
    Participant.objects.filter(pk=me.participant.pk).update(language=language)

    assert text in _hints(_page(client, me), "policy-1")


def test_what_a_model_finds_stands_at_its_line_until_the_line_is_worded_anew(
    client: Client, me: Session
) -> None:
    drafted = ValuesCard("Cups and hands", "I look at hands.", SINCE.policies)
    finding = linter.finding(rule=9, where="policies.0")
    interview = Interview.objects.get(participant=me.participant)
    drafts.keep(interview=interview, card=drafted, up_to=100, judged=[finding])
    interview.save()
    assert finding.message not in _hints(_page(client, me))

    _press(client, me, "take")

    n = len(_card(me).policies) - 1
    assert finding.message in _hints(_page(client, me), f"policy-{n}")
    _press(client, me, "save", **{f"policy-{n}-qualifier": "that shake"})
    assert finding.message not in _hints(_page(client, me))


def test_a_redraft_waits_beside_ones_own_wording_and_changes_nothing(client: Client, me: Session) -> None:
    before = _card(me)

    _redraft(me)

    assert _card(me) == before
    page = _page(client, me)
    assert "A new draft, from what you said since" in page
    assert f'value="{before.title}"' in page
    assert "Cups and hands" in page
    assert QUOTE in page


def test_taking_the_redraft_makes_it_the_card_and_ones_own_can_be_brought_back(
    client: Client, me: Session
) -> None:
    _press(client, me, "save", title="My own title")
    mine = _card(me)
    _redraft(me)

    _press(client, me, "take")

    taken = _card(me)
    # Somebody who reworded is offered their own wording with the new line, never another wording of it.
    assert taken.title == "My own title"
    assert taken.policies == (*mine.policies, SINCE.policies[0])
    assert "A new draft" not in _page(client, me)
    wording = next(item for item in moralgraph.wordings_of(participant_id=me.participant.pk)[1:])
    assert wording.policies == mine.policies
    _press(client, me, f"back-{wording.id}")
    assert _card(me).policies == mine.policies


def test_keeping_ones_own_ends_the_offer(client: Client, me: Session) -> None:
    before = _card(me)
    _redraft(me)

    _press(client, me, "leave")

    assert _card(me) == before
    assert "A new draft" not in _page(client, me)
    assert _press(client, me, "take").status_code == 409


def test_what_was_typed_is_saved_before_the_redraft_is_taken(client: Client, me: Session) -> None:
    _redraft(me)

    _press(client, me, "take", title="Typed a second ago")

    titles = [item.title for item in moralgraph.wordings_of(participant_id=me.participant.pk)]
    assert titles[:2] == ["Cups and hands", "Typed a second ago"]


def test_accepting_accepts_what_stands_and_not_what_was_offered(client: Client, me: Session) -> None:
    title = _card(me).title
    _redraft(me)

    _press(client, me, "accept")

    assert Value.objects.get().title == title
    assert not CardVersion.objects.filter(proposal="open").exists()


def test_a_redraft_that_says_the_same_is_not_offered(client: Client, me: Session) -> None:
    card = _card(me)

    _redraft(me, ValuesCard(card.title, card.summary, card.policies))

    assert "A new draft" not in _page(client, me)


def test_earlier_wordings_can_be_looked_at_and_brought_back(client: Client, me: Session) -> None:
    drafted = _card(me)
    _press(client, me, "save", title="My own title")
    page = _page(client, me)
    assert "1 earlier wording" in page
    back = re.search(r'value="(back-\d+)"', page)
    assert back is not None

    _press(client, me, back[1])

    assert (_card(me).title, _card(me).policies) == (drafted.title, drafted.policies)
    assert [version.title for version in CardVersion.objects.order_by("number")] == [
        drafted.title, "My own title", drafted.title,
    ]  # fmt: skip


def test_nobody_brings_back_the_wording_of_somebody_else(client: Client, me: Session) -> None:
    other = at_the_card(study=me.participant.study)
    theirs = moralgraph.wordings_of(participant_id=other.participant.pk)[0]

    answer = _press(client, me, f"back-{theirs.id}")

    assert answer.status_code == 404
    assert CardVersion.objects.filter(card__participant_id=me.participant.pk).count() == 1


def test_a_card_that_is_not_mine_is_put_away_and_the_interview_begins_anew(
    client: Client, me: Session
) -> None:
    put_away = _card(me)

    answer = _press(client, me, "start_over")

    assert answer["Location"].endswith("/interview")
    assert Card.objects.get(pk=put_away.id).rejected_at is not None
    assert moralgraph.card_of(participant_id=me.participant.pk) is None
    shown = html.unescape(client.get(f"/p/{me.token}/interview").content.decode())
    assert RICH[0] not in shown
    assert "Question 1 of at most" in shown
    interview = Interview.objects.get(participant=me.participant)
    assert interview.phase == Phase.LISTENING
    assert Turn.objects.filter(interview=interview, text=RICH[0]).exists()


def test_the_next_card_rests_on_what_was_said_anew_and_the_old_one_can_be_brought_back(
    client: Client, me: Session, django_capture_on_commit_callbacks: Any
) -> None:
    old = _card(me)
    _press(client, me, "start_over")
    person = Participant.objects.get(pk=me.participant.pk)
    for text in ("I saw a harbour in the rain.", *RICH[1:4]):
        with django_capture_on_commit_callbacks(execute=True):
            interviews.say(participant=person, text=text, client_id=uuid.uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        if Participant.objects.get(pk=person.pk).step == "interview":
            interviews.ask_for_card(participant=person)

    new = _card(me)

    assert new.id != old.id
    began_at = Interview.objects.get(participant=person).state["began_at"]
    assert all(policy.turn is None or policy.turn > began_at for policy in new.policies)
    page = _page(client, me)
    assert "put away: not yours" in page
    wording = next(item for item in moralgraph.wordings_of(participant_id=person.pk) if item.put_away)
    _press(client, me, f"back-{wording.id}")
    assert _card(me).policies == old.policies


def test_nobody_starts_over_without_end(client: Client, me: Session) -> None:
    Interview.objects.filter(participant=me.participant).update(state={"begun": 3})

    answer = _press(client, me, "start_over")

    assert answer.status_code == 409
    assert Participant.objects.get(pk=me.participant.pk).step == "card"


def test_a_person_says_in_what_kind_of_moment_it_was_or_leaves_it_out(client: Client, me: Session) -> None:
    assert "In what kind of moment was this? You can leave it out." in _page(client, me)

    assert _press(client, me, "save", moment="When somebody  is silent").status_code == 302
    assert 'value="When somebody is silent"' in _page(client, me)
    refused = _press(client, me, "save", moment="W" * 121)
    assert refused.status_code == 400
    assert 'id="error_moment"' in refused.content.decode()
    _press(client, me, "accept", moment="When somebody cannot speak")

    said = ContextProposal.objects.get()
    assert (said.name, said.origin, said.state) == ("When somebody cannot speak", "person", "open")


def test_an_empty_kind_of_moment_is_none(client: Client, me: Session) -> None:
    _press(client, me, "save", moment="When it is late")

    _press(client, me, "accept", moment="")

    assert not ContextProposal.objects.exists()
