"""Pilots of a study: begin, watch, stop, go on, read the report, and delete all of it."""

import csv
import io
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponse, JsonResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.elicitation import selectors
from apps.elicitation.domain import pilots as reports
from apps.elicitation.domain.personas import KINDS
from apps.elicitation.domain.protocol import LANGUAGES
from apps.elicitation.models import PilotWalk
from apps.elicitation.services import pilots
from apps.shared.access import Capability, StudyView
from apps.shared.errors import Invalid
from apps.shared.models import Job
from apps.shared.rest import ErrorEnvelope

_ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
_KINDS = [kind.value for kind in KINDS]
_COUNTS = serializers.DictField(
    child=serializers.IntegerField(), help_text="How often, by rule of the linter."
)


class PilotInput(serializers.Serializer[Any]):
    """Who walks through what."""

    kinds = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=pilots.MOST_OF_A_KIND),
        help_text="How many of each kind of simulated participant.",
    )
    languages = serializers.ListField(child=serializers.ChoiceField(choices=list(LANGUAGES)), min_length=1)
    of = serializers.ChoiceField(choices=[pilots.DRAFT, pilots.OPENED], default=pilots.DRAFT)
    voice = serializers.ChoiceField(choices=["written", "model"], default="written")
    seed = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=2**31 - 1,
        help_text="The same seed makes the same people; by chance where it is left out.",
    )  # fmt: skip


class PilotOutput(serializers.Serializer[Any]):
    """A pilot and how its job stands."""

    id = serializers.IntegerField()
    job = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=Job.State.choices)
    progress = serializers.FloatField()
    message = serializers.CharField()
    attempts = serializers.IntegerField()
    revision = serializers.IntegerField(
        allow_null=True, help_text="Of the draft; none for an opened version."
    )
    version = serializers.IntegerField(allow_null=True, help_text="The opened version; none for a draft.")
    hash = serializers.CharField()
    voice = serializers.ChoiceField(choices=["written", "model"])
    seed = serializers.IntegerField()
    walks = serializers.IntegerField()
    ended = serializers.IntegerField()
    arrived = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class PilotRowOutput(serializers.Serializer[Any]):
    """One simulated participant's walk; minutes are waiting (measured), reading and typing (assumed)."""

    place = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=_KINDS)
    language = serializers.CharField()
    state = serializers.ChoiceField(choices=PilotWalk.State.values)
    participant = serializers.UUIDField(allow_null=True)
    interviewer = serializers.CharField()
    steps = serializers.ListField(child=serializers.CharField())
    turns = serializers.IntegerField()
    minutes = serializers.FloatField()
    waiting_minutes = serializers.FloatField()
    reading_minutes = serializers.FloatField()
    typing_minutes = serializers.FloatField()
    first_reply_median_seconds = serializers.FloatField(allow_null=True)
    first_reply_longest_seconds = serializers.FloatField(allow_null=True)
    reconnects = serializers.IntegerField()
    prompt_tokens = serializers.IntegerField()
    completion_tokens = serializers.IntegerField()
    cost = serializers.FloatField(allow_null=True, help_text="None where no price per token is set.")
    share_quoted = serializers.FloatField(allow_null=True)
    findings = _COUNTS
    injections = serializers.IntegerField()
    injections_with_effect = serializers.ListField(child=serializers.CharField())
    failed_at = serializers.CharField()
    failure = serializers.CharField()


class PilotTotalOutput(serializers.Serializer[Any]):
    """Several walks together; those that have not ended are in no number but ``walks``."""

    kind = serializers.CharField(help_text="Empty for all of them.")
    walks = serializers.IntegerField()
    ended = serializers.IntegerField()
    arrived = serializers.IntegerField()
    failed = serializers.IntegerField()
    turns = serializers.IntegerField()
    minutes_median = serializers.FloatField(allow_null=True)
    waiting_minutes_median = serializers.FloatField(allow_null=True)
    reading_minutes_median = serializers.FloatField(allow_null=True)
    typing_minutes_median = serializers.FloatField(allow_null=True)
    first_reply_median_seconds = serializers.FloatField(allow_null=True)
    first_reply_longest_seconds = serializers.FloatField(allow_null=True)
    prompt_tokens = serializers.IntegerField()
    completion_tokens = serializers.IntegerField()
    cost = serializers.FloatField(allow_null=True)
    share_quoted_median = serializers.FloatField(allow_null=True)
    findings = _COUNTS
    injections = serializers.IntegerField()
    injections_with_effect = serializers.IntegerField()


class PilotReportOutput(PilotOutput):
    """A pilot with its report, as far as its walks have ended."""

    rows = PilotRowOutput(many=True)
    by_kind = PilotTotalOutput(many=True)
    total = PilotTotalOutput()
    compared = serializers.IntegerField(
        allow_null=True, help_text="All whose words were compared before and after; none until the end."
    )
    compared_others = serializers.IntegerField(
        allow_null=True, help_text="Those of them who did not walk with this pilot."
    )
    changed = serializers.ListField(child=serializers.CharField(), help_text="Whose words changed meanwhile.")
    priced = serializers.BooleanField(help_text="A price per token is set.")


class PilotsView(StudyView):
    """The pilots of a study."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="pilots", responses={200: PilotOutput(many=True), **_ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, the newest first."""
        return Response(PilotOutput(selectors.view_pilots(study=self.study), many=True).data)

    @extend_schema(
        operation_id="start_pilot",
        request=PilotInput,
        responses={201: PilotReportOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **_ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Let simulated participants walk through the draft or the opened version."""
        given = PilotInput(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = dict(given.validated_data)
        plan = pilots.Plan(**{**chosen, "languages": tuple(dict.fromkeys(chosen["languages"]))})
        run = pilots.start(study=self.study, actor=_member(request), plan=plan)
        return _answer(self, pilot_id=run.pk, status=201)


class PilotView(StudyView):
    """One pilot."""

    capabilities = {"GET": Capability.READ, "DELETE": Capability.WRITE}

    @extend_schema(operation_id="pilot", responses={200: PilotReportOutput, **_ERRORS})
    def get(self, request: Request, slug: str, pilot_id: int) -> Response:
        """Answer its report, as far as it is."""
        return _answer(self, pilot_id=pilot_id)

    @extend_schema(operation_id="delete_pilot", responses={204: None, 409: ErrorEnvelope, **_ERRORS})
    def delete(self, request: Request, slug: str, pilot_id: int) -> Response:
        """Delete it with all that its simulated participants said and made."""
        pilots.delete(run=selectors.pilot_run(study=self.study, pilot_id=pilot_id), actor=_member(request))
        return Response(status=204)


class StopPilotView(StudyView):
    """Stop a pilot."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(operation_id="stop_pilot", request=None, responses={200: PilotReportOutput, **_ERRORS})
    def post(self, request: Request, slug: str, pilot_id: int) -> Response:
        """Ask it to stop; walks that have ended stay in the report."""
        return _act(self, request, pilot_id=pilot_id, act=pilots.stop)


class ResumePilotView(StudyView):
    """Let a pilot go on."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="resume_pilot",
        request=None,
        responses={200: PilotReportOutput, 409: ErrorEnvelope, **_ERRORS},
    )
    def post(self, request: Request, slug: str, pilot_id: int) -> Response:
        """Let it walk what is left."""
        return _act(self, request, pilot_id=pilot_id, act=pilots.resume)


class PilotFileView(StudyView):
    """A pilot's report as a file."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="pilot_file",
        parameters=[OpenApiParameter("form", enum=["csv", "json"], description="Default: csv.")],
        responses={(200, "text/csv"): OpenApiTypes.STR, 400: ErrorEnvelope, **_ERRORS},
    )
    def get(self, request: Request, slug: str, pilot_id: int) -> HttpResponse:
        """Send a row a walk as CSV, or the whole report as JSON."""
        form = request.query_params.get("form", "csv")
        if form not in {"csv", "json"}:
            raise Invalid(f"There is no form {form}; there are csv and json.")
        found = selectors.view_pilot(study=self.study, pilot_id=pilot_id)
        answer = _csv(found["rows"]) if form == "csv" else JsonResponse(PilotReportOutput(found).data)
        answer["Content-Disposition"] = f'attachment; filename="pilot-{slug}-{pilot_id}.{form}"'
        return answer


def _csv(rows: list[dict[str, Any]]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["simulated", *reports.COLUMNS])
    writer.writerows([["true", *reports.cells_of(row)] for row in rows])
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")


def _member(request: Request) -> AbstractBaseUser:
    """Return who asks; StudyView lets only signed-in members come this far."""
    return cast("AbstractBaseUser", request.user)


def _act(view: StudyView, request: Request, *, pilot_id: int, act: Callable[..., object]) -> Response:
    act(run=selectors.pilot_run(study=view.study, pilot_id=pilot_id), actor=_member(request))
    return _answer(view, pilot_id=pilot_id)


def _answer(view: StudyView, *, pilot_id: int, status: int = 200) -> Response:
    found = selectors.view_pilot(study=view.study, pilot_id=pilot_id)
    return Response(PilotReportOutput(found).data, status=status)
