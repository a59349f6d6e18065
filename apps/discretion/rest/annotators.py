"""Who and what judges in an audit; algorithms are added, forecast, paused and let go on here."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.models import Annotator, Judging, Verdict
from apps.discretion.rest import inputs
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.rest.outputs import RateOutput
from apps.discretion.selectors import judgings as selectors
from apps.discretion.services import annotators, audits, judgings
from apps.models.rest.served import ServedCheckpointOutput
from apps.shared.access import Capability, person
from apps.shared.models import Job
from apps.shared.rest import ErrorEnvelope, JobStartedOutput
from apps.shared.selectors import last_seq

Base = serializers.Serializer[Any]
READS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class JudgingConfigOutput(Base):
    """How an algorithm judges; what does not apply to its kind is null."""

    prompt = serializers.CharField(allow_null=True, default=None)
    style = serializers.CharField(  # type: ignore[assignment]  # DRF takes it off the class again
        allow_null=True, default=None
    )
    orders = serializers.CharField(allow_null=True, default=None)
    temperature = serializers.FloatField(allow_null=True, default=None)
    model = serializers.CharField(allow_null=True, default=None)
    host = serializers.CharField(allow_null=True, allow_blank=True, default=None)
    reference = serializers.CharField(allow_null=True, default=None)
    beta = serializers.FloatField(allow_null=True, default=None)
    limit = serializers.IntegerField(allow_null=True, default=None)
    principles = serializers.ListField(child=serializers.IntegerField(), default=list)
    words = serializers.CharField(default="")
    not_promoted = serializers.CharField(default="")


class JudgingOutput(Base):
    """How far an algorithm is."""

    method = serializers.ChoiceField(choices=Judging.Method.choices)
    config = JudgingConfigOutput()
    state = serializers.ChoiceField(
        source="job.state", choices=Job.State.choices, default=None, allow_null=True
    )
    message = serializers.CharField(source="job.message", allow_blank=True, default="")
    job = serializers.CharField(source="job_id", allow_null=True)
    asked = serializers.IntegerField()
    to_ask = serializers.IntegerField()
    unparsable = serializers.IntegerField()
    order_decided = serializers.IntegerField()
    asked_again = serializers.IntegerField()
    prompt_tokens = serializers.IntegerField()
    completion_tokens = serializers.IntegerField()


class AnnotatorStandingOutput(Base):
    """An annotator with its coverage: the share of all comparisons that it decided overall."""

    id = serializers.IntegerField(source="annotator.pk")
    name = serializers.CharField(source="annotator.name")
    kind = serializers.ChoiceField(source="annotator.kind", choices=Annotator.Kind.choices)
    simulated = serializers.BooleanField(source="annotator.simulated")
    coverage = RateOutput()
    verdicts = serializers.IntegerField()
    judging = JudgingOutput(allow_null=True)
    checkpoint = ServedCheckpointOutput(allow_null=True)


class AnnotatorListOutput(Base):
    """Everybody who judges in an audit, and the number of the last event that is in this."""

    annotators = AnnotatorStandingOutput(many=True)
    seq = serializers.IntegerField()


class ForecastOutput(Base):
    """What a judge would take; ``basis`` says whether that was measured, probed or assumed, ``n`` on what."""

    comparisons = serializers.IntegerField()
    requests = serializers.IntegerField()
    prompt_tokens = serializers.IntegerField()
    completion_tokens = serializers.IntegerField()
    minutes = serializers.FloatField()
    cost = serializers.FloatField(allow_null=True)
    basis = serializers.ChoiceField(choices=["measured", "probed", "assumed"])
    n = serializers.IntegerField()
    model = serializers.CharField()
    host = serializers.CharField(allow_blank=True)
    temperature = serializers.FloatField()


class ReplyOutput(Base):
    """One answer as it came, and how it was read; ``replaced`` where it was asked once more."""

    id = serializers.IntegerField(source="pk")
    comparison = serializers.UUIDField(source="comparison.pk")
    external_id = serializers.CharField(source="comparison.external_id")
    principle = serializers.CharField(source="principle.title", allow_null=True, default=None)
    part = serializers.CharField()
    order = serializers.CharField(source="numbers.order", allow_null=True, default=None)
    answer = serializers.ChoiceField(choices=Verdict.Answer.choices, allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    replaced = serializers.BooleanField(source="is_replaced")
    seconds = serializers.FloatField()
    prompt_tokens = serializers.IntegerField()
    completion_tokens = serializers.IntegerField()


class AnnotatorsView(AuditView):
    """People and algorithms that judge."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(operation_id="annotators", responses={200: AnnotatorListOutput, **READS})
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List them, with how far each algorithm is."""
        seq = last_seq(stream=f"{audits.stream_of(audit=self.audit)}/annotators")
        rows = selectors.standings(audit=self.audit)
        return Response(AnnotatorListOutput({"annotators": rows, "seq": seq}).data)

    @extend_schema(
        operation_id="add_annotator",
        request=inputs.AnnotatorInput,
        responses={202: JobStartedOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Have a checkpoint judge the held-out pairs, a null all, or a language model what is asked."""
        given = inputs.AnnotatorInput(data=request.data)
        given.is_valid(raise_exception=True)
        job = self._add(given.validated_data, request)
        return Response(JobStartedOutput({"job": str(job.pk)}).data, status=202)

    def _add(self, data: dict[str, Any], request: Request) -> Job:
        by = person(request)
        if "judge" in data:
            judge = judgings.Judge(**data["judge"])
            return judgings.add_judge(audit=self.audit, judge=judge, created_by=by)
        if "implicit_reward" in data:
            chosen = data["implicit_reward"]
            return judgings.add_implicit_reward(
                audit=self.audit,
                policy_id=chosen["policy"],
                reference_id=chosen["reference"],
                beta=chosen["beta"],
                limit=chosen["limit"],
                reason=chosen["reason"],
                created_by=by,
            )
        if "checkpoint" in data:
            return annotators.add_checkpoint(
                audit=self.audit,
                checkpoint_id=data["checkpoint"],
                created_by=by,
                reason=data.get("reason", ""),
            )
        return annotators.add_null(audit=self.audit, null=data["null"], created_by=by)


class ForecastView(AuditView):
    """What a judge would take."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="forecast_judge",
        request=inputs.JudgeInput,
        responses={200: ForecastOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer requests, tokens, minutes and cost; nothing is begun."""
        given = inputs.JudgeInput(data=request.data)
        given.is_valid(raise_exception=True)
        judge = judgings.Judge(**given.validated_data)
        found = judgings.foresee(audit=self.audit, judge=judge)
        model = judgings.model_of(study=self.study, language_model_id=judge.language_model)
        temperature = judgings.temperature_of(judge=judge, model=model)
        said = {"model": model.title, "host": model.host, "temperature": temperature}
        return Response(ForecastOutput(found.__dict__ | said).data, status=200)


class OneAlgorithmView(AuditView):
    """Base of the endpoints of one algorithm that judges."""

    judging: Judging

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the algorithm in the audit."""
        super().initial(request, *args, **kwargs)
        self.judging = selectors.judging(audit=self.audit, annotator_id=kwargs["annotator_id"])


class PauseView(OneAlgorithmView):
    """A pause of an algorithm."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="pause_annotator",
        request=None,
        responses={202: JudgingOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int, annotator_id: int) -> Response:
        """Ask it to stop; what it said is kept."""
        judgings.pause(judging=self.judging, by=person(request))
        return Response(JudgingOutput(self.judging).data, status=202)


class ResumeView(OneAlgorithmView):
    """The end of a pause."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="resume_annotator",
        request=None,
        responses={202: JudgingOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int, annotator_id: int) -> Response:
        """Let it go on with what it has not judged."""
        judgings.resume(judging=self.judging, by=person(request))
        return Response(JudgingOutput(self.judging).data, status=202)


class AskAgainView(OneAlgorithmView):
    """Asking once more what could not be read."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="ask_annotator_again",
        request=None,
        responses={202: JudgingOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int, annotator_id: int) -> Response:
        """Let it answer once more what could not be read; what was read is never asked again."""
        judgings.ask_again(judging=self.judging, by=person(request))
        return Response(JudgingOutput(self.judging).data, status=202)


class RepliesView(OneAlgorithmView):
    """What a model answered."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="annotator_replies",
        parameters=[inputs.RepliesInput],
        responses={200: ReplyOutput(many=True), 400: ErrorEnvelope, **READS},
    )
    def get(self, request: Request, slug: str, audit_id: int, annotator_id: int) -> Response:
        """List the newest 50 answers as they came, or those that were read as one answer."""
        given = inputs.RepliesInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        rows = selectors.replies(judging=self.judging, answer=given.validated_data["answer"])
        return Response(ReplyOutput(rows, many=True).data)
