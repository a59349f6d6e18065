"""The measures of an audit and the comparisons behind them."""

from typing import cast

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from apps.discretion.domain.report import Controls
from apps.discretion.rest import inputs, outputs
from apps.discretion.rest.audits import AuditView
from apps.discretion.rest.shapes import shape_measures
from apps.discretion.selectors import comparisons
from apps.discretion.selectors.judgements import Choice
from apps.shared.access import Capability
from apps.shared.rest import ErrorEnvelope

REFUSALS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


class MeasuresView(AuditView):
    """Agreement, categories, arbitrariness, priorities, discrepancy."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="measures",
        parameters=[inputs.MeasuresInput],
        responses={200: outputs.MeasuresOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer the measures for the reader's controls."""
        given = inputs.MeasuresInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        choice = Choice(annotators=data["annotators"], principles=data["principles"])
        controls = Controls(min_active=data["min_active"], reference=data["reference"])
        shaped = shape_measures(audit=self.audit, choice=choice, controls=controls)
        return Response(outputs.MeasuresOutput(shaped).data)


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
        """List one page of those in a category, or those that an annotator judged."""
        given = inputs.ComparisonsInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        rows = comparisons.listed(audit=self.audit, **given.validated_data)
        pages = cast(type[PageNumberPagination], api_settings.DEFAULT_PAGINATION_CLASS)()
        page = comparisons.with_categories(
            audit=self.audit, rows=pages.paginate_queryset(rows, request) or []
        )
        return pages.get_paginated_response(outputs.ComparisonOutput(page, many=True).data)
