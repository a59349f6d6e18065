"""A language model that plays a simulated participant; where it fails, the written answer stands."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from importlib import resources

from apps.elicitation.domain.personas import Persona, Topic
from apps.elicitation.domain.personas.persona import Said
from apps.elicitation.services import asking
from apps.models.engine.base import EngineError, Message

logger = logging.getLogger(__name__)
PROMPT = "persona-v1"
MOST_TOKENS = 220
LONGEST = 2000
SECONDS = 60.0
_NAMES = {"en": "English", "es": "Spanish", "ar": "Arabic"}


def of_model(*, persona: Persona) -> Callable[[str], Awaitable[Said]]:
    """Return what answers a question in a persona's place.

    An injecting persona keeps its written texts: what is tried must not depend on what a model likes to say.
    """
    told: list[Message] = [Message("system", _instructions(persona))]

    async def answer(question: str) -> Said:
        written = persona.answer(question)
        if written.injection:
            return written
        told.append(Message("user", question))
        text = await asyncio.to_thread(_ask, list(told), persona.seed) or written.text
        if persona.turns == 1 and persona.name not in text:
            text = f"{text} {persona.texts.place.format(name=persona.name)}"
        told.append(Message("assistant", text))
        return Said(text, written.topic)

    return answer


def _ask(messages: list[Message], seed: int) -> str:
    try:
        answer, _ = asking.ask(messages=messages, most_tokens=MOST_TOKENS, seconds=SECONDS, seed=seed)
    except EngineError as error:
        logger.warning("A model did not play a simulated participant: %s", type(error).__name__)
        return ""
    return answer.strip()[:LONGEST]


def _instructions(persona: Persona) -> str:
    text = resources.files("apps.elicitation.domain.prompts").joinpath(f"{PROMPT}.md").read_text("utf-8")
    example = persona.texts.told[Topic.STORY][0]
    kind = persona.kind.value.replace("_", " ")
    return text.format(language=_NAMES[persona.language], kind=kind, example=example)
