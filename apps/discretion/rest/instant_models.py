"""Endpoints for instant reward models."""

import dataclasses
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.models import Audit, InstantModel
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.selectors import instant_models as selectors
from apps.discretion.services import instant_models
from apps.discretion.services.targeting import TARGETS, Asked
from apps.models.rest.figures import GapOutput, ShareWithIntervalOutput
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope


class InstantModelInput(serializers.Serializer[Any]):
    """What the targets are made of."""

    target = serializers.ChoiceField(choices=TARGETS)
    principle = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Whose votes are the target “principle”."
    )


class InstantFiguresOutput(serializers.Serializer[Any]):
    """Held-out accuracy beside two nulls on the same pairs."""

    accuracy = ShareWithIntervalOutput()
    longer = ShareWithIntervalOutput()
    coin = ShareWithIntervalOutput()
    beyond_length = GapOutput(allow_null=True, default=None)
    ties_left_out = serializers.IntegerField()
    rule = serializers.CharField()


class InstantModelOutput(serializers.ModelSerializer[InstantModel]):
    """An audit's instant model: what it found on held-out pairs, when, and in how many seconds."""

    audit = serializers.IntegerField(source="audit_id")
    title = serializers.CharField(source="audit.title")
    target = serializers.CharField(source="asked.target")
    figures = InstantFiguresOutput(allow_null=True)
    fitting = serializers.SerializerMethodField()
    left_out = serializers.DictField(child=serializers.IntegerField())

    class Meta:
        model = InstantModel
        fields = [
            "audit",
            "title",
            "target",
            "figures",
            "fitting",
            "train_count",
            "held_out_count",
            "left_out",
            "read",
            "seconds",
            "message",
            "fitted_at",
        ]

    def get_fitting(self, row: InstantModel) -> bool:
        """Say whether a fit is under way."""
        return row.job is not None and not row.job.ended


class AuditWithoutOutput(serializers.ModelSerializer[Audit]):
    """An audit that keeps none."""

    class Meta:
        model = Audit
        fields = ["id", "title"]


class InstantModelsOutput(serializers.Serializer[Any]):
    """The instant models of a study, and the audits that could have one."""

    kept = InstantModelOutput(many=True)
    without = AuditWithoutOutput(many=True)
    seq = serializers.IntegerField(help_text="Of the last event in the stream ``instant-models``.")


class InstantModelsView(StudyView):
    """The instant models of a study."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="instant_models",
        responses={200: InstantModelsOutput, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List them by audit."""
        return Response(InstantModelsOutput(selectors.instant_models(study=self.study)).data)


class InstantModelView(AuditView):
    """An audit's instant model."""

    capabilities = {"PUT": Capability.WRITE, "DELETE": Capability.WRITE}

    @extend_schema(
        operation_id="keep_instant_model",
        request=InstantModelInput,
        responses={200: InstantModelOutput, **REFUSALS},
    )
    def put(self, request: Request, slug: str, audit_id: int) -> Response:
        """Keep one, fitted anew whenever verdicts arrive."""
        given = InstantModelInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dataclasses.asdict(Asked(**given.validated_data))
        row = instant_models.keep(audit=self.audit, asked=asked, created_by=person(request))
        return Response(InstantModelOutput(row).data)

    @extend_schema(
        operation_id="drop_instant_model", responses={204: None, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def delete(self, request: Request, slug: str, audit_id: int) -> Response:
        """Keep it no longer."""
        instant_models.drop(audit=self.audit, by=person(request))
        return Response(status=204)
