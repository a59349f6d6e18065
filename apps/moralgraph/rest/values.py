"""Values."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.rest.outputs import ValueDetailOutput, ValueOutput
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class ValuesView(StudyView):
    """The values in the graph."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="values", responses={200: ValueOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the values."""
        return Response(ValueOutput(selectors.values(study=self.study), many=True).data)


class ValueView(StudyView):
    """One value down to its rows."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="value", responses={200: ValueDetailOutput, **_ERRORS})
    def get(self, request: Request, slug: str, value_id: int) -> Response:
        """Answer the cards, neighbours and votes behind a value."""
        found = selectors.value_detail(study=self.study, value_id=value_id)
        return Response(ValueDetailOutput(found).data)
