"""Contexts: proposed, confirmed, renamed, put together, retired, and all of that taken back."""

import dataclasses
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.models import ContextChange, ContextProposal
from apps.moralgraph.rest.merge_outputs import MergeSearchOutput
from apps.moralgraph.rest.outputs import ContextOutput
from apps.moralgraph.services import context_proposals, context_search, contexts
from apps.moralgraph.services.retirements import LONGEST_REASON
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
_WRITES = {**_ERRORS, 400: ErrorEnvelope, 409: ErrorEnvelope}


class ContextInput(serializers.Serializer[Any]):
    """A new context."""

    name = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=300, allow_blank=True, default="")


class NearContextOutput(serializers.Serializer[Any]):
    """A context that may be another name for the same kind of moment."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    similarity = serializers.FloatField()


class ContextProposalOutput(serializers.Serializer[Any]):
    """A kind of moment, as a card's author or a model put it into words."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    origin = serializers.ChoiceField(choices=ContextProposal.Origin.values)
    state = serializers.ChoiceField(choices=ContextProposal.State.values)
    language = serializers.CharField()
    card_title = serializers.CharField()
    card_summary = serializers.CharField()
    simulated = serializers.BooleanField()
    model = serializers.CharField(help_text="The model that proposed it; empty for a person.")
    at = serializers.DateTimeField()
    near = NearContextOutput(many=True)
    context_id = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class ContextRowOutput(serializers.Serializer[Any]):
    """A context and what rests on it, what was put into it included."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    state = serializers.ChoiceField(choices=["in_use", "merged", "retired"])
    into = serializers.IntegerField(allow_null=True, help_text="The context in which its votes count.")
    cards = serializers.IntegerField()
    transitions = serializers.IntegerField(help_text="Steps that were judged or written about in it.")
    votes = serializers.IntegerField()
    ended = serializers.IntegerField(allow_null=True, help_text="The change that brings it back when undone.")


class NearContextsOutput(serializers.Serializer[Any]):
    """Two contexts in use that may say the same."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()
    similarity = serializers.FloatField()


class ContextChangeOutput(serializers.Serializer[Any]):
    """What was done to a context, by whom, when and why."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ContextChange.Kind.values)
    context = serializers.IntegerField()  # type: ignore[assignment]  # DRF takes it off the class again
    other = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    other_name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_by = serializers.CharField()


class ContextDeskOutput(serializers.Serializer[Any]):
    """Everything about a study's contexts."""

    search = MergeSearchOutput()
    proposals = ContextProposalOutput(many=True)
    decided = ContextProposalOutput(many=True)
    contexts = ContextRowOutput(many=True)
    near = NearContextsOutput(many=True)
    changes = ContextChangeOutput(many=True)
    seq = serializers.IntegerField(help_text="The number of the last event that this answer knows of.")


class ContextNameInput(serializers.Serializer[Any]):
    """Another name, and why."""

    name = serializers.CharField(max_length=120)
    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="")


class ContextEndInput(serializers.Serializer[Any]):
    """What to do with a context: put it into another, keep it apart from another, or retire it."""

    kind = serializers.ChoiceField(choices=["merged", "apart", "retired"])
    other = serializers.IntegerField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="")


class ContextProposalInput(serializers.Serializer[Any]):
    """What to make of a proposal: a context, part of one that is there, nothing; or let it wait again."""

    state = serializers.ChoiceField(choices=ContextProposal.State.values)
    name = serializers.CharField(max_length=120, allow_blank=True, default="", help_text="Of the context.")
    into = serializers.IntegerField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="")


class ContextDoneOutput(serializers.Serializer[Any]):
    """The row that was written."""

    id = serializers.IntegerField()


def _given(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class ContextsView(StudyView):
    """The study's contexts."""

    capabilities = {"GET": Capability.SEE, "POST": Capability.WRITE}

    @extend_schema(operation_id="contexts", responses={200: ContextOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List the contexts in use."""
        return Response(ContextOutput(selectors.contexts(study=self.study), many=True).data)

    @extend_schema(
        operation_id="create_context", request=ContextInput, responses={201: ContextOutput, **_WRITES}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Make a context."""
        made = contexts.create(study=self.study, actor=request.user, **_given(ContextInput, request))
        return Response(ContextOutput(made).data, status=201)


class ContextDeskView(StudyView):
    """Proposals, contexts, what may say the same, and history."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="context_desk", responses={200: ContextDeskOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """Show them; where something came since, a job compares them."""
        return self._show(again=False)

    @extend_schema(operation_id="find_contexts", request=None, responses={200: ContextDeskOutput, **_ERRORS})
    def post(self, request: Request, slug: str) -> Response:
        """Compare again where that failed."""
        return self._show(again=True)

    def _show(self, *, again: bool) -> Response:
        search = context_search.ensure(study=self.study, again=again)
        found = selectors.context_desk.desk(study=self.study)
        shown = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
        return Response(ContextDeskOutput({"search": search, **shown}).data)


class ContextView(StudyView):
    """One context."""

    capabilities = {"PATCH": Capability.WRITE, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="rename_context", request=ContextNameInput, responses={200: ContextDoneOutput, **_WRITES}
    )
    def patch(self, request: Request, slug: str, context_id: int) -> Response:
        """Give it another name."""
        given = _given(ContextNameInput, request)
        made = contexts.rename(study=self.study, actor=request.user, context_id=context_id, **given)
        return Response(ContextDoneOutput(made).data)

    @extend_schema(
        operation_id="end_context", request=ContextEndInput, responses={201: ContextDoneOutput, **_WRITES}
    )
    def post(self, request: Request, slug: str, context_id: int) -> Response:
        """Put it into another one, keep the two apart, or retire it."""
        given = _given(ContextEndInput, request)
        made = contexts.end(
            study=self.study, actor=request.user, context_id=context_id, kind=given["kind"],
            other=given["other"], reason=given["reason"],
        )  # fmt: skip
        return Response(ContextDoneOutput(made).data, status=201)


class ContextChangeView(StudyView):
    """One thing that was done to a context."""

    capabilities = {"DELETE": Capability.WRITE}

    @extend_schema(operation_id="undo_context_change", responses={200: ContextDoneOutput, **_WRITES})
    def delete(self, request: Request, slug: str, change_id: int) -> Response:
        """Take it back."""
        undone = contexts.undo(study=self.study, actor=request.user, change_id=change_id)
        return Response(ContextDoneOutput(undone).data)


class ContextProposalView(StudyView):
    """One proposal."""

    capabilities = {"PATCH": Capability.WRITE}

    @extend_schema(
        operation_id="decide_context_proposal",
        request=ContextProposalInput,
        responses={200: ContextDoneOutput, **_WRITES},
    )
    def patch(self, request: Request, slug: str, proposal_id: int) -> Response:
        """Make something of it, nothing, or let it wait again."""
        given = _given(ContextProposalInput, request)
        made = context_proposals.decide(
            study=self.study, actor=request.user, proposal_id=proposal_id, **given
        )
        return Response(ContextDoneOutput(made).data)
