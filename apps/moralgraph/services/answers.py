"""One whole answer of the language model that a study lets do a piece of work."""

import dataclasses
import time
from collections.abc import Sequence
from typing import Any

from apps.models.engine.base import ChatSettings, EngineBroken, EngineTimeout, Message
from apps.models.selectors import language_models
from apps.models.services import engines
from apps.shared.models import Study

MOST_SECONDS = 120.0
SEED = 1


def ask(
    *, study: Study, role: str, prompt: str, messages: Sequence[Message], most_tokens: int, longest: int
) -> tuple[str, dict[str, Any]]:
    """Return what the model wrote and what it was made with; ``prompt`` is the version of the prompt.

    An answer twice as long as the ``longest`` that could be read is not waited for. Raises EngineError.
    """
    began = time.monotonic()
    used = language_models.model_for(study=study, role=role)
    model = engines.chat_model(model=used)
    chosen = ChatSettings(
        model=used.name if used else "",
        temperature=(used.temperature if used else None) or 0.0,
        max_tokens=(used.max_tokens if used else None) or most_tokens,
        seed=SEED,
    )
    whole = ""
    for piece in model.stream(messages, chosen):
        whole += piece
        if len(whole) > 2 * longest:
            raise EngineBroken("its answer does not end.")
        if time.monotonic() - began > MOST_SECONDS:
            raise EngineTimeout(f"it was not done after {MOST_SECONDS:g} seconds.")
    made = {
        "prompt": prompt, "model": chosen.model, "temperature": chosen.temperature, "seed": SEED,
        "max_tokens": chosen.max_tokens, "seconds": round(time.monotonic() - began, 3),
    }  # fmt: skip
    return whole, made | ({"tokens": dataclasses.asdict(model.usage)} if model.usage else {})
