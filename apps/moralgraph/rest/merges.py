"""The merge desk: near-duplicates, side by side, decided on with a reason and never for good."""

import dataclasses

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.moralgraph import selectors
from apps.moralgraph.rest.merge_outputs import (
    MergeDecisionInput,
    MergeDecisionOutput,
    MergeDeskOutput,
    MergeJobOutput,
    MergeMadeOutput,
    MergePairOutput,
    MergeSplitInput,
)
from apps.moralgraph.services.merging import deciding, finding, judging
from apps.shared.access import Capability, StudyView
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
_REFUSALS = {**_ERRORS, 400: ErrorEnvelope, 409: ErrorEnvelope}


class MergesView(StudyView):
    """The pairs that wait."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="merges", responses={200: MergeDeskOutput, **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, the nearest first; where cards came since, a job compares them."""
        return self._show(again=False)

    @extend_schema(operation_id="find_merges", request=None, responses={200: MergeDeskOutput, **_ERRORS})
    def post(self, request: Request, slug: str) -> Response:
        """Compare again where that failed."""
        return self._show(again=True)

    def _show(self, *, again: bool) -> Response:
        search = finding.ensure(study=self.study, again=again)
        found = selectors.merging.desk(study=self.study, made_by=finding.makers())
        shown = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
        return Response(MergeDeskOutput({"search": search, **shown}).data)


class MergePairView(StudyView):
    """One pair."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="merge_pair", responses={200: MergePairOutput, **_ERRORS})
    def get(self, request: Request, slug: str, low: int, high: int) -> Response:
        """Answer both values with their cards, and what was said and decided about them."""
        found = selectors.merge_pairs.pair(study=self.study, low=low, high=high)
        return Response(MergePairOutput(found).data)

    @extend_schema(
        operation_id="decide_merge", request=MergeDecisionInput, responses={201: MergeMadeOutput, **_REFUSALS}
    )
    def post(self, request: Request, slug: str, low: int, high: int) -> Response:
        """Put the two together, or keep them apart."""
        given = MergeDecisionInput(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        made = deciding.decide(
            study=self.study, actor=request.user, low=low, high=high, answers=told.pop("rubric"), **told
        )
        return Response(MergeMadeOutput(made).data, status=201)


class MergeHistoryView(StudyView):
    """What was decided."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="merge_history", responses={200: MergeDecisionOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List decisions, the newest first, those that were undone included."""
        found = selectors.merge_pairs.history(study=self.study)
        return Response(MergeDecisionOutput(found, many=True).data)


class MergeDecisionView(StudyView):
    """One decision."""

    capabilities = {"DELETE": Capability.WRITE}

    @extend_schema(operation_id="undo_merge", responses={200: MergeMadeOutput, **_REFUSALS})
    def delete(self, request: Request, slug: str, decision_id: int) -> Response:
        """Undo it: what it moved goes back."""
        undone = deciding.undo(study=self.study, actor=request.user, decision_id=decision_id)
        return Response(MergeMadeOutput(undone).data)


class MergeSplitsView(StudyView):
    """Cards that are taken out of a value."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="split_merge", request=MergeSplitInput, responses={201: MergeMadeOutput, **_REFUSALS}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Let a card stand for itself."""
        given = MergeSplitInput(data=request.data)
        given.is_valid(raise_exception=True)
        card, reason = given.validated_data["card"], given.validated_data["reason"]
        made = deciding.split(study=self.study, actor=request.user, card_id=card, reason=reason)
        return Response(MergeMadeOutput(made).data, status=201)


class MergeOpinionsView(StudyView):
    """Opinions of a language model."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(operation_id="judge_merges", request=None, responses={202: MergeJobOutput, **_REFUSALS})
    def post(self, request: Request, slug: str) -> Response:
        """Ask the model about the nearest pairs that wait without an opinion."""
        job = judging.ask(study=self.study, actor=request.user)
        return Response(MergeJobOutput(job).data, status=202)
