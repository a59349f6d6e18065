"""From a language model that somebody chose to an engine that answers, for the length of a block."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from apps.models.engine import registry
from apps.models.engine.asking import Together
from apps.models.engine.base import Answerer, ChatModel, EngineError, EngineRefused
from apps.models.engine.local.client import LocalEngine, Weights
from apps.models.models import LanguageModel
from apps.models.selectors.language_models import ModelInUse
from apps.models.services.checking import folder_of
from apps.shared.errors import Conflict

AT_ONCE = 4


def chat_model(*, model: ModelInUse | None) -> ChatModel:
    """Return a new engine for a model behind a server. Raises EngineRefused where there is none."""
    if model is None:
        raise EngineRefused("No language model is set up: LLM_URL and LLM_MODEL name one.")
    return registry.chat_model(
        url=model.url, model=model.name, key=model.key, at_once=model.at_once, offers=model.offers
    )


@contextlib.contextmanager
def answering(*, model: ModelInUse) -> Iterator[Answerer]:
    """Yield what answers many questions: threads that ask a server, or a process that loads the weights.

    Raises Conflict where the model does not begin to answer.
    """
    if model.with_weights:
        with loaded(model=model) as engine:
            yield engine
        return
    offers = model.offers  # One for all, so that what one answer teaches the others know.
    yield Together(
        lambda: registry.chat_model(
            url=model.url, model=model.name, key=model.key, at_once=model.at_once, offers=offers
        ),
        at_once=model.at_once or AT_ONCE,
    )


@contextlib.contextmanager
def loaded(*, model: ModelInUse, threads: int = 1) -> Iterator[LocalEngine]:
    """Yield a process that has loaded the model's weights. Raises Conflict where it cannot."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="touchstone-model-")))
        row = LanguageModel.objects.select_related("checkpoint__run").get(pk=model.id)
        weights = Weights(folder=folder_of(language_model=row), threads=threads)
        try:
            engine = stack.enter_context(LocalEngine(weights, log=folder / "log.txt"))
        except EngineError as error:
            raise Conflict(str(error)) from error
        yield engine
