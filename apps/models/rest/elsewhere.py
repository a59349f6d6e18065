"""Endpoints for runs that train on another machine, and for the whole folder of any run."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.rest.outputs import RunDetailOutput
from apps.models.rest.runs import answer_run
from apps.models.selectors import packages
from apps.models.services import elsewhere, returns
from apps.shared.access import Capability, StudyView, person
from apps.shared.downloads import download, packed
from apps.shared.rest import ErrorEnvelope

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope, 409: ErrorEnvelope}
ZIP = "application/zip"


class RunElsewhereView(StudyView):
    """Let another machine train a run, or wait for it no longer."""

    capabilities = {"POST": Capability.TRAIN, "DELETE": Capability.TRAIN}

    @extend_schema(operation_id="send_run_away", request=None, responses={200: RunDetailOutput, **ERRORS})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Let it train elsewhere; its folder can be downloaded from now on."""
        elsewhere.send_away(run=selectors.run(study=self.study, run_id=run_id), by=person(request))
        return answer_run(self, run_id=run_id)

    @extend_schema(operation_id="call_run_back", responses={200: RunDetailOutput, **ERRORS})
    def delete(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Call it back: it stands where it stood here."""
        elsewhere.call_back(run=selectors.run(study=self.study, run_id=run_id), by=person(request))
        return answer_run(self, run_id=run_id)


class RunPackageView(StudyView):
    """What another machine needs to train a run."""

    capabilities = {"GET": Capability.TRAIN}

    @extend_schema(operation_id="download_run_package", responses={(200, ZIP): OpenApiTypes.BINARY, **ERRORS})
    def get(self, request: Request, slug: str, run_id: UUID) -> StreamingHttpResponse:
        """Send configuration, pairs, sources and what was trained so far."""
        run = selectors.run(study=self.study, run_id=run_id)
        files = elsewhere.hand_out(run=run, by=person(request))
        name = f"{packages.name_of(run=run)}-to-train.zip"
        return download(request=request, lines=packed(files), filename=name, media=ZIP)


class ReturnInput(serializers.Serializer[Any]):
    """A run's folder that was trained elsewhere, as a zip."""

    file = serializers.FileField()


class RunReturnView(StudyView):
    """The way back of a run that trains elsewhere."""

    capabilities = {"POST": Capability.TRAIN}
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what says that it is too large before it is read."""
        returns.check_size(size=int(request.META.get("CONTENT_LENGTH") or 0))
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="bring_run_back",
        request={"multipart/form-data": ReturnInput},
        responses={200: RunDetailOutput, 400: ErrorEnvelope, 413: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Check the folder and take it in; a worker then records and measures what is finished."""
        run = selectors.run(study=self.study, run_id=run_id)
        given = ReturnInput(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        returns.check_size(size=file.size or 0)
        returns.receive(run=run, archive=file, by=person(request))
        return answer_run(self, run_id=run_id)


class RunFolderView(StudyView):
    """Everything in the folder of a run that has ended."""

    capabilities = {"GET": Capability.TRAIN}

    @extend_schema(operation_id="download_run_folder", responses={(200, ZIP): OpenApiTypes.BINARY, **ERRORS})
    def get(self, request: Request, slug: str, run_id: UUID) -> StreamingHttpResponse:
        """Send it as a zip, while it is read."""
        run = selectors.run(study=self.study, run_id=run_id)
        files = elsewhere.download_whole(run=run, by=person(request))
        name = f"{packages.name_of(run=run)}.zip"
        return download(request=request, lines=packed(files), filename=name, media=ZIP)
