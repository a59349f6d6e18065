"""Merging moves memberships with a reason, splits and undoes them, and proposes nothing that was decided."""

import uuid
from typing import Any

import pytest

from apps.moralgraph import selectors
from apps.moralgraph.models import Belonging, Card, MergeCandidate, MergeDecision, Value
from apps.moralgraph.services import belongings, withdrawal
from apps.moralgraph.services.merging import deciding
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import AuditEntry, Role, Study
from tests.factories.shared import StudyFactory, member
from tests.moralgraph.services.test_belongings import accepted

ALL_HOLD = dict.fromkeys("12345", "yes")


def person(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def near(first: Card, second: Card, similarity: float = 0.7) -> MergeCandidate:
    low, high = sorted([first, second], key=lambda card: card.pk)
    return MergeCandidate.objects.create(
        study=low.study, first=low, second=high, similarity=similarity, encoder="test", language="en"
    )


@pytest.fixture
def robin(study: Study) -> Any:
    return member(study=study, role=Role.RESEARCHER, username="robin")


@pytest.fixture
def cards(study: Study) -> list[Card]:
    """Return three cards, each of its own value; the first two are near, the third is near the second."""
    found = [
        accepted(study, person(n), title) for n, title in enumerate(("Slow Ears", "Long Listening", "Care"))
    ]
    near(found[0], found[1], 0.9)
    near(found[1], found[2], 0.4)
    return found


def value_of(card: Card) -> int:
    found = Card.objects.get(pk=card.pk).value_id
    assert found is not None
    return found


def waiting(study: Study) -> list[tuple[int, int]]:
    return [(pair.low, pair.high) for pair in selectors.merging.open_pairs(study=study)]


def merge(study: Study, robin: Any, low: int, high: int, keep: int, **told: Any) -> MergeDecision:
    told = told or {"answers": ALL_HOLD}
    return deciding.decide(study=study, actor=robin, low=low, high=high, decision="merged", keep=keep, **told)


def test_merging_moves_the_cards_of_one_value_and_retires_it(
    study: Study, robin: Any, cards: list[Card]
) -> None:
    first, second, third = map(value_of, cards)
    assert waiting(study) == [(first, second), (second, third)]

    made = merge(study, robin, first, second, keep=second)

    assert value_of(cards[0]) == value_of(cards[1]) == second
    assert Value.objects.get(pk=first).retired_at is not None
    live = Belonging.objects.get(card=cards[0], undone_at__isnull=True)
    assert (live.by, live.reason) == ("robin", "All five parts of the rubric hold.")
    assert (made.by, made.similarity, made.rubric) == ("robin", 0.9, ALL_HOLD)
    assert AuditEntry.objects.get(action="merge.decided").subject == f"merge/{made.pk}"
    # The author's own wording stays on the card, and what is near a member is near the value.
    assert Card.objects.get(pk=cards[0].pk).versions.get().title == "Slow Ears"
    assert waiting(study) == [(second, third)]


def test_undoing_a_merge_puts_everything_back(study: Study, robin: Any, cards: list[Card]) -> None:
    first, second, third = map(value_of, cards)
    made = merge(study, robin, first, second, keep=second)

    deciding.undo(study=study, actor=robin, decision_id=made.pk)

    assert list(map(value_of, cards)) == [first, second, third]
    assert Value.objects.get(pk=first).retired_at is None
    live = Belonging.objects.get(card=cards[0], undone_at__isnull=True)
    assert live.by == "person"
    assert waiting(study) == [(first, second), (second, third)]
    row = MergeDecision.objects.get()
    assert (row.undone_by, row.kind) == ("robin", "merged")
    with pytest.raises(Conflict, match="undone before"):
        deciding.undo(study=study, actor=robin, decision_id=made.pk)


def test_a_pair_that_is_kept_apart_is_not_proposed_again(study: Study, robin: Any, cards: list[Card]) -> None:
    first, second, third = map(value_of, cards)

    made = deciding.decide(
        study=study, actor=robin, low=first, high=second, decision="apart", answers={"5": "no"}
    )

    assert made.reason == "They differ: one of them is broader than the other."
    assert waiting(study) == [(second, third)]
    with pytest.raises(Conflict, match="decided already"):
        merge(study, robin, first, second, keep=first)
    deciding.undo(study=study, actor=robin, decision_id=made.pk)
    assert (first, second) in waiting(study)


def test_a_chain_of_merges_is_undone_in_any_order(study: Study, robin: Any, cards: list[Card]) -> None:
    first, second, third = map(value_of, cards)
    one = merge(study, robin, first, second, keep=second)
    two = merge(study, robin, second, third, keep=third)
    assert {*map(value_of, cards)} == {third}

    deciding.undo(study=study, actor=robin, decision_id=one.pk)

    # The first card has moved on since, so only what the first decision still holds goes back.
    assert {*map(value_of, cards)} == {third}
    deciding.undo(study=study, actor=robin, decision_id=two.pk)
    assert list(map(value_of, cards)) == [second, second, third]


def test_a_split_takes_one_card_out_and_can_be_undone(study: Study, robin: Any, cards: list[Card]) -> None:
    first, second, _ = map(value_of, cards)
    merge(study, robin, first, second, keep=second)

    made = deciding.split(study=study, actor=robin, card_id=cards[0].pk, reason=" About  ears. ")

    assert value_of(cards[0]) == first
    assert Value.objects.get(pk=first).retired_at is None
    assert (made.kind, made.reason, made.kept_id) == ("split", "About ears.", second)
    assert (first, second) not in waiting(study)
    deciding.undo(study=study, actor=robin, decision_id=made.pk)
    assert value_of(cards[0]) == second


def test_the_card_that_named_a_value_can_leave_it(study: Study, robin: Any, cards: list[Card]) -> None:
    first, second, _ = map(value_of, cards)
    merge(study, robin, first, second, keep=second)

    made = deciding.split(study=study, actor=robin, card_id=cards[1].pk, reason="Another matter.")

    own = value_of(cards[1])
    assert own not in (first, second)
    assert value_of(cards[0]) == second
    deciding.undo(study=study, actor=robin, decision_id=made.pk)
    assert value_of(cards[1]) == second
    assert Value.objects.get(pk=own).retired_at is not None


def test_an_objection_reopens_the_merge_and_shows_in_its_history(
    study: Study, robin: Any, cards: list[Card]
) -> None:
    first, second, third = map(value_of, cards)
    merge(study, robin, first, second, keep=second)

    belongings.object_to_belonging(study=study, participant_id=person(0), reason="Not mine.")

    assert value_of(cards[0]) == first
    desk = selectors.merging.desk(study=study, made_by=[])
    assert (desk.objections, desk.merged) == (1, 1)
    # It is the author's word now, and no proposal of the encoder's.
    assert waiting(study) == [(second, third)]
    assert [row.objected for row in selectors.merge_pairs.history(study=study)] == [True]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "reason"),
        ({"answers": {"1": "yes"}}, "reason"),
        ({"answers": {"1": "no"}}, "reason"),
        ({"answers": {"6": "yes"}}, "no part"),
        ({"answers": {"1": "perhaps"}}, "yes or no"),
        ({"reason": "x" * 301}, "at most 300"),
    ],
)
def test_a_merge_needs_a_reason_that_speaks_for_it(
    study: Study, robin: Any, cards: list[Card], told: dict[str, Any], says: str
) -> None:
    first, second, _ = map(value_of, cards)

    with pytest.raises(Invalid, match=says):
        deciding.decide(
            study=study, actor=robin, low=first, high=second, decision="merged", keep=first, **told
        )

    assert not MergeDecision.objects.exists()


def test_a_merge_says_which_value_stays(study: Study, robin: Any, cards: list[Card]) -> None:
    first, second, third = map(value_of, cards)

    with pytest.raises(Invalid, match="which of the two"):
        merge(study, robin, first, second, keep=third)


def test_what_is_gone_or_of_another_study_cannot_be_decided_on(
    study: Study, robin: Any, cards: list[Card]
) -> None:
    first, second, _ = map(value_of, cards)
    stranger = accepted(StudyFactory(), person(9))

    with pytest.raises(Missing):
        merge(study, robin, first, value_of(stranger), keep=first)
    with pytest.raises(Missing):
        deciding.split(study=study, actor=robin, card_id=stranger.pk, reason="No.")
    with pytest.raises(Conflict, match="only one"):
        deciding.split(study=study, actor=robin, card_id=cards[0].pk, reason="No.")
    withdrawal.erase(study=study, participant_id=person(0))
    with pytest.raises(Missing, match="not in the graph"):
        merge(study, robin, first, second, keep=second)


def test_a_withdrawal_takes_the_candidates_and_the_words_along(
    study: Study, robin: Any, cards: list[Card]
) -> None:
    first, second, third = map(value_of, cards)
    merge(study, robin, first, second, keep=second, reason="Anna and Ben say the same.")

    withdrawal.erase(study=study, participant_id=person(0))

    assert not MergeCandidate.objects.filter(first=cards[0]).exists()
    assert MergeDecision.objects.get().reason == ""
    assert waiting(study) == [(second, third)]
