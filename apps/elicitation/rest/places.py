"""How full a study is: its places, and its quotas by what people said of themselves."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation import selectors
from apps.elicitation.services import quotas
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope


class QuotaOutput(serializers.Serializer[Any]):
    """One quota and the people in it."""

    item = serializers.CharField()
    option = serializers.CharField()
    at_most = serializers.IntegerField()
    taken = serializers.IntegerField()


class PlacesOutput(serializers.Serializer[Any]):
    """Places as they are taken now; simulated people and those who left hold none."""

    taken = serializers.IntegerField()
    at_most = serializers.IntegerField(allow_null=True)
    quotas = QuotaOutput(many=True)


class PlacesView(StudyView):
    """The places of a study."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="places", responses={200: PlacesOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer how full the study is, by what its draft says."""
        content = selectors.protocol(study=self.study).content
        filled = quotas.fill(study=self.study, content=content)
        found = {
            "taken": quotas.taken(study=self.study),
            "at_most": content.places,
            "quotas": [{**quota.model_dump(), "taken": taken} for quota, taken in filled],
        }
        return Response(PlacesOutput(found).data)
