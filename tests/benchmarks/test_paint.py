"""What a participant's phone on a slow line sees when: largest paint, what moves, and the scripts' weight.

Somebody walks a study with every step; each of their pages is then opened by a browser that was never here,
with 9 Mbit/s, 100 ms and a processor four times slower. Knobs: BENCH_LOADS (loads a page).
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks import machine, painting
from tests.benchmarks.painting import Painted
from tests.browser import participant, screens, studies
from tests.browser.conftest import FLAGS, PHONE
from tests.browser.installation import Installation
from tools.chromium import find_chromium

LOADS = int(os.environ.get("BENCH_LOADS", "3"))
LARGEST_PAINT_MS, MOST_SHIFT, MOST_SCRIPT = 1500, 0.1, 40_000
LOCALES = {"en": "en-GB", "ar": "ar-EG"}
HEADER = (
    f"{'page':26} {'answered ms':>11} {'paint ms':>9} {'shift':>7} {'script':>8} {'all':>8}  largest part"
)
# Each is a page of its own address; the states in between are states of these.
STEPS = {
    "receipt, with the languages open": "receipt",
    "question": "question",
    "interview": "interview",
    "card": "card",
    "wise values": "wise values",
    "story, saying why": "votes",
    "survey": "survey",
    "result": "result",
    "done": "done",
}


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Start Touchstone as `make run` does; replies at reading pace."""
    folder = Path(tempfile.mkdtemp(prefix="ts-paint-"))
    running = Installation(data_dir=folder / "var")
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(1800)
@pytest.mark.enable_socket
def test_every_step_on_a_slow_phone(installation: Installation) -> None:
    """Print a row a page and language, and what an exchange of words moves."""
    with sync_playwright() as playwright:
        path = find_chromium()
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        for language, locale in LOCALES.items():
            # A server and a browser that have just started are no part of what a page costs.
            painting.paint(browser, address="/", options=_options(installation, locale))
            print(f"\n\n{language}, {painting.LINE} ({machine.describe_load()})")
            print(HEADER)
            rows = dict(_walk(browser, installation, language=language, locale=locale))
            rows["interview, three answers"] = _talk(browser, installation, language=language, locale=locale)
            _sum_up(rows)
        browser.close()


def _options(installation: Installation, locale: str) -> dict[str, object]:
    return {"base_url": installation.address, "locale": locale, "reduced_motion": "reduce"}


def _walk(
    browser: Browser, installation: Installation, *, language: str, locale: str
) -> Iterator[tuple[str, Painted]]:
    """Walk the study, and let another browser paint each page as the walker comes to it."""
    addresses = studies.prepare(installation, language=language)
    options = _options(installation, locale)
    context = browser.new_context(**{**PHONE, **options})  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    page = context.new_page()
    yield _row("consent", _paint(browser, addresses["door"], options))
    link = ""
    for state in screens.walk(page, addresses=addresses, language=language):
        if state.startswith("receipt"):
            link = page.url.removesuffix("receipt")
            yield _row("about you", _paint(browser, link, options))
        if state in STEPS:
            yield _row(STEPS[state], _paint(browser, page.url, options))
        if state == "done":
            break
    context.close()


def _paint(browser: Browser, address: str, options: dict[str, object]) -> Painted:
    return painting.middle([painting.paint(browser, address=address, options=options) for _ in range(LOADS)])


def _talk(browser: Browser, installation: Installation, *, language: str, locale: str) -> Painted:
    """Give three answers on the slow phone, with replies at reading pace, and see what moves by itself."""
    addresses = studies.prepare(installation, language=language)
    options = {**_options(installation, locale), "reduced_motion": "no-preference"}
    context = browser.new_context(**{**PHONE, **options})  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    link = screens.enter(page, door=addresses["door"])
    _to_interview(page, link)
    painting.watch(page)
    painting.throttle(page)
    page.reload()
    participant.wait_for_reply(page)
    for text in participant.ANSWERS[:3]:
        screens.say(page, text)
        page.wait_for_timeout(600)  # what a person's own key moves within half a second is no shift
    found = painting.seen(page)
    context.close()
    talked = Painted(found["lcp"], 0.0, found["cls"], 0, 0, found["what"], tuple(found["shifted"]))
    return _row("interview, three answers", talked)[1]


def _to_interview(page: Page, link: str) -> None:
    page.goto(link)
    while not page.url.endswith("/interview"):
        if page.locator("input[name=question]").count():
            page.locator("input[name=question]").first.check()
        screens.forward(page).click()
        page.wait_for_load_state()
    participant.wait_for_reply(page)


def _row(name: str, load: Painted) -> tuple[str, Painted]:
    print(
        f"{name:26} {load.answered_ms:11.0f} {load.lcp_ms:9.0f} {load.cls:7.3f} {load.js_bytes:8}"
        f" {load.all_bytes:8}  {load.what}",
        flush=True,
    )
    if load.cls > MOST_SHIFT / 4:
        print("\n".join(f"      moved {part}" for part in load.shifted))
    return name, load


def _sum_up(rows: dict[str, Painted]) -> None:
    paint = max(load.lcp_ms for load in rows.values())
    shift = max(load.cls for load in rows.values())
    script = max(load.js_bytes for load in rows.values())
    for what, most, limit in (
        ("largest paint, ms", paint, LARGEST_PAINT_MS),
        ("layout shift", shift, MOST_SHIFT),
        ("compressed JavaScript, bytes", script, MOST_SCRIPT),
    ):
        print(f"{what}: {most:g} of at most {limit:g}, {'reached' if most <= limit else 'missed'}")
    assert len(rows) >= len(STEPS) + 2
    assert script > 0, "No script was loaded: nothing was measured."
