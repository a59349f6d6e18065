"""The graph as files that other programs read."""

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from apps.moralgraph.domain.rules import RULES
from apps.moralgraph.rest.outputs import BalanceInput
from apps.moralgraph.selectors.graph_files import WRITERS, graph_file, snapshot_file
from apps.shared.access import Capability, StudyView
from apps.shared.downloads import download
from apps.shared.rest import ErrorEnvelope


class GraphFileInput(BalanceInput):
    """Which graph, as which file; a snapshot has its own rule and balance."""

    # Named for the wire: ``as`` is a word of the language.
    vars()["as"] = serializers.ChoiceField(choices=list(WRITERS), required=False, default="json")
    rule = serializers.ChoiceField(choices=RULES, required=False, default=RULES[0])
    snapshot = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)


class GraphFileView(StudyView):
    """The graph in the published shape, as GraphML, as tables or as a picture."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="graph_file",
        parameters=[GraphFileInput],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            **dict.fromkeys((400, 403, 404, 409), ErrorEnvelope),
        },
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """Send one file, a piece at a time; it says what it is of."""
        given = GraphFileInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked: dict[str, Any] = given.validated_data
        writer, ending, media = WRITERS[asked["as"]]
        if asked["snapshot"] is None:
            found = graph_file(
                study=self.study, context=asked["context"], rule=asked["rule"], balance=asked["balance"]
            )
            kept = ""
        else:
            found = snapshot_file(study=self.study, snapshot_id=asked["snapshot"], context=asked["context"])
            kept = f"-snapshot-{found.about.snapshot}" if found.about else ""
        name = f"{self.study.slug}-graph{kept}.{ending}"
        return download(request=request, lines=writer(found), filename=name, media=media)
