"""How soon the explorer can be used with 500 values and 5,000 steps, in headless Chromium without a GPU.

"Usable" is the last of three: the picture is drawn with all values, the search has an answer to what was
typed, and a chosen value stands open with its neighbours. Times begin when the address is entered. Machines
are shared, so the target is printed beside the times and not asserted. Knobs: BENCH_LOADS (loads a kind).
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.benchmarks import large_graphs, machine
from tests.browser.conftest import DESK, FLAGS
from tests.browser.installation import Installation
from tools.chromium import find_chromium

LOADS = int(os.environ.get("BENCH_LOADS", "5"))
TARGET_MS = 2000
SLUG = "large-graph"
SOUGHT = large_graphs.titles()[137]
PARTS = ("answered", "drawn", "found", "usable")
# Zooming moves every value and step: how many pictures a second come of it.
FRAMES = """async () => {
  const stage = document.querySelector('[role=application]');
  stage.focus();
  const times = [];
  let last = performance.now();
  for (let turn = 0; turn < 40; turn += 1) {
    const key = turn % 8 < 4 ? '+' : '-';
    stage.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}"""


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Start Touchstone as `make run` does, with the large study in it."""
    folder = Path(tempfile.mkdtemp(prefix="ts-explorer-"))
    running = Installation(data_dir=folder / "var")
    running.start()
    large_graphs.prepare(running, slug=SLUG)
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(900)
@pytest.mark.enable_socket
def test_a_large_graph_is_soon_usable(installation: Installation) -> None:
    """Print a row a load: the first of all, others in a new profile, others with the files kept."""
    with sync_playwright() as playwright:
        path = find_chromium()
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        print(f"\n\n500 values, 5,000 steps, 20,000 votes ({machine.describe_load()})")
        print(f"{'load':34}" + "".join(f"{part + ' ms':>14}" for part in PARTS))
        signed_in = _sign_in(browser, installation)
        _row("first of all: nothing is ranked yet", [_load(_profile(browser, installation, signed_in))])
        new = [_load(_profile(browser, installation, signed_in)) for _ in range(LOADS)]
        _row("a new profile, middle", new)
        kept = _profile(browser, installation, signed_in)
        again = [_load(kept) for _ in range(LOADS + 1)][1:]
        _row("files kept by the browser, middle", again)
        frames = _frames(kept)
        print(f"zooming, ms a picture: middle {statistics.median(frames):.0f}, worst {max(frames):.0f}")
        usable = statistics.median(load["usable"] for load in new)
        print(f"usable in {usable:.0f} of {TARGET_MS} ms, {'reached' if usable <= TARGET_MS else 'missed'}")
        browser.close()


def _sign_in(browser: Browser, installation: Installation) -> object:
    context = browser.new_context(base_url=installation.address, locale="en-GB")
    page = context.new_page()
    page.goto("/studio/")
    page.get_by_label("Account name or e-mail").fill("researcher")
    page.get_by_label("Password").fill(installation.sign_ins()["researcher"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/**")
    state = context.storage_state()
    context.close()
    return state


def _profile(browser: Browser, installation: Installation, signed_in: object) -> BrowserContext:
    context = browser.new_context(
        **DESK, base_url=installation.address, locale="en-GB", storage_state=signed_in,  # type: ignore[arg-type]
    )  # fmt: skip
    context.set_default_timeout(60_000)
    return context


def _load(context: BrowserContext) -> dict[str, float]:
    """Open the explorer in a new tab and use it; return when each part was there, in ms."""
    page = context.new_page()
    began = time.perf_counter()

    def passed() -> float:
        return (time.perf_counter() - began) * 1000

    page.goto(f"/studio/studies/{SLUG}/graph", wait_until="commit")
    times = {}
    page.locator(f'[data-drawn="{large_graphs.VALUES}"]').wait_for(state="attached")
    times["drawn"] = passed()
    page.get_by_role("combobox", name="Find a value").fill(SOUGHT)
    option = page.get_by_role("option", name=SOUGHT)
    option.wait_for()
    times["found"] = passed()
    option.click()
    inspector = page.get_by_role("complementary", name="Value")
    inspector.get_by_role("heading", name=SOUGHT).wait_for()
    expect(inspector.get_by_role("button", name="Stories and votes").first).to_be_visible()
    times["usable"] = passed()
    times["answered"] = _answered(page)
    page.close()
    return times


def _answered(page: Page) -> float:
    """Return when the graph's numbers had come, in ms after the address was entered."""
    found = page.evaluate(
        "performance.getEntriesByType('resource').filter((entry) => /\\/graph\\/\\?/.test(entry.name))"
        ".map((entry) => entry.responseEnd)"
    )
    return float(min(found))


def _frames(context: BrowserContext) -> list[float]:
    page = context.new_page()
    page.goto(f"/studio/studies/{SLUG}/graph")
    page.locator(f'[data-drawn="{large_graphs.VALUES}"]').wait_for(state="attached")
    page.wait_for_timeout(500)
    found: list[float] = page.evaluate(FRAMES)
    page.close()
    return found


def _row(name: str, loads: list[dict[str, float]]) -> None:
    cells = [statistics.median(load[part] for load in loads) for part in PARTS]
    print(f"{name:34}" + "".join(f"{cell:14.0f}" for cell in cells), flush=True)
