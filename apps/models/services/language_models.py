"""Register language models, have them checked, say which does what, and retire them."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.models.models import Checkpoint, LanguageModel, ModelRole
from apps.models.selectors import language_models as selectors
from apps.models.selectors.serving import SCORES
from apps.models.services import serving
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit, jobs

TASK = "models.check_language_model"
Source = LanguageModel.Source
ANSWERS_PEOPLE = frozenset({ModelRole.Role.INTERVIEW})
"""Work that somebody waits for: a model that has to be loaded first is too slow for it."""


@transaction.atomic
def register(
    *,
    study: Study,
    name: str,
    source: str,
    created_by: AbstractBaseUser,
    address: str = "",
    model: str = "",
    key: str = "",
    checkpoint_id: UUID | str | None = None,
    at_once: int = 4,
    price_prompt: float | None = None,
    price_completion: float | None = None,
) -> LanguageModel:
    """Note a language model and have it checked. Raises Invalid for what cannot be one."""
    if not name.strip():
        raise Invalid("A language model needs a name.", fields={"name": ["Write a name."]})
    if selectors.language_models(study=study).filter(name=name.strip()).exists():
        raise Conflict("A language model of this name is there already.")
    row = LanguageModel.objects.create(
        study=study,
        name=name.strip()[:150],
        source=source,
        address=_address(source, address.strip()),
        model=_model(source, model.strip()),
        key=key if source == Source.ENDPOINT else "",
        checkpoint=_checkpoint(study, source, checkpoint_id),
        at_once=at_once,
        price_prompt=price_prompt,
        price_completion=price_completion,
        created_by_id=created_by.pk,
    )
    subject = f"language model/{row.pk}"
    # The log says that there is a key and never which.
    detail = {"name": row.name, "source": row.source, "with_key": bool(row.key)}
    audit.record(
        study=study, actor=created_by, action="registered a language model", subject=subject, detail=detail
    )
    return _enqueue(row, created_by)


def _address(source: str, address: str) -> str:
    if source == Source.ENDPOINT:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise Invalid(
                "A server needs an address such as http://localhost:8001/v1, without a key in it.",
                fields={"address": ["Write an address that begins with http:// or https://."]},
            )
        return address.rstrip("/")
    if source == Source.FOLDER and not Path(address).is_absolute():
        raise Invalid(
            "A folder is named from the root of the machine that Touchstone runs on.",
            fields={"address": ["Write a path that begins with /."]},
        )
    if source == Source.HUB and not address:
        raise Invalid(
            "Name the model as the hub does.", fields={"address": ["Two parts, such as owner/model."]}
        )
    return "" if source == Source.CHECKPOINT else address


def _model(source: str, model: str) -> str:
    if source == Source.ENDPOINT and not model:
        raise Invalid(
            "Say which model the server is to be asked for.",
            fields={"model": ["Write the model's name as the server knows it."]},
        )
    return model if source == Source.ENDPOINT else ""


def _checkpoint(study: Study, source: str, checkpoint_id: UUID | str | None) -> Checkpoint | None:
    """Return which checkpoint a model is; a server may be one that somebody started on a checkpoint."""
    if source not in {Source.CHECKPOINT, Source.ENDPOINT} or (
        source == Source.ENDPOINT and not checkpoint_id
    ):
        return None
    rows = Checkpoint.objects.select_related("run")
    found = rows.filter(run__study=study, pk=checkpoint_id).first() if checkpoint_id else None
    if found is None:
        raise Invalid("Choose a checkpoint.", fields={"checkpoint": ["There is no such checkpoint here."]})
    if found.run.method in SCORES:
        sentence = (
            "This checkpoint scores responses and does not write: it judges in an audit, from its own page."
        )
        raise Invalid(sentence, fields={"checkpoint": [sentence]})
    return found


@transaction.atomic
def check(*, language_model: LanguageModel, by: AbstractBaseUser) -> LanguageModel:
    """Have a language model checked again. Raises Conflict while it is being checked."""
    if language_model.job is not None and not language_model.job.ended:
        raise Conflict("This language model is being checked already.")
    return _enqueue(language_model, by)


def _enqueue(row: LanguageModel, by: AbstractBaseUser) -> LanguageModel:
    row.state, row.problems = LanguageModel.State.CHECKING, []
    row.job = jobs.enqueue(
        study=row.study,
        task=TASK,
        subject=f"language model/{row.pk}",
        config={"language_model": str(row.pk)},
        created_by=by,
    )
    row.save(update_fields=["state", "problems", "job"])
    return row


@transaction.atomic
def retire(*, language_model: LanguageModel, by: AbstractBaseUser) -> None:
    """Take a language model out of use; its key is forgotten, and what it said is kept."""
    ModelRole.objects.filter(language_model=language_model).delete()
    language_model.retired_at, language_model.key = timezone.now(), ""
    language_model.save(update_fields=["retired_at", "key"])
    subject = f"language model/{language_model.pk}"
    audit.record(study=language_model.study, actor=by, action="retired a language model", subject=subject)


@transaction.atomic
def fill_role(
    *,
    study: Study,
    role: str,
    language_model_id: UUID | str | None,
    by: AbstractBaseUser,
    temperature: float | None = None,
    max_tokens: int | None = None,
    words: str = "",
    reason: str = "",
) -> None:
    """Say which language model does one kind of work, and how; None gives it back to the environment's.

    ``reason`` says why a checkpoint is to do it that is not promoted. Raises Missing, and Conflict for a
    model that cannot do this work, or may not.
    """
    kept = ""
    if role not in ModelRole.Role.values:
        raise Missing("There is no such kind of work.")
    if language_model_id is None:
        ModelRole.objects.filter(study=study, role=role).delete()
    else:
        model = selectors.language_model(study=study, language_model_id=language_model_id)
        _check_fit(role, model)
        kept = serving.admit(checkpoint_id=model.checkpoint_id or "", reason=reason)
        chosen = {
            "language_model": model, "temperature": temperature, "max_tokens": max_tokens,
            "words": words.strip(), "not_promoted": kept,
        }  # fmt: skip
        ModelRole.objects.update_or_create(study=study, role=role, defaults=chosen)
    detail = {"role": role, "language_model": str(language_model_id or "")}
    detail |= {"words": words.strip()} if words.strip() else {}
    detail |= {"not promoted, because": kept} if kept else {}
    audit.record(
        study=study, actor=by, action="chose a language model", subject=f"role/{role}", detail=detail
    )


def _check_fit(role: str, model: LanguageModel) -> None:
    if model.state != LanguageModel.State.USABLE:
        raise Conflict("This language model is not usable: look at what its check says.")
    if role in ANSWERS_PEOPLE and model.source != Source.ENDPOINT:
        raise Conflict(
            "People wait for this work, and a model in a folder has to be loaded first. "
            "Start a server for it (LLM_PATH, or vLLM) and register the server."
        )


@transaction.atomic
def note_check(*, language_model: LanguageModel, problems: list[str], facts: dict[str, Any]) -> None:
    """Keep what a check found."""
    language_model.problems, language_model.facts = problems, facts
    language_model.state = LanguageModel.State.REFUSED if problems else LanguageModel.State.USABLE
    language_model.checked_at = timezone.now()
    language_model.save(update_fields=["problems", "facts", "state", "checked_at"])
