"""Disagreements, decisions on them, what the guideline leaves open, and all verdicts as a file."""

import uuid
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.models import Adjudication
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.selectors import desk, disputes, verdict_table
from apps.discretion.services import adjudications
from apps.shared.access import Capability, person
from apps.shared.downloads import download
from apps.shared.rest import ErrorEnvelope

Base = serializers.Serializer[Any]


class DisputesInput(Base):
    """Those that wait, or those that are decided."""

    decided = serializers.BooleanField(required=False, default=False)


class DecisionInput(Base):
    """Why people disagree, and what holds."""

    cause = serializers.ChoiceField(choices=Adjudication.Cause.choices)
    holds = serializers.ChoiceField(choices=adjudications.HOLDS, required=False, default="", allow_blank=True)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)


class DecisionOutput(Base):
    """A decision on a disagreement; ``closed_by`` is the version of the guideline that answers its gap."""

    id = serializers.IntegerField()
    comparison = serializers.UUIDField(source="comparison_id")
    external_id = serializers.CharField(source="comparison.external_id")
    cause = serializers.ChoiceField(choices=Adjudication.Cause.choices)
    holds = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    guideline = serializers.IntegerField()
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)
    decided_at = serializers.DateTimeField()
    in_force = serializers.SerializerMethodField()
    closed_by = serializers.IntegerField(source="closed_by.number", allow_null=True, default=None)

    def get_in_force(self, row: Adjudication) -> bool:
        """Say whether no later decision took its place."""
        return row.superseded_at is None


class CountsOutput(Base):
    """How many people said what."""

    a = serializers.IntegerField()
    b = serializers.IntegerField()
    tie = serializers.IntegerField()
    both_bad = serializers.IntegerField()


class DisputeOutput(Base):
    """A comparison that people disagree on; ``dispute`` is the share of pairs of ratings that differ."""

    id = serializers.UUIDField(source="comparison.pk")
    external_id = serializers.CharField(source="comparison.external_id")
    prompt = serializers.CharField(source="comparison.prompt", allow_blank=True)
    response_a = serializers.CharField(source="comparison.response_a", allow_blank=True)
    response_b = serializers.CharField(source="comparison.response_b", allow_blank=True)
    counts = CountsOutput(source="tally.counts")
    cannot_tell = serializers.IntegerField(source="tally.cannot_tell")
    ratings = serializers.IntegerField(source="tally.ratings")
    dispute = serializers.FloatField(source="tally.dispute")
    decision = DecisionOutput(allow_null=True)


class DisputesView(AuditView):
    """The queue of disagreements."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="disputes",
        parameters=[DisputesInput],
        responses={200: DisputeOutput(many=True), **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the most disputed first; what the reader has still to judge is left out."""
        given = DisputesInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        rows = disputes.queue(audit=self.audit, user=request.user, **given.validated_data)
        return Response(DisputeOutput(rows, many=True).data)


class DecisionsView(AuditView):
    """Decisions on one comparison."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="decisions", responses={200: DecisionOutput(many=True), **REFUSALS})
    def get(self, request: Request, slug: str, audit_id: int, comparison_id: uuid.UUID) -> Response:
        """List them, the newest first."""
        found = desk.comparison(audit=self.audit, comparison_id=comparison_id)
        return Response(DecisionOutput(disputes.decisions_on(comparison=found), many=True).data)

    @extend_schema(
        operation_id="decide",
        request=DecisionInput,
        responses={201: DecisionOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int, comparison_id: uuid.UUID) -> Response:
        """Decide; verdicts stay as they were given."""
        given = DecisionInput(data=request.data)
        given.is_valid(raise_exception=True)
        row = adjudications.decide(
            audit=self.audit, comparison_id=comparison_id, decided_by=person(request), **given.validated_data
        )
        return Response(DecisionOutput(row).data, status=201)


class GapsView(AuditView):
    """What the guideline leaves open."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="gaps", responses={200: DecisionOutput(many=True), **REFUSALS})
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the gaps that decisions found, open ones first."""
        return Response(DecisionOutput(disputes.gaps(audit=self.audit), many=True).data)


class VerdictTableView(AuditView):
    """All verdicts as a file."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="verdict_table",
        responses={(200, "text/csv"): bytes, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> StreamingHttpResponse:
        """Answer every verdict that stands, with how it came about, as CSV."""
        return download(
            request=request,
            lines=verdict_table.lines(audit=self.audit),
            filename=f"verdicts-{self.audit.pk}.csv",
            media="text/csv; charset=utf-8",
        )
