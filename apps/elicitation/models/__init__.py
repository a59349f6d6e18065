"""Protocols, consents, participants and their interviews.

Do not keep cards or votes here: they belong to the moral graph. Words of a person stand in ``Turn.text``,
``Turn.trace``, ``Interview.draft``, ``About``, ``Survey`` and ``Passage`` only, so that a withdrawal knows
what to erase.
"""

from apps.elicitation.models.coding import Code, Passage, PilotRun, PilotWalk
from apps.elicitation.models.exports import Export
from apps.elicitation.models.interviews import Interview, Offer, Turn, WiseChoice
from apps.elicitation.models.participants import About, Consent, Participant, ReturnKey, StepTime, Survey
from apps.elicitation.models.studies import ConsentVersion, Protocol, ProtocolVersion

__all__ = [
    "About",
    "Code",
    "Consent",
    "ConsentVersion",
    "Export",
    "Interview",
    "Offer",
    "Participant",
    "Passage",
    "PilotRun",
    "PilotWalk",
    "Protocol",
    "ProtocolVersion",
    "ReturnKey",
    "StepTime",
    "Survey",
    "Turn",
    "WiseChoice",
]
