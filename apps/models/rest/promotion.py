"""Endpoints for promoting checkpoints, and for their cards."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.domain import model_card
from apps.models.domain.promotion import Conditions
from apps.models.selectors import model_cards, promotions
from apps.models.services import promotion
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


def share() -> serializers.FloatField:
    """Return the field of a share that a rule may leave open."""
    return serializers.FloatField(min_value=0, max_value=1, allow_null=True, default=None)


class ConditionsInput(serializers.Serializer[Any]):
    """What a study asks of a checkpoint; null asks nothing."""

    least_pairs = serializers.IntegerField(min_value=0, max_value=1_000_000_000)
    least_agreement = serializers.FloatField(min_value=0, max_value=1, allow_null=True)
    beyond_length = serializers.BooleanField()
    most_calibration_error = serializers.FloatField(min_value=0, max_value=1, allow_null=True)
    no_withdrawals = serializers.BooleanField()
    beyond_base = serializers.BooleanField(default=False)
    most_length_bias = share()
    most_position_bias = share()
    most_control_drop = share()
    most_arbitrariness = share()
    as_people = serializers.BooleanField(default=False)
    beyond_luck = serializers.BooleanField(default=False)


class PromotionRuleOutput(serializers.Serializer[Any]):
    """The rule in force; one that nobody has set yet has no time and shows what is usual."""

    conditions = ConditionsInput()
    set_at = serializers.DateTimeField(allow_null=True)
    set_by = serializers.CharField(allow_null=True)


class PromotionFindingOutput(serializers.Serializer[Any]):
    """One condition, what was found, and whether it is met."""

    condition = serializers.CharField()
    found = serializers.CharField()
    met = serializers.BooleanField()


class PromotionInput(serializers.Serializer[Any]):
    """What is decided about a checkpoint."""

    promoted = serializers.BooleanField()
    reason = serializers.CharField(max_length=2000)


class PromotionOutput(serializers.Serializer[Any]):
    """What was decided, and how the checkpoint stood to the rule then."""

    promoted = serializers.BooleanField()
    reason = serializers.CharField()
    findings = PromotionFindingOutput(many=True)
    decided_at = serializers.DateTimeField()
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)


class CheckpointStandingOutput(serializers.Serializer[Any]):
    """How a checkpoint stands to the rule in force."""

    findings = PromotionFindingOutput(many=True)
    decisions = PromotionOutput(many=True)
    rule_set_at = serializers.DateTimeField(allow_null=True)
    rule_is_later = serializers.BooleanField(help_text="The rule was set after the figures were known.")


class PromotionRuleView(StudyView):
    """What a study asks of checkpoints."""

    capabilities = {"GET": Capability.READ, "PUT": Capability.TRAIN}

    @extend_schema(operation_id="promotion_rule", responses={200: PromotionRuleOutput, **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """Answer the rule in force."""
        return Response(PromotionRuleOutput(self._rule()).data)

    @extend_schema(
        operation_id="set_promotion_rule",
        request=ConditionsInput,
        responses={200: PromotionRuleOutput, 400: ErrorEnvelope, **ERRORS},
    )
    def put(self, request: Request, slug: str) -> Response:
        """Set it; the last one is kept."""
        given = ConditionsInput(data=request.data)
        given.is_valid(raise_exception=True)
        promotion.set_rule(
            study=self.study,
            conditions=Conditions(**given.validated_data),
            actor=person(request),
        )
        return Response(PromotionRuleOutput(self._rule()).data)

    def _rule(self) -> dict[str, Any]:
        found = promotions.rule(study=self.study)
        if found is None:
            return {"conditions": Conditions().to_dict(), "set_at": None, "set_by": None}
        by = found.set_by.get_username() if found.set_by else None
        conditions = Conditions(**found.conditions).to_dict()
        return {"conditions": conditions, "set_at": found.set_at, "set_by": by}


class DecisionsView(StudyView):
    """What was decided about a checkpoint."""

    capabilities = {"GET": Capability.READ, "POST": Capability.TRAIN}

    @extend_schema(operation_id="checkpoint_standing", responses={200: CheckpointStandingOutput, **ERRORS})
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Answer how it stands to the rule, and what was decided."""
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        return Response(CheckpointStandingOutput(promotions.standing(checkpoint=found)).data)

    @extend_schema(
        operation_id="decide_checkpoint",
        request=PromotionInput,
        responses={201: CheckpointStandingOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Promote or reject it."""
        given = PromotionInput(data=request.data)
        given.is_valid(raise_exception=True)
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        promotion.decide(checkpoint=found, actor=person(request), **given.validated_data)
        return Response(CheckpointStandingOutput(promotions.standing(checkpoint=found)).data, status=201)


class ModelCardView(StudyView):
    """A checkpoint's card."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="model_card", responses={(200, "text/markdown"): OpenApiTypes.STR, **ERRORS})
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> HttpResponse:
        """Send the card, written anew from the records."""
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        text = model_card.write(model_cards.recorded(checkpoint=found))
        answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="model-card-{found.pk}.md"'
        return answer
