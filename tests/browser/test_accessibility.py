"""Participants' pages against WCAG 2.2 AA: by rule, by keyboard alone, and by ear."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import participant, screens, studies
from tests.browser.conftest import NewContext
from tests.browser.installation import Installation
from tests.browser.keyboard import Keyboard

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What can differ where only the colours or the width change.
OF_LOOKS = ["color-contrast", "target-size"]
HEIGHTS = {320: 640, 390: 844}
NARROW = {"viewport": {"width": 320, "height": 640}, "bypass_csp": True}
LOCALES = {"en": "en-GB", "ar": "ar-EG"}


def faults(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on a page as it stands, and whether one must scroll sideways."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(RUN_AXE, {"runOnly": only, "resultTypes": ["violations"]})
    found += [] if rules else [f"live region: {part}" for part in page.evaluate(TALKATIVE)]
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [*found, *([f"{wide[0]} px wide"] if wide[0] > wide[1] else [])]


RUN_AXE = """async (options) => (await axe.run(document, options)).violations
  .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)"""

# Where words appear one by one, nothing may be read out as it appears.
TALKATIVE = """() => [...document.querySelectorAll('[data-turns], .turn')].map((part) => {
  const region = part.closest('[aria-live], [role=log], [role=status], [role=alert]');
  return region && region.getAttribute('aria-live') !== 'off' ? region.outerHTML.slice(0, 80) : '';
}).filter(Boolean).slice(0, 1)"""


def in_every_look(page: Page, *, brief: bool) -> Iterator[tuple[str, list[str]]]:
    """Look at a page light and dark, at 320 and 390 px: by all rules once, then by those of looks."""
    if brief:
        page.wait_for_timeout(300)  # colours that change with motion have settled
        yield "as it is", faults(page)
        return
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            rules = None if (width, scheme) == (320, "light") else OF_LOOKS
            yield f"{width} px, {scheme}", faults(page, rules=rules)


@pytest.mark.parametrize("language", LOCALES)
def test_no_page_of_a_participant_breaks_a_rule(
    new_context: NewContext, installation: Installation, language: str
) -> None:
    page = new_context(**NARROW, locale=LOCALES[language], reduced_motion="reduce").new_page()
    addresses = studies.prepare(installation, language=language)
    found: dict[str, list[str]] = {}
    states = []

    for state in screens.walk(page, addresses=addresses, language=language):
        states.append(state)
        assert page.locator("html").get_attribute("lang") == language, state
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else None), state
        for look, problems in in_every_look(page, brief="while" in state):
            if problems:
                found[f"{state}, {look}"] = problems

    assert found == {}
    assert len(states) >= 30


def test_the_whole_study_can_be_done_with_the_keyboard_alone(
    new_context: NewContext, installation: Installation
) -> None:
    page = new_context(**NARROW, reduced_motion="reduce").new_page()
    keys = Keyboard(page)
    page.goto(studies.prepare(installation, language="en")["door"])

    assert keys.through() > 8
    page.reload()
    keys.press("#id_research", "Space")
    keys.choose("of_age", "yes")
    keys.press("main .button.is-primary")
    page.wait_for_url("**/receipt")
    keys.press("main .button.is-primary")
    page.wait_for_url("**/about")
    keys.choose("about-age", "from_30")
    keys.press("main .button.is-primary")
    page.wait_for_url("**/question")
    keys.choose("question", "advice")
    keys.press("main .button.is-primary")
    page.wait_for_url("**/interview")
    participant.wait_for_reply(page)
    keys.to("#id_text")
    for number, text in enumerate(participant.ANSWERS[:4]):
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".turn.is-interviewer:not(.is-writing)")).to_have_count(number + 2)
        assert page.evaluate("document.activeElement.id") == "id_text", "The focus left the composer."
    assert keys.through() >= 10
    keys.press("[data-card-now]")
    page.locator("[data-to-card], .card-editor").first.wait_for()
    if page.locator("[data-to-card]").count():
        keys.begin()
        keys.press("[data-to-card]")
    page.wait_for_url("**/card")
    assert keys.through() > 12
    page.reload()
    keys.press('button[value="down-0"]')
    keys.to("#policy-2-qualifier")
    page.keyboard.insert_text(" of mine")
    keys.press('button[value="accept"]')
    page.wait_for_url("**/wise")
    keys.press('input[name="value"]', "Space")
    keys.press("main .button.is-primary")
    page.wait_for_url("**/votes")
    assert keys.through() > 8
    page.reload()
    keys.press('button.answer[value="wiser"]')
    page.locator("form[data-undo]").wait_for()
    keys.press('button[name="action"][value="finish"]')
    page.wait_for_url("**/survey")
    keys.choose("survey-trusts", "4")
    keys.press("main .button.is-primary")
    page.wait_for_url("**/result")
    keys.press("main form .button.is-primary")
    page.wait_for_url("**/done")
    keys.through()
    keys.press('.page-foot a[href$="withdraw"]')
    page.wait_for_url("**/withdraw")
    keys.press("main .button.is-danger")
    page.wait_for_load_state()

    assert keys.faults == []


# Notes what a screen reader would be told: every change inside a region that is live and not busy.
LISTEN = """() => {
  window.heard = []; window.grown = 0;
  const live = (node) => {
    for (let part = node; part instanceof Element; part = part.parentElement) {
      const told = part.getAttribute('aria-live') ??
        { status: 'polite', log: 'polite', alert: 'assertive' }[part.getAttribute('role')];
      if (told) return told !== 'off' && part.getAttribute('aria-busy') !== 'true' ? part : null;
    }
    return null;
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      const part = change.target instanceof Element ? change.target : change.target.parentElement;
      if (part?.closest('.turn-text')) window.grown += 1;
      const region = live(part);
      if (region && window.heard.at(-1) !== region.textContent) window.heard.push(region.textContent.trim());
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


def _hear_a_reply(page: Page) -> tuple[list[str], str]:
    """Send an answer with a screen reader listening; return what it was told, and the reply."""
    page.evaluate(LISTEN)
    page.locator("#id_text").fill(participant.ANSWERS[0])
    screens.press(page, "say").click()
    page.locator(".turn.is-interviewer.is-writing").wait_for()
    participant.wait_for_reply(page)
    assert page.evaluate("window.grown") > 4, "The reply did not grow word by word."
    reply = page.locator(".turn.is-interviewer .turn-text").last.inner_text()
    heard = [" ".join(text.split()) for text in page.evaluate("window.heard") if text]
    return heard, " ".join(reply.split())


def test_a_reply_is_heard_once_and_whole_and_not_word_by_word(new_context: NewContext) -> None:
    page = new_context(**NARROW).new_page()
    page.goto(screens.enter(page, door=f"/s/{participant.DEMO}/"))
    screens.forward(page).click()
    page.wait_for_url("**/interview")

    heard, reply = _hear_a_reply(page)

    assert heard == ["The reply is being written.", f"The reply is complete. {reply}"]
    assert faults(page) == []

    # The fault that others had: the transcript itself is live.
    page.reload()
    page.locator("[role=log]").evaluate(
        "log => { log.setAttribute('aria-live', 'polite');"
        " setInterval(() => log.removeAttribute('aria-busy'), 5) }"
    )
    heard, reply = _hear_a_reply(page)
    assert len(heard) > 5
    assert any("live region" in fault for fault in faults(page))


def _html(html: str) -> Callable[[Page], Any]:
    return lambda page: page.locator("main").evaluate(
        "(main, html) => main.insertAdjacentHTML('beforeend', html)", html
    )


TINY = "all: unset; display: inline-block; width: 9px; height: 9px"
PLANTED: dict[str, Callable[[Page], Any]] = {
    "color-contrast": lambda page: page.add_style_tag(content=".lede { color: #ccc; background: #fff }"),
    "label": lambda page: page.locator("#id_code").evaluate("box => box.labels[0].remove()"),
    "heading-order": _html("<h4>After a first heading comes a fourth</h4>"),
    "target-size": _html("<div>" + f'<button style="{TINY}">a</button>' * 4 + "</div>"),
    "px wide": lambda page: page.locator("h1").evaluate("h => h.style.width = '500px'"),
    "html-has-lang": lambda page: page.evaluate("document.documentElement.removeAttribute('lang')"),
    "live region": _html('<ol data-turns role="log"><li class="turn">words</li></ol>'),
    "list": _html("<ol><div>not an item</div></ol>"),
    "landmark-one-main": lambda page: page.evaluate("main.replaceWith(...main.childNodes)"),
}


def test_planted_faults_are_noticed(new_context: NewContext) -> None:
    page = new_context(**NARROW).new_page()

    for rule, plant in PLANTED.items():
        page.goto(f"/s/{participant.DEMO}/come-back/")
        plant(page)
        assert any(rule in fault for fault in faults(page)), rule


COVER = '<div class="composer" style="position: fixed; inset: 0; background: white; margin: 0; z-index: 99">'
BARE = "<style>*:focus { outline: none !important }</style>"
PLANTED_FOR_KEYS = {
    "no outline": f"document.head.insertAdjacentHTML('beforeend', '{BARE}')",
    "covered": f"document.body.insertAdjacentHTML('beforeend', '{COVER}')",
    "places are reached": "document.querySelectorAll('a, button').forEach((e, n) => { e.tabIndex = 99 - n })",
    "a trap": "id_code.addEventListener('keydown', (e) => { if (e.key === 'Tab') e.preventDefault() })",
    "out of sight": "id_code.style = 'position: fixed; left: -999px; width: 9px'",
}


def test_planted_faults_of_the_keyboard_are_noticed(new_context: NewContext) -> None:
    page = new_context(**NARROW).new_page()

    for fault, plant in PLANTED_FOR_KEYS.items():
        page.goto(f"/s/{participant.DEMO}/come-back/")
        page.add_script_tag(content=plant)
        keys = Keyboard(page)
        keys.through()
        assert any(fault in found for found in keys.faults), (fault, keys.faults)


def test_one_reads_on_in_another_language_where_one_was(new_context: NewContext) -> None:
    page = new_context(**NARROW, java_script_enabled=False).new_page()
    link = screens.enter(page, door=f"/s/{participant.DEMO}/")
    page.goto(f"{link}withdraw")

    page.locator("details[data-languages] summary").click()
    page.locator('button[name="language"][value="ar"]').click()

    assert page.url == f"{link}withdraw"
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("الانسحاب"))
    box, title = page.locator("main").bounding_box(), page.locator("main h1").bounding_box()
    assert box is not None
    assert title is not None
    assert page.locator("main h1").evaluate("h => getComputedStyle(h).textAlign") in {"start", "right"}
