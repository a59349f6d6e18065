"""Graphs that come in from files: looked at, brought in, listed, taken out."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.models import GraphImport
from apps.moralgraph.selectors.graph_imports import graph_imports
from apps.moralgraph.services import graph_imports as services
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


class GraphImportInput(serializers.Serializer[Any]):
    """A graph or a list of values, with a table of edges or of votes beside it, and where it is from."""

    file = serializers.FileField(allow_empty_file=True)
    edges = serializers.FileField(required=False, allow_empty_file=True)
    votes = serializers.FileField(required=False, allow_empty_file=True)
    # Named for the wire: DRF's fields have a ``source`` of their own, its serializers do not need it.
    vars()["source"] = serializers.CharField(max_length=120)
    simulated = serializers.BooleanField(default=False, help_text="All of it is by simulated people.")
    dry_run = serializers.BooleanField(default=False, help_text="Say what it would bring; keep nothing.")


class GraphReportOutput(serializers.Serializer[Any]):
    """What files would bring, or brought; what was known is not doubled."""

    id = serializers.IntegerField(allow_null=True)
    form = serializers.CharField()
    values = serializers.IntegerField()
    known_values = serializers.IntegerField()
    edges = serializers.IntegerField()
    contexts = serializers.ListField(child=serializers.CharField(), help_text="Those that are new.")
    votes = serializers.IntegerField()
    known_votes = serializers.IntegerField()
    changed_votes = serializers.IntegerField()
    withdrawn_votes = serializers.IntegerField(help_text="Of people who withdrew; they stay out.")
    participants = serializers.IntegerField()
    about = serializers.DictField(help_text="What the file says of itself.")
    warnings = serializers.ListField(child=serializers.CharField())
    first = serializers.ListField(child=serializers.CharField(), help_text="Titles of the first values.")


class GraphImportOutput(serializers.ModelSerializer[GraphImport]):
    """Files that came in."""

    created_by = serializers.CharField(source="created_by.username", allow_null=True, default=None)
    counts = serializers.DictField()
    about = serializers.DictField()
    warnings = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = GraphImport
        fields = [
            "id", "filename", "form", "source", "about", "counts", "warnings", "created_at", "created_by",
            "undone_at",
        ]  # fmt: skip


class GraphImportsView(StudyView):
    """The files that came into a study's graph."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="graph_imports", responses={200: GraphImportOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first."""
        return Response(GraphImportOutput(graph_imports(study=self.study), many=True).data)

    @extend_schema(
        operation_id="import_graph",
        request={"multipart/form-data": GraphImportInput},
        responses={200: GraphReportOutput, 201: GraphReportOutput, 413: ErrorEnvelope, **_ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Bring a graph in, or say what it would bring."""
        given = GraphImportInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked: dict[str, Any] = given.validated_data
        files = {"graph": _named(asked["file"])}
        files |= {name: _named(asked[name]) for name in ("edges", "votes") if name in asked}
        if asked["dry_run"]:
            found = services.look(study=self.study, source=asked["source"], **files)
            return Response(GraphReportOutput(found).data)
        found = services.bring_in(
            study=self.study,
            actor=request.user,
            source=asked["source"],
            simulated=asked["simulated"],
            **files,
        )
        return Response(GraphReportOutput(found).data, status=201)


class GraphImportView(StudyView):
    """Files that came in together."""

    capabilities = {"DELETE": Capability.WRITE}

    @extend_schema(
        operation_id="undo_graph_import", responses={200: GraphImportOutput, 409: ErrorEnvelope, **_ERRORS}
    )
    def delete(self, request: Request, slug: str, import_id: int) -> Response:
        """Take out what they brought."""
        row = services.take_out(study=self.study, actor=request.user, import_id=import_id)
        return Response(GraphImportOutput(row).data)


def _named(file: "UploadedFile[bytes]") -> Named:
    services.check_size(size=file.size or 0)
    return Named(name=file.name or "file", raw=file.read())
