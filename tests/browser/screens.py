"""A walk past every participant page and state, by names that no translation changes."""

from collections.abc import Iterator, Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser import participant

CARD = {"en": "The pauses between words", "es": "Las pausas entre palabras", "ar": "الوقفات بين الكلمات"}


def forward(page: Page) -> Locator:
    """Return the one way forward of a page."""
    return page.locator("main .button.is-primary").first


def press(page: Page, action: str) -> Locator:
    """Return the button of a form that stands for an action, not its double for the Enter key."""
    return page.locator(f'button[name="action"][value="{action}"]:not(.visually-hidden)')


def enter(page: Page, *, door: str) -> str:
    """Consent, and return the personal link's path."""
    page.goto(door)
    page.locator("#id_research").check()
    page.locator("input[name=of_age][value=yes]").check()
    forward(page).click()
    page.wait_for_url("**/receipt")
    return page.url.removesuffix("receipt")


def say(page: Page, text: str) -> None:
    """Send an answer, and wait until the reply stands there whole."""
    turns = page.locator(".turn.is-interviewer:not(.is-writing)").count()
    page.locator("#id_text").fill(text)
    press(page, "say").click()
    expect(page.locator(".turn.is-interviewer:not(.is-writing)")).to_have_count(turns + 1, timeout=30_000)


def to_card(page: Page) -> None:
    """Say enough and ask for the card."""
    for text in participant.ANSWERS[1:4]:
        say(page, text)
    press(page, "card_now").click()
    page.locator("[data-to-card], .card-editor").first.wait_for()
    if page.locator("[data-to-card]").count():
        page.locator("[data-to-card]").click()
    page.wait_for_url("**/card")


def walk(page: Page, *, addresses: Mapping[str, str], language: str) -> Iterator[str]:
    """Take part in the study that has every step, stopping at every page and state."""
    for name, address in addresses.items():
        page.goto(address)
        yield name
    door = addresses["door"]
    yield from _at_the_door(page, door=door)
    link = enter(page, door=door)
    if page.locator("details[data-languages]").count():
        page.locator("details[data-languages] summary").click()
    yield "receipt, with the languages open"
    yield from _to_the_interview(page, link=link)
    yield from _talk(page)
    yield from _card(page, title=CARD[language])
    yield from _to_the_end(page, link=link)


def _at_the_door(page: Page, *, door: str) -> Iterator[str]:
    page.goto("/")
    yield "front page"
    page.goto("/s/nowhere/")
    yield "no such study"
    page.goto("/p/nobody/card")
    yield "no such session"
    page.goto(f"{door}come-back/")
    page.locator("#id_code").fill("nobody")
    forward(page).click()
    page.get_by_role("alert").wait_for()
    yield "come back, refused"
    page.goto(f"{door}too-young/")
    yield "too young"
    page.goto(door)
    page.locator("main form.form").evaluate("form => form.noValidate = true")
    forward(page).click()
    page.get_by_role("alert").wait_for()
    yield "door with errors"


def _to_the_interview(page: Page, *, link: str) -> Iterator[str]:
    page.goto(link)
    page.locator("input[name=about-age]").first.evaluate(
        "radio => { radio.checked = true; radio.value = 'x' }"
    )
    forward(page).click()
    page.get_by_role("alert").wait_for()
    yield "about, with an error"
    forward(page).click()
    page.wait_for_url("**/question")
    yield "question"
    page.locator("input[name=question]").first.check()
    forward(page).click()
    page.wait_for_url("**/interview")
    participant.wait_for_reply(page)
    yield "interview"


def _talk(page: Page) -> Iterator[str]:
    page.emulate_media(reduced_motion="no-preference")
    page.locator("#id_text").fill(participant.ANSWERS[0])
    press(page, "say").click()
    page.locator(".turn.is-interviewer.is-writing").wait_for()
    yield "interview, while a reply is written"
    page.emulate_media(reduced_motion="reduce")
    participant.wait_for_reply(page)
    page.locator("#id_text").fill("")
    page.locator("form[data-composer]").evaluate(
        "form => { form.insertAdjacentHTML('beforeend', '<input type=hidden name=action value=say>');"
        " form.submit() }"
    )
    page.get_by_role("alert").wait_for()
    yield "interview, refused"
    to_card(page)
    yield "card"


def _card(page: Page, *, title: str) -> Iterator[str]:
    page.locator("#id_title").fill("")
    press(page, "accept").click()
    page.get_by_role("alert").first.wait_for()
    yield "card with errors"
    page.locator("#id_title").fill(title)
    press(page, "save").click()
    page.locator(".notice.is-good").wait_for()
    yield "card, saved"
    press(page, "accept").click()
    page.wait_for_url("**/wise")


def _to_the_end(page: Page, *, link: str) -> Iterator[str]:
    yield "wise values"
    forward(page).click()
    page.wait_for_url("**/votes")
    page.locator("main details summary").first.click()
    yield "story, saying why"
    page.locator('button.answer[value="wiser"]').click()
    page.locator("form[data-undo]").wait_for()
    yield "stories answered"
    press(page, "finish").click()
    page.wait_for_url("**/survey")
    yield "survey"
    forward(page).click()
    page.wait_for_url("**/result")
    page.locator("main details summary").last.click()
    yield "result"
    page.locator("main form .button.is-primary").last.click()
    page.wait_for_url("**/done")
    yield "done"
    page.goto(f"{link}withdraw")
    yield "withdraw"
    page.locator("main .button.is-danger").click()
    page.wait_for_load_state()
    page.locator(".page-foot").wait_for()
    yield "withdrawn"
