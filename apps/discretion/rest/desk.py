"""The annotator's desk: the next comparison, a judgement of it, taking it back, one's own history."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.rest import inputs, outputs
from apps.discretion.rest.audits import REFUSALS, AuditView, person
from apps.discretion.selectors import desk
from apps.discretion.services import verdicts
from apps.shared.access import Capability
from apps.shared.rest import ErrorEnvelope


class NextView(AuditView):
    """The next comparison that the signed-in person has not judged."""

    capabilities = {"GET": Capability.ANNOTATE, "POST": Capability.ANNOTATE}

    @extend_schema(
        operation_id="next_comparison",
        parameters=[inputs.NextInput],
        responses={200: outputs.NextOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer the next comparison; never anything that others said of it."""
        given = inputs.NextInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        leave_out = given.validated_data.get("except")
        item = desk.next_item(audit=self.audit, user=request.user, leave_out=leave_out)
        return Response(outputs.NextOutput(item).data)

    @extend_schema(
        operation_id="give_verdict",
        request=inputs.JudgementInput,
        responses={201: outputs.GivenOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Record a judgement; ``reason_required`` is the code where a reason is needed."""
        given = inputs.JudgementInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        act = verdicts.give(
            audit=self.audit,
            user=person(request),
            comparison_id=data["comparison"],
            order=data["order"],
            overall=data["overall"],
            principles=[(item["principle"], item["answer"]) for item in data["principles"]],
            reason=data["reason"],
        )
        return Response(outputs.GivenOutput({"act": act}).data, status=201)


class UndoView(AuditView):
    """Taking back one's own last judgement."""

    capabilities = {"POST": Capability.ANNOTATE}

    @extend_schema(
        operation_id="undo_verdict",
        request=None,
        responses={200: outputs.ReopenedOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Open the last judgement again."""
        found = verdicts.undo(audit=self.audit, user=person(request))
        said = {"overall": found.overall, "answers": found.answers, "reason": found.reason}
        return Response(outputs.NextOutput(found.item).data | said)


class MineView(AuditView):
    """One's own history."""

    capabilities = {"GET": Capability.ANNOTATE}

    @extend_schema(
        operation_id="my_verdicts",
        responses={200: outputs.ActOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List what the signed-in person said, newest first."""
        acts = desk.history(audit=self.audit, user=request.user)
        return Response(outputs.ActOutput(acts, many=True).data)
