"""An objection is answered with a reason, either way, and the answer can be taken back."""

import uuid
from typing import Any

import pytest

from apps.moralgraph import selectors
from apps.moralgraph.models import Belonging, Card, MergeObjection, ObjectionAnswer, Value
from apps.moralgraph.services import belongings, objections, withdrawal
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import AuditEntry, Role, Study
from tests.factories.moralgraph import merge
from tests.factories.shared import StudyFactory, member
from tests.moralgraph.services.test_belongings import ME, accepted

THEM = uuid.UUID(int=2)


@pytest.fixture
def robin(study: Study) -> Any:
    return member(study=study, role=Role.RESEARCHER, username="robin")


@pytest.fixture
def objected(study: Study) -> MergeObjection:
    """Return the word of somebody whose card was put into "Slow Attention" and stands for itself again."""
    mine, theirs = accepted(study, ME), accepted(study, THEM, "Slow Attention")
    assert theirs.value is not None
    merge(mine, into=theirs.value, by="robin", reason="The same in other words.")
    belongings.object_to_belonging(study=study, participant_id=ME, reason="Mine is about time.")
    return MergeObjection.objects.get()


def _mine() -> Card:
    return Card.objects.select_related("value").get(participant_id=ME)


def _stands_in() -> str:
    value = Belonging.objects.get(card=_mine(), undone_at__isnull=True).value
    assert _mine().value == value
    assert value.retired_at is None
    return value.title


def _answer(
    study: Study, robin: Any, objected: MergeObjection, decision: str, reason: str = "I see."
) -> None:
    objections.answer(study=study, actor=robin, objection_id=objected.pk, decision=decision, reason=reason)


def test_agreeing_leaves_the_card_apart(study: Study, robin: Any, objected: MergeObjection) -> None:
    _answer(study, robin, objected, "apart", reason=" It is about  time. ")

    assert _stands_in() == "Patient Listening"
    answer = ObjectionAnswer.objects.get()
    assert (answer.decision, answer.reason, answer.by) == ("apart", "It is about time.", "robin")
    assert selectors.objections(study=study).open == 0
    entry = AuditEntry.objects.get(action="objection.answered")
    assert entry.subject == f"objection/{objected.pk}"


def test_putting_together_again_retires_the_own_value_and_can_be_objected_to_again(
    study: Study, robin: Any, objected: MergeObjection
) -> None:
    own = _mine().value_id

    _answer(study, robin, objected, "together")

    assert _stands_in() == "Slow Attention"
    assert Value.objects.get(pk=own).retired_at is not None
    belongings.object_to_belonging(study=study, participant_id=ME, reason="Still not.")
    assert _stands_in() == "Patient Listening"
    assert selectors.objections(study=study).open == 1


def test_an_answer_that_is_taken_back_leaves_everything_as_it_was(
    study: Study, robin: Any, objected: MergeObjection
) -> None:
    own = _mine().value_id
    _answer(study, robin, objected, "together")

    objections.take_back(study=study, actor=robin, objection_id=objected.pk)

    assert _stands_in() == "Patient Listening"
    assert _mine().value_id == own
    assert selectors.objections(study=study).open == 1
    _answer(study, robin, objected, "apart")
    answers = selectors.objection(study=study, objection_id=objected.pk).answers
    assert [(answer.decision, answer.undone_at is None) for answer in answers] == [
        ("together", False),
        ("apart", True),
    ]


def test_taking_back_an_answer_moves_nothing_that_the_person_moved_since(
    study: Study, robin: Any, objected: MergeObjection
) -> None:
    _answer(study, robin, objected, "together")
    belongings.object_to_belonging(study=study, participant_id=ME)
    before = list(Belonging.objects.values_list("pk", "undone_at"))

    objections.take_back(study=study, actor=robin, objection_id=objected.pk)

    assert list(Belonging.objects.values_list("pk", "undone_at")) == before


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_an_answer_has_a_reason_that_fits(
    study: Study, robin: Any, objected: MergeObjection, reason: str
) -> None:
    with pytest.raises(Invalid, match="reason"):
        _answer(study, robin, objected, "together", reason=reason)

    assert not ObjectionAnswer.objects.exists()
    assert _stands_in() == "Patient Listening"


def test_an_objection_is_answered_once_until_that_is_taken_back(
    study: Study, robin: Any, objected: MergeObjection
) -> None:
    with pytest.raises(Conflict, match="no answer"):
        objections.take_back(study=study, actor=robin, objection_id=objected.pk)
    _answer(study, robin, objected, "apart")

    with pytest.raises(Conflict, match="answered already"):
        _answer(study, robin, objected, "together")


def test_nothing_is_put_into_a_value_whose_words_are_gone(
    study: Study, robin: Any, objected: MergeObjection
) -> None:
    withdrawal.erase(study=study, participant_id=THEM)

    with pytest.raises(Conflict, match="withdrawn"):
        _answer(study, robin, objected, "together")


def test_of_somebody_who_withdrew_nothing_is_left_to_read_or_to_answer(
    study: Study, robin: Any, objected: MergeObjection
) -> None:
    _answer(study, robin, objected, "apart", reason="Ottilie means time.")

    withdrawal.erase(study=study, participant_id=ME)

    assert selectors.objections(study=study).objections == ()
    assert ObjectionAnswer.objects.get().reason == ""
    with pytest.raises(Missing):
        selectors.objection(study=study, objection_id=objected.pk)
    with pytest.raises(Missing):
        objections.take_back(study=study, actor=robin, objection_id=objected.pk)


def test_an_objection_belongs_to_its_study(robin: Any, objected: MergeObjection) -> None:
    with pytest.raises(Missing):
        _answer(StudyFactory(), robin, objected, "apart")
