"""Endpoints for data sets."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.domain import data_card, exports
from apps.models.domain.data_files import SIDES
from apps.models.models import DataSet
from apps.models.rest.outputs import DataSetDetailOutput, DataSetRowOutput, ExamplesOutput
from apps.models.selectors import data_cards
from apps.shared import selectors as shared
from apps.shared.access import LARGEST_ID, Capability, StudyView
from apps.shared.downloads import Packed, download, packed
from apps.shared.errors import Invalid
from apps.shared.rest import ErrorEnvelope

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class DataSetsAsked(serializers.Serializer[Any]):
    """What data sets should lean on."""

    participant = serializers.UUIDField(required=False)
    snapshot = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    comparison = serializers.UUIDField(required=False)
    value = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), max_length=100, required=False,
        source="values", help_text="Any of these: a value stands for those that were put into it.",
    )  # fmt: skip


class DataSetsView(StudyView):
    """The data sets of a study."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="data_sets",
        parameters=[DataSetsAsked],
        responses={200: DataSetRowOutput(many=True), 400: ErrorEnvelope, **ERRORS},
    )
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first; or those that lean on what people said."""
        asked = DataSetsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = selectors.data_sets(study=self.study, **asked.validated_data)
        context = {"names": shared.names(study=self.study)}
        return Response(DataSetRowOutput(rows, many=True, context=context).data)


class DataSetView(StudyView):
    """One data set."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="data_set", responses={200: DataSetDetailOutput, **ERRORS})
    def get(self, request: Request, slug: str, data_set_id: UUID) -> Response:
        """Answer its counts, what was left out, its balance and some of its examples."""
        data_set = selectors.data_set(study=self.study, data_set_id=data_set_id)
        context = {
            "samples": selectors.sample_examples(data_set=data_set),
            "people": selectors.people_behind(data_set=data_set),
            "names": shared.names(study=self.study),
        }
        return Response(DataSetDetailOutput(data_set, context=context).data)


class ExamplesAsked(serializers.Serializer[Any]):
    """Which examples: of a side, from a place on."""

    side = serializers.ChoiceField(choices=SIDES, required=False, default="train")
    start = serializers.IntegerField(required=False, default=0, min_value=0, max_value=LARGEST_ID)


class DataSetExamplesView(StudyView):
    """What a data set holds, with what each example leans on."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="data_set_examples",
        parameters=[ExamplesAsked],
        responses={200: ExamplesOutput, 400: ErrorEnvelope, **ERRORS},
    )
    def get(self, request: Request, slug: str, data_set_id: UUID) -> Response:
        """Answer a page of examples."""
        given = ExamplesAsked(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        data_set = selectors.data_set(study=self.study, data_set_id=data_set_id)
        total = data_set.train_count if asked["side"] == "train" else data_set.held_out_count
        rows = selectors.page_of_examples(data_set=data_set, **asked)
        after = asked["start"] + len(rows)
        found = {"examples": rows, "total": total, "next": after if after < total else None}
        return Response(ExamplesOutput(found).data)


class DataSetExportView(StudyView):
    """A data set as a file."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="export_data_set",
        parameters=[
            OpenApiParameter("form", enum=exports.FORMS, description="Default: own."),
            OpenApiParameter("side", enum=SIDES, description="Default: both; a line says which it is of."),
        ],
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR, 400: ErrorEnvelope, **ERRORS},
    )
    def get(self, request: Request, slug: str, data_set_id: UUID) -> StreamingHttpResponse:
        """Send one line of JSON an example."""
        form = _form(request)
        side = request.query_params.get("side")
        if side is not None and side not in SIDES:
            raise Invalid(f"There is no side {side}; there are {', '.join(SIDES)}.")
        data_set = selectors.data_set(study=self.study, data_set_id=data_set_id)
        return download(
            request=request,
            lines=_lines(data_set, form=form, only=(side,) if side else SIDES),
            filename="-".join(["data-set", str(data_set.pk), *([side] if side else [])]) + ".jsonl",
            media="application/x-ndjson",
        )


class DataSetFolderView(StudyView):
    """A data set as a folder with its card."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="data_set_folder",
        parameters=[OpenApiParameter("form", enum=exports.FORMS, description="Default: own.")],
        responses={(200, "application/zip"): OpenApiTypes.BINARY, 400: ErrorEnvelope, **ERRORS},
    )
    def get(self, request: Request, slug: str, data_set_id: UUID) -> StreamingHttpResponse:
        """Send an archive of a file a side and the data card, which the library reads as a folder."""
        form = _form(request)
        data_set = selectors.data_set(study=self.study, data_set_id=data_set_id)
        counts = {"train": data_set.train_count, "held_out": data_set.held_out_count}
        card = data_card.write(data_cards.recorded(data_set=data_set, form=form))
        sides = [side for side in SIDES if counts[side]]
        files = {f"{side}.jsonl": _lines(data_set, form=form, only=(side,)) for side in sides}
        return download(
            request=request,
            lines=packed(Packed(name, lines) for name, lines in {"README.md": [card], **files}.items()),
            filename=f"data-set-{data_set.pk}-{form}.zip",
            media="application/zip",
        )


def _form(request: Request) -> str:
    form = request.query_params.get("form", "own")
    if form not in exports.FORMS:
        raise Invalid(f"There is no form {form}; there are {', '.join(exports.FORMS)}.")
    return form


def _lines(data_set: DataSet, *, form: str, only: Sequence[str]) -> Iterator[str]:
    sides = {side: selectors.examples(data_set=data_set, side=side) for side in only}
    names = shared.names(study=data_set.study) if form == "own" else {}
    return (
        line
        for side, examples in sides.items()
        for line in exports.lines(side=side, examples=examples, form=form, names=names)
    )
