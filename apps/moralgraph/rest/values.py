"""Contexts and values."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.rest.outputs import ContextOutput, ValueDetailOutput, ValueOutput
from apps.moralgraph.services import contexts
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class ContextInput(serializers.Serializer[Any]):
    """A new context."""

    name = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=300, allow_blank=True, default="")


class ContextsView(StudyView):
    """The study's contexts."""

    capabilities = {"GET": Capability.SEE, "POST": Capability.WRITE}

    @extend_schema(operation_id="contexts", responses={200: ContextOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the contexts in use."""
        return Response(ContextOutput(selectors.contexts(study=self.study), many=True).data)

    @extend_schema(
        operation_id="create_context",
        request=ContextInput,
        responses={201: ContextOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **_ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Make a context."""
        given = ContextInput(data=request.data)
        given.is_valid(raise_exception=True)
        made = contexts.create(study=self.study, actor=request.user, **given.validated_data)
        return Response(ContextOutput(made).data, status=201)


class ValuesView(StudyView):
    """The values in the graph."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="values", responses={200: ValueOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the values."""
        return Response(ValueOutput(selectors.values(study=self.study), many=True).data)


class ValueView(StudyView):
    """One value down to its rows."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="value", responses={200: ValueDetailOutput, **_ERRORS})
    def get(self, request: Request, slug: str, value_id: int) -> Response:
        """Answer the cards, neighbours and votes behind a value."""
        found = selectors.value_detail(study=self.study, value_id=value_id)
        return Response(ValueDetailOutput(found).data)
