"""What people see who send or open the wrong thing: a sentence that says what to do, nothing half-made."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import participant, staff


def test_a_study_that_does_not_exist_says_what_to_do(phone: Page) -> None:
    answer = phone.goto("/s/nowhere/")

    assert answer is not None
    assert answer.status == 404
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    expect(phone.get_by_text("Check the link")).to_be_visible()


def test_a_forged_link_opens_nobodys_session(phone: Page) -> None:
    participant.open_study(phone)
    link = participant.consent(phone)

    answer = phone.goto(link[:-4] + "abc/")

    assert answer is not None
    assert answer.status == 404
    expect(phone.locator("[data-interview]")).to_have_count(0)


def test_consent_without_the_needed_tick_is_refused_with_a_reason(phone: Page) -> None:
    participant.open_study(phone)
    phone.get_by_role("radio", name="Yes", exact=True).check()
    phone.evaluate("document.querySelector('form.form').noValidate = true")

    phone.get_by_role("button", name="I agree and begin").click()

    expect(phone.get_by_role("alert")).to_contain_text("needed to take part")


def test_a_malformed_upload_keeps_nothing_and_says_why(
    sign_in: Callable[[str], Page], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('[{"instruction": "cut off')
    page = sign_in("researcher")
    staff.begin_audit(page, title="Audit of a broken file")
    form = page.get_by_role("form", name="Import a file")

    form.locator("input[type=file]").set_input_files(broken)
    form.get_by_role("button", name="Import", exact=True).click()

    refused = page.get_by_role("list", name="Imports").get_by_role("listitem").filter(has_text="broken.json")
    expect(refused).to_contain_text("This is not complete JSON", timeout=30_000)
    page.reload()
    expect(refused).to_contain_text("refused")
    expect(page.get_by_text("0 comparisons")).to_be_visible()
