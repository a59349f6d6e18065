"""Objections to merges: read side by side, answered with a reason, taken back."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.models import ObjectionAnswer
from apps.moralgraph.rest.outputs import CardOutput, ValueOutput
from apps.moralgraph.services import objections
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
DECISIONS = ObjectionAnswer.Decision.values


class ObjectionOutput(serializers.Serializer[Any]):
    """A person's word that their card does not belong to a value."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=["open", *DECISIONS])
    reason = serializers.CharField(help_text="In the person's words; empty where they gave none.")
    card_title = serializers.CharField()
    value = ValueOutput()
    simulated = serializers.BooleanField()


class ObjectionsOutput(serializers.Serializer[Any]):
    """All objections of a study, the open ones first."""

    objections = ObjectionOutput(many=True)
    open = serializers.IntegerField(help_text="How many wait for an answer.")
    seq = serializers.IntegerField(help_text="The number of the last event that this answer knows of.")


class MergedOutput(serializers.Serializer[Any]):
    """Who put the card into the value, why and when."""

    by = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class ObjectionAnswerOutput(serializers.Serializer[Any]):
    """What a researcher decided; one that was taken back says when."""

    decision = serializers.ChoiceField(choices=DECISIONS)
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class ObjectionDetailOutput(serializers.Serializer[Any]):
    """An objection with both sides, in their authors' words as far as they agreed."""

    objection = ObjectionOutput()
    card = CardOutput()
    members = CardOutput(many=True)
    merged = MergedOutput()
    answers = ObjectionAnswerOutput(many=True)


class ObjectionAnswerInput(serializers.Serializer[Any]):
    """What to do, and why."""

    decision = serializers.ChoiceField(choices=DECISIONS)
    reason = serializers.CharField(max_length=objections.LONGEST_REASON)


class ObjectionsView(StudyView):
    """The merges that people objected to."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="objections", responses={200: ObjectionsOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, the open ones first."""
        return Response(ObjectionsOutput(selectors.objections(study=self.study)).data)


class ObjectionView(StudyView):
    """One objection, side by side with what the card was put together with."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE, "DELETE": Capability.WRITE}

    @extend_schema(operation_id="objection", responses={200: ObjectionDetailOutput, **_ERRORS})
    def get(self, request: Request, slug: str, objection_id: int) -> Response:
        """Answer both sides and what was decided so far."""
        return self._show(objection_id)

    @extend_schema(
        operation_id="answer_objection",
        request=ObjectionAnswerInput,
        responses={200: ObjectionDetailOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **_ERRORS},
    )
    def post(self, request: Request, slug: str, objection_id: int) -> Response:
        """Leave the card apart, or put it together again."""
        given = ObjectionAnswerInput(data=request.data)
        given.is_valid(raise_exception=True)
        objections.answer(
            study=self.study, actor=request.user, objection_id=objection_id, **given.validated_data
        )
        return self._show(objection_id)

    @extend_schema(
        operation_id="reopen_objection",
        responses={200: ObjectionDetailOutput, 409: ErrorEnvelope, **_ERRORS},
    )
    def delete(self, request: Request, slug: str, objection_id: int) -> Response:
        """Take the answer back."""
        objections.take_back(study=self.study, actor=request.user, objection_id=objection_id)
        return self._show(objection_id)

    def _show(self, objection_id: int) -> Response:
        found = selectors.objection(study=self.study, objection_id=objection_id)
        return Response(ObjectionDetailOutput(found).data)
