"""What researchers, annotators and admins do in the studio."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

STUDY = "/studio/studies/asking-for-advice"
NUMBER = re.compile(r"-?\d+\.\d+")


def enter(page: Page, role: str, *, password: str) -> None:
    """Sign a demo account in."""
    page.goto("/studio/")
    page.get_by_label("Account name or e-mail").fill(role)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/**")


def see_the_graph(page: Page, *, title: str, pictures: Path) -> None:
    """See the value in the graph, the winner with interval and n, another context; take a snapshot."""
    page.goto(f"{STUDY}/graph?view=table")
    table = page.get_by_role("group", name="Values, the wisest first")
    expect(table.get_by_role("row").filter(has_text=title)).to_be_visible()
    everywhere = _winner(page)
    contexts = page.get_by_label("Context")
    contexts.select_option(index=1)
    page.wait_for_url("**context=**")
    expect(page.get_by_role("region", name="Winning value")).not_to_have_text(everywhere)
    _winner(page)
    page.goto(f"{STUDY}/graph")
    page.locator("canvas").first.wait_for()
    page.wait_for_timeout(800)
    page.screenshot(path=pictures / "graph.png")
    page.get_by_role("button", name="Take a snapshot").click()
    expect(page.get_by_text(re.compile(r"Snapshot \d+ is taken"))).to_be_visible()


def _winner(page: Page) -> str:
    """Return what the winner's panel says, once it shows an interval and n."""
    panel = page.get_by_role("region", name="Winning value")
    expect(panel).to_contain_text(re.compile(r"\[-?\d.*,.*\d\]"))
    expect(panel).to_contain_text(re.compile(r"n = \d+"))
    return panel.inner_text()


def begin_audit(page: Page, *, title: str) -> str:
    """Make an audit and return its address."""
    page.goto(f"{STUDY}/discretion")
    page.get_by_role("textbox", name="Title of a new audit").fill(title)
    page.get_by_role("button", name="Begin audit").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    # A new audit opens where its pairs and principles come in.
    page.wait_for_url("**part=set-up")
    return page.url.partition("?")[0]


def open_part(page: Page, name: str) -> None:
    """Go to a part of the audit's page by its link, which is then the present one."""
    link = page.get_by_role("navigation", name="Parts of the audit").get_by_role("link", name=name)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")


def upload(page: Page, path: Path) -> None:
    """Import a file and wait until the job has ended."""
    form = page.get_by_role("form", name="Import a file")
    form.locator("input[type=file]").set_input_files(path)
    form.get_by_role("button", name="Import", exact=True).click()
    page.locator('[data-job-state="succeeded"]').first.wait_for(timeout=90_000)
    expect(page.get_by_role("list", name="Imports")).to_contain_text(path.name)


def see_agreement(page: Page, *, alpha: str, annotators: dict[str, str]) -> None:
    """See Krippendorff's alpha of the people and everybody's coverage among the findings."""
    open_part(page, "Findings")
    agreement = page.get_by_role("region", name="Agreement among people")
    expect(agreement).to_contain_text(alpha)
    for name, coverage in annotators.items():
        shown = re.compile(rf"{coverage} \[.+\], n = 999")
        expect(annotator_row(page, name)).to_contain_text(shown)


def annotator_row(page: Page, name: str) -> Locator:
    """Return an annotator's row of the audit's table."""
    return page.get_by_role("group", name="Annotators", exact=True).get_by_role("row").filter(has_text=name)


def take_over_principles(page: Page, *, titles: list[str]) -> None:
    """Take values over from the newest snapshot as principles, in the set-up."""
    region = page.get_by_role("region", name="Principles", exact=True)
    for title in titles:
        region.get_by_role("checkbox", name=title).check()
    region.get_by_role("button", name=re.compile(r"Take over \d+ as principles")).click()
    listed = page.get_by_role("list", name="Principles of this audit")
    for title in titles:
        expect(listed).to_contain_text(title)


def first_values(page: Page, count: int) -> list[str]:
    """Return the titles of the first values that could be taken over in the set-up."""
    open_part(page, "Set-up")
    boxes = page.get_by_role("region", name="Principles", exact=True).get_by_role("checkbox")
    expect(boxes.first).to_be_visible()
    read = "box => box.labels[0].textContent"
    return [str(boxes.nth(position).evaluate(read)) for position in range(count)]


AGAINST_BOTH = ("1", "1", "2")
JUDGEMENTS = (
    # Two principles, then overall: a consensus, a conflict, an indifference, a consensus, and one decided
    # against what both principles say.
    ("1", "1", "1"),
    ("1", "2", "2"),
    ("n", "n", "1"),
    ("2", "0", "2"),
    AGAINST_BOTH,
)


def deal_a_batch(page: Page, *, audit: str, to: str, pairs: int) -> None:
    """Deal pairs out to one person on the annotation screen."""
    page.goto(f"{audit}/annotation")
    form = page.get_by_role("form", name="New batch")
    form.get_by_label("Title").fill("Second look")
    form.get_by_role("textbox", name="Judgements of each pair").fill("1")
    form.get_by_role("textbox", name="Pairs").fill(str(pairs))
    form.get_by_role("checkbox", name=to).check()
    form.get_by_role("button", name="Deal it out").click()
    expect(page.get_by_role("region", name="Second look", exact=True)).to_contain_text(
        f"0 of {pairs + 1} judgements, 0 of {pairs} pairs"
    )


def judge_without_a_line(page: Page, *, audit: str) -> None:
    """Judge three pairs, the line lost in between, then the first once more with its sides changed."""
    page.goto(f"{audit}/annotate")
    desk, saved = page.locator("article.desk"), page.get_by_role("status", name="Saved state")
    seen: dict[str, tuple[str, str]] = {}
    for number in range(3):
        expect(desk).to_have_attribute("data-comparison", _another(list(seen)))
        name = str(desk.get_attribute("data-comparison"))
        seen[name] = (_side(page, "Left"), _side(page, "Right"))
        if number == 1:
            # The pairs that lie ready are enough to go on without a line.
            page.context.set_offline(True)
        page.keyboard.press("n")
        page.keyboard.press("n")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(saved).to_contain_text("No connection. 2 judgements kept on this device")
    page.context.set_offline(False)
    expect(saved).to_have_text("Saved")
    expect(desk).to_have_attribute("data-comparison", re.compile("|".join(seen)))
    again = str(desk.get_attribute("data-comparison"))
    assert (_side(page, "Right"), _side(page, "Left")) == seen[again]
    for key in ("n", "n", "1", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Your pile is done")).to_be_visible()
    page.get_by_role("button", name="Judge other pairs").click()
    expect(desk).to_have_attribute("data-comparison", _another(list(seen)))
    page.get_by_role("link", name="My history").click()
    # Left both times, so the answer turned with the sides.
    expect(page.get_by_role("region", name="How you stand")).to_contain_text("0.00 [0.00, 0.79], n = 1")


def _side(page: Page, side: str) -> str:
    return page.get_by_role("region", name=f"{side} response").inner_text().partition("\n")[2]


def see_the_order_bias(page: Page, *, audit: str) -> None:
    """See that the batch is full and nothing was counted twice, and how often the answer turned."""
    page.goto(f"{audit}/annotation")
    expect(page.get_by_role("region", name="Second look", exact=True)).to_contain_text(
        "4 of 4 judgements, 3 of 3 pairs have all of theirs"
    )
    page.get_by_role("tab", name="How people annotate").click()
    everybody = page.get_by_role("group", name="How people annotate").get_by_role("row").nth(1)
    expect(everybody).to_contain_text("1.00 [0.21, 1.00], n = 1")


def let_algorithms_judge(page: Page, *, pairs: int) -> None:
    """Let the longer response judge, then a model that knows no letters: see it work, what it cost, and its
    words that nobody can read; have them asked once more.
    """
    page.goto(f"{STUDY}/discretion")
    page.get_by_role("list", name="Audits").get_by_role("link").first.click()
    page.get_by_role("button", name="Annotators", exact=True).click()
    form, table = (
        page.get_by_role("region", name="Add an algorithm"),
        page.get_by_role("group", name="Annotators"),
    )
    form.get_by_label("Algorithm").select_option("longer")
    # Light words on the dark of a primary button: the library's style stands above the page's own.
    expect(form.get_by_role("button", name="Let it judge")).to_have_css("color", "rgb(255, 253, 248)")
    form.get_by_role("button", name="Let it judge").click()
    expect(table.get_by_role("row").filter(has_text="the longer response")).to_contain_text("Done")
    form.get_by_label("Algorithm").select_option("judge")
    form.get_by_role("textbox", name="Pairs at most").fill(str(pairs))
    expect(form.get_by_role("status")).to_contain_text(f"{2 * pairs} requests about {pairs} pairs")
    form.get_by_role("button", name="Let it judge").click()
    judge = table.get_by_role("row").filter(has_text="both orders")
    expect(judge).to_contain_text(f"{2 * pairs} of {2 * pairs}", timeout=60_000)
    expect(judge.get_by_role("cell").nth(3)).to_have_text(re.compile(rf"^{pairs}\D"))
    judge.get_by_role("button", name="Answers").click()
    answers = page.get_by_role("complementary").get_by_role("listitem")
    expect(answers).to_have_count(2 * pairs)
    expect(answers.first).to_contain_text("could not be read")
    judge.get_by_role("button", name="Ask again what could not be read").click()
    expect(judge).to_contain_text(f"{2 * pairs} answers were asked again", timeout=60_000)
    expect(judge).to_contain_text("Done", timeout=60_000)


BESIDE_THE_MODEL = (("1", "1", "1"), ("2", "1", "1"), ("2", "2", "2"))


def judge_by_keyboard(
    page: Page, *, audit: str, judgements: Sequence[tuple[str, str, str]], picture: Path | None = None
) -> None:
    """Judge pairs by two principles and overall without touching the mouse."""
    page.goto(f"{audit}/annotate")
    seen: list[str] = []
    for number, keys in enumerate(judgements):
        desk = page.locator("article.desk")
        expect(desk).to_have_attribute("data-comparison", _another(seen))
        seen.append(str(desk.get_attribute("data-comparison")))
        for key in keys:
            # An answer moves on to the next row by itself.
            page.keyboard.press(key)
        if number == 0 and picture:
            page.screenshot(path=picture)
        page.keyboard.press("Enter")
        if keys == AGAINST_BOTH:
            reason = page.get_by_role("region", name="Reason").get_by_role("textbox")
            expect(reason).to_be_focused()
            page.keyboard.type("It answers what was asked.")
            page.keyboard.press("Enter")
        expect(desk).to_have_attribute("data-comparison", _another(seen))
    assert len(set(seen)) == len(judgements)


def _another(seen: list[str]) -> re.Pattern[str]:
    excluded = "".join(f"(?!{re.escape(name)}$)" for name in seen)
    return re.compile(f"^{excluded}.+$")


def measures(page: Page) -> dict[str, str]:
    """Return the counts that the audit shows: three categories and the n of the arbitrariness."""
    categories = {
        name: str(page.locator(f"[data-category={name}]").first.get_attribute("data-count"))
        for name in ("consensus", "conflict", "indifference")
    }
    arbitrariness = page.locator("[data-measure=arbitrariness]").first
    return {**categories, "n": str(arbitrariness.get_attribute("data-n"))}


PARTS = {
    "Priorities": "Which principle wins when two clash",
    "How firm": "What one principle carries",
    "Agreement": "Where people agree and where not",
    "Over time": "How judging went along",
}


def share_a_control(page: Page) -> None:
    """Move a control, see the figures follow, open the same address elsewhere, go along a cell's rows by
    keyboard, and past every part, each of which keeps the control in an address of its own.
    """
    before = measures(page)
    active = page.get_by_label("Active principles at least")
    active.fill("3")
    page.wait_for_url("**min_active=3**")
    arbitrariness = page.locator("[data-measure=arbitrariness]").first
    expect(arbitrariness).to_have_attribute("data-n", "0")
    shared = page.context.new_page()
    shared.goto(page.url)
    expect(shared.locator("[data-measure=arbitrariness]").first).to_have_attribute("data-n", "0")
    assert measures(shared) == measures(page)
    shared.locator("[data-category=consensus] a").first.click()
    table = shared.get_by_role("group", name="Comparisons", exact=True)
    expect(table.get_by_role("row")).to_have_count(1 + min(50, int(before["consensus"])))
    table.get_by_role("button").first.click()
    pane = shared.get_by_role("complementary", name="Comparison")
    expect(pane.get_by_role("region", name="Verdicts by principle")).to_be_visible()
    shared.keyboard.press("j")
    expect(pane).to_contain_text(f"2 of {before['consensus']} on this page")
    for part, heading in PARTS.items():
        open_part(page, part)
        assert "min_active=3" in page.url
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    shared.goto(page.url)
    expect(shared.get_by_role("heading", name=heading)).to_be_visible()
    shared.close()
    page.go_back()
    expect(page.get_by_role("heading", name=PARTS["Agreement"])).to_be_visible()
    open_part(page, "Findings")
    active.fill("1")
    expect(arbitrariness).to_have_attribute("data-n", before["n"])


def build_data_set(page: Page, *, limit: int) -> str:
    """Build a data set of people's verdicts and return its address."""
    open_part(page, "Set-up")
    region = page.get_by_role("region", name="Build a data set")
    region.get_by_role("radio", name=re.compile("People.s verdicts")).check()
    region.get_by_label("Comparisons at most").fill(str(limit))
    region.get_by_role("button", name="Build data set").click()
    link = region.get_by_role("status").get_by_role("link")
    link.wait_for(timeout=60_000)
    return str(link.get_attribute("href"))


def launch(page: Page, *, data_set: str, size: str) -> str:
    """Launch a reward model on a data set and return the run's address."""
    page.goto(data_set if data_set.startswith("/studio") else f"/studio{data_set}")
    page.get_by_role("link", name="Train on it").or_(page.get_by_role("button", name="Train on it")).click()
    form = page.get_by_role("form", name="New run")
    form.get_by_role("radio", name=re.compile(f"^{size}")).check()
    form.get_by_role("button", name="Launch run").click()
    page.wait_for_url(re.compile(r"/models/runs/[0-9a-f-]{36}"))
    return page.url


def loss(page: Page) -> Locator:
    """Return the loss chart."""
    return page.locator("[data-series=loss]")


def points(page: Page) -> int:
    """Return how many points the loss chart has now."""
    return int(loss(page).get_attribute("data-points") or 0)


def wait_for_points(page: Page, *, more_than: int, seconds: float = 120) -> int:
    """Wait until the chart has moved by itself; return its points."""
    chart = loss(page)
    chart.wait_for(timeout=seconds * 1000)
    wait_for(page, lambda: points(page) > more_than, seconds=seconds, what=f"more than {more_than} points")
    return points(page)


def wait_for(page: Page, condition: Callable[[], bool], *, what: str, seconds: float = 20) -> None:
    """Wait while the page goes on (its policy forbids the evaluation that Playwright's own waiting uses)."""
    for _ in range(int(seconds * 10)):
        if condition():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"After {seconds:.0f} s, not yet: {what}.")


def steps_shown(page: Page) -> list[int]:
    """Return the steps of the loss chart's table, as they are listed."""
    table = page.get_by_role("region", name="Loss, every point")
    button = loss(page).get_by_role("button", name="Show table")
    table.or_(button).first.wait_for()
    if not table.is_visible():
        button.click()
    table.get_by_role("row").nth(1).wait_for()
    texts = table.locator("tbody tr").all_inner_texts()
    return [int(re.split(r"\s+", text.strip().replace(",", ""))[0]) for text in texts]


def step_of(page: Page, *, run: str) -> int:
    """Return how far a run is, as the API says it while no page of the run is open."""
    name = re.findall(r"[0-9a-f-]{36}", run)[-1]
    answer = page.request.get(f"{STUDY.replace('/studio', '/api')}/runs/{name}/")
    assert answer.ok, answer.status
    return int(answer.json()["step"])


def wait_for_state(page: Page, state: str, *, seconds: float = 240) -> None:
    """Wait until the run's page says this state."""
    page.locator(f'[data-run-state="{state}"]').first.wait_for(timeout=seconds * 1000)
