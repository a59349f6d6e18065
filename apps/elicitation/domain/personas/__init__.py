"""Simulated participants: six kinds of people who make interviews hard, with answers written for each.

What one says depends on what the interviewer asks, on its kind, its language and its seed alone: the same
seed walks the same way. No model is needed.
"""

from apps.elicitation.domain.personas.persona import KINDS, Kind, Persona, Said
from apps.elicitation.domain.personas.topics import Topic, read_topic

__all__ = ["KINDS", "Kind", "Persona", "Said", "Topic", "read_topic"]
