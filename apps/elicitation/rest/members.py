"""Who works on a study, and in which role."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation.services import members
from apps.shared import selectors as shared
from apps.shared.access import Capability, StudyView
from apps.shared.models import Membership, Role
from apps.shared.rest import ErrorEnvelope

_ERRORS = {400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope, 409: ErrorEnvelope}


class MemberOutput(serializers.ModelSerializer[Membership]):
    """A member with their role."""

    user = serializers.IntegerField(source="user_id")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.get_full_name")
    role = serializers.ChoiceField(choices=Role.choices)

    class Meta:
        model = Membership
        fields = ["user", "username", "name", "role"]


class RoleInput(serializers.Serializer[Any]):
    """The role that a member is to have."""

    role = serializers.ChoiceField(choices=Role.choices)


class MemberInput(RoleInput):
    """An account that is to be a member."""

    username = serializers.CharField(max_length=150)


class MembersView(StudyView):
    """The members of a study."""

    capabilities = {"GET": Capability.WRITE, "POST": Capability.MANAGE}

    @extend_schema(operation_id="members", responses={200: MemberOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the members by name."""
        return Response(MemberOutput(shared.members(study=self.study), many=True).data)

    @extend_schema(operation_id="add_member", request=MemberInput, responses={201: MemberOutput, **_ERRORS})
    def post(self, request: Request, slug: str) -> Response:
        """Add an account by its name."""
        given = MemberInput(data=request.data)
        given.is_valid(raise_exception=True)
        username, role = given.validated_data["username"], Role(given.validated_data["role"])
        made = members.add(study=self.study, actor=request.user, username=username, role=role)
        return Response(MemberOutput(made).data, status=201)


class MemberView(StudyView):
    """One member."""

    capabilities = {"PATCH": Capability.MANAGE, "DELETE": Capability.MANAGE}

    @extend_schema(operation_id="change_member", request=RoleInput, responses={200: MemberOutput, **_ERRORS})
    def patch(self, request: Request, slug: str, user_id: int) -> Response:
        """Give another role."""
        given = RoleInput(data=request.data)
        given.is_valid(raise_exception=True)
        role = Role(given.validated_data["role"])
        changed = members.change(study=self.study, actor=request.user, user_id=user_id, role=role)
        return Response(MemberOutput(changed).data)

    @extend_schema(operation_id="remove_member", responses={204: None, **_ERRORS})
    def delete(self, request: Request, slug: str, user_id: int) -> Response:
        """End the membership."""
        members.remove(study=self.study, actor=request.user, user_id=user_id)
        return Response(status=204)
