"""What a page costs a phone on a slow line: when its largest part is painted, what moves, what is loaded."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE

MBIT_S, LATENCY_MS, SLOWER = 9, 100, 4
LINE = f"{MBIT_S} Mbit/s, {LATENCY_MS} ms, a processor {SLOWER} times slower"
SETTLED_MS = 800
# Installed before anything of the page: LCP and CLS as browsers report them to a site's owner.
OBSERVE = """(() => {
  const seen = { lcp: 0, what: '', cls: 0, shifted: [] };
  let session = 0, began = 0, last = 0;
  Object.defineProperty(window, '__seen', { value: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seen.lcp = entry.startTime;
      seen.what = entry.element ? `${entry.element.tagName.toLowerCase()}.${entry.element.className}` : '';
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const now = entry.startTime;
      if (now - last > 1000 || now - began > 5000) { session = 0; began = now; }
      last = now;
      session += entry.value;
      seen.cls = Math.max(seen.cls, session);
      const parts = entry.sources.map(({ node }) => node ? `${node.nodeName}.${node.className ?? ''}` : '?');
      seen.shifted.push(`${entry.value.toFixed(4)} ${parts.join(' ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()"""
LOADED = """() => performance.getEntriesByType('resource').map((entry) => ({
  name: entry.name, sent: entry.transferSize, packed: entry.encodedBodySize,
}))"""

ANSWERED = "performance.getEntriesByType('navigation')[0].responseStart"


@dataclasses.dataclass(frozen=True)
class Painted:
    """One load of one page."""

    lcp_ms: float
    answered_ms: float
    cls: float
    js_bytes: int
    all_bytes: int
    what: str
    shifted: tuple[str, ...]


def throttle(page: Page) -> None:
    """Give a page a slow line and a slow processor."""
    line = page.context.new_cdp_session(page)
    speed = MBIT_S * 1_000_000 / 8
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def watch(page: Page) -> None:
    """Let every page that opens here tell what was painted and what moved."""
    page.add_init_script(OBSERVE)


def seen(page: Page) -> dict[str, Any]:
    """Return what the page that stands there has told until now."""
    found: dict[str, Any] = page.evaluate("window.__seen")
    return found


def paint(browser: Browser, *, address: str, options: Mapping[str, Any]) -> Painted:
    """Open a page in a browser that was never here, on a slow phone, and wait until nothing moves."""
    context = browser.new_context(**PHONE, **options)
    try:
        page = context.new_page()
        watch(page)
        throttle(page)
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_timeout(SETTLED_MS)
        found, loaded = seen(page), page.evaluate(LOADED)
        scripts = [part for part in loaded if part["name"].split("?")[0].endswith(".js")]
        return Painted(
            lcp_ms=found["lcp"],
            answered_ms=page.evaluate(ANSWERED),
            cls=found["cls"],
            js_bytes=sum(part["packed"] for part in scripts),
            all_bytes=sum(part["sent"] for part in loaded),
            what=found["what"],
            shifted=tuple(found["shifted"]),
        )
    finally:
        context.close()


def middle(loads: Sequence[Painted]) -> Painted:
    """Return the load with the middle time, with the worst of what moved in any of them."""
    ordered = sorted(loads, key=lambda load: load.lcp_ms)
    worst = max(loads, key=lambda load: load.cls)
    kept = ordered[len(ordered) // 2]
    return dataclasses.replace(
        kept,
        cls=worst.cls,
        shifted=worst.shifted,
    )
