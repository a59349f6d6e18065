"""A language model drives the same screen: a tiny one that knows one interview by heart, served for real."""

import dataclasses
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from apps.elicitation.domain import demo
from apps.elicitation.domain.tongues.english import wording
from tests.browser import participant, staff
from tests.browser.conftest import DESK, PHONE, Start
from tests.browser.installation import Installation
from tests.models import scripts

QUESTION = demo.protocol().questions[0].text["en"]
SCRIPT = dataclasses.replace(
    scripts.SCRIPTS[0],
    questions=(wording.OPENING_AI.format(question=QUESTION), *scripts.SCRIPTS[0].questions[1:]),
)


@pytest.fixture(scope="module")
def with_model(start: Start) -> Iterator[Installation]:
    """Start an installation that serves the tiny model itself."""
    # Loads torch: the other processes that run browser tests need not.
    from tests.models.tiny_lm import cached_tiny_lm

    running = start(LLM_PATH=str(cached_tiny_lm(chats=[scripts.whole_chat(SCRIPT, question=QUESTION)])))
    yield running
    running.stop()


def test_a_model_finishes_an_interview_with_a_card_and_judges(
    browser: Browser, with_model: Installation
) -> None:
    page = browser.new_context(base_url=with_model.address, locale="en-GB", **PHONE).new_page()  # type: ignore[arg-type]
    participant.open_study(page)
    participant.consent(page)
    participant.tell_about_oneself(page)
    participant.wait_for_reply(page)
    assert re.search(r"\bAI\b", participant.transcript(page)[0])
    link = page.get_by_role("link", name="Read your card")

    for question, reply in zip(SCRIPT.questions[1:], SCRIPT.replies, strict=False):
        participant.say(page, reply)
        expect(page.locator(".turn.is-interviewer").last).to_contain_text(question, timeout=60_000)
        participant.wait_for_reply(page)
    participant.say(page, SCRIPT.replies[-1])
    link.wait_for(timeout=60_000)
    link.click()

    expect(page.get_by_label("Title")).to_have_value(SCRIPT.card["title"])
    for line, policy in zip(page.locator(".card-line").all(), SCRIPT.card["policies"], strict=True):
        expect(line.locator("textarea")).to_have_value(policy["qualifier"])
        expect(line.locator(".card-line-quote")).to_contain_text(policy["quotes"][0])
    page.get_by_role("button", name="This is my card: accept it").click()
    page.wait_for_url("**/votes")
    page.context.close()
    researcher = browser.new_context(base_url=with_model.address, locale="en-GB", **DESK).new_page()  # type: ignore[arg-type]
    staff.enter(researcher, "researcher", password=with_model.sign_ins()["researcher"])
    staff.let_algorithms_judge(researcher, pairs=2)
    researcher.context.close()
