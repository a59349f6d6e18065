"""The annotator's desk: the next comparison, a judgement of it, taking it back, one's own history."""

import dataclasses
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.models import Act
from apps.discretion.rest import desk_shapes as shapes
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.selectors import desk, mine, piles
from apps.discretion.services import batches, verdicts
from apps.discretion.services.answers import Given
from apps.shared.access import Capability, person
from apps.shared.rest import ErrorEnvelope


def _said(act: Act) -> dict[str, Any]:
    said = {"overall": act.overall, "answers": act.answers, "reason": act.reason, "why": act.why}
    return dict(shapes.SaidOutput(said).data)


class NextView(AuditView):
    """The next comparison that the signed-in person has not judged."""

    capabilities = {"GET": Capability.ANNOTATE, "POST": Capability.ANNOTATE}

    @extend_schema(
        operation_id="next_comparison",
        parameters=[shapes.NextInput],
        responses={200: shapes.NextOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer the next comparison; never anything that others said of it."""
        given = shapes.NextInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        item = desk.next_item(
            audit=self.audit, user=request.user, leave_out=wanted["except"], beyond=wanted["beyond"]
        )
        return Response(shapes.NextOutput(item).data)

    @extend_schema(
        operation_id="give_verdict",
        request=shapes.JudgementInput,
        responses={201: shapes.GivenOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Record a judgement; ``reason_required`` is the code where a reason is needed, ``why_required``
        where somebody cannot tell and has not said why.
        """
        given = shapes.JudgementInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        said = [(item["principle"], item["answer"]) for item in data.pop("principles")]
        taken = verdicts.give(
            audit=self.audit,
            user=person(request),
            given=Given(comparison_id=data.pop("comparison"), principles=said, **data),
        )
        return Response(shapes.GivenOutput(taken).data, status=201)


class UndoView(AuditView):
    """Taking back one's own last judgement."""

    capabilities = {"POST": Capability.ANNOTATE}

    @extend_schema(
        operation_id="undo_verdict",
        request=None,
        responses={200: shapes.ReopenedOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Open the last judgement again."""
        found = verdicts.undo(audit=self.audit, user=person(request))
        return Response(shapes.NextOutput(found.item).data | _said(found.act))


class MineView(AuditView):
    """One's own history."""

    capabilities = {"GET": Capability.ANNOTATE}

    @extend_schema(
        operation_id="my_verdicts",
        responses={200: shapes.ActOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List what the signed-in person said, newest first."""
        acts = mine.history(audit=self.audit, user=request.user)
        return Response(shapes.ActOutput(acts, many=True).data)


class OwnVerdictView(AuditView):
    """One's own judgement of one comparison."""

    capabilities = {"GET": Capability.ANNOTATE}

    @extend_schema(
        operation_id="my_verdict",
        responses={200: shapes.OwnOutput, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int, comparison_id: uuid.UUID) -> Response:
        """Answer the comparison as it stood, what was said, and all that was said before."""
        item, act, acts = mine.opened(audit=self.audit, user=request.user, comparison_id=comparison_id)
        rows = {"acts": shapes.ActOutput(acts, many=True).data}
        return Response(shapes.NextOutput(item).data | _said(act) | rows)


class StandingView(AuditView):
    """One's own figures."""

    capabilities = {"GET": Capability.ANNOTATE}

    @extend_schema(
        operation_id="my_standing",
        responses={200: shapes.StandingOutput, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer how far the signed-in person is and how consistent; nothing about anybody else."""
        found = mine.standing(audit=self.audit, user=request.user)
        shaped = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
        shaped["places"] = [_place(row) for row in found.places]
        return Response(shapes.StandingOutput(shaped).data)


def _place(row: piles.Place) -> dict[str, Any]:
    """Return a place as its owner sees it: known answers are told when all is done, not on the way."""
    return {
        "batch": row.batch,
        "total": row.total,
        "done": row.done,
        "finished": row.finished,
        "passed": row.passed,
        "locked": row.locked,
        "closed": row.batch.closed_at is not None,
        "threshold": row.batch.threshold,
        "known": row.known if row.finished else None,
    }


class TryAgainView(AuditView):
    """A training round once more."""

    capabilities = {"POST": Capability.ANNOTATE}

    @extend_schema(
        operation_id="try_again",
        request=None,
        responses={204: None, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int, batch_id: int) -> Response:
        """Lay the round before the person again; the first try is kept."""
        batches.try_again(audit=self.audit, batch_id=batch_id, user=person(request))
        return Response(status=204)
