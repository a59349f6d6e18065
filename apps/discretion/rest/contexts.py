"""Contexts of comparisons: proposed by their words, confirmed by a person."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.rest import inputs, outputs
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.services import contexts
from apps.shared.access import Capability
from apps.shared.rest import ErrorEnvelope


class ContextsView(AuditView):
    """The moral graph's contexts of an audit's comparisons."""

    capabilities = {"POST": Capability.WRITE, "PATCH": Capability.WRITE}

    @extend_schema(
        operation_id="propose_contexts",
        request=None,
        responses={200: outputs.ContextsProposedOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Propose a context for every comparison without one; nothing counts before it is confirmed."""
        return Response(outputs.ContextsProposedOutput(contexts.propose(audit=self.audit)).data)

    @extend_schema(
        operation_id="confirm_contexts",
        request=inputs.ContextsInput,
        responses={200: outputs.ContextsConfirmedOutput, **REFUSALS},
    )
    def patch(self, request: Request, slug: str, audit_id: int) -> Response:
        """Say which context comparisons have."""
        given = inputs.ContextsInput(data=request.data)
        given.is_valid(raise_exception=True)
        count = contexts.confirm(
            audit=self.audit,
            comparison_ids=given.validated_data["comparisons"],
            context_id=given.validated_data["context"],
        )
        return Response(outputs.ContextsConfirmedOutput({"confirmed": count}).data)
