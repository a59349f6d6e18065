"""The graph and its exports."""

from typing import Any

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.rest.outputs import ContextInput, ExportOutput, GraphInput, GraphOutput, VotesOutput
from apps.moralgraph.services import analyses
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


def _asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = kind(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


@method_decorator(gzip_page, name="dispatch")
class GraphView(StudyView):
    """The moral graph as it is now; a large one is a few hundred kilobytes of numbers that pack well."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="graph", parameters=[GraphInput], responses={200: GraphOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """Answer nodes, edges, the winner, the figure, and what it all says."""
        given = GraphInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        found = analyses.graph(
            study=self.study,
            context=given.validated_data["context"],
            rule=given.validated_data["rule"],
            parameters=given.parameters(),
            people=given.people(),
            balance=given.validated_data["balance"],
        )
        return Response(GraphOutput(found).data)


class MgeExportView(StudyView):
    """The graph for programs that read the published format."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="mge_export", parameters=[ContextInput], responses={200: ExportOutput, **_ERRORS}
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer values and edges by the published rule."""
        return Response(selectors.mge_export(study=self.study, **_asked(ContextInput, request)))


class VotesExportView(StudyView):
    """The votes behind the graph, for whoever wants to check it."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="votes_export", parameters=[ContextInput], responses={200: VotesOutput, **_ERRORS}
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer the votes as ``manage.py rank_values`` reads them."""
        return Response(selectors.votes_export(study=self.study, **_asked(ContextInput, request)))


class VotesTableView(StudyView):
    """The votes as a table that spreadsheets open."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="votes_table",
        parameters=[ContextInput],
        responses={(200, "text/csv"): OpenApiTypes.STR, **_ERRORS},
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Answer the file of votes that ``manage.py rank_values`` reads."""
        table = selectors.votes_table(study=self.study, **_asked(ContextInput, request))
        answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.study.slug}-votes.csv"'
        return answer
