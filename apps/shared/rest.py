"""Who am I, my studies, their jobs and their audit log."""

from typing import Any

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.shared import selectors
from apps.shared.access import Capability, StudyView
from apps.shared.models import AuditEntry, Job, Role
from apps.shared.services import jobs


class ErrorOutput(serializers.Serializer[Any]):
    """How every error looks."""

    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]  # DRF takes it off the class again
        child=serializers.ListField(child=serializers.CharField())
    )


class ErrorEnvelope(serializers.Serializer[Any]):
    """The envelope around an error."""

    error = ErrorOutput()


class JobStartedOutput(serializers.Serializer[Any]):
    """A job that does the work."""

    job = serializers.CharField()


class StudyOutput(serializers.Serializer[Any]):
    """A study as a member of staff sees it."""

    slug = serializers.CharField(source="study.slug")
    title = serializers.CharField(source="study.title")
    is_demo = serializers.BooleanField(source="study.is_demo")
    include_simulated = serializers.BooleanField(source="study.include_simulated")
    role = serializers.ChoiceField(choices=Role.choices)


class MeOutput(serializers.Serializer[Any]):
    """The signed-in person."""

    username = serializers.CharField()
    name = serializers.CharField()
    studies = StudyOutput(many=True)


class JobOutput(serializers.ModelSerializer[Job]):
    """A job and where it stands."""

    class Meta:
        model = Job
        fields = [
            "id",
            "task",
            "subject",
            "state",
            "progress",
            "message",
            "attempts",
            "stop_requested",
            "data_hash",
            "config",
            "created_at",
            "started_at",
            "finished_at",
        ]


class AuditEntryOutput(serializers.ModelSerializer[AuditEntry]):
    """One line of the audit log."""

    actor = serializers.CharField(source="actor.username", allow_null=True, default=None)

    class Meta:
        model = AuditEntry
        fields = ["actor", "action", "subject", "detail", "at"]


class MeView(APIView):
    """The signed-in person and the studies they belong to; sets the CSRF cookie."""

    @extend_schema(operation_id="me", responses=MeOutput)
    def get(self, request: Request) -> Response:
        """Answer who is signed in."""
        get_token(request)
        me = {
            "username": request.user.get_username(),
            "name": request.user.get_full_name() or request.user.get_username(),  # type: ignore[union-attr]
            "studies": selectors.studies_of(user=request.user),
        }
        return Response(MeOutput(me).data)


class JobView(StudyView):
    """One job: read it, or ask it to stop."""

    capabilities = {"GET": Capability.READ, "DELETE": Capability.WRITE}

    @extend_schema(operation_id="job", responses={200: JobOutput, 404: ErrorEnvelope})
    def get(self, request: Request, slug: str, job_id: str) -> Response:
        """Answer where the job stands."""
        return Response(JobOutput(selectors.job(study=self.study, job_id=job_id)).data)

    @extend_schema(operation_id="stop_job", responses={200: JobOutput, 404: ErrorEnvelope})
    def delete(self, request: Request, slug: str, job_id: str) -> Response:
        """Ask the job to save and stop."""
        job = selectors.job(study=self.study, job_id=job_id)
        return Response(JobOutput(jobs.request_stop(job=job)).data)


class AuditLogView(StudyView):
    """Who did what in the study."""

    capabilities = {"GET": Capability.WRITE}

    @extend_schema(operation_id="audit_log", responses={200: AuditEntryOutput(many=True), 404: ErrorEnvelope})
    def get(self, request: Request, slug: str) -> Response:
        """List the newest 500 entries."""
        return Response(AuditEntryOutput(selectors.audit_entries(study=self.study)[:500], many=True).data)
