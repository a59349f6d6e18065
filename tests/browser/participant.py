"""What a participant does: consent, talk, edit the card, vote, and look where it landed."""

import re
from collections.abc import Callable, Sequence

from playwright.sync_api import BrowserContext, Locator, Page, expect

DEMO = "asking-for-advice"
ANSWERS = (
    "Last winter my friend Lena asked me whether she should leave her job. We walked along the river "
    "for two hours, and at first I told her what I would do, and she went quiet.",
    "I noticed that her voice got lighter whenever she spoke about teaching, even when she said it was not "
    "an option. I paid attention to the moments when she stopped explaining herself.",
    "I listened for the difference between what she was afraid of and what she wanted. The fears came with "
    "other people's names in them.",
    "When she repeated a sentence, I asked her to stay with it, because the second time it sounded like her "
    "own. I looked for the small decisions she had already made without saying so.",
    "I kept an eye on my own wish to be useful. The advice that I was proud of was never the advice that she "
    "used.",
    "What mattered was that she left with a question she could carry home, and not with my answer.",
    "I would look again for the places where she was already certain and had not dared to say it aloud.",
    "I think silence was the most important part: pauses in which she could hear herself.",
)


def open_study(page: Page) -> None:
    """Open the study link and check what it says before anything is asked."""
    page.goto(f"/s/{DEMO}/")
    expect(page.get_by_text("An AI may ask the questions.")).to_be_visible()
    expect(page.get_by_role("heading", name="What you agree to")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Version 1 of "))).to_be_visible()


def consent(page: Page) -> str:
    """Tick what is needed, keep the receipt, and return the personal link's path."""
    page.get_by_label("Use my answers for this research").check()
    page.get_by_label("Quote sentences of mine, without my name").check()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="I agree and begin").click()
    page.wait_for_url("**/receipt")
    expect(page.get_by_text("Your consent is saved.")).to_be_visible()
    facts = page.locator("dl.facts").inner_text()
    assert re.search(r"Research use\s+yes", facts)
    assert re.search(r"Training a model\s+no", facts)
    return page.url.removesuffix("receipt")


def tell_about_oneself(page: Page) -> None:
    """Leave the receipt, answer one of the questions about oneself, and leave the other one out."""
    page.get_by_role("link", name="Go on", exact=True).click()
    expect(page.get_by_role("heading", name="A little about you")).to_be_visible()
    page.get_by_role("radio", name="30 to 49").check()
    page.get_by_role("button", name="Go on", exact=True).click()
    page.wait_for_url("**/interview")


def composer(page: Page) -> Locator:
    """Return the box that answers are written in."""
    return page.get_by_label("Your answer")


def wait_for_reply(page: Page, *, seconds: float = 60) -> None:
    """Wait until nothing is being written any more."""
    expect(page.locator(".turn.is-interviewer").last).to_be_visible(timeout=seconds * 1000)
    expect(page.locator(".turn.is-writing, .turn.is-sending")).to_have_count(0, timeout=seconds * 1000)


def say(page: Page, text: str) -> None:
    """Send an answer and see one's own words at once."""
    composer(page).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".turn.is-person").last.locator(".turn-text")).to_have_text(text)


def transcript(page: Page) -> list[str]:
    """Return all turns as they are shown."""
    return page.locator(".turn .turn-text").all_inner_texts()


def close_in_mid_reply(
    page: Page, *, context: BrowserContext, link: str, answer: str, draft: str, while_away: Callable[[], None]
) -> Page:
    """Answer, close the tab while the reply is being written, come back by the link; return the new tab."""
    heard: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
    page.reload()
    wait_for_reply(page)
    say(page, answer)
    writing = page.locator(".turn.is-interviewer.is-writing .turn-text")
    expect(writing).to_have_text(re.compile(r"\w+ \w+"), timeout=30_000)
    composer(page).fill(draft)
    for _ in range(100):
        if any('"saved"' in frame for frame in heard):
            break
        page.wait_for_timeout(50)
    else:
        raise AssertionError("The server did not say that the draft is saved.")
    page.close()
    while_away()
    again = context.new_page()
    again.goto(link)
    again.wait_for_url("**/interview")
    wait_for_reply(again)
    expect(composer(again)).to_have_value(draft)
    return again


def finish_interview(page: Page, *, answers: Sequence[str]) -> None:
    """Answer until the card is there, asking for it when the answers run out."""
    link = page.get_by_role("link", name="Read your card")
    count = page.locator("[data-budget]")
    for text in answers:
        before = count.inner_text()
        say(page, text)
        # The server says how many questions it asked together with whether there is a card.
        link.or_(count.filter(has_not_text=before)).first.wait_for(timeout=60_000)
        wait_for_reply(page)
        if link.is_visible():
            break
    else:
        page.get_by_role("button", name="Show me my card now").click()
    link.or_(page.get_by_role("heading", name="Your card", exact=True)).first.wait_for(timeout=60_000)
    if link.is_visible():
        link.click()
    page.wait_for_url("**/card")


def edit_and_accept(page: Page, *, title: str) -> None:
    """See each line with its quote, change a line, and accept the card."""
    lines = page.locator(".card-line")
    assert lines.count() >= 3, "The card has fewer than three lines."
    quotes = page.locator(".card-line-quote").all_inner_texts()
    said = " ".join(ANSWERS)
    for quote in quotes:
        words = re.sub(r"\s*You said.*$", "", quote, flags=re.S).strip()
        assert words in said, f"Not a verbatim quote: {words!r}"
    page.get_by_label("Title").fill(title)
    page.get_by_label("Line 1: which of those").fill("in which the other person can hear themselves")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    expect(page.get_by_text("1 earlier wording")).to_be_visible()
    expect(page.get_by_label("Line 1: which of those")).to_have_value(
        "in which the other person can hear themselves"
    )
    page.get_by_role("button", name="This is my card: accept it").click()
    page.wait_for_url("**/votes")


def vote(page: Page, *, title: str) -> None:
    """Answer five stories, one's own value in three of them, take one answer back, and give another."""
    for number, answer in enumerate(("Wiser", "Unsure", "Not wiser", "Wiser", "Unsure"), start=1):
        expect(page.get_by_role("heading", name=f"Story {number} of 5")).to_be_visible()
        assert (title in page.locator(".vote-cards").inner_text()) == (number <= 3)
        _answer(page, answer)
        if number == 2:
            expect(page.get_by_role("heading", name="Story 3 of 5")).to_be_visible()
            page.get_by_role("button", name="Undo the last answer").click()
            expect(page.get_by_role("heading", name="Story 2 of 5")).to_be_visible()
            _answer(page, "Wiser")
    page.get_by_role("button", name="Go on", exact=True).click()
    page.wait_for_url("**/survey")


def say_how_it_was(page: Page) -> None:
    """Answer two of the questions at the end and leave the others out."""
    page.get_by_role("group", name="My card and my answers express").get_by_label("Mostly").check()
    page.get_by_label("Where did you get lost").fill("Nowhere.")
    page.get_by_role("button", name="Go on", exact=True).click()
    page.wait_for_url("**/result")


def _answer(page: Page, name: str) -> None:
    values = {"Wiser": "wiser", "Unsure": "unsure", "Not wiser": "not_wiser"}
    page.locator(f'button.answer[value="{values[name]}"]').click()


def see_where_it_landed(page: Page, *, title: str) -> None:
    """See the picture and the list, each with one's own value in it."""
    expect(page.get_by_role("img", name=f"Where “{title}” stands")).to_be_visible()
    own = page.locator(".landing-list .is-mine")
    expect(own).to_contain_text(title)
    expect(own).to_contain_text("n = ")
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/done")
    expect(page.get_by_role("textbox", name="Completion code")).not_to_have_value("")
    expect(page.get_by_role("button", name="Copy the code")).to_be_visible()
    mine = page.get_by_role("region", name="Your card")
    expect(mine.get_by_role("heading", name=title)).to_be_visible()
    expect(mine).to_contain_text("it was not put together with any other")
    expect(page.get_by_role("region", name="What it changed")).to_be_visible()
