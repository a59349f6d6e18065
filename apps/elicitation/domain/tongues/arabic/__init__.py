"""Arabic for the guided interviewer: it speaks modern standard Arabic, and reads dialects as well."""

from apps.elicitation.domain.tongues.arabic import cards, cues, reading, wording, words
from apps.elicitation.domain.tongues.base import Tongue

ARABIC = Tongue(code="ar", words=words, cues=cues, reading=reading, cards=cards, wording=wording)
