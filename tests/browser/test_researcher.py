"""A researcher makes a study, writes it, opens it, and watches and helps the first person who comes."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import participant

STUDY = "what-tea-is-for"


def _write(page: Page) -> None:
    """Make the study and write all that it needs before it can open."""
    page.get_by_label("Title").fill("What tea is for")
    expect(page.get_by_label("Name in addresses")).to_have_value(STUDY)
    page.get_by_role("button", name="Make the study").click()
    expect(page.get_by_role("heading", name="A draft: nobody can come in yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Open", exact=True)).to_be_disabled()
    page.get_by_label("What this study is").fill(
        "We ask people what they pay attention to when they make tea."
    )
    page.get_by_label("Who may read along").fill("The researchers.")
    page.get_by_label("What people agree to").fill("You agree to be asked.")
    page.get_by_role("button", name="Add question", exact=True).click()
    page.get_by_label("In a few words").fill("Tea")
    page.get_by_label("As it is asked").fill("When you make tea for somebody, what do you pay attention to?")
    page.get_by_label("Whom people can ask for help").fill("tea@example.org")
    page.get_by_label("Answers are kept until").fill("2099-01-01")
    page.get_by_label("Complete").fill("TEA-1")
    page.get_by_label("A new context").fill("When somebody is tired")
    page.get_by_role("button", name="Add context").click()
    expect(page.get_by_role("checkbox", name="When somebody is tired")).to_be_checked()


def _write_on_a_phone(page: Page) -> None:
    """Give an item an answer on a narrow screen: there is room to write, and the tools are under it."""
    desk = page.viewport_size
    assert desk
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Add item", exact=True).click()
    page.get_by_role("button", name="Add answer", exact=True).click()
    answer = page.get_by_role("textbox", name="Answer 1").bounding_box()
    tools = page.get_by_role("button", name="Take out answer 1").bounding_box()
    assert answer
    assert tools
    assert answer["width"] >= 200
    assert tools["y"] >= answer["y"] + answer["height"]
    page.get_by_role("button", name="Take out item 1").click()
    page.set_viewport_size(desk)


def _find_ones_way(page: Page, *, width: int) -> None:
    """Go to a part of the long page: its heading stands below what sticks, which says where one is."""
    desk = page.viewport_size
    assert desk
    page.set_viewport_size({"width": width, "height": desk["height"]})
    parts = page.get_by_role("navigation", name="Parts of the protocol")
    link = parts.get_by_role("link", name="Ways out")
    link.click()
    expect(link).to_have_attribute("aria-current", "location")
    heading = page.get_by_role("heading", name="Ways out and their codes")
    expect(heading).to_be_focused()
    listed, found = parts.bounding_box(), heading.bounding_box()
    assert listed
    assert found
    assert listed["y"] >= 0
    assert listed["y"] + listed["height"] <= found["y"]
    assert found["y"] + found["height"] <= desk["height"]
    page.set_viewport_size(desk)


def _stay_in_one_row(page: Page) -> None:
    """See the bar of a smaller desk as one row, with its longest words: a language that nobody reviewed."""
    desk = page.viewport_size
    assert desk
    page.set_viewport_size({"width": 1366, "height": 768})
    languages = page.get_by_role("radiogroup", name="Language of the texts").bounding_box()
    saved = page.get_by_text("Saved", exact=True).bounding_box()
    assert languages
    assert saved
    assert languages["y"] < saved["y"] + saved["height"] / 2 < languages["y"] + languages["height"]
    page.set_viewport_size(desk)


def _open(page: Page) -> None:
    """Mark the texts as reviewed and open the study; a text that changes takes the mark back."""
    mark = page.get_by_label("I read all texts in this language")
    mark.check()
    page.get_by_label("In a few words").fill("Tea for others")
    expect(mark).not_to_be_checked()
    mark.check()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="Open: people can come in.")).to_be_visible()


def _help(page: Page, action: str) -> None:
    page.get_by_role("button", name=re.compile("Help participant")).click()
    page.get_by_role("menuitem", name=action).click()


def _come_in(phone: Page) -> None:
    phone.goto(f"/s/{STUDY}/")
    phone.get_by_label("Use my answers for this research").check()
    phone.get_by_role("radio", name="Yes", exact=True).check()
    phone.get_by_role("button", name="I agree and begin").click()
    phone.get_by_role("link", name="Go on", exact=True).click()
    phone.wait_for_url("**/interview")


def _preview(page: Page) -> None:
    """Meet the draft as a participant does, in a tab of its own that says that it does not count."""
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Preview in a new tab").click()
    tab = opened.value
    expect(tab.get_by_text("We ask people what they pay attention to when they make tea.")).to_be_visible()
    tab.get_by_label("Use my answers for this research").check()
    tab.get_by_role("radio", name="Yes", exact=True).check()
    tab.get_by_role("button", name="I agree and begin").click()
    expect(tab.get_by_text("Nothing of it counts")).to_be_visible()
    tab.close()


def _note(page: Page) -> None:
    """Read along, give the first answer a code without a mouse, and find it again among the codes."""
    page.get_by_role("row").filter(has_text="here").get_by_role("button").first.click()
    words = page.locator(".is-person .turn-words")
    expect(words).to_contain_text(participant.ANSWERS[0][:40])
    page.get_by_role("button", name="Note something on turn 2").press("Enter")
    form = page.get_by_role("form", name="A note on this passage")
    form.get_by_label("Passage").select_option(label="All of it")
    form.get_by_label("Code").fill("going quiet")
    form.get_by_label("Code").press("Enter")
    expect(page.get_by_role("list", name="Notes")).to_contain_text("going quiet")
    page.get_by_text("Replay", exact=True).click()
    expect(page.get_by_role("slider", name="Place in the interview")).to_be_visible()
    page.goto(f"/studio/studies/{STUDY}/codes")
    page.get_by_role("button", name="going quiet", exact=True).click()
    expect(page.get_by_text(participant.ANSWERS[0])).to_be_visible()
    page.goto(f"/studio/studies/{STUDY}/")


def _touch_apart(one: Locator, other: Locator) -> None:
    """Leave room for a thumb between what stands below or beside each other."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    below = second["y"] - first["y"] - first["height"]
    beside = second["x"] - first["x"] - first["width"]
    assert max(below, beside) >= 4, (first, second)


def test_a_study_is_written_opened_watched_and_helped(sign_in: Callable[[str], Page], phone: Page) -> None:
    researcher = sign_in("researcher")
    _write(researcher)
    _write_on_a_phone(researcher)
    _stay_in_one_row(researcher)
    for width in (1440, 390):
        _find_ones_way(researcher, width=width)
    _preview(researcher)
    _open(researcher)
    researcher.goto(f"/studio/studies/{STUDY}/")
    expect(researcher.get_by_text("Nobody has taken part yet")).to_be_visible()

    _come_in(phone)
    row = researcher.get_by_role("row").filter(has_text="here")
    expect(row).to_contain_text("Interview")
    participant.wait_for_reply(phone)
    participant.say(phone, participant.ANSWERS[0])
    # The room moved by itself: an answer, and how long its reply took.
    expect(row.get_by_role("cell").nth(3)).to_have_text("1")
    expect(row).to_contain_text(re.compile(r"\d\.\d s"), timeout=20_000)

    _help(researcher, "Ask to wait")
    expect(researcher.get_by_role("cell", name="paused")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Please wait a moment")).to_be_visible()
    _help(researcher, "Let go on")
    expect(researcher.get_by_role("cell", name="here")).to_be_visible()
    phone.get_by_role("link", name="Look again").click()
    expect(participant.composer(phone)).to_be_visible()

    _note(researcher)
    _help(researcher, "Let finish here")
    expect(researcher.get_by_role("cell", name="done").first).to_be_visible()
    phone.reload()
    code = phone.get_by_role("textbox", name="Completion code")
    expect(code).to_have_value("TEA-1")
    _touch_apart(code, phone.get_by_role("button", name="Copy the code"))
