"""The endpoint of what a checkpoint may be put to."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.models import ModelRole
from apps.models.rest.served import ServedCheckpointOutput
from apps.models.selectors import serving
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
Base = serializers.Serializer[Any]


class ServingCommandOutput(Base):
    """A command that serves a checkpoint; ``served_as``: the model to ask for, '' where it serves none."""

    purpose = serializers.CharField()
    text = serializers.CharField()
    served_as = serializers.CharField(allow_blank=True)


class ServingWorkOutput(Base):
    """A piece of work that a checkpoint does."""

    role = serializers.ChoiceField(choices=ModelRole.Role.choices)
    language_model = serializers.CharField()
    not_promoted = serializers.CharField(allow_blank=True)


class CheckpointServingOutput(Base):
    """What a checkpoint may be put to, what it does already, and the commands that serve it."""

    checkpoint = ServedCheckpointOutput()
    writes = serializers.BooleanField(help_text="Whether it can do more than score.")
    adapter = serializers.BooleanField(help_text="Whether it is an adapter (LoRA) on another model.")
    folder = serializers.CharField()
    commands = ServingCommandOutput(many=True)
    works = ServingWorkOutput(many=True)


class CheckpointServingView(StudyView):
    """What a checkpoint may be put to."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="checkpoint_serving", responses={200: CheckpointServingOutput, **ERRORS})
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Answer where it may work, where it works, and how it is served."""
        found = selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        return Response(CheckpointServingOutput(serving.place(checkpoint=found)).data)
