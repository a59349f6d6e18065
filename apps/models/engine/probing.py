"""Ask a server one small question of each kind, to learn what it offers."""

import dataclasses

from apps.models.engine.asking import ask, ask_json
from apps.models.engine.base import AnswerUnreadable, ChatModel, ChatSettings, Message

SCHEMA = {
    "type": "object",
    "required": ["answer"],
    "additionalProperties": False,
    "properties": {"answer": {"enum": ["yes", "no"]}},
}
ALTERNATIVES = 5


@dataclasses.dataclass(frozen=True)
class Probe:
    """What a server offers, and how long one short answer took."""

    offers_schema: bool
    offers_logprobs: bool
    seconds: float


def probe(*, model: ChatModel, name: str) -> Probe:
    """Return what the server offers. Raises EngineError where it does not answer at all."""
    asked = [Message("user", "Is water wet? Answer yes or no.")]
    plain = ChatSettings(model=name, max_tokens=8, seed=1, top_logprobs=ALTERNATIVES)
    answer = ask(model=model, messages=asked, settings=plain)
    try:
        # Whatever it says, only a server that sees to the schema keeps to this one.
        settings = ChatSettings(model=name, max_tokens=40, seed=1)
        ask_json(model=model, messages=asked, settings=settings, schema=SCHEMA, attempts=1)
    except AnswerUnreadable:
        model.offers.schema = False
    return Probe(bool(model.offers.schema), bool(answer.first), answer.seconds)
