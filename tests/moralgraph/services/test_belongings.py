"""A person takes their card out of a value that it was put into; a withdrawal takes that back too."""

import uuid

import pytest
from django.utils import timezone

from apps.moralgraph import selectors
from apps.moralgraph.models import Belonging, Card, MergeObjection, Value
from apps.moralgraph.services import belongings, cards, withdrawal
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import AuditEntry, Study
from tests.factories.moralgraph import ContextFactory, ValueFactory, merge, vote

ME = uuid.UUID(int=1)
LINES = [{"attended": "MOMENTS", "qualifier": "that go quiet", "quote": "She went quiet.", "turn": 3}]


def accepted(study: Study, person: uuid.UUID, title: str = "Patient Listening") -> Card:
    card = cards.draft(
        study=study, participant_id=person, title=title, summary="I wait.", policies=LINES, by="interviewer"
    )
    cards.accept(card=card)
    return Card.objects.get(pk=card.pk)


@pytest.fixture
def mine(study: Study) -> Card:
    return accepted(study, ME)


@pytest.fixture
def theirs(study: Study) -> Card:
    return accepted(study, uuid.UUID(int=2), "Slow Attention")


def _value(card: Card) -> Value:
    assert card.value is not None
    return card.value


def _steps(study: Study) -> list[tuple[object, object]]:
    """Return between which values each vote counts."""
    return [(vote.less_wise, vote.wiser) for vote in selectors.ballots(study=study).judgements()]


def test_a_card_that_stands_for_itself_has_no_merge_to_object_to(study: Study, mine: Card) -> None:
    with pytest.raises(Conflict, match="stands for itself"):
        belongings.object_to_belonging(study=study, participant_id=ME)

    assert not MergeObjection.objects.exists()


def test_without_a_card_there_is_nothing_to_object_to(study: Study) -> None:
    with pytest.raises(Missing):
        belongings.object_to_belonging(study=study, participant_id=ME)


def test_an_objection_brings_the_own_value_back_with_its_votes(
    study: Study, mine: Card, theirs: Card
) -> None:
    own, context = _value(mine), ContextFactory(study=study)
    other = ValueFactory(study=study)
    vote(other, own, context)
    merge(mine, into=_value(theirs), by="robin", reason="The same in other words.")
    assert _steps(study) == [(other.pk, _value(theirs).pk)]

    value = belongings.object_to_belonging(study=study, participant_id=ME, reason=" Mine is about time. ")

    assert value.pk == own.pk
    assert own.pk in {item.id for item in selectors.values(study=study)}
    assert _steps(study) == [(other.pk, own.pk)]
    assert Card.objects.get(pk=mine.pk).value_id == own.pk
    rows = list(Belonging.objects.filter(card=mine).order_by("pk"))
    assert [(row.value_id, row.by, row.undone_at is None) for row in rows] == [
        (own.pk, "person", False),
        (_value(theirs).pk, "robin", False),
        (own.pk, "person", True),
    ]
    objection = MergeObjection.objects.get()
    assert (objection.belonging_id, objection.reason) == (rows[1].pk, "Mine is about time.")


def test_researchers_see_the_objection_and_the_log_names_no_words(
    study: Study, mine: Card, theirs: Card
) -> None:
    merge(mine, into=_value(theirs))

    belongings.object_to_belonging(study=study, participant_id=ME, reason="Mine is about time.")

    (seen,) = selectors.objections(study=study).objections
    assert (seen.reason, seen.state, seen.card_title) == (
        "Mine is about time.", "open", "Patient Listening",
    )  # fmt: skip
    assert seen.value.id == _value(theirs).pk
    entry = AuditEntry.objects.get(action="merge.objected")
    assert entry.subject == f"card/{mine.pk}"
    assert "time" not in str(entry.detail)


def test_where_others_hold_the_own_value_by_now_the_card_gets_a_new_one(
    study: Study, mine: Card, theirs: Card
) -> None:
    own = _value(mine)
    merge(theirs, into=own)
    newcomer = ValueFactory(study=study, title="Both of them")
    merge(mine, into=newcomer, retire=False)

    value = belongings.object_to_belonging(study=study, participant_id=ME)

    assert value.pk not in {own.pk, newcomer.pk}
    assert (value.title, value.policies) == (own.title, own.policies)
    assert "quote" not in str(value.policies)


def test_objecting_twice_reopens_once(study: Study, mine: Card, theirs: Card) -> None:
    merge(mine, into=_value(theirs))
    belongings.object_to_belonging(study=study, participant_id=ME)

    with pytest.raises(Conflict):
        belongings.object_to_belonging(study=study, participant_id=ME)

    assert MergeObjection.objects.count() == 1


def test_an_endless_reason_is_refused_and_nothing_moves(study: Study, mine: Card, theirs: Card) -> None:
    merge(mine, into=_value(theirs))

    with pytest.raises(Invalid):
        belongings.object_to_belonging(study=study, participant_id=ME, reason="x" * 2001)

    assert Card.objects.get(pk=mine.pk).value_id == theirs.value_id


def test_a_withdrawal_erases_the_reason_and_the_words_of_the_value_that_was_merged_away(
    study: Study, mine: Card, theirs: Card
) -> None:
    own = _value(mine)
    merge(mine, into=_value(theirs))
    belongings.object_to_belonging(study=study, participant_id=ME, reason="Mine is about time.")
    merge(mine, into=_value(theirs))

    withdrawal.erase(study=study, participant_id=ME)

    assert MergeObjection.objects.get().reason == ""
    own.refresh_from_db()
    assert (own.title, own.policies) == (withdrawal.ERASED_TITLE, [])
    assert Value.objects.get(pk=theirs.value_id).title == "Slow Attention"


def test_what_a_value_changed_is_counted_in_people_without_ones_own_judgements(
    study: Study, mine: Card
) -> None:
    own, one, two = _value(mine), ValueFactory(study=study), ValueFactory(study=study)
    contexts = ContextFactory.create_batch(2, study=study)
    twice = uuid.uuid4()
    for context in contexts:
        vote(one, own, context, participant_id=twice)  # One person, in two contexts.
    for _ in range(2):
        vote(one, own, contexts[0])
    vote(own, one, contexts[0])
    vote(two, own, contexts[0], answer="not_wiser")
    vote(one, two, contexts[0])  # Not about this value.
    vote(one, own, contexts[0], participant_id=ME)

    found = selectors.influence_of(study=study, value=own.pk, without=ME)

    assert found.people == 5
    assert [(item.title, item.wiser, item.less_wise) for item in found.compared] == [(one.title, 3, 1)]
    assert found.uses == {"audits": 0}


def test_an_undone_judgement_is_no_judgement(study: Study, mine: Card) -> None:
    vote(ValueFactory(study=study), _value(mine), ContextFactory(study=study), undone_at=timezone.now())

    assert selectors.influence_of(study=study, value=_value(mine).pk, without=ME).people == 0
