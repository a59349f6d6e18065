"""When an interview is hard: for the person, who may stop with their code; for the model, which fails."""

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import participant, screens
from tests.browser.conftest import NewContext, Start
from tests.browser.installation import Installation
from tests.browser.keyboard import Keyboard
from tests.browser.test_accessibility import NARROW, faults
from tests.models.misbehaving import Handler, ScriptedServer, cut, running

HURT = "I stood on the bridge, and I want to kill myself."
AI, PROGRAM = "AI (a language model)", "Guided interview (a program without AI)"


def _at_the_interview(page: Page) -> str:
    link = screens.enter(page, door=f"/s/{participant.DEMO}/")
    page.goto(f"{link}about")
    screens.forward(page).click()
    page.wait_for_url("**/interview")
    participant.wait_for_reply(page)
    return link


def _pause(page: Page) -> Locator:
    return page.locator("[data-pause]")


def _stop(page: Page) -> None:
    page.get_by_text("Stop here, with my code").click()
    page.get_by_role("button", name="Yes, stop and show my code").click()
    # A browser takes the place on the page along where a form answers with another page.
    page.wait_for_url(re.compile(r"/done(#latest)?$"))
    expect(page.get_by_role("textbox", name="Completion code")).not_to_have_value("")


def test_a_pause_comes_over_the_line_with_help_a_way_out_and_a_way_on(new_context: NewContext) -> None:
    page = new_context(**NARROW, reduced_motion="reduce").new_page()
    _at_the_interview(page)
    expect(_pause(page)).to_be_hidden()
    loaded = page.evaluate("performance.timeOrigin")

    participant.say(page, HURT)
    expect(page.get_by_role("heading", name="The interview is paused")).to_be_visible(timeout=30_000)
    assert page.evaluate("performance.timeOrigin") == loaded, "The page was loaded anew."
    expect(_pause(page)).to_contain_text("The people who run this study can be reached here")
    participant.wait_for_reply(page)
    assert faults(page) == []
    page.reload()
    expect(page.get_by_role("heading", name="The interview is paused")).to_be_visible()

    keys = Keyboard(page)
    keys.press(".pause summary")
    keys.to('.pause button[value="stop"]')
    assert faults(page) == []
    keys.press('.pause button[value="go_on"]')
    expect(page.locator(".turn.is-interviewer:not(.is-writing)")).to_have_count(3, timeout=30_000)
    expect(page.get_by_role("heading", name="The interview is paused")).to_be_hidden()
    assert keys.faults == []
    assert faults(page) == []
    _stop(page)
    assert faults(page) == []


def test_a_pause_has_both_ways_without_javascript(new_context: NewContext) -> None:
    page = new_context(**NARROW, java_script_enabled=False).new_page()
    _at_the_interview(page)
    for turns in (2, 4):
        page.get_by_label("Your answer").fill(HURT)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".turn.is-interviewer")).to_have_count(turns)
        expect(page.get_by_role("heading", name="The interview is paused")).to_be_visible()
        if turns == 2:
            page.get_by_role("button", name="I would rather go on").click()
            expect(page.locator(".turn.is-interviewer")).to_have_count(3)
    _stop(page)


class Stubborn:
    """A model that says nothing at first, answers when it is asked again, and then breaks off."""

    def __init__(self) -> None:
        self.silent = threading.Event()

    def nothing(self, handler: Handler) -> None:
        """Begin, and say nothing until the test is over."""
        handler.begin()
        self.silent.set()
        handler.server.wait(lambda: False, seconds=60)

    @staticmethod
    def question(handler: Handler) -> None:
        """Ask something, as one should."""
        handler.begin()
        handler.piece("What did you notice ")
        handler.piece("in her voice then?", finish_reason="stop")
        handler.raw("data: [DONE]\n\n")


@pytest.fixture(scope="module")
def stubborn() -> Iterator[ScriptedServer]:
    """Serve a model that is silent for the first question and broken after the second."""
    model = Stubborn()
    with running(model.nothing, model.question, cut) as server:
        yield server


@pytest.fixture(scope="module")
def with_model(stubborn: ScriptedServer, start: Start) -> Iterator[Installation]:
    """Start an installation whose model is the stubborn one."""
    running = start(LLM_URL=stubborn.url, LLM_MODEL="stubborn", GUIDED_WORDS_PER_SECOND="10")
    yield running
    running.stop()


def test_a_silent_model_is_asked_again_and_a_broken_one_makes_room_for_a_program(
    browser: Browser, with_model: Installation, stubborn: ScriptedServer
) -> None:
    context = browser.new_context(base_url=with_model.address, locale="en-GB", **NARROW)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    _at_the_interview(page)

    participant.say(page, participant.ANSWERS[0])
    slow = page.locator("[data-slow]")
    expect(slow).to_be_visible(timeout=30_000)
    expect(slow).to_contain_text("Your answer is kept.")
    expect(page.locator("[data-announce]")).to_have_text(re.compile("takes longer than usual"))
    page.get_by_label("Your answer").fill("A thought for later")
    expect(slow).to_be_visible()
    assert faults(page) == []
    page.reload()
    expect(slow).to_be_visible()
    assert [name.inner_text() for name in page.locator(".turn-who").all()] == [AI, "You", AI]

    page.get_by_role("button", name="Ask for the reply again").click()
    expect(slow).to_be_hidden()
    reply = page.locator(".turn.is-interviewer .turn-text").nth(1)
    expect(reply).to_have_text("What did you notice in her voice then?", timeout=30_000)
    expect(page.locator(".turn.is-person .turn-text")).to_have_text(participant.ANSWERS[0])
    expect(page.get_by_label("Your answer")).to_have_value("A thought for later")
    assert len(stubborn.bodies) == 2

    participant.wait_for_reply(page)
    participant.say(page, participant.ANSWERS[1])
    notice = page.locator("[data-notice]")
    expect(notice.locator("p").first).to_have_text(
        "The language model gave no answer that can be used; a program without AI goes on.", timeout=30_000
    )
    participant.wait_for_reply(page)
    expect(notice).to_be_visible()
    expect(page.locator(".turn-who").last).to_have_text(PROGRAM)
    expect(page.locator(".turn.is-interviewer .turn-text").last).to_contain_text("I am a program without AI")
    assert faults(page) == []
    page.reload()
    assert [name.inner_text() for name in page.locator(".turn-who").all()] == [AI, "You", AI, "You", PROGRAM]
    context.close()
