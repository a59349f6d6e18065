"""Batches, pairs with a known answer, and how people annotate."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.models import Batch, Probe
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.rest.outputs import RateOutput
from apps.discretion.selectors import batches as selectors
from apps.discretion.selectors import quality
from apps.discretion.services import batches, probes
from apps.shared.access import LARGEST_ID, Capability, person
from apps.shared.rest import ErrorEnvelope

Base = serializers.Serializer[Any]


class BatchInput(Base):
    """A new batch; ``people`` are accounts, ``size`` 0 means all comparisons."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=Batch.Kind.choices, default=Batch.Kind.WORK)
    strategy = serializers.ChoiceField(choices=Batch.Strategy.choices, default=Batch.Strategy.RANDOM)
    overlap = serializers.IntegerField(required=False, default=2, min_value=1, max_value=100)
    size = serializers.IntegerField(required=False, default=0, min_value=0, max_value=1_000_000)
    people = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), min_length=1, max_length=500
    )
    probes = serializers.IntegerField(required=False, default=0, min_value=0, max_value=200)
    threshold = serializers.FloatField(required=False, default=0.0, min_value=0, max_value=1)
    training = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=1, max_value=LARGEST_ID
    )


class BatchPersonOutput(Base):
    """How one person stands in a batch; ``below`` marks, and leaves nobody out."""

    id = serializers.IntegerField(source="member.pk")
    name = serializers.CharField(source="member.annotator.name")
    simulated = serializers.BooleanField(source="member.annotator.simulated")
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    known = RateOutput()
    attention = RateOutput()
    below = serializers.BooleanField()
    passed = serializers.BooleanField()
    locked = serializers.BooleanField()
    attempt = serializers.IntegerField(source="member.attempt")
    admitted_because = serializers.CharField(source="member.admitted_because", allow_blank=True)


class BatchOutput(Base):
    """A batch with its fill and its people."""

    id = serializers.IntegerField(source="batch.pk")
    title = serializers.CharField(source="batch.title")
    kind = serializers.ChoiceField(choices=Batch.Kind.choices, source="batch.kind")
    strategy = serializers.ChoiceField(choices=Batch.Strategy.choices, source="batch.strategy")
    overlap = serializers.IntegerField(source="batch.overlap")
    threshold = serializers.FloatField(source="batch.threshold")
    training = serializers.CharField(source="batch.training.title", allow_null=True, default=None)
    created_at = serializers.DateTimeField(source="batch.created_at")
    closed_at = serializers.DateTimeField(source="batch.closed_at", allow_null=True)
    pairs = serializers.IntegerField()
    full = serializers.IntegerField()
    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    set_aside = serializers.IntegerField()
    people = BatchPersonOutput(many=True)


class AccountOutput(Base):
    """A member who may annotate."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="get_username")


class BatchesOutput(Base):
    """The batches of an audit, the newest first, and who could take part in one."""

    batches = BatchOutput(many=True)
    people = AccountOutput(many=True)


class BatchStartedOutput(Base):
    """A batch that was begun or ended."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()


class HandOverOutput(Base):
    """How many pairs others took over."""

    moved = serializers.IntegerField()


class AdmissionInput(Base):
    """Why somebody may work who has not passed."""

    because = serializers.CharField(max_length=1000)


class ProbeInput(Base):
    """A pair with a known answer: a comparison of the audit, or one in words of its own."""

    kind = serializers.ChoiceField(choices=Probe.Kind.choices)
    expected = serializers.ChoiceField(choices=probes.EXPECTED)
    explanation = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)
    comparison = serializers.UUIDField(required=False, default=None, allow_null=True)
    prompt = serializers.CharField(required=False, default="", allow_blank=True, max_length=20_000)
    response_a = serializers.CharField(required=False, default="", allow_blank=True, max_length=20_000)
    response_b = serializers.CharField(required=False, default="", allow_blank=True, max_length=20_000)


class ProbeOutput(serializers.ModelSerializer[Probe]):
    """A pair with a known answer."""

    from_comparison = serializers.CharField(source="comparison.external_id", allow_null=True, default=None)

    class Meta:
        model = Probe
        fields = [
            "id", "kind", "prompt", "response_a", "response_b", "expected", "explanation", "from_comparison",
        ]  # fmt: skip


class QualityOutput(Base):
    """How somebody annotates; everybody together has no name."""

    name = serializers.CharField(allow_blank=True)
    simulated = serializers.BooleanField()
    judged = serializers.IntegerField()
    known = RateOutput()
    attention = RateOutput()
    consistent = RateOutput()
    turned = RateOutput()
    left = RateOutput()
    against_own = serializers.IntegerField()
    outdated = serializers.IntegerField()
    why = serializers.DictField(child=serializers.IntegerField())
    seconds = serializers.FloatField(allow_null=True)


class BatchesView(AuditView):
    """The batches of an audit."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="batches", responses={200: BatchesOutput, 403: ErrorEnvelope, 404: ErrorEnvelope}
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the batches with their fill."""
        found = {
            "batches": selectors.fills(audit=self.audit),
            "people": selectors.people(study=self.study),
        }
        return Response(BatchesOutput(found).data)

    @extend_schema(
        operation_id="begin_batch",
        request=BatchInput,
        responses={201: BatchStartedOutput, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Begin a batch and deal it out."""
        given = BatchInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        plan = batches.Plan(people=tuple(data.pop("people")), **data)
        batch = batches.begin(audit=self.audit, plan=plan, created_by=person(request))
        return Response(BatchStartedOutput(batch).data, status=201)


class BatchView(AuditView):
    """One batch."""

    capabilities = {"DELETE": Capability.WRITE}

    @extend_schema(
        operation_id="close_batch",
        responses={200: BatchStartedOutput, 403: ErrorEnvelope, 404: ErrorEnvelope, 409: ErrorEnvelope},
    )
    def delete(self, request: Request, slug: str, audit_id: int, batch_id: int) -> Response:
        """End a batch; what was judged stays."""
        return Response(BatchStartedOutput(batches.close(audit=self.audit, batch_id=batch_id)).data)


class HandOverView(AuditView):
    """Work that goes to others."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="hand_over",
        request=None,
        responses={200: HandOverOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int, batch_id: int, member_id: int) -> Response:
        """Give what somebody has not judged to the others of the batch."""
        moved = batches.hand_over(
            audit=self.audit, batch_id=batch_id, member_id=member_id, actor=person(request)
        )
        return Response(HandOverOutput({"moved": moved}).data)


class AdmissionView(AuditView):
    """Letting somebody work who has not passed."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(operation_id="admit", request=AdmissionInput, responses={204: None, **REFUSALS})
    def post(self, request: Request, slug: str, audit_id: int, batch_id: int, member_id: int) -> Response:
        """Let the person in, with the reason."""
        given = AdmissionInput(data=request.data)
        given.is_valid(raise_exception=True)
        batches.admit(
            audit=self.audit,
            batch_id=batch_id,
            member_id=member_id,
            actor=person(request),
            **given.validated_data,
        )
        return Response(status=204)


class ProbesView(AuditView):
    """Pairs with a known answer."""

    capabilities = {"GET": Capability.READ, "POST": Capability.WRITE}

    @extend_schema(
        operation_id="probes",
        responses={200: ProbeOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List those in use."""
        rows = selectors.probes(audit=self.audit).select_related("comparison")
        return Response(ProbeOutput(rows, many=True).data)

    @extend_schema(
        operation_id="add_probe",
        request=ProbeInput,
        responses={201: ProbeOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Add one."""
        given = ProbeInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        texts = probes.Texts(data.pop("prompt"), data.pop("response_a"), data.pop("response_b"))
        row = probes.add(
            audit=self.audit,
            texts=texts,
            comparison_id=data.pop("comparison"),
            created_by=person(request),
            **data,
        )
        return Response(ProbeOutput(row).data, status=201)


class ProbeView(AuditView):
    """One pair with a known answer."""

    capabilities = {"DELETE": Capability.WRITE}

    @extend_schema(operation_id="retire_probe", responses={204: None, 403: ErrorEnvelope, 404: ErrorEnvelope})
    def delete(self, request: Request, slug: str, audit_id: int, probe_id: uuid.UUID) -> Response:
        """Take it out of future batches."""
        probes.retire(audit=self.audit, probe_id=probe_id)
        return Response(status=204)


class QualityView(AuditView):
    """How people annotate."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="annotation_quality",
        responses={200: QualityOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List everybody together, then each person; nobody is left out of a measure because of it."""
        return Response(QualityOutput(quality.quality(audit=self.audit), many=True).data)
