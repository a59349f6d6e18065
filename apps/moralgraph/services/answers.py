"""Whole answers of the language model that a study lets do a piece of work."""

import contextlib
import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from apps.models.engine.base import (
    ChatModel,
    ChatSettings,
    EngineBroken,
    EngineTimeout,
    Message,
    with_words,
)
from apps.models.selectors import language_models
from apps.models.selectors.language_models import ModelInUse
from apps.models.services import engines
from apps.shared.errors import Conflict
from apps.shared.models import Study

MOST_SECONDS = 120.0
SEED = 1


@dataclasses.dataclass(frozen=True)
class Writer:
    """A model for the length of a job."""

    model: ModelInUse
    make: Callable[[], ChatModel]

    def ask(
        self, *, prompt: str, messages: Sequence[Message], most_tokens: int, longest: int
    ) -> tuple[str, dict[str, Any]]:
        """Return what the model wrote and what it was made with; ``prompt`` is the version of the prompt.

        An answer twice as long as the ``longest`` that could be read is not waited for. Raises EngineError.
        """
        began, whole, model = time.monotonic(), "", self.make()
        chosen = ChatSettings(
            model=self.model.name,
            temperature=self.model.temperature or 0.0,
            max_tokens=self.model.max_tokens or most_tokens,
            seed=SEED,
        )
        for piece in model.stream(with_words(messages, self.model.words), chosen):
            whole += piece
            if len(whole) > 2 * longest:
                raise EngineBroken("its answer does not end.")
            if time.monotonic() - began > MOST_SECONDS:
                raise EngineTimeout(f"it was not done after {MOST_SECONDS:g} seconds.")
        made: dict[str, Any] = {
            "prompt": prompt, "model": self.model.name, "temperature": chosen.temperature, "seed": SEED,
            "max_tokens": chosen.max_tokens, "seconds": round(time.monotonic() - began, 3),
        }  # fmt: skip
        made |= {"words": self.model.words} if self.model.words else {}
        return whole, made | ({"tokens": dataclasses.asdict(model.usage)} if model.usage else {})


@contextlib.contextmanager
def writing(*, study: Study, role: str) -> Iterator[Writer]:
    """Yield the model that does a piece of work, loaded where it has to be. Raises Conflict."""
    used = language_models.model_for(study=study, role=role)
    if used is None:
        raise Conflict("No language model is set up for this any more.")
    with engines.chatting(model=used) as make:
        yield Writer(used, make)


def needs_weights(*, study: Study, role: str) -> bool:
    """Say whether the model that does a piece of work has to be loaded for it."""
    used = language_models.model_for(study=study, role=role)
    return used is not None and used.with_weights
