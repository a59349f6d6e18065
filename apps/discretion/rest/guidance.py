"""The guideline beside the item, and how judgements are asked for."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.domain.protocol import from_dict
from apps.discretion.models import AnnotationProtocol
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.rest.desk_shapes import ProtocolShape
from apps.discretion.selectors import guidance as selectors
from apps.discretion.services import guidance
from apps.shared.access import LARGEST_ID, Capability, person
from apps.shared.rest import ErrorEnvelope

Base = serializers.Serializer[Any]


class GuidelineInput(Base):
    """A new version; ``gaps`` are the decisions whose gap it closes."""

    text = serializers.CharField(max_length=40_000)
    changes = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)
    gaps = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
        required=False,
        default=list,
        max_length=500,
    )


class PieceOutput(Base):
    """Some words: in both versions, only in the last one (``out``), or only in this one (``in``)."""

    kind = serializers.ChoiceField(choices=["same", "out", "in"])
    text = serializers.CharField()


class GuidelineOutput(Base):
    """One version of the guideline; ``difference`` is its text beside the last version's."""

    number = serializers.IntegerField(source="guideline.number")
    text = serializers.CharField(source="guideline.text")
    changes = serializers.CharField(source="guideline.changes", allow_blank=True)
    created_at = serializers.DateTimeField(source="guideline.created_at")
    closes = serializers.IntegerField(source="guideline.closes.count")
    difference = PieceOutput(many=True)


class AnnotationProtocolOutput(Base):
    """One version of how judgements are asked for; number 0 is the one that nobody wrote."""

    number = serializers.IntegerField()
    created_at = serializers.DateTimeField(allow_null=True)
    content = ProtocolShape()


class GuidelinesView(AuditView):
    """The versions of an audit's guideline."""

    capabilities = {"GET": Capability.SEE, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="guidelines",
        responses={200: GuidelineOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the versions, the newest first."""
        return Response(GuidelineOutput(selectors.guidelines(audit=self.audit), many=True).data)

    @extend_schema(
        operation_id="publish_guideline",
        request=GuidelineInput,
        responses={201: GuidelineOutput, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Put a new version beside the items."""
        given = GuidelineInput(data=request.data)
        given.is_valid(raise_exception=True)
        guidance.publish(audit=self.audit, created_by=person(request), **given.validated_data)
        return Response(GuidelineOutput(selectors.guidelines(audit=self.audit)[0]).data, status=201)


class AnnotationProtocolView(AuditView):
    """How judgements are asked for."""

    capabilities = {"GET": Capability.SEE, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="annotation_protocols",
        responses={200: AnnotationProtocolOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the versions, the one in force first; the last is the one that nobody wrote."""
        rows = [_row(row) for row in selectors.protocols(audit=self.audit)]
        rows.append({"number": 0, "created_at": None, "content": from_dict({}).to_dict()})
        return Response(AnnotationProtocolOutput(rows, many=True).data)

    @extend_schema(
        operation_id="ask_by",
        request=ProtocolShape,
        responses={201: AnnotationProtocolOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Ask in another way from now on."""
        given = ProtocolShape(data=request.data)
        given.is_valid(raise_exception=True)
        content = {
            name: sorted(value) if isinstance(value, set) else value
            for name, value in given.validated_data.items()
        }
        row = guidance.ask_by(audit=self.audit, protocol=from_dict(content), created_by=person(request))
        return Response(AnnotationProtocolOutput(_row(row)).data, status=201)


def _row(row: AnnotationProtocol) -> dict[str, Any]:
    return {"number": row.number, "created_at": row.created_at, "content": from_dict(row.content).to_dict()}
