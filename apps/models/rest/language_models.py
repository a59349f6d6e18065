"""Endpoints for language models and for which of them does what."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models.models import LanguageModel, ModelRole
from apps.models.rest.served import ServedCheckpointOutput
from apps.models.selectors import language_models as selectors
from apps.models.selectors import promotions
from apps.models.services import language_models
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
REFUSALS = {400: ErrorEnvelope, 409: ErrorEnvelope, **ERRORS}
Base = serializers.Serializer[Any]


class LanguageModelFactsOutput(Base):
    """What a check found out; what does not apply to the kind of model is null."""

    architecture = serializers.CharField(allow_null=True, default=None)
    parameters = serializers.IntegerField(allow_null=True, default=None)
    weight_bytes = serializers.IntegerField(allow_null=True, default=None)
    memory_cuda = serializers.IntegerField(allow_null=True, default=None)
    memory_cpu = serializers.IntegerField(allow_null=True, default=None)
    context_tokens = serializers.IntegerField(allow_null=True, default=None)
    licence = serializers.CharField(allow_null=True, allow_blank=True, default=None)
    offers_schema = serializers.BooleanField(allow_null=True, default=None)
    offers_logprobs = serializers.BooleanField(allow_null=True, default=None)
    obeys_temperature = serializers.BooleanField(allow_null=True, default=None)
    refuses_long = serializers.BooleanField(
        allow_null=True, default=None, help_text="False: its server would end of more than it reads."
    )
    seconds = serializers.FloatField(allow_null=True, default=None)
    revision = serializers.CharField(allow_null=True, default=None)
    base = serializers.CharField(allow_null=True, allow_blank=True, default=None)


class LanguageModelOutput(serializers.ModelSerializer[LanguageModel]):
    """A language model; of its key only whether there is one."""

    has_key = serializers.BooleanField(source="key", read_only=True)
    problems = serializers.ListField(child=serializers.CharField())
    facts = LanguageModelFactsOutput()
    job = serializers.CharField(source="job_id", allow_null=True)
    roles = serializers.SlugRelatedField[ModelRole](slug_field="role", many=True, read_only=True)
    served = serializers.SerializerMethodField()

    class Meta:
        model = LanguageModel
        fields = [
            "id", "name", "source", "address", "model", "checkpoint", "has_key", "at_once", "price_prompt",
            "price_completion", "state", "problems", "facts", "job", "roles", "created_at", "checked_at",
            "served",
        ]  # fmt: skip

    @extend_schema_field(ServedCheckpointOutput(allow_null=True))
    def get_served(self, row: LanguageModel) -> dict[str, Any] | None:
        """Return what has to be said of the checkpoint that this is."""
        return asdict(promotions.served(checkpoint=row.checkpoint)) if row.checkpoint else None


class LanguageModelInput(Base):
    """A language model to register."""

    name = serializers.CharField(max_length=150)
    source = serializers.ChoiceField(  # type: ignore[assignment]  # DRF takes it off the class again
        choices=LanguageModel.Source.choices
    )
    address = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    model = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    key = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True, write_only=True, trim_whitespace=True
    )
    checkpoint = serializers.UUIDField(required=False, allow_null=True, default=None)
    at_once = serializers.IntegerField(min_value=1, max_value=256, default=4)
    price_prompt = serializers.FloatField(min_value=0, allow_null=True, default=None)
    price_completion = serializers.FloatField(min_value=0, allow_null=True, default=None)


class RoleOutput(Base):
    """Who does one kind of work, and who said so."""

    role = serializers.ChoiceField(choices=ModelRole.Role.choices)
    said_by = serializers.ChoiceField(choices=["study", "environment", "nobody"])
    name = serializers.CharField(allow_blank=True)
    host = serializers.CharField(allow_blank=True)
    language_model = serializers.CharField(allow_null=True)
    temperature = serializers.FloatField(allow_null=True)
    max_tokens = serializers.IntegerField(allow_null=True)
    words = serializers.CharField(allow_blank=True)
    not_promoted = serializers.CharField(
        allow_blank=True, help_text="Why a checkpoint may that is not promoted."
    )
    context_tokens = serializers.IntegerField(help_text="How much it reads at once; 0 where nobody knows.")
    fixed_temperature = serializers.BooleanField(help_text="It samples so whatever is asked of it.")
    checkpoint = ServedCheckpointOutput(allow_null=True)


class RoleInput(Base):
    """A language model for one kind of work; null gives the work back to the environment's."""

    language_model = serializers.UUIDField(allow_null=True)
    temperature = serializers.FloatField(min_value=0, max_value=2, allow_null=True, default=None)
    max_tokens = serializers.IntegerField(min_value=1, max_value=32768, allow_null=True, default=None)
    words = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class LanguageModelsView(StudyView):
    """The language models of a study."""

    capabilities = {"GET": Capability.READ, "POST": Capability.TRAIN}

    @extend_schema(operation_id="language_models", responses={200: LanguageModelOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List those in use, oldest first."""
        return Response(LanguageModelOutput(selectors.language_models(study=self.study), many=True).data)

    @extend_schema(
        operation_id="register_language_model",
        request=LanguageModelInput,
        responses={202: LanguageModelOutput, **REFUSALS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Register one; a job checks it."""
        given = LanguageModelInput(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = dict(given.validated_data)
        row = language_models.register(
            study=self.study,
            created_by=person(request),
            checkpoint_id=chosen.pop("checkpoint"),
            **chosen,
        )
        return Response(LanguageModelOutput(row).data, status=202)


class LanguageModelView(StudyView):
    """One language model."""

    capabilities = {"GET": Capability.READ, "DELETE": Capability.TRAIN}

    @extend_schema(operation_id="language_model", responses={200: LanguageModelOutput, **ERRORS})
    def get(self, request: Request, slug: str, language_model_id: UUID) -> Response:
        """Answer what it is and what its check found."""
        row = selectors.language_model(study=self.study, language_model_id=language_model_id)
        return Response(LanguageModelOutput(row).data)

    @extend_schema(operation_id="retire_language_model", responses={204: None, **ERRORS})
    def delete(self, request: Request, slug: str, language_model_id: UUID) -> Response:
        """Take it out of use and forget its key; what it said is kept."""
        row = selectors.language_model(study=self.study, language_model_id=language_model_id)
        language_models.retire(language_model=row, by=person(request))
        return Response(status=204)


class CheckLanguageModelView(StudyView):
    """The check of one language model."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="check_language_model", request=None, responses={202: LanguageModelOutput, **REFUSALS}
    )
    def post(self, request: Request, slug: str, language_model_id: UUID) -> Response:
        """Check it again."""
        row = selectors.language_model(study=self.study, language_model_id=language_model_id)
        return Response(
            LanguageModelOutput(language_models.check(language_model=row, by=person(request))).data,
            status=202,
        )


class RolesView(StudyView):
    """Which language model does what."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="model_roles", responses={200: RoleOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List every kind of work with who does it."""
        return Response(RoleOutput(selectors.roles(study=self.study), many=True).data)


class RoleView(StudyView):
    """Who does one kind of work."""

    capabilities = {"PUT": Capability.TRAIN}

    @extend_schema(
        operation_id="fill_model_role",
        request=RoleInput,
        responses={200: RoleOutput(many=True), **REFUSALS},
    )
    def put(self, request: Request, slug: str, role: str) -> Response:
        """Choose a language model for it."""
        given = RoleInput(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = dict(given.validated_data)
        language_models.fill_role(
            study=self.study,
            role=role,
            language_model_id=chosen.pop("language_model"),
            by=person(request),
            **chosen,
        )
        return Response(RoleOutput(selectors.roles(study=self.study), many=True).data)
