"""A researcher exports a study, fetches the file, takes it away, and makes it again."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

EXPORT = "/studio/studies/asking-for-advice/export"


def _take_away_elsewhere(page: Page) -> None:
    """Remove the newest export as a colleague would, without this page's knowledge."""
    api = "/api/studies/asking-for-advice/exports/"
    newest = page.request.get(api).json()["exports"][0]["id"]
    token = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["csrftoken"]
    headers = {"X-CSRFToken": token, "Referer": page.url}
    assert page.request.delete(f"{api}{newest}/", headers=headers).ok


def test_an_export_is_made_fetched_removed_and_made_again(
    sign_in: Callable[[str], Page], tmp_path: Path
) -> None:
    page = sign_in("researcher")
    page.goto(EXPORT)
    expect(page.get_by_role("heading", name="Nothing was exported yet")).to_be_visible()
    page.get_by_role("button", name="Choose none").click()
    expect(page.get_by_role("button", name="Make the export")).to_be_disabled()
    page.get_by_role("checkbox", name="Votes", exact=True).check()
    page.get_by_role("checkbox", name="With simulated people").check()
    page.get_by_role("button", name="Make the export").click()

    ready = page.locator("[data-export-state=ready]")
    expect(ready).to_contain_text("in 1 table, as CSV, JSON Lines and Parquet.", timeout=60_000)
    with page.expect_download() as started:
        ready.get_by_role("link", name=re.compile("^Download")).click()
    path = tmp_path / "export.zip"
    started.value.save_as(path)
    with zipfile.ZipFile(path) as packed:
        names = {name.rpartition("/")[2]: name for name in packed.namelist()}
        votes = packed.read(names["votes.jsonl"]).decode().splitlines()
    assert set(names) == {"votes.csv", "votes.jsonl", "votes.parquet", "codebook.json", "codebook.md"}
    # Those of the demo; real people may have voted in it before.
    assert sum(json.loads(vote)["simulated"] for vote in votes) > 100

    _take_away_elsewhere(page)
    ready.get_by_role("link", name=re.compile("^Download")).click()
    expect(page.get_by_text("This file was taken away just now")).to_be_visible()
    expect(ready).to_have_count(0)
    page.locator("[data-export-state=removed]").get_by_role("button", name=re.compile("again$")).click()
    expect(ready).to_contain_text("in 1 table", timeout=60_000)

    ready.get_by_role("button", name=re.compile("^Remove")).click()
    gone = page.locator("[data-export-state=removed]").first
    expect(ready).to_have_count(0)
    expect(gone.get_by_role("link")).to_have_count(0)
    gone.get_by_role("button", name=re.compile("^Make .* again")).click()
    expect(ready).to_contain_text("in 1 table", timeout=60_000)


def test_an_auditor_sees_exports_and_can_neither_make_nor_fetch_them(sign_in: Callable[[str], Page]) -> None:
    page = sign_in("auditor")
    page.goto(EXPORT)

    expect(page.get_by_role("heading", name="Exports")).to_be_visible()
    expect(page.get_by_role("heading", name="Make an export")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("^Download"))).to_have_count(0)
