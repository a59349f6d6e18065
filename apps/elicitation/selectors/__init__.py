"""Reads of elicitation: the doorway."""

from apps.elicitation.selectors.codes import code, codes
from apps.elicitation.selectors.interviews import (
    InterviewView,
    author_of,
    budget_of,
    finished,
    interview_of,
    standing,
    transcript,
    view_interview,
    waiting_turn,
)
from apps.elicitation.selectors.offers import OfferView, offers_of
from apps.elicitation.selectors.people import (
    NO_SESSION,
    consent_of,
    hash_token,
    participant,
    participant_by_token,
    people_with_training_consent,
)
from apps.elicitation.selectors.protocols import (
    consent_version,
    protocol,
    protocol_for,
    state_of,
    version_of,
    view_protocol,
    way_of,
)
from apps.elicitation.selectors.rooms import (
    MEDIAN_LOOKS_AT,
    MEDIAN_NEEDS,
    counts_by_step,
    median_minutes,
    room,
    room_rows,
)
from apps.elicitation.selectors.transcripts import (
    passages,
    passages_of_code,
    readable_participant,
    search,
    view_transcript,
)

__all__ = [
    "MEDIAN_LOOKS_AT",
    "MEDIAN_NEEDS",
    "NO_SESSION",
    "InterviewView",
    "OfferView",
    "author_of",
    "budget_of",
    "code",
    "codes",
    "consent_of",
    "consent_version",
    "counts_by_step",
    "finished",
    "hash_token",
    "interview_of",
    "median_minutes",
    "offers_of",
    "participant",
    "participant_by_token",
    "passages",
    "passages_of_code",
    "people_with_training_consent",
    "protocol",
    "protocol_for",
    "readable_participant",
    "room",
    "room_rows",
    "search",
    "standing",
    "state_of",
    "transcript",
    "version_of",
    "view_interview",
    "view_protocol",
    "view_transcript",
    "waiting_turn",
    "way_of",
]
