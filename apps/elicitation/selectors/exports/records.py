"""Rows of what people told: themselves, their interviews, and what was noted on those."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from apps.elicitation.domain.protocol import Item, Protocol, SurveyItem
from apps.elicitation.domain.steps import LONGEST_WAY, Step
from apps.elicitation.models import Code, Offer, Participant, Passage, StepTime, Turn, WiseChoice
from apps.shared.models import Study
from apps.shared.records import Missing, Record
from apps.shared.selectors import in_batches

Batches = Iterator[list[Record]]
People = QuerySet[Participant, Any]
_PLACE = {step.value: place for place, step in enumerate(LONGEST_WAY)}


def participant_records(*, people: People, columns: Collection[str]) -> Batches:
    """Yield the people, with what stands in these columns of theirs."""
    contents: dict[int, Protocol] = {}
    rows = people.select_related("version", "consent__version", "interview", "about", "survey")
    for batch in in_batches(rows=rows, size=500):
        reached = _reached(batch)
        for row in batch:
            if row.version is not None and row.version_id not in contents:
                contents[row.version.pk] = row.version.content
        yield [
            Record(
                _person(row, reached=reached.get(row.pk))
                | _panel(row)
                | _answers(row, columns=columns, met=contents.get(row.version_id or 0)),
                person=row.pk,
            )
            for row in batch
        ]


def _reached(people: Iterable[Participant]) -> dict[uuid.UUID, str]:
    """Return the furthest step that each of these people entered."""
    rows = StepTime.objects.filter(participant__in=list(people)).order_by()
    found: dict[uuid.UUID, str] = {}
    for owner, step in rows.values_list("participant_id", "step"):
        if _PLACE.get(step, -1) >= _PLACE.get(found.get(owner, ""), -1):
            found[owner] = step
    return found


def _person(row: Participant, *, reached: str | None) -> dict[str, Any]:
    took = (row.completed_at - row.created_at).total_seconds() / 60 if row.completed_at else None
    return {
        "participant_id": row.pk,
        "language": row.language,
        "step": row.step,
        "step_reached": row.step if row.step == Step.DONE and not row.released_at else reached,
        "exit": row.exit,
        "question": row.question,
        "interviewer": row.interview.interviewer if hasattr(row, "interview") else None,
        "value_id": row.value_id,
        "panel": "prolific" if row.prolific_pid else None,
        "persona": row.persona,
        "pilot_id": row.pilot_run_id,
        "started_at": row.created_at,
        "completed_at": row.completed_at,
        "released_at": row.released_at,
        "minutes": None if took is None else round(took, 3),
        "consent_version": row.consent.version.number,
        "told_at": row.about.at if hasattr(row, "about") else None,
        "surveyed_at": row.survey.at if hasattr(row, "survey") else None,
    }


def _panel(row: Participant) -> dict[str, Any]:
    return {
        "panel_person": row.prolific_pid,
        "panel_study": row.prolific_study,
        "panel_session": row.prolific_session,
    }


def _answers(row: Participant, *, columns: Collection[str], met: Protocol | None) -> dict[str, Any]:
    """Return the answer to every item, or why there is none."""
    told: dict[str, tuple[Mapping[str, Any] | None, Sequence[Item | SurveyItem]]] = {
        "about_": (row.about.answers if hasattr(row, "about") else None, met.about if met else ()),
        "survey_": (row.survey.answers if hasattr(row, "survey") else None, met.survey if met else ()),
    }
    found = {}
    for prefix, (answers, items) in told.items():
        asked = {item.key for item in items}
        for column in columns:
            if column.startswith(prefix):
                found[column] = _answer(column.removeprefix(prefix), answers, asked)
    return found


def _answer(key: str, given: Mapping[str, Any] | None, asked: set[str]) -> Any:
    if given is not None and given.get(key) not in (None, ""):
        return given[key]
    if key not in asked:
        return Missing.NOT_ASKED
    return Missing.NOT_REACHED if given is None else Missing.SKIPPED


def turn_records(*, people: People) -> Batches:
    """Yield the turns, interview by interview, in their order."""
    rows = Turn.objects.filter(interview__participant__in=people).select_related("interview")
    for batch in in_batches(rows=rows, by=("interview_id", "position")):
        yield [
            Record(
                {
                    "participant_id": row.interview.participant_id,
                    "turn": row.position,
                    "speaker": row.speaker,
                    "text": row.text,
                    "state": row.state,
                    "attempt": row.attempt,
                    "move": row.move,
                    "interviewer": row.interview.interviewer,
                    "made_by": row.engine or None,
                    "typed": row.trace or None,
                    "at": row.at,
                },
                person=row.interview.participant_id,
            )
            for row in batch
        ]


def wise_records(*, people: People) -> Batches:
    """Yield the values of others that people were shown."""
    rows = WiseChoice.objects.filter(participant__in=people)
    for batch in in_batches(rows=rows):
        yield [
            Record(
                {
                    "participant_id": row.participant_id,
                    "value_id": row.value_id,
                    "position": row.position,
                    "chosen": row.chosen,
                    "shown_at": row.shown_at,
                },
                person=row.participant_id,
            )
            for row in batch
        ]


def code_records(*, study: Study) -> Batches:
    """Yield the codes, those out of use as well."""
    for batch in in_batches(rows=Code.objects.filter(study=study)):
        yield [
            Record(
                {
                    "code_id": row.pk,
                    "name": row.name,
                    "description": row.description,
                    "retired_at": row.retired_at,
                }
            )
            for row in batch
        ]


def passage_records(*, people: People) -> Batches:
    """Yield the passages with their words, codes and memos."""
    rows = Passage.objects.filter(turn__interview__participant__in=people)
    for batch in in_batches(rows=rows.select_related("turn__interview", "code")):
        yield [
            Record(
                {
                    "passage_id": row.pk,
                    "participant_id": row.turn.interview.participant_id,
                    "turn": row.turn.position,
                    "start": row.start,
                    "end": row.end,
                    "words": row.turn.text[row.start : row.end],
                    "code_id": row.code_id,
                    "code": row.code.name if row.code else None,
                    "memo": row.memo,
                    "coder": row.by_id,
                    "at": row.at,
                },
                person=row.turn.interview.participant_id,
            )
            for row in batch
        ]


def shown(*, votes: Iterable[Record]) -> dict[tuple[Any, Any, Any], tuple[int, Any]]:
    """Return the place among a person's stories, and when it was shown, of each vote's story."""
    wanted = list(votes)
    people = {record.person for record in wanted}
    steps = {record.cells["transition_id"] for record in wanted}
    rows = Offer.objects.filter(participant__in=people, transition_id__in=steps).order_by()
    columns = ("participant_id", "transition_id", "context_id", "position", "shown_at")
    return {row[:3]: (row[3], row[4]) for row in rows.values_list(*columns)}
