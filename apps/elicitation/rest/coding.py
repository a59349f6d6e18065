"""Codes and memos on passages of transcripts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation import selectors
from apps.elicitation.domain.transcript import Speaker
from apps.elicitation.models import Code
from apps.elicitation.rest.transcripts import PageInput, PassageOutput
from apps.elicitation.services import coding, transcripts
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope}


class CodeOutput(serializers.ModelSerializer[Code]):
    """A code with how many passages of how many people have it."""

    passages = serializers.IntegerField(source="n_passages")
    people = serializers.IntegerField(source="n_people")

    class Meta:
        model = Code
        fields = ["id", "name", "description", "retired_at", "passages", "people"]


class CodeInput(serializers.Serializer[Any]):
    """A new code."""

    name = serializers.CharField(max_length=80)
    description = serializers.CharField(max_length=500, allow_blank=True, default="")


class CodeChangeInput(serializers.Serializer[Any]):
    """What changes about a code."""

    name = serializers.CharField(max_length=80, required=False)
    description = serializers.CharField(max_length=500, allow_blank=True, required=False)
    retired = serializers.BooleanField(required=False)


class SayingInput(serializers.Serializer[Any]):
    """What a passage says: a code, a memo, or both."""

    code = serializers.IntegerField(allow_null=True, default=None)
    memo = serializers.CharField(allow_blank=True, default="", max_length=coding.LONGEST_MEMO)


class PassageInput(SayingInput):
    """A passage of a turn, from a character to the one past its last."""

    position = serializers.IntegerField(min_value=0)
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)


class CodedPassageOutput(serializers.Serializer[Any]):
    """A passage with its words."""

    participant = serializers.UUIDField()
    simulated = serializers.BooleanField()
    speaker = serializers.ChoiceField(choices=[item.value for item in Speaker])
    words = serializers.CharField()
    passage = PassageOutput()


class CodedPassagesOutput(serializers.Serializer[Any]):
    """A page of the passages with a code."""

    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    passages = CodedPassageOutput(many=True)


class CodesView(StudyView):
    """The codes of a study."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="codes", responses={200: CodeOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the codes, the retired ones last."""
        return Response(CodeOutput(selectors.codes(study=self.study), many=True).data)

    @extend_schema(
        operation_id="create_code", request=CodeInput,
        responses={201: CodeOutput, 409: ErrorEnvelope, **_ERRORS},
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        """Make a code."""
        given = CodeInput(data=request.data)
        given.is_valid(raise_exception=True)
        made = coding.create_code(study=self.study, actor=request.user, **given.validated_data)
        return Response(CodeOutput(selectors.code(study=self.study, code_id=made.pk)).data, status=201)


class CodeView(StudyView):
    """One code."""

    capabilities = {"PATCH": Capability.WRITE}

    @extend_schema(
        operation_id="change_code", request=CodeChangeInput,
        responses={200: CodeOutput, 409: ErrorEnvelope, **_ERRORS},
    )  # fmt: skip
    def patch(self, request: Request, slug: str, code_id: int) -> Response:
        """Rename, describe, retire or bring back."""
        given = CodeChangeInput(data=request.data)
        given.is_valid(raise_exception=True)
        coding.change_code(study=self.study, actor=request.user, code_id=code_id, **given.validated_data)
        return Response(CodeOutput(selectors.code(study=self.study, code_id=code_id)).data)


class CodePassagesView(StudyView):
    """The passages with a code; reading them is noted in the audit log."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="passages_of_code", parameters=[PageInput],
        responses={200: CodedPassagesOutput, **_ERRORS},
    )  # fmt: skip
    def get(self, request: Request, slug: str, code_id: int) -> Response:
        """List the passages with their words."""
        given = PageInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        found = transcripts.read_passages(
            study=self.study, actor=request.user, code_id=code_id, **given.validated_data
        )
        return Response(CodedPassagesOutput(found).data)


class PassagesView(StudyView):
    """The passages of one interview."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="mark_passage", request=PassageInput, responses={201: PassageOutput, **_ERRORS}
    )
    def post(self, request: Request, slug: str, participant_id: Any) -> Response:
        """Give a passage a code or a memo."""
        given = PassageInput(data=request.data)
        given.is_valid(raise_exception=True)
        sent = dict(given.validated_data)
        made = coding.mark(
            study=self.study, actor=request.user, participant_id=participant_id, code_id=sent.pop("code"),
            **sent,
        )  # fmt: skip
        return Response(PassageOutput(made).data, status=201)


class PassageView(StudyView):
    """One passage."""

    capabilities = {"PATCH": Capability.WRITE, "DELETE": Capability.WRITE}

    @extend_schema(
        operation_id="change_passage", request=SayingInput, responses={200: PassageOutput, **_ERRORS}
    )
    def patch(self, request: Request, slug: str, passage_id: int) -> Response:
        """Give it another code or memo."""
        given = SayingInput(data=request.data)
        given.is_valid(raise_exception=True)
        changed = coding.change_passage(
            study=self.study,
            actor=request.user,
            passage_id=passage_id,
            code_id=given.validated_data["code"],
            memo=given.validated_data["memo"],
        )
        return Response(PassageOutput(changed).data)

    @extend_schema(operation_id="remove_passage", responses={204: None, **_ERRORS})
    def delete(self, request: Request, slug: str, passage_id: int) -> Response:
        """Take the mark away."""
        coding.remove_passage(study=self.study, actor=request.user, passage_id=passage_id)
        return Response(status=204)
