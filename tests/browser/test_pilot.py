"""A researcher pilots a study with one of each kind; the worker is killed on the way; all is deleted."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.installation import Installation, wait_until
from tests.browser.participant import DEMO

API = f"/api/studies/{DEMO}/"
KINDS = {"terse", "talkative", "hostile", "off_topic", "second_language", "injecting"}


def _get(page: Page, path: str) -> Any:
    answer = page.request.get(API + path)
    assert answer.ok, (path, answer.status)
    return answer.json()


def _counted(page: Page) -> dict[str, Any]:
    """Return what the study counts, without the numbers of its streams."""
    room = _get(page, "room/")
    return {
        "graph": {name: found for name, found in _get(page, "graph/").items() if name != "seq"},
        "values": _get(page, "values/"),
        "votes": _get(page, "graph/votes-export/"),
        "places": _get(page, "places/"),
        "codes": _get(page, "codes/"),
        "room": {name: room[name] for name in ("counts", "total", "steps")},
    }


def _walkers(page: Page) -> list[dict[str, Any]]:
    return [row for row in _get(page, "room/")["participants"] if row["persona"] in KINDS]


def test_a_pilot_of_six_survives_its_worker_and_leaves_no_trace(
    sign_in: Callable[[str], Page], installation: Installation, pictures: Path
) -> None:
    page = sign_in("researcher")
    before = _counted(page)
    page.goto(f"/studio/studies/{DEMO}/pilot")
    expect(page.get_by_role("heading", name="No pilot yet")).to_be_visible()

    page.get_by_role("button", name="Let 6 walk").click()
    expect(page.get_by_role("heading", name="of the draft, revision")).to_be_visible()
    wait_until(lambda: _get(page, "pilots/")[0]["ended"] >= 1, seconds=180, what="the first walk ended")
    installation.kill("worker")
    assert _get(page, "pilots/")[0]["ended"] < 6, "The pilot was over before the blow."

    expect(page.get_by_text("6 of 6 came to the end; nobody was stuck.")).to_be_visible(timeout=240_000)
    expect(page.get_by_text("injections had an effect")).to_contain_text("None of")
    report = _get(page, f"pilots/{_get(page, 'pilots/')[0]['id']}/")
    assert (report["state"], report["attempts"], report["changed"]) == ("succeeded", 2, [])
    assert {row["kind"] for row in report["rows"]} == KINDS
    assert all(row["steps"][-1] == "done" and row["turns"] >= 3 for row in report["rows"])
    assert all(row["share_quoted"] >= 0.5 for row in report["rows"])
    # Nobody is left of those whom the blow interrupted, and nobody of the pilot is counted.
    assert sorted(row["persona"] for row in _walkers(page)) == sorted(KINDS)
    assert _counted(page) == before
    page.screenshot(path=pictures / "pilot.png", full_page=True)

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert [row["simulated"] for row in rows] == ["true"] * 6

    page.get_by_role("link", name="6. Injecting").click()
    expect(page.get_by_text("simulated, no person")).to_be_visible()
    page.goto(f"/studio/studies/{DEMO}/pilot")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete the pilot").click()
    expect(page.get_by_role("heading", name="No pilot yet")).to_be_visible()
    assert _walkers(page) == []
    assert _counted(page) == before
