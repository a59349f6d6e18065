"""One value's whole journey, against the processes that `make run` starts; then once more while they are killed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import participant
from tests.browser.conftest import PHONE
from tests.browser.installation import Installation


@pytest.mark.parametrize("breaking", [False, True], ids=["undisturbed", "while processes are killed"])
def test_one_values_whole_journey(
    breaking: bool,
    installation: Installation,
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[[str], Page],
    pictures: Path,
    shared_data: Path,
) -> None:
    title = "Room to hear oneself" if breaking else "Questions to carry home"
    _take_part(new_context(**PHONE), installation, title=title, breaking=breaking, pictures=pictures)


def _take_part(
    context: BrowserContext, installation: Installation, *, title: str, breaking: bool, pictures: Path
) -> None:
    page = context.new_page()
    participant.open_study(page)
    link = participant.consent(page)
    page.get_by_role("link", name="Go on to the interview").click()
    participant.wait_for_reply(page)
    assert "guided interview" in participant.transcript(page)[0].lower()
    participant.say(page, participant.ANSWERS[0])
    page = participant.close_in_mid_reply(
        page,
        context=context,
        link=link,
        draft="half a thought",
        while_away=(lambda: installation.kill("replies")) if breaking else (lambda: None),
    )
    seen = participant.transcript(page)
    assert len(seen) == 3, seen
    page.screenshot(path=pictures / "interview.png")
    page.reload()
    participant.wait_for_reply(page)
    assert participant.transcript(page) == seen
    participant.finish_interview(page, answers=participant.ANSWERS[1:])
    page.screenshot(path=pictures / "card.png", full_page=True)
    participant.edit_and_accept(page, title=title)
    page.screenshot(path=pictures / "vote.png", full_page=True)
    participant.vote_three_times(page, title=title)
    page.screenshot(path=pictures / "landed.png", full_page=True)
    participant.see_where_it_landed(page, title=title)
