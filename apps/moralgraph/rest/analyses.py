"""What the graph says of itself: how firm it is, how groups differ, how it drifts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.rest.shapes import (
    DriftInput,
    DriftOutput,
    GroupsInput,
    GroupsOutput,
    InfluenceOutput,
    QuestionInput,
)
from apps.moralgraph.selectors.analyses import Question
from apps.moralgraph.services import analyses
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


def _asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = kind(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class InfluenceView(StudyView):
    """How firmly the first place stands."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="influence", parameters=[QuestionInput], responses={200: InfluenceOutput, **_ERRORS}
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer who or what would crown another value, or the job that works on it."""
        question = Question("influence", **_asked(QuestionInput, request))
        return Response(InfluenceOutput(analyses.ask(study=self.study, question=question)).data)


class GroupsView(StudyView):
    """The graph by what people told about themselves."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="groups", parameters=[GroupsInput], responses={200: GroupsOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """Answer the groups side by side, or the job that works on it."""
        asked = _asked(GroupsInput, request)
        traits = selectors.traits(study=self.study)
        if not asked["by"]:
            answer = analyses.Answer("ready")
        else:
            answer = analyses.ask(study=self.study, question=Question("groups", **asked))
        shown = {**vars(answer), "available": [trait.by for trait in traits], "traits": traits}
        return Response(GroupsOutput(shown).data)


class DriftView(StudyView):
    """What changed between two snapshots."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="drift", parameters=[DriftInput], responses={200: DriftOutput, **_ERRORS})
    def get(self, request: Request, slug: str, snapshot_id: int) -> Response:
        """Answer what changed up to this snapshot since an earlier one."""
        found = selectors.drift(study=self.study, snapshot_id=snapshot_id, **_asked(DriftInput, request))
        return Response(DriftOutput(found).data)
