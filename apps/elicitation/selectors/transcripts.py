"""Reads of what people said, for staff: one transcript, all of them, or the passages with a code."""

import uuid
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from apps.elicitation.domain.interview import TurnState
from apps.elicitation.models import Participant, Passage, Turn
from apps.elicitation.selectors.people import PREVIEW, counted
from apps.moralgraph import selectors as moralgraph
from apps.shared import selectors as shared
from apps.shared.errors import Forbidden, Missing
from apps.shared.models import Study

PAGE = 25
AROUND = 160


def readable_participant(*, study: Study, participant_id: uuid.UUID) -> Participant:
    """Return a participant whose transcript staff may read.

    Raises Missing, and Forbidden without research consent.
    """
    found = (
        Participant.objects.filter(study=study, pk=participant_id)
        .select_related("study", "interview", "consent", "version")
        .prefetch_related(Prefetch("interview__turns", Turn.objects.order_by("position")))
        .first()
    )
    if found is None:
        raise Missing("There is no such participant in this study.")
    consent = getattr(found, "consent", None)
    if found.withdrawn_at or consent is None or not consent.research:
        raise Forbidden(
            "This person did not agree, or no longer agrees, that their answers are read for research."
        )
    return found


def view_transcript(participant: Participant) -> dict[str, Any]:
    """Return a transcript for staff: the turns, how the card was worded over time, and what is noted."""
    interview = getattr(participant, "interview", None)
    turns = list(interview.turns.all()) if interview else []
    card = moralgraph.card_of(participant_id=participant.pk)
    return {
        "seq": shared.last_seq(stream=f"study/{participant.study.slug}/room"),
        "participant": participant.pk,
        "interviewer": interview.interviewer if interview else None,
        "phase": interview.phase if interview else None,
        "step": participant.step,
        "language": participant.language,
        "version": participant.version.number if participant.version else None,
        "quotes": participant.consent.quotes,
        "training": participant.consent.training,
        "simulated": participant.simulated,
        "turns": turns,
        "accepted": card is not None and card.accepted,
        "wordings": moralgraph.wordings_of(participant_id=participant.pk)[::-1],
        "passages": passages().filter(turn__interview=interview) if interview else [],
    }


def passages() -> "QuerySet[Passage]":
    """Return passages with their code, their turn and who noted them."""
    rows = Passage.objects.select_related("code", "by", "turn__interview__participant")
    return rows.order_by("turn__interview", "turn__position", "start", "pk")


def passages_of_code(*, study: Study, code_id: int, page: int, simulated: bool = False) -> dict[str, Any]:
    """Return a page of the passages with a code, with the words of those who agree that they are read.

    Those of people; or, where asked for, those of simulated people who do not count.
    """
    consented = Q(
        turn__interview__participant__withdrawn_at__isnull=True,
        turn__interview__participant__consent__research=True,
    )
    whose = _whose(study=study, path="turn__interview__participant__", simulated=simulated)
    rows = passages().filter(consented, whose, code__study=study, code=code_id)
    listed = [_with_words(row) for row in rows[PAGE * (page - 1) : PAGE * page]]
    return {"total": rows.count(), "page": page, "pages": _pages(rows.count()), "passages": listed}


def _with_words(row: Passage) -> dict[str, Any]:
    return {
        "participant": row.turn.interview.participant_id,
        "simulated": row.turn.interview.participant.simulated,
        "speaker": row.turn.speaker,
        "words": row.turn.text[row.start : row.end],
        "passage": row,
    }


def search(*, study: Study, text: str, page: int, simulated: bool = False) -> dict[str, Any]:
    """Return a page of the turns in which a text stands, with the words around it.

    Those of people; or, where asked for, those of simulated people who do not count.
    """
    interviews = Q(interview__participant__study=study)
    readable = Q(
        interview__participant__withdrawn_at__isnull=True, interview__participant__consent__research=True
    )
    whose = _whose(study=study, path="interview__participant__", simulated=simulated)
    rows = (
        Turn.objects.filter(interviews, readable, whose, text__icontains=text, state=TurnState.COMPLETE)
        .select_related("interview__participant")
        .order_by("-interview__participant__created_at", "interview", "position")
    )
    total = rows.count()
    hits = [_hit(row, text) for row in rows[PAGE * (page - 1) : PAGE * page]]
    return {"total": total, "page": page, "pages": _pages(total), "hits": hits}


def _whose(*, study: Study, path: str, simulated: bool) -> Q:
    """Return the transcripts of those who count, or of those who do not; a preview's are nobody's."""
    theirs = counted(study=study, path=path)
    return ~theirs & ~Q(**{f"{path}persona": PREVIEW}) if simulated else theirs


def _hit(row: Turn, text: str) -> dict[str, Any]:
    at = max(row.text.lower().find(text.lower()), 0)
    end = at + len(text)
    return {
        "participant": row.interview.participant_id,
        "simulated": row.interview.participant.simulated,
        "position": row.position,
        "speaker": row.speaker,
        "before": row.text[max(at - AROUND, 0) : at],
        "match": row.text[at:end],
        "after": row.text[end : end + AROUND],
        "at": row.at,
    }


def _pages(total: int) -> int:
    return max(-(-total // PAGE), 1)
