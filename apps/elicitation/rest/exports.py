"""Exports of a study: what may be chosen, what was made, and the files."""

import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any, BinaryIO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation.domain.exports.purposes import FORMATS, REASONS, LeftOut, Purpose
from apps.elicitation.domain.exports.tables import NAMES, tables
from apps.elicitation.models import Export
from apps.elicitation.selectors import exports as selectors
from apps.elicitation.services.exports import asking
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}
_CHUNK = 256 * 1024


class ExportChoice(serializers.Serializer[Any]):
    """What goes into an export."""

    purpose = serializers.ChoiceField(choices=[purpose.value for purpose in Purpose])
    tables = serializers.ListField(child=serializers.ChoiceField(choices=list(NAMES)), allow_empty=False)
    formats = serializers.ListField(child=serializers.ChoiceField(choices=list(FORMATS)), allow_empty=False)
    versions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000),
        default=list,
        help_text="None are all of them.",
    )
    simulated = serializers.BooleanField(default=False, help_text="Simulated people are in it too.")
    panel_ids = serializers.BooleanField(
        default=False, help_text="With the ids that a panel gave to people: admins only, for research only."
    )
    bom = serializers.BooleanField(
        default=False, help_text="CSV files begin with a byte order mark, for spreadsheets."
    )


class ExportInput(ExportChoice):
    """An export that is asked for."""


class StudyExportOutput(ExportChoice):
    """An export: who asked for it, what is in it, and whether it still stands."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Export.State.values)
    message = serializers.CharField(help_text="One sentence on how it ended.")
    job = serializers.UUIDField(allow_null=True)
    people = serializers.IntegerField()
    rows = serializers.DictField(child=serializers.IntegerField(), help_text="How many, by table.")
    left_out = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many people are not in it, by reason."
    )
    sha256 = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    by = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    outdated_at = serializers.DateTimeField(allow_null=True)
    removed_at = serializers.DateTimeField(allow_null=True)


class PurposeOutput(serializers.Serializer[Any]):
    """A purpose, what people must have ticked for it, and how many did."""

    purpose = serializers.ChoiceField(choices=[purpose.value for purpose in Purpose])
    title = serializers.CharField(source="label")
    ticks = serializers.ListField(child=serializers.CharField())
    people = serializers.IntegerField()
    simulated = serializers.IntegerField()


class ExportTableOutput(serializers.Serializer[Any]):
    """A table that can be in an export."""

    name = serializers.CharField()
    title = serializers.CharField(source="label")
    about = serializers.CharField()


class ExportVersionOutput(serializers.Serializer[Any]):
    """A version of the study whose people can be in an export."""

    number = serializers.IntegerField()
    hash = serializers.CharField()
    pilot = serializers.BooleanField()
    people = serializers.IntegerField(source="n_people")


class ExportsOutput(serializers.Serializer[Any]):
    """What may be chosen, and the newest exports."""

    purposes = PurposeOutput(many=True)
    tables = ExportTableOutput(many=True)
    versions = ExportVersionOutput(many=True)
    reasons = serializers.DictField(
        child=serializers.CharField(), help_text="Why people are left out, in words, by reason."
    )
    exports = StudyExportOutput(many=True)


class ExportsView(StudyView):
    """The exports of a study."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="exports", responses={200: ExportsOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """Answer what may be chosen, and the newest exports."""
        found = {
            "purposes": selectors.purposes(study=self.study),
            "tables": tables(versions=()),
            "versions": selectors.versions_of(study=self.study),
            "reasons": {reason.value: REASONS[reason] for reason in LeftOut},
            "exports": selectors.export_views(study=self.study),
        }
        return Response(ExportsOutput(found).data)

    @extend_schema(
        operation_id="ask_for_export", request=ExportInput, responses={201: StudyExportOutput, **_ERRORS}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Have an export made; its job tells how far it is."""
        given = ExportInput(data=request.data)
        given.is_valid(raise_exception=True)
        made = asking.ask(study=self.study, actor=request.user, **given.validated_data)
        return Response(_shown(self, made.pk), status=201)


class ExportView(StudyView):
    """One export."""

    capabilities = {"DELETE": Capability.WRITE}

    @extend_schema(operation_id="remove_export", responses={200: StudyExportOutput, **_ERRORS})
    def delete(self, request: Request, slug: str, export_id: uuid.UUID) -> Response:
        """Delete the file, or stop the making; that it was made stays on record."""
        asking.remove(study=self.study, actor=request.user, export_id=export_id)
        return Response(_shown(self, export_id))


class ExportFileView(StudyView):
    """The file of an export; every fetching is noted in the audit log."""

    capabilities = {"GET": Capability.WRITE}

    @extend_schema(
        operation_id="export_file",
        responses={(200, "application/zip"): OpenApiTypes.BINARY, 409: ErrorEnvelope, **_ERRORS},
    )
    def get(self, request: Request, slug: str, export_id: uuid.UUID) -> HttpResponseBase:
        """Send the zip, a piece at a time."""
        export, file = asking.fetch(study=self.study, actor=request.user, export_id=export_id)
        # Django holds the whole of a file in memory where its kind of iterator is not the server's.
        is_async = isinstance(request._request, ASGIRequest)  # noqa: SLF001  (DRF has no other way)
        pieces = _PiecesInTurn(file) if is_async else _Pieces(file)
        answer = StreamingHttpResponse(pieces, content_type="application/zip")
        name = f"{self.study.slug}-{export.purpose}-{export.created_at:%Y%m%d-%H%M}.zip"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Content-Length"] = str(export.size)
        answer["Cache-Control"] = "private, no-store"
        return answer


def _shown(view: StudyView, export_id: uuid.UUID) -> Any:
    export = selectors.export_view(study=view.study, export_id=export_id)
    return StudyExportOutput(export).data


class _Pieces:
    """The pieces of an open file; it is closed when the answer is, also where nobody read it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        with self.file:
            while piece := self.file.read(_CHUNK):
                yield piece


class _PiecesInTurn(_Pieces):
    """The same for a server that waits for each."""

    __iter__ = None  # type: ignore[assignment]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with self.file:
            while piece := await sync_to_async(self.file.read)(_CHUNK):
                yield piece
