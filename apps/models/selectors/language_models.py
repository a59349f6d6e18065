"""Which language models a study has, and which of them does what."""

import dataclasses
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from apps.models.engine.base import Offers
from apps.models.models import LanguageModel, ModelRole
from apps.models.selectors import promotions
from apps.models.selectors.promotions import Served
from apps.shared.errors import Conflict, Missing
from apps.shared.models import Study

ROLES = tuple(ModelRole.Role)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModelInUse:
    """The language model that does one kind of work, and how it is asked.

    ``id`` is '' for the installation's own. One ``with_weights`` is loaded here; any other is behind a
    server. ``temperature`` and ``max_tokens`` are None where the work has its own, ``words`` are told to it
    beside the work's instructions; with ``fixed_temperature`` the server samples so whatever is asked.
    ``not_promoted`` says why a checkpoint serves that is not promoted. ``context_tokens`` is how much it
    reads at once, 0 where nobody knows; ``refuses_long`` says whether its server refuses more than that;
    ``seconds`` what one short answer took when it was checked.
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
    words: str = ""
    not_promoted: str = ""
    context_tokens: int = 0
    fixed_temperature: bool = False
    price_prompt: float | None = None
    price_completion: float | None = None
    offers_schema: bool | None = None
    offers_logprobs: bool | None = None
    offers_system: bool | None = None
    seconds: float | None = None
    refuses_long: bool = True

    @property
    def host(self) -> str:
        """Return the server's name, which people are told."""
        return urlsplit(self.url).hostname or ""

    @property
    def bound(self) -> int:
        """Return how many tokens may be sent: `transformers serve` would not refuse more, and end of it.

        Others refuse by themselves, and know better how long a text is.
        """
        return 0 if self.refuses_long else self.context_tokens

    @property
    def offers(self) -> Offers:
        """Return what the server is known to offer."""
        return Offers(schema=self.offers_schema, logprobs=self.offers_logprobs, system=self.offers_system)


def language_models(*, study: Study) -> QuerySet[LanguageModel]:
    """Return the language models of a study that are not retired, oldest first, with their roles."""
    rows = LanguageModel.objects.filter(study=study, retired_at__isnull=True)
    rows = rows.select_related("job", "checkpoint__run__data_set")
    return rows.prefetch_related("roles", "checkpoint__decisions")


def language_model(*, study: Study, language_model_id: UUID | str) -> LanguageModel:
    """Return one language model of a study. Raises Missing."""
    found = language_models(study=study).filter(pk=language_model_id).first()
    if found is None:
        raise Missing("There is no such language model in this study.")
    return found


def model_for(*, study: Study, role: str) -> ModelInUse | None:
    """Return whichever model does this work: the study's, else the installation's, else None."""
    row = _row(study=study, role=role)
    if row is None:
        return installed(role=role)
    found = in_use(row.language_model)
    return dataclasses.replace(
        found,
        temperature=found.temperature if found.fixed_temperature else row.temperature,
        max_tokens=row.max_tokens,
        words=row.words,
        not_promoted=row.not_promoted,
    )


def usable(*, study: Study, language_model_id: UUID | str) -> ModelInUse:
    """Return a registered model that may be used. Raises Missing, and Conflict where its check refused it."""
    row = language_model(study=study, language_model_id=language_model_id)
    if row.state != LanguageModel.State.USABLE:
        raise Conflict("This language model is not usable: look at what its check says.")
    return in_use(row)


def _row(*, study: Study, role: str) -> ModelRole | None:
    usable = {"language_model__state": LanguageModel.State.USABLE, "language_model__retired_at__isnull": True}
    rows = ModelRole.objects.filter(study=study, role=role, **usable)
    rows = rows.select_related("language_model__checkpoint__run__data_set")
    return rows.prefetch_related("language_model__checkpoint__decisions").first()


def in_use(row: LanguageModel) -> ModelInUse:
    """Return a registered model as it is asked."""
    behind_server = row.source == LanguageModel.Source.ENDPOINT
    # Two answers at the highest temperature were the same: it says the likeliest, whatever it is asked.
    heeds_none = row.facts.get("obeys_temperature") is False
    return ModelInUse(
        id=str(row.pk),
        name=row.model or row.name,
        title=row.name,
        url=row.address if behind_server else "",
        with_weights=not behind_server,
        checkpoint=str(row.checkpoint_id or ""),
        key=row.key,
        at_once=row.at_once,
        context_tokens=row.facts.get("context_tokens") or 0,
        temperature=0.0 if heeds_none else None,
        fixed_temperature=heeds_none,
        refuses_long=row.facts.get("refuses_long") is not False,
        price_prompt=row.price_prompt,
        price_completion=row.price_completion,
        offers_schema=row.facts.get("offers_schema"),
        offers_logprobs=row.facts.get("offers_logprobs"),
        offers_system=row.facts.get("offers_system"),
        seconds=row.facts.get("seconds"),
    )


def installed(*, role: str) -> ModelInUse | None:
    """Return the model that the environment names for this work, else for all of it; None where none."""
    own = settings.LLM_ROLES.get(role, {})
    if own.get("url"):
        found = ModelInUse(name=own["model"], title=own["model"], url=own["url"], key=own["key"])
    elif settings.LLM_URL and settings.LLM_MODEL:
        found = ModelInUse(
            name=settings.LLM_MODEL,
            title=settings.LLM_MODEL,
            url=settings.LLM_URL,
            key=settings.LLM_API_KEY,
            context_tokens=settings.LLM_CONTEXT_TOKENS,
            refuses_long=False,
            price_prompt=settings.LLM_PRICE_PROMPT,
            price_completion=settings.LLM_PRICE_COMPLETION,
        )
    else:
        return None
    fixed = None if own.get("url") else settings.LLM_FIXED_TEMPERATURE
    return dataclasses.replace(
        found,
        temperature=own.get("temperature") if fixed is None else fixed,
        fixed_temperature=fixed is not None,
        max_tokens=own.get("max_tokens"),
        words=own.get("words") or "",
    )


@dataclasses.dataclass(frozen=True)
class RoleFilled:
    """Who does one kind of work in a study, how, and who said so: the study, the environment, or nobody.

    ``checkpoint`` is what has to be said where a checkpoint does it, ``not_promoted`` why one may that is not
    promoted.
    """

    role: str
    said_by: str
    name: str
    host: str
    language_model: str | None
    temperature: float | None
    max_tokens: int | None
    words: str = ""
    not_promoted: str = ""
    context_tokens: int = 0
    fixed_temperature: bool = False
    checkpoint: Served | None = None


def roles(*, study: Study) -> list[RoleFilled]:
    """Return who does which work in a study."""
    return [_filled(study, role.value) for role in ROLES]


def _filled(study: Study, role: str) -> RoleFilled:
    row, found = _row(study=study, role=role), model_for(study=study, role=role)
    if found is None:
        return RoleFilled(role, "nobody", "", "", None, None, None)
    served = row.language_model.checkpoint if row else None
    return RoleFilled(
        role,
        "study" if row else "environment",
        found.title,
        found.host,
        found.id or None,
        found.temperature,
        found.max_tokens,
        found.words,
        found.not_promoted,
        found.context_tokens,
        found.fixed_temperature,
        promotions.served(checkpoint=served) if served else None,
    )
