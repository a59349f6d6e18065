"""How soon a training run is seen: from a number that the training process logs to its point on the screen.

The processes are those of the launcher, the run is a real one, the browser a real Chromium on the same
machine, so that one clock tells both ends: when the line stood in the run's file, and when the frame with its
point was drawn. Then how soon a run of 200,000 points, half of them of one series, is drawn over its whole
range. Targets are printed beside the times and not asserted. Knobs: BENCH_LOADS (loads a kind), BENCH_POINTS.
"""

import json
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks import machine, runs
from tests.browser.conftest import DESK, FLAGS
from tests.browser.installation import Installation
from tools.chromium import find_chromium

LOADS = int(os.environ.get("BENCH_LOADS", "5"))
POINTS = int(os.environ.get("BENCH_POINTS", "100"))
PAINTED_MS, DRAWN_MS = 500, 1000
# For every step of the loss chart that was drawn: when the frame was on the screen.
WATCH = """() => {
  const painted = {};
  const look = () => {
    const chart = document.querySelector('[data-series=loss]');
    const step = chart?.dataset.lastStep;
    if (!step || step in painted) return;
    painted[step] = 0;
    requestAnimationFrame(() => setTimeout(() => {
      painted[step] = (performance.timeOrigin + performance.now()) / 1000;
    }));
  };
  const options = { subtree: true, childList: true, attributes: true };
  new MutationObserver(look).observe(document.body, options);
  window.__painted = painted;
}"""
DRAWN = """() => new Promise((done) => {
  const look = () => {
    const path = document.querySelector('[data-series=loss] .chart-line');
    if (!path?.getAttribute('d')) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
  };
  look();
})"""
ANSWER = """() => performance.getEntriesByType('resource')
  .filter(({ name }) => /\\/runs\\/[0-9a-f-]{36}\\/$/.test(name))
  .map(({ responseStart, requestStart, transferSize }) => [responseStart - requestStart, transferSize])
  .at(-1)"""


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Start Touchstone as `make run` does."""
    folder = Path(tempfile.mkdtemp(prefix="ts-live-"))
    running = Installation(data_dir=folder / "var")
    running.start()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        path = find_chromium()
        found = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        yield found
        found.close()


class Lines(threading.Thread):
    """Notes when the loss of each step stood in a run's file, to about two milliseconds."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.logged: dict[int, float] = {}
        self._path, self._ended = path, threading.Event()

    def run(self) -> None:
        """Look again and again."""
        offset = 0
        while not self._ended.wait(0.002):
            if not self._path.exists() or self._path.stat().st_size == offset:
                continue
            now = time.time()
            with self._path.open("rb") as file:
                file.seek(offset)
                whole, newline, _ = file.read().rpartition(b"\n")
            offset += len(whole) + len(newline)
            for line in map(json.loads, whole.splitlines()):
                if line.get("name") == "loss":
                    self.logged.setdefault(line["step"], now)

    def end(self) -> dict[int, float]:
        """Stop looking."""
        self._ended.set()
        self.join()
        return self.logged


@pytest.mark.timeout(900)
@pytest.mark.enable_socket
def test_from_the_training_process_to_the_screen(installation: Installation, browser: Browser) -> None:
    """Print how long a point takes from the run's file to a frame."""
    page = _sign_in(browser, installation)
    run = runs.prepare(installation, kind="live")
    lines = Lines(installation.data_dir / "files" / "runs" / run / "metrics.jsonl")
    lines.start()
    page.goto(f"/studio/studies/{runs.SLUG}/models/runs/{run}")
    page.evaluate(WATCH)
    print(f"\n\nfrom the run's file to the screen ({machine.describe_load()})")
    deadline = time.monotonic() + 600
    while len(lines.logged) < POINTS and time.monotonic() < deadline:
        page.wait_for_timeout(250)
    page.wait_for_timeout(2000)
    painted = {int(step): at for step, at in page.evaluate("window.__painted").items() if at}
    logged = lines.end()
    took = _waits(logged, painted)
    first = min(logged.values())
    pace = (len(logged) - 1) / (max(logged.values()) - first)
    print(f"{len(took)} points, {pace:.1f} steps a second while the page was open, {len(painted)} frames")
    cuts = statistics.quantiles(took, n=20)
    print(f"{'median ms':>12} {'p95 ms':>12} {'worst ms':>12}")
    print(f"{statistics.median(took):12.0f} {cuts[18]:12.0f} {max(took):12.0f}")
    print(f"p95 {cuts[18]:.0f} of {PAINTED_MS} ms, {'reached' if cuts[18] <= PAINTED_MS else 'missed'}")
    assert len(took) >= POINTS / 2


def _waits(logged: dict[int, float], painted: dict[int, float]) -> list[float]:
    """Return how many ms each step waited for the first frame that held it, from the first frame on."""
    frames = sorted(painted.items())
    began = min(frames[0][1], *painted.values())
    waits = []
    for step, at in logged.items():
        shown = [frame for last, frame in frames if last >= step]
        if shown and at >= began:
            waits.append(1000 * (min(shown) - at))
    return waits


@pytest.mark.timeout(900)
@pytest.mark.enable_socket
def test_a_long_run_is_soon_drawn(installation: Installation, browser: Browser) -> None:
    """Print how soon a long run is drawn: opened from the list, and by its address in a new page."""
    run = runs.prepare(installation, kind="long")
    page = _sign_in(browser, installation)
    address = f"/studio/studies/{runs.SLUG}/models/runs/{run}"
    print(f"\n\n100,000 points of one series and 100,000 of ten others ({machine.describe_load()})")
    print(f"{'opened':28} {'drawn ms':>10} {'worst ms':>10} {'answer ms':>10} {'KB':>8}")
    opened = {"from the list": _from_list, "by its address": _by_address}
    for name, way in opened.items():
        times = [way(page, address) for _ in range(LOADS + 1)][1:]
        answer, size = page.evaluate(ANSWER)
        middle = statistics.median(times)
        print(f"{name:28} {middle:10.0f} {max(times):10.0f} {answer:10.0f} {size / 1000:8.0f}", flush=True)
        print(f"drawn in {middle:.0f} of {DRAWN_MS} ms, {'reached' if middle <= DRAWN_MS else 'missed'}")
    loss = page.locator("[data-series=loss]")
    assert int(loss.get_attribute("data-last-step") or 0) == runs.STEPS
    assert 500 <= int(loss.get_attribute("data-points") or 0) <= 1000


def _by_address(page: Page, address: str) -> float:
    page.goto("about:blank")
    began = time.time()
    page.goto(address, wait_until="commit")
    return float(page.evaluate(DRAWN)) - 1000 * began


def _from_list(page: Page, address: str) -> float:
    page.goto(address.rpartition("/runs/")[0])
    row = page.get_by_role("region", name="Runs").locator("tbody tr button").first
    row.wait_for()
    page.wait_for_timeout(500)
    began = time.time()
    row.click()
    return float(page.evaluate(DRAWN)) - 1000 * began


def _sign_in(browser: Browser, installation: Installation) -> Page:
    context = browser.new_context(base_url=installation.address, locale="en-GB", **DESK)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/studio/")
    page.get_by_label("Account name or e-mail").fill("admin")
    page.get_by_label("Password").fill(installation.sign_ins()["admin"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/**")
    return page
