"""The measures of an audit and the comparisons behind them."""

import uuid
from typing import cast

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from apps.discretion.domain import audit_report
from apps.discretion.rest import inputs, measures_outputs, outputs
from apps.discretion.rest.audits import AuditView
from apps.discretion.rest.shapes import shape_leave_one_out, shape_measures, shape_report
from apps.discretion.selectors import comparisons
from apps.shared.access import Capability
from apps.shared.rest import ErrorEnvelope

REFUSALS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


class MeasuresView(AuditView):
    """Agreement, categories, arbitrariness, priorities, discrepancy."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="measures",
        parameters=[inputs.MeasuresInput],
        responses={200: measures_outputs.MeasuresOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer the measures for the reader's controls."""
        given = inputs.MeasuresInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        shaped = shape_measures(audit=self.audit, choice=given.choice, controls=given.controls)
        return Response(measures_outputs.MeasuresOutput(shaped).data)


class LeaveOneOutView(AuditView):
    """What one principle carries."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="leave_one_out",
        parameters=[inputs.MeasuresInput],
        responses={200: measures_outputs.LeaveOneOutOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer the figures without each principle, for the reader's controls."""
        given = inputs.MeasuresInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        shaped = shape_leave_one_out(audit=self.audit, choice=given.choice, controls=given.controls)
        return Response(measures_outputs.LeaveOneOutOutput(shaped).data)


class ReportView(AuditView):
    """All numbers under the reader's controls as one file."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="audit_report",
        parameters=[inputs.ReportInput],
        responses={(200, "application/octet-stream"): bytes, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> HttpResponse:
        """Answer a page that stands alone, or every number as JSON or CSV."""
        given = inputs.ReportInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        shaped = shape_measures(audit=self.audit, choice=given.choice, controls=given.controls)
        report = shape_report(audit=self.audit, shaped=shaped, choice=given.choice, controls=given.controls)
        kind = given.validated_data["as"]
        text, media = audit_report.write(report=report, kind=kind)
        answer = HttpResponse(text, content_type=f"{media}; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="audit-{self.audit.pk}.{kind}"'
        return answer


PAGE_OF_COMPARISONS = inline_serializer(
    "PageOfComparisons",
    {
        "count": serializers.IntegerField(),
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "results": outputs.ComparisonOutput(many=True),
    },
)


class ComparisonsView(AuditView):
    """The comparisons of an audit, in pages."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="comparisons",
        parameters=[
            inputs.ComparisonsInput,
            OpenApiParameter("page", int),
            OpenApiParameter("page_size", int),
        ],
        responses={200: PAGE_OF_COMPARISONS, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List one page of those behind a number."""
        given = inputs.ComparisonsInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        rows = comparisons.listed(
            audit=self.audit,
            cell=given.cell,
            choice=given.choice,
            reference=given.validated_data["reference"],
            weighted=given.validated_data["weights"],
            standing=given.validated_data["standing"],
        )
        pages = cast(type[PageNumberPagination], api_settings.DEFAULT_PAGINATION_CLASS)()
        page = comparisons.with_categories(
            audit=self.audit, rows=pages.paginate_queryset(rows, request) or [], choice=given.choice
        )
        return pages.get_paginated_response(outputs.ComparisonOutput(page, many=True).data)


class ComparisonView(AuditView):
    """One comparison of an audit."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="comparison",
        parameters=[inputs.ComparisonInput],
        responses={200: outputs.OpenedOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int, comparison_id: uuid.UUID) -> Response:
        """Answer both responses in full, with everybody's verdicts."""
        given = inputs.ComparisonInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        found = comparisons.opened(
            audit=self.audit, comparison_id=comparison_id, reader=request.user,
            named=given.validated_data["verdict"],
        )  # fmt: skip
        return Response(outputs.OpenedOutput(found).data)
