"""Check a language model on the spot: is it there, may it be used, what does it offer and take?"""

import dataclasses
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.models.engine import hub, inspection, registry
from apps.models.engine.base import EngineError, EngineRefused
from apps.models.engine.probing import probe
from apps.models.engine.remote import Patience, context_of, models_of
from apps.models.models import LanguageModel
from apps.models.services import language_models
from apps.shared.errors import Conflict, TouchstoneError
from apps.shared.models import Job
from apps.shared.services import jobs

Source = LanguageModel.Source
CAUTIOUS_TOKENS, CACHED_TOKENS = 4096, 16384
"""At most so many tokens go to a server that would end of more: where nobody says what it reads, and what the
cache holds with which the checkpoint's page has it started."""
REPORT_BYTES = 50_000_000
MOST_NAMED = 5
NO_HUB = (
    "This installation asks no hub (HF_HUB_OFFLINE is set): bring the model's folder to this machine and "
    "register the folder."
)


def check(*, language_model: LanguageModel, job: Job) -> None:
    """Check a language model and keep what was found; a hub's model is brought here first.

    However the check ends, the model says how: one that could not be checked is not usable.
    """
    problems, facts = ["The check did not come to an end: check again."], dict[str, Any]()
    try:
        problems, facts = _look(language_model, job)
    except TouchstoneError as error:
        problems = [str(error)]
        raise
    finally:
        language_models.note_check(language_model=language_model, problems=problems, facts=facts)


def _look(row: LanguageModel, job: Job) -> tuple[list[str], dict[str, Any]]:
    if row.source == Source.ENDPOINT:
        return _server(row)
    if row.source == Source.HUB:
        return _hub(row, job)
    return _folder(folder_of(language_model=row))


def folder_of(*, language_model: LanguageModel) -> Path:
    """Return where the weights of a model that is loaded here lie."""
    if language_model.checkpoint is not None:
        return language_model.checkpoint.folder
    if language_model.source == Source.HUB:
        return Path(settings.FILES_DIR) / "language_models" / str(language_model.pk)
    return Path(language_model.address)


def _folder(folder: Path) -> tuple[list[str], dict[str, Any]]:
    found = inspection.inspect(folder=folder)
    return list(found.problems), dataclasses.asdict(found.facts)


def _server(row: LanguageModel) -> tuple[list[str], dict[str, Any]]:
    patience = Patience(connect=5.0, silence=60.0, begin=20.0, whole=120.0)
    model = registry.chat_model(url=row.address, model=row.model, key=row.key, patience=patience)
    try:
        found = probe(model=model, name=row.model)
    except EngineError as error:
        return [f"{str(error).rstrip('.')}. {_advice(row, error)}".strip()], {}
    reads = context_of(url=row.address, model=row.model, key=row.key)
    if found.refuses_long is False:
        reads = min(reads or _reads_by_folder(row) or CAUTIOUS_TOKENS, CACHED_TOKENS)
    return [], dataclasses.asdict(found) | {"context_tokens": reads or None}


def _advice(row: LanguageModel, error: EngineError) -> str:
    """Return what to do about a server that does not answer."""
    listed = models_of(url=row.address, key=row.key)
    if listed and row.model not in listed:
        more = "" if len(listed) <= MOST_NAMED else f" and {len(listed) - MOST_NAMED} others"
        named = ", ".join(listed[:MOST_NAMED]) + more
        return f"Its list has no {row.model}, but {named}: register it by such a name."
    if not isinstance(error, EngineRefused):
        return "See that the server runs and that this machine reaches its address, then check again."
    if any(f"status {code}" in str(error) for code in (401, 403)):
        return "It wants a key, or another one: register it again with the right key."
    is_unfit = "status 4" in str(error) and "status 404" not in str(error)
    return (
        ""
        if listed or is_unfit
        else "Most servers have their API at an address that ends in /v1: register it again with that."
    )


def _reads_by_folder(row: LanguageModel) -> int:
    """Return what a served folder of this machine reads at once; 0 where that cannot be seen."""
    folder = row.checkpoint.folder if row.checkpoint else Path(row.model)
    is_here = folder.is_absolute() and folder.is_dir()
    return inspection.inspect(folder=folder).facts.context_tokens if is_here else 0


def _hub(row: LanguageModel, job: Job) -> tuple[list[str], dict[str, Any]]:
    if not settings.HUB_URL:
        return [NO_HUB], {}
    told = 0

    def tick(done: int) -> None:
        nonlocal told
        if done - told >= REPORT_BYTES:
            told = done
            if jobs.stop_requested(job=job):
                raise Conflict("Stopped; what came so far is kept.")
            message = f"{done / 1e6:,.0f} of {listing.size / 1e6:,.0f} MB are here."
            jobs.report(job=job, progress=min(done / max(listing.size, 1), 0.99), message=message)

    try:
        listing = hub.look(hub=settings.HUB_URL, name=row.address)
        folder = folder_of(language_model=row)
        hub.bring(hub=settings.HUB_URL, listing=listing, folder=folder, tick=tick)
    except hub.HubError as error:
        return [str(error)], {}
    problems, facts = _folder(folder)
    return problems, facts | {"revision": listing.revision}
