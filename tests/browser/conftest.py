"""One installation and one Chromium for all browser tests."""

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.installation import ROOT, Installation, start_beside_others
from tests.browser.staff import enter
from tools.chromium import find_chromium

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESK = {"viewport": {"width": 1440, "height": 900}}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


Start = Callable[..., Installation]

# Three browsers, their servers and a trainer may share two cores: a page takes its time.
expect.set_options(timeout=20_000)

# The longest first, so that each test process begins with one of them.
LONGEST = ("test_journey", "test_llm_interview", "test_accessibility", "test_pilot")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, so that it runs by itself (its event loop tolerates no other)."""
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.timeout(600))
    if len(ours) == len(items):
        items[:] = _deal(items, hands=int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _deal(items: list[pytest.Item], *, hands: int) -> list[pytest.Item]:
    """Return the tests one hand after the other; each test process takes a hand, from its longest down."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    listed = sorted(items, key=lambda item: ranks.get(item.path.stem, len(ranks)))
    return [item for hand in range(hands) for item in listed[hand::hands]]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Return a function that starts Touchstone with what the environment should say; all end at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ts-run-"))
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    running: list[Installation] = []

    def _start(**variables: str) -> Installation:
        made = Installation(data_dir=folder / f"var-{len(running)}", variables=variables)
        running.append(made)
        start_beside_others(made, shared=shared)
        return made

    yield _start
    for made in running:
        made.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def installation(start: Start) -> Installation:
    """Start Touchstone as most tests here want it."""
    return start(GUIDED_WORDS_PER_SECOND="10")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a headless Chromium."""
    with sync_playwright() as playwright:
        path = find_chromium()
        chromium = playwright.chromium.launch(executable_path=str(path) if path else None, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know how the test went."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()
NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest, browser: Browser, installation: Installation, pictures: Path
) -> Iterator[NewContext]:
    """Return a function that opens a separate browser profile; errors in its pages fail the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def _new(**options: object) -> BrowserContext:
        context = browser.new_context(**{"base_url": installation.address, "locale": "en-GB", **options})  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        contexts.append(context)
        return context

    yield _new
    for number, page in enumerate(page for context in contexts for page in context.pages):
        if request.node.stash.get(FAILED, False):
            page.screenshot(path=pictures / f"failed-{request.node.name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert not problems, problems


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """Return a page on a phone-sized screen."""
    return new_context(**PHONE).new_page()


@pytest.fixture
def sign_in(new_context: NewContext, installation: Installation) -> Callable[[str], Page]:
    """Return a function that signs a demo account in on a desk-sized screen."""

    def _sign_in(role: str) -> Page:
        page = new_context(**DESK).new_page()
        enter(page, role, password=installation.sign_ins()[role])
        return page

    return _sign_in


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Return the folder for screenshots."""
    folder = ROOT / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
