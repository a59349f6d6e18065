"""Reads of the live room: who stands where, without words and without codes."""

import statistics
import time
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet
from django.urls import reverse

from apps.elicitation.domain import transcript as words
from apps.elicitation.domain.interview import TurnState
from apps.elicitation.domain.protocol import read_protocol
from apps.elicitation.domain.steps import Step
from apps.elicitation.domain.steps import way_of as way_of_protocol
from apps.elicitation.models import Participant, Protocol, StepTime, Turn
from apps.elicitation.selectors.people import counted
from apps.shared import selectors as shared
from apps.shared.models import Study


def in_room(*, study: Study) -> "QuerySet[Participant]":
    """Return who is shown in the live room: everybody but previews."""
    return Participant.objects.filter(study=study).exclude(simulated=True, persona="preview")


def room_rows(
    *, study: Study, participant_ids: Collection[uuid.UUID] | None = None, limit: int = 500
) -> list[dict[str, Any]]:
    """Return how participants stand, people before simulated ones, the newest first.

    No words, no codes, two queries in all.
    """
    people = in_room(study=study).order_by("simulated", "-created_at", "id")
    if participant_ids is not None:
        people = people.filter(pk__in=participant_ids)
    listed = list(people[:limit])
    turns: dict[uuid.UUID, list[tuple[str, str, datetime]]] = {}
    said = Turn.objects.filter(interview__participant__in=[row.pk for row in listed])
    columns = ("interview__participant_id", "speaker", "state", "at")
    for owner, speaker, state, at in said.order_by("interview", "position").values_list(*columns):
        turns.setdefault(owner, []).append((speaker, state, at))
    return [_room_row(row, turns.get(row.pk, [])) for row in listed]


def _room_row(row: Participant, turns: Sequence[tuple[str, str, datetime]]) -> dict[str, Any]:
    mine = [at for speaker, _, at in turns if speaker == words.Speaker.PERSON]
    waits = [
        max((reply - said).total_seconds(), 0.0)
        for (speaker, _, said), (other, state, reply) in pairwise(turns)
        if speaker == words.Speaker.PERSON
        and other == words.Speaker.INTERVIEWER
        and state == TurnState.COMPLETE
    ]
    return {
        "id": str(row.pk),
        "step": row.step,
        "exit": row.exit,
        "simulated": row.simulated,
        "persona": row.persona,
        "language": row.language,
        "question": row.question,
        "answers": len(mine),
        "reply_seconds": [round(wait, 2) for wait in waits[-20:]],
        "waiting": bool(turns) and turns[-1][1] != TurnState.COMPLETE,
        "paused": row.paused_at is not None,
        "extra_turns": row.extra_turns,
        "started_at": row.created_at,
        "last_said_at": mine[-1] if mine else None,
        "last_seen_at": row.last_seen_at,
        "completed_at": row.completed_at,
        "withdrawn_at": row.withdrawn_at,
    }


def counts_by_step(*, study: Study) -> dict[str, int]:
    """Return how many participants stand at each step, of those who count."""
    rows = in_room(study=study).filter(counted(study=study)).values("step").annotate(n=Count("pk")).order_by()
    found = {row["step"]: row["n"] for row in rows}
    return {step.value: found.get(step.value, 0) for step in Step}


def room(*, study: Study, limit: int) -> dict[str, Any]:
    """Return the live room: counts, medians, how far people came, and the newest of them."""
    counts = counts_by_step(study=study)
    return {
        "counts": counts,
        "total": sum(counts.values()),
        "link": reverse("elicitation:study", args=[study.slug]),
        "steps": room_steps(study=study),
        "seq": shared.last_seq(stream=f"study/{study.slug}/room"),
        "participants": room_rows(study=study, limit=limit),
    }


def room_steps(*, study: Study) -> list[dict[str, Any]]:
    """Return how many people reached each step of a study, and how long it took half of them at most."""
    found = Protocol.objects.select_related("current").filter(study=study).first()
    content = found.current.content if found and found.current else read_protocol({})
    entered = StepTime.objects.filter(participant__study=study, participant__simulated=False)
    reached = dict(entered.values_list("step").annotate(n=Count("participant", distinct=True)).order_by())
    medians = median_minutes(study=study)
    return [
        {"step": step, "reached": reached.get(step, 0), "median_minutes": medians.get(step)}
        for step in way_of_protocol(content)[1:-1]
    ]


MEDIAN_NEEDS = 5

MEDIAN_LOOKS_AT = 200


def median_minutes(*, study: Study) -> dict[Step, float]:
    """Return the median minutes that people took per step; a step that few finished has none."""
    visits: dict[Step, list[float]] = {}
    rows = StepTime.objects.filter(
        participant__study=study, participant__simulated=False, left_at__isnull=False
    ).order_by("-left_at")
    timed = rows.annotate(took=F("left_at") - F("entered_at"))
    for step, took in timed.values_list("step", "took")[: MEDIAN_LOOKS_AT * len(Step)]:
        visits.setdefault(Step(step), []).append(took.total_seconds() / 60)
    return {
        step: statistics.median(minutes[:MEDIAN_LOOKS_AT])
        for step, minutes in visits.items()
        if len(minutes) >= MEDIAN_NEEDS
    }


_usual: dict[int, tuple[float, dict[Step, float]]] = {}


def usual_minutes(*, study: Study) -> dict[Step, float]:
    """Return the median minutes per step as they were at most a minute ago: each participant's page asks."""
    now = time.monotonic()
    known = _usual.get(study.pk)
    if known is None or now - known[0] >= settings.MEDIANS_SECONDS:
        known = _usual[study.pk] = (now, median_minutes(study=study))
    return known[1]
