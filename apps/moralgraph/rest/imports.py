"""Graphs that come in from files: looked at, brought in, listed, taken out."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.models import GraphImport
from apps.moralgraph.selectors.graph_imports import graph_import, graph_imports
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

    values = serializers.IntegerField()
    known_values = serializers.IntegerField()
    edges = serializers.IntegerField()
    contexts = serializers.ListField(child=serializers.CharField(), help_text="Those that are new.")
    votes = serializers.IntegerField()
    known_votes = serializers.IntegerField()
    changed_votes = serializers.IntegerField()
    withdrawn_votes = serializers.IntegerField(help_text="Of people who withdrew; they stay out.")
    participants = serializers.IntegerField()
    first = serializers.ListField(child=serializers.CharField(), help_text="Titles of the first values.")


class GraphImportOutput(serializers.ModelSerializer[GraphImport]):
    """Files that came in or were looked at; the report is there once they are read."""

    created_by = serializers.CharField(source="created_by.username", allow_null=True, default=None)
    report = serializers.SerializerMethodField()
    about = serializers.DictField(help_text="What the file says of itself.")
    warnings = serializers.ListField(child=serializers.CharField())
    state = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField(help_text="Why it was refused.")
    job = serializers.UUIDField(source="job_id", allow_null=True)

    class Meta:
        model = GraphImport
        fields = [
            "id", "filename", "form", "source", "about", "report", "warnings", "state", "message", "dry_run",
            "job", "created_at", "created_by", "undone_at",
        ]  # fmt: skip

    @extend_schema_field(GraphReportOutput(allow_null=True))
    def get_report(self, row: GraphImport) -> dict[str, Any] | None:
        """Return what the files brought or would bring."""
        return GraphReportOutput(row.counts).data if row.state == GraphImport.State.DONE else None

    @extend_schema_field(serializers.ChoiceField(choices=GraphImport.State.values))
    def get_state(self, row: GraphImport) -> str:
        """Return how far they are; work that ended without a word was refused."""
        return GraphImport.State.REFUSED if row.is_dead else row.state

    def get_message(self, row: GraphImport) -> str:
        """Return why they were refused; of work that ended without a word, what its job says."""
        return row.job.message if row.is_dead and row.job else row.message


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
        responses={202: GraphImportOutput, 413: ErrorEnvelope, **_ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Take the files of a graph; a job brings it in, or says what it would bring."""
        given = GraphImportInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked: dict[str, Any] = given.validated_data
        uploads = {"graph": asked["file"]}
        uploads |= {part: asked[part] for part in ("edges", "votes") if part in asked}
        services.check_size(size=sum(file.size or 0 for file in uploads.values()))
        row = services.receive(
            study=self.study,
            actor=request.user,
            files={part: Named(name=file.name or "file", raw=file.read()) for part, file in uploads.items()},
            source=asked["source"],
            simulated=asked["simulated"],
            dry_run=asked["dry_run"],
        )
        return Response(GraphImportOutput(row).data, status=202)


class GraphImportView(StudyView):
    """Files that came together."""

    capabilities = {"GET": Capability.READ, "DELETE": Capability.WRITE}

    @extend_schema(operation_id="graph_import", responses={200: GraphImportOutput, **_ERRORS})
    def get(self, request: Request, slug: str, import_id: int) -> Response:
        """Answer how far they are, and what they brought or would bring."""
        return Response(GraphImportOutput(graph_import(study=self.study, import_id=import_id)).data)

    @extend_schema(
        operation_id="undo_graph_import", responses={200: GraphImportOutput, 409: ErrorEnvelope, **_ERRORS}
    )
    def delete(self, request: Request, slug: str, import_id: int) -> Response:
        """Take out what they brought."""
        row = services.take_out(study=self.study, actor=request.user, import_id=import_id)
        return Response(GraphImportOutput(row).data)
