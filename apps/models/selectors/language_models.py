"""Which language models a study has, and which of them does what."""

import dataclasses
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from apps.models.engine.base import Offers
from apps.models.models import LanguageModel, ModelRole
from apps.shared.errors import Missing
from apps.shared.models import Study

ROLES = tuple(ModelRole.Role)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModelInUse:
    """The language model behind a server that does one kind of work, and how it is asked.

    ``temperature`` and ``max_tokens`` are None where the work has its own.
    """

    name: str
    title: str
    url: str
    key: str = dataclasses.field(default="", repr=False)
    at_once: int = 0
    temperature: float | None = None
    max_tokens: int | None = None
    price_prompt: float | None = None
    price_completion: float | None = None
    offers_schema: bool | None = None
    offers_logprobs: bool | None = None
    language_model: LanguageModel | None = dataclasses.field(default=None, repr=False)

    @property
    def host(self) -> str:
        """Return the server's name, which people are told."""
        return urlsplit(self.url).hostname or ""

    @property
    def offers(self) -> Offers:
        """Return what the server is known to offer."""
        return Offers(schema=self.offers_schema, logprobs=self.offers_logprobs)


def language_models(*, study: Study) -> QuerySet[LanguageModel]:
    """Return the language models of a study that are not retired, oldest first, with their roles."""
    rows = LanguageModel.objects.filter(study=study, retired_at__isnull=True)
    return rows.select_related("job", "checkpoint__run").prefetch_related("roles")


def language_model(*, study: Study, language_model_id: UUID | str) -> LanguageModel:
    """Return one language model of a study. Raises Missing."""
    found = language_models(study=study).filter(pk=language_model_id).first()
    if found is None:
        raise Missing("There is no such language model in this study.")
    return found


def model_for(*, study: Study, role: str) -> ModelInUse | None:
    """Return the model behind a server that does this work: the study's, else the installation's, else None.

    A model in a folder is none that answers people: jobs alone load it.
    """
    row = _row(study=study, role=role)
    if row is None or row.language_model.source != LanguageModel.Source.ENDPOINT:
        return installed(role=role)
    return dataclasses.replace(
        in_use(row.language_model), temperature=row.temperature, max_tokens=row.max_tokens
    )


def role_of(*, study: Study, role: str) -> ModelRole | None:
    """Return what the study chose for this work, whichever kind of model; None where it chose nothing."""
    return _row(study=study, role=role)


def _row(*, study: Study, role: str) -> ModelRole | None:
    usable = {"language_model__state": LanguageModel.State.USABLE, "language_model__retired_at__isnull": True}
    rows = ModelRole.objects.filter(study=study, role=role, **usable)
    return rows.select_related("language_model").first()


def in_use(row: LanguageModel) -> ModelInUse:
    """Return a registered model behind a server as it is asked."""
    return ModelInUse(
        name=row.model,
        title=row.name,
        url=row.address,
        key=row.key,
        at_once=row.at_once,
        price_prompt=row.price_prompt,
        price_completion=row.price_completion,
        offers_schema=row.facts.get("offers_schema"),
        offers_logprobs=row.facts.get("offers_logprobs"),
        language_model=row,
    )


def installed(*, role: str) -> ModelInUse | None:
    """Return the model that the environment names for this work, else for all of it; None where none."""
    own = settings.LLM_ROLES.get(role, {})
    if own.get("url"):
        return ModelInUse(name=own["model"], title=own["model"], url=own["url"], key=own["key"])
    if not settings.LLM_URL or not settings.LLM_MODEL:
        return None
    return ModelInUse(
        name=settings.LLM_MODEL,
        title=settings.LLM_MODEL,
        url=settings.LLM_URL,
        key=settings.LLM_API_KEY,
        price_prompt=settings.LLM_PRICE_PROMPT,
        price_completion=settings.LLM_PRICE_COMPLETION,
    )


@dataclasses.dataclass(frozen=True)
class RoleFilled:
    """Who does one kind of work in a study, and who said so: the study, the environment, or nobody."""

    role: str
    said_by: str
    name: str
    host: str
    language_model: str | None
    temperature: float | None
    max_tokens: int | None


def roles(*, study: Study) -> list[RoleFilled]:
    """Return who does which work in a study."""
    return [_filled(study, role.value) for role in ROLES]


def _filled(study: Study, role: str) -> RoleFilled:
    row = _row(study=study, role=role)
    if row is not None:
        model = row.language_model
        host = in_use(model).host if model.source == LanguageModel.Source.ENDPOINT else ""
        return RoleFilled(role, "study", model.name, host, str(model.pk), row.temperature, row.max_tokens)
    found = installed(role=role)
    if found is None:
        return RoleFilled(role, "nobody", "", "", None, None, None)
    return RoleFilled(role, "environment", found.title, found.host, None, None, None)
