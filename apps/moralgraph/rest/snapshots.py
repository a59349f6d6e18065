"""Snapshots of the graph."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.rest.outputs import ContextInput, SnapshotDetailOutput, SnapshotInput, SnapshotOutput
from apps.moralgraph.services import graphs
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


class SnapshotsView(StudyView):
    """All snapshots of a study, and a new one."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="snapshots", responses={200: SnapshotOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the snapshots, newest first."""
        return Response(SnapshotOutput(selectors.snapshots(study=self.study), many=True).data)

    @extend_schema(
        operation_id="take_snapshot", request=SnapshotInput, responses={201: SnapshotOutput, **_ERRORS}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Keep the graph as it is now."""
        given = SnapshotInput(data=request.data)
        given.is_valid(raise_exception=True)
        made = graphs.take_snapshot(study=self.study, created_by=_user(request), **given.validated_data)
        found = selectors.snapshot(study=self.study, snapshot_id=made.pk)
        return Response(SnapshotOutput(found).data, status=201)


class SnapshotView(StudyView):
    """One snapshot with its graph."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="snapshot", parameters=[ContextInput], responses={200: SnapshotDetailOutput, **_ERRORS}
    )
    def get(self, request: Request, slug: str, snapshot_id: int) -> Response:
        """Answer the graph as it was."""
        given = ContextInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        found = selectors.snapshot_detail(study=self.study, snapshot_id=snapshot_id, **given.validated_data)
        return Response(SnapshotDetailOutput(found).data)


def _user(request: Request) -> Any:
    """Return the signed-in account; access was checked, so it is one."""
    return request.user
