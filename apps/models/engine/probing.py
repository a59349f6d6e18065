"""Ask a server a few small questions, to learn what it offers and whether it does as it is told."""

import dataclasses

from apps.models.engine.asking import ask, ask_json
from apps.models.engine.base import AnswerUnreadable, ChatModel, ChatSettings, EngineError, Message

SCHEMA = {
    "type": "object",
    "required": ["answer"],
    "additionalProperties": False,
    "properties": {"answer": {"enum": ["yes", "no"]}},
}
ALTERNATIVES = 5
HOTTEST, WORDS = 2.0, 16


@dataclasses.dataclass(frozen=True, kw_only=True)
class Probe:
    """What a server offers, and how long one short answer took.

    ``refuses_long`` is False for a server that neither refuses what it cannot read nor survives it.
    """

    offers_schema: bool
    offers_logprobs: bool
    obeys_temperature: bool | None
    refuses_long: bool | None
    offers_system: bool | None
    seconds: float


def probe(*, model: ChatModel, name: str) -> Probe:
    """Return what the server offers. Raises EngineError where it does not answer at all."""
    asked = [Message("system", "You answer briefly."), Message("user", "Is water wet? Answer yes or no.")]
    plain = ChatSettings(model=name, max_tokens=8, seed=1, top_logprobs=ALTERNATIVES)
    answer = ask(model=model, messages=asked, settings=plain)
    try:
        # Whatever it says, only a server that sees to the schema keeps to this one.
        settings = ChatSettings(model=name, max_tokens=40, seed=1)
        ask_json(model=model, messages=asked, settings=settings, schema=SCHEMA, attempts=1)
    except AnswerUnreadable:
        model.offers.schema = False
    return Probe(
        offers_schema=bool(model.offers.schema),
        offers_logprobs=bool(answer.first),
        obeys_temperature=_obeys_temperature(model, name),
        refuses_long=model.offers.refuses_long,
        offers_system=model.offers.system,
        seconds=answer.seconds,
    )


def _obeys_temperature(model: ChatModel, name: str) -> bool | None:
    """Say whether a server samples as it is asked: some go on for ever as in their first request.

    Two answers at the highest temperature are never the same where something is drawn, and two at 0 are. None
    where that cannot be told: a hosted model may take no temperature, or waver at 0.
    """
    asked = [Message("user", "Write any words that come to your mind, as different as you can.")]

    def said(temperature: float, seed: int) -> str:
        settings = ChatSettings(model=name, temperature=temperature, max_tokens=WORDS, seed=seed)
        return ask(model=model, messages=asked, settings=settings).text

    try:
        if said(HOTTEST, 1) == said(HOTTEST, 2):
            return False
        return True if said(0.0, 1) == said(0.0, 2) else None
    except EngineError:
        return None
