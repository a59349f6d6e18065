"""English for the guided interviewer."""

from apps.elicitation.domain.tongues.base import Tongue
from apps.elicitation.domain.tongues.english import cards, cues, reading, wording, words

ENGLISH = Tongue(code="en", words=words, cues=cues, reading=reading, cards=cards, wording=wording)
