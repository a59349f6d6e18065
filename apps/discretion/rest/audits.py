"""Audits, their imports, principles, annotators and data sets."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.models import Audit
from apps.discretion.rest import inputs, outputs
from apps.discretion.rest.shapes import shape_overview
from apps.discretion.selectors import audits as selectors
from apps.discretion.services import audits, imports, principles
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope

REFUSALS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


class AuditView(StudyView):
    """Base of the endpoints inside one audit."""

    audit: Audit

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the audit in the study."""
        super().initial(request, *args, **kwargs)
        self.audit = selectors.audit(study=self.study, audit_id=kwargs["audit_id"])


class AuditsView(StudyView):
    """The audits of a study."""

    capabilities = {"GET": Capability.SEE, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="audits", responses={200: outputs.AuditRowOutput(many=True), 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the audits, newest first."""
        return Response(outputs.AuditRowOutput(selectors.audits(study=self.study), many=True).data)

    @extend_schema(
        operation_id="create_audit",
        request=inputs.AuditInput,
        responses={201: outputs.AuditRowOutput, **REFUSALS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Begin an audit."""
        given = inputs.AuditInput(data=request.data)
        given.is_valid(raise_exception=True)
        audit = audits.create(study=self.study, created_by=person(request), **given.validated_data)
        return Response(outputs.AuditRowOutput(audit).data, status=201)


class OneAuditView(AuditView):
    """One audit."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="audit", responses={200: outputs.AuditOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer counts, annotators with coverage, agreement, imports and principles."""
        return Response(outputs.AuditOutput(shape_overview(audit=self.audit)).data)


class ImportsView(AuditView):
    """Files that are sent to an audit."""

    capabilities = {"POST": Capability.WRITE}
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what says that it is too large before it is read."""
        imports.check_size(size=int(request.META.get("CONTENT_LENGTH") or 0))
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="import_file",
        request={"multipart/form-data": inputs.ImportInput},
        responses={202: outputs.ImportStartedOutput, 413: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Keep a file and have a job read it."""
        given = inputs.ImportInput(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data.pop("file")
        item = imports.receive(
            audit=self.audit,
            upload=file,
            filename=file.name,
            created_by=person(request),
            **given.validated_data,
        )
        answer = {"job": item.job_id and str(item.job_id), "import": item}
        return Response(outputs.ImportStartedOutput(answer).data, status=202)


class PreviewView(AuditView):
    """The first rows of a file, before it is imported."""

    capabilities = {"POST": Capability.WRITE}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="preview_file",
        request={"multipart/form-data": inputs.PreviewInput},
        responses={200: outputs.PreviewOutput, 413: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Say how the file would be read; the beginning of a large one is enough. Nothing is kept."""
        given = inputs.PreviewInput(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data.pop("file")
        found = imports.preview(upload=file, filename=file.name, **given.validated_data)
        return Response(outputs.PreviewOutput(found).data)


class ImportView(AuditView):
    """One file that was sent."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="import", responses={200: outputs.ImportOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str, audit_id: int, import_id: int) -> Response:
        """Answer what became of it."""
        found = selectors.import_of(audit=self.audit, import_id=import_id)
        return Response(outputs.ImportOutput(found).data)


class PrinciplesView(AuditView):
    """The principles of an audit."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="principles",
        responses={200: outputs.PrincipleOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the principles in use."""
        return Response(outputs.PrincipleOutput(selectors.principles(audit=self.audit), many=True).data)

    @extend_schema(
        operation_id="add_principles",
        request=inputs.PrinciplesInput,
        responses={201: outputs.PrincipleOutput(many=True), **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Take values over from a snapshot, or add one principle; answer all that are in use."""
        given = inputs.PrinciplesInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        if "values" in data:
            principles.take_over(audit=self.audit, snapshot_id=data["snapshot"], value_ids=data["values"])
        else:
            principles.add(audit=self.audit, title=data["title"], statement=data["statement"])
        rows = selectors.principles(audit=self.audit)
        return Response(outputs.PrincipleOutput(rows, many=True).data, status=201)


class PrincipleView(AuditView):
    """One principle of an audit."""

    capabilities = {"DELETE": Capability.WRITE, "PATCH": Capability.WRITE}

    @extend_schema(
        operation_id="reword_principle",
        request=inputs.WordingInput,
        responses={200: outputs.PrincipleOutput, **REFUSALS},
    )
    def patch(self, request: Request, slug: str, audit_id: int, principle_id: int) -> Response:
        """Put a new version in its place; the earlier wording keeps what was said by it."""
        given = inputs.WordingInput(data=request.data)
        given.is_valid(raise_exception=True)
        found = principles.reword(audit=self.audit, principle_id=principle_id, **given.validated_data)
        return Response(outputs.PrincipleOutput(found).data)

    @extend_schema(
        operation_id="retire_principle", responses={204: None, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def delete(self, request: Request, slug: str, audit_id: int, principle_id: int) -> Response:
        """Take a principle out of use; what was said by it is kept."""
        principles.retire(audit=self.audit, principle_id=principle_id)
        return Response(status=204)
