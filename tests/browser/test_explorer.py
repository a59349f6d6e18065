"""A researcher explores the graph: by keyboard, down to rows and stories, on paper; no rule is broken."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.staff import STUDY
from tests.browser.test_accessibility import OF_LOOKS, faults

GRAPH = f"{STUDY}/graph"


def _go(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("navigation", name="Moral graph")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_the_graph_is_travelled_opened_and_filtered(sign_in: Callable[[str], Page]) -> None:
    page = sign_in("researcher")
    _go(page, GRAPH)
    page.locator("[data-drawn]").wait_for(state="attached")
    picture = page.get_by_role("application")
    picture.focus()
    page.keyboard.press("ArrowDown")
    caption = page.locator(".graph-caption")
    expect(caption).to_contain_text(re.compile(r"\d+ steps? leads? up|steps lead up"))
    first = caption.inner_text()
    page.keyboard.press("ArrowDown")
    expect(caption).not_to_have_text(first)
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text(re.compile(r"Step 1 of \d+ from"))
    page.keyboard.press("Enter")
    step = page.get_by_role("complementary", name="Step")
    expect(step.get_by_role("heading", name="What people answered")).to_be_visible()
    expect(step.get_by_text(re.compile(r"In “.*”, \d+ of \d+ (people|person) found")).first).to_be_visible()
    expect(page).to_have_url(re.compile(r"step=\d+-\d+"))
    page.keyboard.press("Escape")
    expect(picture).to_be_focused()

    page.get_by_role("combobox", name="Find a value").fill("Plain")
    page.get_by_role("option", name="Plain Truth").click()
    value = page.get_by_role("complementary", name="Value")
    expect(value.get_by_role("heading", name="Plain Truth")).to_be_visible()
    value.get_by_text("The votes on it, with reasons").click()
    expect(value.get_by_text(re.compile(r"^\d+ votes\b")).first).to_be_visible()
    page.reload()
    expect(page.get_by_role("complementary", name="Value")).to_contain_text("Plain Truth")

    page.get_by_text("Show fewer steps").click()
    page.get_by_label("Votes at least").select_option("20")
    expect(page.get_by_text(re.compile(r"\d+ of \d+ steps are shown"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"min_votes=.*20"))
    page.get_by_label("Votes of").select_option(index=1)
    expect(page.get_by_role("region", name="Winning value")).to_contain_text(re.compile(r"by 1\d people"))
    expect(page).to_have_url(re.compile(r"by=age.*group="))


def test_groups_and_snapshots_stand_side_by_side(sign_in: Callable[[str], Page]) -> None:
    page = sign_in("researcher")
    _go(page, f"{GRAPH}/compare")
    expect(page.locator("[data-drawn]")).to_have_count(2)
    expect(page.get_by_role("heading", name="Bridging values")).to_be_visible(timeout=60_000)
    table = page.get_by_role("group", name="Values in both groups, those furthest apart first")
    expect(table.get_by_role("row")).to_have_count(16)
    assert faults(page) == []

    _go(page, GRAPH)
    page.get_by_role("button", name="Take a snapshot").click()
    expect(page.get_by_text(re.compile(r"Snapshot \d+ is taken"))).to_be_visible()
    _go(page, f"{GRAPH}/compare?kind=snapshots")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    expect(page.get_by_text(re.compile("stayed first|is first now"))).to_be_visible()


def _merge_and_undo(page: Page) -> None:
    """Put two values together and take that back, by keyboard alone."""
    _go(page, "/studio/studies/asking-for-advice/merges")
    waits = page.get_by_role("navigation", name="What waits").get_by_role("button")
    # A process of its own reads the cards first.
    expect(waits.first).to_be_visible(timeout=120_000)
    title = waits.first.inner_text()
    expect(page.get_by_role("heading", name="Are they the same value?")).to_be_visible()
    assert faults(page) == []

    for key in "ya":
        page.keyboard.press(key)
    expect(page.get_by_text("Put together. U undoes it.")).to_be_visible()
    expect(waits.first).not_to_have_text(title)
    page.keyboard.press("u")
    expect(page.get_by_text("Undone. The pair waits again.")).to_be_visible()
    expect(waits.first).to_have_text(title)


def _see_contexts(page: Page) -> None:
    """Go through what is proposed by keyboard, on a page without faults."""
    page.get_by_role("navigation", name="Moral graph").get_by_role("link", name="Contexts").click()
    expect(page.get_by_role("heading", name="Proposed")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-waits]").first).to_be_focused()
    assert faults(page) == []


def test_values_are_put_together_and_what_would_change_the_winner_is_said_in_words(
    sign_in: Callable[[str], Page],
) -> None:
    page = sign_in("researcher")
    _merge_and_undo(page)
    _see_contexts(page)
    _go(page, f"{GRAPH}/firmness")
    expect(page.get_by_role("heading", name="The smallest change of votes")).to_be_visible(timeout=60_000)
    expect(page.locator(".firmness-verdict")).to_contain_text("first")
    without = page.get_by_role("group", name="Who is first without each group")
    expect(without.get_by_role("row")).to_have_count(5)
    assert faults(page) == []
    page.get_by_role("link", name="See the votes").first.click()
    expect(page.get_by_role("complementary", name="Step")).to_be_visible()


def test_no_view_of_the_graph_breaks_a_rule_and_all_of_it_can_be_printed(
    sign_in: Callable[[str], Page],
) -> None:
    page = sign_in("researcher")
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for view in ("picture", "table", "sentences"):
        _go(page, f"{GRAPH}?view={view}&context=1&value=1")
        found[view] = faults(page)
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(400)  # colours that change with motion have settled
        found[f"{view}, dark"] = faults(page, rules=OF_LOOKS)
        page.set_viewport_size({"width": 390, "height": 844})
        found[f"{view}, narrow"] = faults(page, rules=OF_LOOKS)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")
    assert {view: problems for view, problems in found.items() if problems} == {}

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    paper = page.get_by_role("region", name="The graph on paper")
    expect(paper.get_by_role("table")).to_be_visible()
    expect(
        paper.get_by_text(re.compile(r"In “.*”, \d+ of \d+ people found .* wiser than")).first
    ).to_be_visible()
    expect(page.get_by_role("navigation", name="Studio")).not_to_be_visible()
