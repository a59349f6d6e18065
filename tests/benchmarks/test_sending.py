"""What somebody sees after pressing Send: their own words, that a reply is coming, its first words.

From the click to the frame in which it was drawn, in a real Chromium against the processes of the launcher,
on a desk and on a slow phone, with the guided interviewer and with a model that takes two seconds to begin.
Then a model that says nothing at all: when the page says so, and when the guided interviewer goes on.
"""

import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.benchmarks import machine, painting
from tests.browser import participant
from tests.browser.conftest import DESK, FLAGS, PHONE
from tests.browser.installation import ROOT, Installation
from tests.models import misbehaving
from tests.models.misbehaving import Behaviour, Handler
from tools.chromium import find_chromium

OWN_MS, REPLYING_MS = 100, 300
THINKS_SECONDS = 2.0
SCREENS = {"desk": (DESK, False), "slow phone": (PHONE, True)}
WATCH = """() => {
  const seen = {}, root = document.querySelector('[data-interview]');
  const turns = (kind) => root.querySelectorAll(`.turn.is-${kind}`);
  const own = turns('person').length, asked = turns('interviewer').length;
  const drawn = (name) => {
    if (name in seen) return;
    seen[name] = null;
    requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now() - seen.began; }));
  };
  const look = () => {
    const reply = turns('interviewer').length > asked ? [...turns('interviewer')].at(-1) : undefined;
    if (turns('person').length > own) drawn('own');
    if (reply || root.querySelector('[data-status]').textContent.trim() === root.dataset.sayReplying) {
      drawn('replying');
    }
    if (reply && reply.querySelector('.turn-text').textContent.trim()) drawn('words');
  };
  const send = root.querySelector('button[value=say]');
  send.addEventListener('click', (event) => { seen.began = event.timeStamp; }, { capture: true, once: true });
  new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
  window.__sent = seen;
}"""


def _slowly(handler: Handler) -> None:
    """Think for a while, then ask something."""
    handler.server.wait(lambda: False, seconds=THINKS_SECONDS)
    handler.begin()
    handler.piece("What did you ")
    handler.piece("notice first?", finish_reason="stop")
    handler.raw(
        'data: {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 6}}\n\ndata: [DONE]\n\n'
    )


def _mute(handler: Handler) -> None:
    """Take the question and say nothing, for longer than anybody waits."""
    handler.server.wait(lambda: False, seconds=300.0)


@contextlib.contextmanager
def _installed(**variables: str) -> Iterator[Installation]:
    folder = Path(tempfile.mkdtemp(prefix="ts-send-"))
    running = Installation(data_dir=folder / "var", variables=variables)
    running.start()
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _with_model(behaviour: Behaviour) -> Iterator[Installation]:
    with (
        misbehaving.running(behaviour) as server,
        _installed(LLM_URL=server.url, LLM_MODEL="scripted") as running,
    ):
        yield running


@contextlib.contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium()
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        yield browser
        browser.close()


def _enter(browser: Browser, installation: Installation, options: dict[str, Any]) -> Page:
    page = browser.new_context(base_url=installation.address, locale="en-GB", **options).new_page()
    participant.open_study(page)
    participant.consent(page)
    participant.tell_about_oneself(page)
    participant.wait_for_reply(page)
    return page


def _send(page: Page, text: str) -> dict[str, float]:
    page.evaluate(WATCH)
    participant.say(page, text)
    participant.wait_for_reply(page)
    page.wait_for_timeout(200)  # until the last frame is drawn
    found: dict[str, float] = page.evaluate("window.__sent")
    return found


@pytest.mark.timeout(1200)
@pytest.mark.enable_socket
def test_what_is_seen_after_sending() -> None:
    """Print a row an interviewer and screen."""
    header = (
        f"{'interviewer':10} {'screen':12} {'n':>3} {'own words':>22} {'is replying':>22} {'first words':>22}"
    )
    rows: list[list[dict[str, float]]] = []
    with _chromium() as browser:
        print(f"\n\nms from the click, median and longest ({machine.describe_load()})\n{header}")
        for interviewer, installed in (("guided", _installed()), ("model", _with_model(_slowly))):
            with installed as running:
                for screen, (options, slow) in SCREENS.items():
                    page = _enter(browser, running, options)
                    if slow:
                        painting.throttle(page)
                        page.reload()
                        participant.wait_for_reply(page)
                    sent = [_send(page, text) for text in participant.ANSWERS[:5]]
                    page.context.close()
                    rows.append(sent)
                    print(f"{interviewer:10} {screen:12} {len(sent):3} {_cells(sent)}", flush=True)
    print(f"goals: own words {OWN_MS} ms, is replying {REPLYING_MS} ms")
    assert all(one["own"] <= one["words"] for sent in rows for one in sent)


def _cells(sent: list[dict[str, float]]) -> str:
    listed = ([one[name] for one in sent] for name in ("own", "replying", "words"))
    return " ".join(f"{statistics.median(times):10.0f}, {max(times):10.0f}" for times in listed)


@pytest.mark.timeout(600)
@pytest.mark.enable_socket
def test_a_model_that_says_nothing() -> None:
    """Print when the page says that it is slow, when the guided interviewer goes on; keep two pictures."""
    pictures = ROOT / "test-results"
    pictures.mkdir(exist_ok=True)
    with _chromium() as browser, _with_model(_mute) as running:
        page = _enter(browser, running, PHONE)
        began = time.monotonic()
        participant.say(page, participant.ANSWERS[0])
        slow = page.locator("[data-slow]")
        expect(slow).to_be_visible(timeout=60_000)
        print(f"\n\n{'says that it is slow after':32} {time.monotonic() - began:5.1f} s")
        page.screenshot(path=pictures / "silence-slow.png")
        told = page.get_by_text("this is now a guided interview")
        expect(told.first).to_be_visible(timeout=60_000)
        print(f"{'the guided interviewer goes on after':32} {time.monotonic() - began:5.1f} s")
        participant.wait_for_reply(page)
        page.screenshot(path=pictures / "silence-taken-over.png")
        participant.say(page, participant.ANSWERS[1])
        participant.wait_for_reply(page)
        assert participant.ANSWERS[0] in participant.transcript(page)
