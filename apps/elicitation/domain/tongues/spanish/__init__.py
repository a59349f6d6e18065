"""Spanish for the guided interviewer: it says *usted*, and reads whatever people write."""

from apps.elicitation.domain.tongues.base import Tongue
from apps.elicitation.domain.tongues.spanish import cards, cues, reading, wording, words

SPANISH = Tongue(code="es", words=words, cues=cues, reading=reading, cards=cards, wording=wording)
