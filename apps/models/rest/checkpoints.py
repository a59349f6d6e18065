"""Endpoints for checkpoints."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.rest.outputs import CheckpointOutput
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class CheckpointsView(StudyView):
    """The checkpoints of a study."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="checkpoints", responses={200: CheckpointOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first."""
        return Response(CheckpointOutput(selectors.checkpoints(study=self.study), many=True).data)


class CheckpointView(StudyView):
    """One checkpoint."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="checkpoint", responses={200: CheckpointOutput, **ERRORS})
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Answer where it came from and what each suite found."""
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        return Response(CheckpointOutput(found).data)
