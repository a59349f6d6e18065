"""From a language model that somebody chose to an engine that answers, for the length of a block."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from apps.models.engine import registry
from apps.models.engine.asking import Together
from apps.models.engine.base import Answerer, ChatModel, EngineError, EngineRefused
from apps.models.engine.local.client import LocalEngine, Weights
from apps.models.engine.remote import Patience
from apps.models.models import LanguageModel
from apps.models.selectors.language_models import ModelInUse
from apps.models.services.checking import folder_of
from apps.shared.errors import Conflict

AT_ONCE = 4
UNATTENDED = Patience(silence=180.0, begin=300.0, whole=1800.0)
"""For work that nobody waits for: a busy server may take long to begin."""


def chat_model(*, model: ModelInUse | None, patience: Patience | None = None) -> ChatModel:
    """Return a new engine for a model behind a server. Raises EngineRefused where there is none."""
    if model is None:
        raise EngineRefused("No language model is set up: LLM_URL and LLM_MODEL name one.")
    return registry.chat_model(
        url=model.url,
        model=model.name,
        key=model.key,
        at_once=model.at_once,
        reads=model.bound,
        offers=model.offers,
        patience=patience,
    )


@contextlib.contextmanager
def chatting(*, model: ModelInUse) -> Iterator[Callable[[], ChatModel]]:
    """Yield what makes a chat model for one answer of a job, whether a server has it or it is loaded here.

    Raises Conflict where the model cannot be loaded.
    """
    if not model.with_weights:
        yield lambda: chat_model(model=model, patience=UNATTENDED)
        return
    with loaded(model=model) as engine:
        yield engine.chat_model


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
            url=model.url,
            model=model.name,
            key=model.key,
            at_once=model.at_once,
            reads=model.bound,
            offers=offers,
            patience=UNATTENDED,
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
