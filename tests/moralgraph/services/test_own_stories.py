"""What people tell of themselves is offered only in words that a researcher chose, and taken out again."""

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.moralgraph import selectors
from apps.moralgraph.domain.tales.personal import details
from apps.moralgraph.models import Card, OwnStory, Story
from apps.moralgraph.selectors import offer_of
from apps.moralgraph.services import own_stories, withdrawal
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import AuditEntry, Study
from tests.moralgraph.conftest import World
from tests.moralgraph.services.test_belongings import accepted

ME = uuid.UUID(int=80)
MINE = "I used to answer at once. When Marta lost her job in 2019 I learned to wait."
OTHERS = "Somebody used to answer at once. When a friend was in need, they learned to wait and hear."


@pytest.fixture
def card(study: Study) -> Card:
    return accepted(study, ME, "Waiting To Hear")


def tell(study: Study, **changes: Any) -> OwnStory | None:
    given = {"text": MINE, "before": "Being quick", "agreed": True, "language": "en", **changes}
    return own_stories.tell(study=study, participant_id=ME, **given)


def path(study: Study, own: OwnStory | None = None) -> str:
    return f"/api/studies/{study.slug}/stories/told/" + (f"{own.pk}/" if own else "")


def offered(world: World, card: Card, **changes: Any) -> dict[str, Any]:
    return {
        "offer": True, "less_wise": world.low.pk, "wiser": card.value_id, "context": world.first.pk,
        "text": OTHERS, **changes,
    }  # fmt: skip


def test_it_waits_for_a_researcher_with_what_could_tell_whose_it_is(
    world: World, card: Card, researcher: APIClient
) -> None:
    tell(world.study)
    tell(world.study, text=f"{MINE} I still do.")

    found = researcher.get(path(world.study)).json()

    assert (found["open"], found["model"], len(found["stories"])) == (1, "", 1)
    own = found["stories"][0]
    assert (own["text"], own["before"], own["state"]) == (f"{MINE} I still do.", "Being quick", "open")
    assert (own["card_title"], own["value"], own["details"]) == (
        "Waiting To Hear", card.value_id, ["Marta", "2019"],
    )  # fmt: skip
    assert not Story.objects.exists()


def test_it_is_offered_in_other_words_in_a_pair_with_both_directions(
    world: World, card: Card, researcher: APIClient
) -> None:
    own = tell(world.study)
    assert own

    assert researcher.patch(path(world.study, own), offered(world, card), format="json").status_code == 200

    story = Story.objects.get()
    assert (story.origin, story.state, story.text) == ("person", "taken", OTHERS)
    own.refresh_from_db()
    assert (own.state, own.story, own.text) == ("offered", story, MINE)
    assert AuditEntry.objects.filter(action="own_story.offered").exists()
    again = researcher.patch(path(world.study, own), offered(world, card), format="json")
    assert again.status_code == 409
    with pytest.raises(Conflict):
        tell(world.study, text=MINE + " More.")


def test_it_is_declined_with_a_reason_and_can_still_be_offered(
    world: World, card: Card, researcher: APIClient
) -> None:
    own = tell(world.study)
    assert own
    assert researcher.patch(path(world.study, own), {"offer": False}, format="json").status_code == 400

    given = {"offer": False, "reason": "It is about somebody else."}
    assert researcher.patch(path(world.study, own), given, format="json").status_code == 200

    shown = researcher.get(path(world.study)).json()
    assert (shown["open"], shown["stories"][0]["reason"]) == (0, "It is about somebody else.")
    assert researcher.patch(path(world.study, own), offered(world, card), format="json").status_code == 200


def test_withdrawal_takes_the_words_and_what_was_offered_of_them(
    world: World, card: Card, researcher: APIClient
) -> None:
    own = tell(world.study)
    assert own
    researcher.patch(path(world.study, own), offered(world, card), format="json")
    story = Story.objects.select_related("context", "transition__less_wise", "transition__wiser").get()

    withdrawal.erase(study=world.study, participant_id=ME)

    own.refresh_from_db()
    assert (own.text, own.before, own.erased_at is not None) == ("", "", True)
    story = Story.objects.select_related("context", "transition__less_wise", "transition__wiser").get()
    assert (story.text, story.retired_at is not None) == ("", True)
    # Who was shown it already answers about the neutral one.
    assert offer_of(story).story_text.startswith("Imagine a person.")
    assert researcher.get(path(world.study)).json()["stories"] == []
    assert selectors.told.of_participant(participant_id=ME) is None


def test_nothing_is_kept_without_words_agreement_or_a_card(study: Study) -> None:
    assert tell(study, text=" ", before="") is None
    with pytest.raises(Invalid) as refused:
        tell(study, agreed=False)
    assert list(refused.value.fields) == ["own_agreed"]
    with pytest.raises(Invalid):
        tell(study, text="Too short.")
    with pytest.raises(Missing):
        tell(study)
    assert not OwnStory.objects.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I waited. Then I asked.", ()), ("Then Ana wrote to me@home.org", ("Ana", "me@home.org")),
        ("It was on 3 May, in a shop", ("3", "May")), ("Cuando Íñigo me llamó, esperé", ("Íñigo",)),
        ("قال لي صديقي أن أنتظر", ()), ("see www.mine.org", ("www.mine.org",)),
    ],
)  # fmt: skip
def test_patterns_find_names_numbers_and_addresses(text: str, found: tuple[str, ...]) -> None:
    assert details(text) == found
