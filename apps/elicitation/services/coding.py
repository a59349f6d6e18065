"""Codes and memos on passages of transcripts, by researchers; all of it goes with the words on withdrawal."""

import uuid

from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.models import Code, Participant, Passage, Turn
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

LONGEST_MEMO = 4000
TAKEN = "Another code has this name. Retired codes keep theirs: bring it back, or choose another one."


@transaction.atomic
def create_code(*, study: Study, actor: Person, name: str, description: str = "") -> Code:
    """Make a code. Raises Conflict where the name is taken, and Invalid for an empty one."""
    code = Code(study=study, name=_free_name(study=study, name=name), description=description.strip())
    code.save()
    audit.record(study=study, actor=actor, action="code.created", subject=str(code.pk))
    return code


@transaction.atomic
def change_code(
    *,
    study: Study,
    actor: Person,
    code_id: int,
    name: str | None = None,
    description: str | None = None,
    retired: bool | None = None,
) -> Code:
    """Rename, describe, retire or bring back a code; passages keep it. Raises Missing, Invalid, Conflict."""
    code = _code(study=study, code_id=code_id)
    if name is not None and name.strip() != code.name:
        code.name = _free_name(study=study, name=name)
    if description is not None:
        code.description = description.strip()
    if retired is not None:
        code.retired_at = (code.retired_at or timezone.now()) if retired else None
    code.save(update_fields=["name", "description", "retired_at"])
    audit.record(study=study, actor=actor, action="code.changed", subject=str(code.pk))
    return code


@transaction.atomic
def mark(
    *,
    study: Study,
    actor: Person,
    participant_id: uuid.UUID,
    position: int,
    start: int,
    end: int,
    code_id: int | None = None,
    memo: str = "",
) -> Passage:
    """Give a passage of a turn a code, a memo, or both.

    Raises Missing, Forbidden where the words may not be read, and Invalid for a passage that is none.
    """
    # Whoever withdraws at this moment goes first or waits: no memo outlives the words.
    Participant.objects.select_for_update().filter(pk=participant_id).first()
    person = selectors.readable_participant(study=study, participant_id=participant_id)
    turn = Turn.objects.filter(interview__participant=person, position=position).first()
    if turn is None:
        raise Missing("There is no such turn in this interview.")
    if not 0 <= start < end <= len(turn.text):
        raise Invalid("This passage does not lie inside the turn.", fields={"end": ["Select some words."]})
    passage = Passage(turn=turn, start=start, end=end, by_id=actor.pk)
    _say(passage, code=_usable(study=study, code_id=code_id), memo=memo)
    passage.save()
    _note(passage, actor=actor, study=study, action="passage.marked")
    return passage


@transaction.atomic
def change_passage(
    *, study: Study, actor: Person, passage_id: int, code_id: int | None, memo: str
) -> Passage:
    """Give a passage another code or memo. Raises Missing and Invalid."""
    passage = _passage(study=study, passage_id=passage_id)
    keeps = code_id == passage.code_id
    code = passage.code if keeps else _usable(study=study, code_id=code_id)
    _say(passage, code=code, memo=memo)
    passage.save(update_fields=["code", "memo"])
    _note(passage, actor=actor, study=study, action="passage.changed")
    return passage


@transaction.atomic
def remove_passage(*, study: Study, actor: Person, passage_id: int) -> None:
    """Take a passage's mark away; marking it again brings it back. Raises Missing."""
    passage = _passage(study=study, passage_id=passage_id)
    _note(passage, actor=actor, study=study, action="passage.removed")
    passage.delete()


def _say(passage: Passage, *, code: Code | None, memo: str) -> None:
    memo = memo.strip()
    if code is None and not memo:
        raise Invalid("Choose a code or write a memo.", fields={"memo": ["Choose a code or write a memo."]})
    if len(memo) > LONGEST_MEMO:
        message = f"A memo holds at most {LONGEST_MEMO} characters."
        raise Invalid(message, fields={"memo": [message]})
    passage.code, passage.memo = code, memo


def _note(passage: Passage, *, actor: Person, study: Study, action: str) -> None:
    person = str(passage.turn.interview.participant_id)
    audit.record(study=study, actor=actor, action=action, subject=person, detail={"code": passage.code_id})


def _free_name(*, study: Study, name: str) -> str:
    name = name.strip()
    if not name:
        raise Invalid("A code needs a name.", fields={"name": ["A code needs a name."]})
    if Code.objects.filter(study=study, name__iexact=name).exists():
        raise Conflict(TAKEN, fields={"name": [TAKEN]})
    return name


def _code(*, study: Study, code_id: int) -> Code:
    selectors.code(study=study, code_id=code_id)
    return Code.objects.select_for_update().get(pk=code_id)


def _usable(*, study: Study, code_id: int | None) -> Code | None:
    if code_id is None:
        return None
    code = _code(study=study, code_id=code_id)
    if code.retired_at:
        message = "This code is retired. Bring it back, or choose another one."
        raise Invalid(message, fields={"code": [message]})
    return code


def _passage(*, study: Study, passage_id: int) -> Passage:
    rows = Passage.objects.select_for_update(of=("self",)).select_related("code", "turn__interview")
    found = rows.filter(pk=passage_id, turn__interview__participant__study=study).first()
    if found is None:
        raise Missing("There is no such passage in this study.")
    return found
