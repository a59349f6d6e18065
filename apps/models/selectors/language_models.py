"""Which language models a study has, and which of them does what."""

import dataclasses
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from apps.models.engine.base import Offers
from apps.models.models import LanguageModel, ModelRole
from apps.shared.errors import Conflict, Missing
from apps.shared.models import Study

ROLES = tuple(ModelRole.Role)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModelInUse:
    """The language model that does one kind of work, and how it is asked.

    ``id`` is '' for the installation's own. One ``with_weights`` is loaded here; any other is behind a
    server. ``temperature`` and ``max_tokens`` are None where the work has its own; ``seconds`` is what one
    short answer took when it was checked.
    """

    name: str
    title: str
    url: str
    id: str = ""
    with_weights: bool = False
    checkpoint: str = ""
    key: str = dataclasses.field(default="", repr=False)
    at_once: int = 0
    temperature: float | None = None
    max_tokens: int | None = None
    price_prompt: float | None = None
    price_completion: float | None = None
    offers_schema: bool | None = None
    offers_logprobs: bool | None = None
    seconds: float | None = None

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
    found = chosen_for(study=study, role=role)
    return installed(role=role) if found is not None and found.with_weights else found


def chosen_for(*, study: Study, role: str) -> ModelInUse | None:
    """Return whichever model does this work: the study's, else the installation's, else None."""
    row = _row(study=study, role=role)
    if row is None:
        return installed(role=role)
    model = in_use(row.language_model)
    return dataclasses.replace(model, temperature=row.temperature, max_tokens=row.max_tokens)


def usable(*, study: Study, language_model_id: UUID | str) -> ModelInUse:
    """Return a registered model that may be used. Raises Missing, and Conflict where its check refused it."""
    row = language_model(study=study, language_model_id=language_model_id)
    if row.state != LanguageModel.State.USABLE:
        raise Conflict("This language model is not usable: look at what its check says.")
    return in_use(row)


def _row(*, study: Study, role: str) -> ModelRole | None:
    usable = {"language_model__state": LanguageModel.State.USABLE, "language_model__retired_at__isnull": True}
    rows = ModelRole.objects.filter(study=study, role=role, **usable)
    return rows.select_related("language_model").first()


def in_use(row: LanguageModel) -> ModelInUse:
    """Return a registered model as it is asked."""
    behind_server = row.source == LanguageModel.Source.ENDPOINT
    return ModelInUse(
        id=str(row.pk),
        name=row.model or row.name,
        title=row.name,
        url=row.address if behind_server else "",
        with_weights=not behind_server,
        checkpoint=str(row.checkpoint_id or ""),
        key=row.key,
        at_once=row.at_once,
        price_prompt=row.price_prompt,
        price_completion=row.price_completion,
        offers_schema=row.facts.get("offers_schema"),
        offers_logprobs=row.facts.get("offers_logprobs"),
        seconds=row.facts.get("seconds"),
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
        model = in_use(row.language_model)
        return RoleFilled(role, "study", model.title, model.host, model.id, row.temperature, row.max_tokens)
    found = installed(role=role)
    if found is None:
        return RoleFilled(role, "nobody", "", "", None, None, None)
    return RoleFilled(role, "environment", found.title, found.host, None, None, None)
