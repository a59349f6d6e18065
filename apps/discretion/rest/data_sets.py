"""Data sets made from an audit, and whose judgements they can be made of."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.rest import inputs, outputs
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.discretion.selectors import groups
from apps.discretion.services import data_sets
from apps.shared.access import Capability, person
from apps.shared.rest import ErrorEnvelope

Base = serializers.Serializer[Any]


class HeardGroupOutput(Base):
    """Some people who can be heard alone."""

    name = serializers.CharField()
    people = serializers.IntegerField()
    vars()["label"] = serializers.CharField()


class HeardByOutput(Base):
    """By what people can be grouped."""

    by = serializers.CharField()
    groups = HeardGroupOutput(many=True)
    vars()["label"] = serializers.CharField()


class MayBeHeardOutput(Base):
    """Whose judgements targets can be made of: groups of voters for the moral graph, of annotators else."""

    voters = HeardByOutput(many=True)
    annotators = HeardByOutput(many=True)


class DataSetPairOutput(Base):
    """Two data sets that were frozen."""

    first = outputs.DataSetBuiltOutput()
    second = outputs.DataSetBuiltOutput()


class DataSetsView(AuditView):
    """Data sets made from an audit."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="build_data_set",
        request=inputs.DataSetInput,
        responses={201: outputs.DataSetBuiltOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Freeze a data set."""
        given = inputs.DataSetInput(data=request.data)
        given.is_valid(raise_exception=True)
        built = data_sets.build(
            audit=self.audit, asked=given.asked(), manner=given.manner(), created_by=person(request)
        )
        return Response(outputs.DataSetBuiltOutput(built).data, status=201)


class DataSetPairView(AuditView):
    """Two data sets that differ in whose judgements they are made of."""

    capabilities = {"POST": Capability.WRITE}

    @extend_schema(
        operation_id="build_data_set_pair",
        request=inputs.DataSetPairInput,
        responses={201: DataSetPairOutput, 409: ErrorEnvelope, **REFUSALS},
    )
    def post(self, request: Request, slug: str, audit_id: int) -> Response:
        """Freeze a data set of either group, of the same comparisons."""
        given = inputs.DataSetPairInput(data=request.data)
        given.is_valid(raise_exception=True)
        first, second = data_sets.build_two(
            audit=self.audit,
            asked=given.asked(),
            groups=(given.validated_data["group"], given.validated_data["second"]),
            manner=given.manner(),
            created_by=person(request),
        )
        return Response(DataSetPairOutput({"first": first, "second": second}).data, status=201)


class MayBeHeardView(AuditView):
    """Whose judgements a data set can be made of."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="may_be_heard",
        responses={200: MayBeHeardOutput, 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer the groups of voters who agreed to training, and of annotators."""
        return Response(MayBeHeardOutput(groups.may_be_heard(audit=self.audit)).data)
