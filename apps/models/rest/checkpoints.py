"""Endpoints for checkpoints."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.rest.outputs import CheckpointOutput
from apps.models.services import measuring
from apps.shared import selectors as shared
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope, JobStartedOutput

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class CheckpointsView(StudyView):
    """The checkpoints of a study."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="checkpoints", responses={200: CheckpointOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first."""
        rows, context = selectors.checkpoints(study=self.study), {"names": shared.names(study=self.study)}
        return Response(CheckpointOutput(rows, many=True, context=context).data)


class CheckpointView(StudyView):
    """One checkpoint."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="checkpoint", responses={200: CheckpointOutput, **ERRORS})
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Answer where it came from and what each suite found."""
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        names = shared.names(study=self.study)
        return Response(CheckpointOutput(found, context={"names": names}).data)


class MeasuringInput(serializers.Serializer[Any]):
    """What to measure a checkpoint on, beside its held-out pairs."""

    control = serializers.UUIDField(
        allow_null=True, default=None, help_text="A data set of the study; null: the project's own pairs."
    )


class MeasuringView(StudyView):
    """Measuring a checkpoint anew."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="measure_checkpoint",
        request=MeasuringInput,
        responses={202: JobStartedOutput, 400: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Lay it beside its base again, on held-out pairs and on control pairs."""
        given = MeasuringInput(data=request.data)
        given.is_valid(raise_exception=True)
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        chosen = given.validated_data["control"]
        control = selectors.data_set(study=self.study, data_set_id=chosen) if chosen else None
        job = measuring.begin(checkpoint=found, control=control, by=person(request))
        return Response(JobStartedOutput({"job": str(job.pk)}).data, status=202)
