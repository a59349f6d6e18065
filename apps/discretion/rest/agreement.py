"""Agreement in its parts, everybody's course through time, and what a discrepancy is made of."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.rest import agreement_outputs, inputs
from apps.discretion.rest.agreement_shapes import shape_agreement, shape_courses, shape_distance
from apps.discretion.rest.audits import REFUSALS, AuditView
from apps.shared.access import Capability


class AgreementView(AuditView):
    """How far people agree."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="agreement",
        parameters=[inputs.ChoiceInput],
        responses={200: agreement_outputs.AgreementTablesOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer alpha and kappa by principle, annotator and group."""
        given = inputs.ChoiceInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        shaped = shape_agreement(audit=self.audit, choice=given.choice)
        return Response(agreement_outputs.AgreementTablesOutput(shaped).data)


class CoursesView(AuditView):
    """How annotators went along in time."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="courses",
        parameters=[inputs.MeasuresInput],
        responses={200: agreement_outputs.CoursesOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """Answer learning and fatigue of everybody who judged here."""
        given = inputs.MeasuresInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        shaped = shape_courses(audit=self.audit, choice=given.choice, controls=given.controls)
        return Response(agreement_outputs.CoursesOutput(shaped).data)


class DistanceView(AuditView):
    """What the discrepancy of two annotators is made of."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="distance",
        parameters=[inputs.DistanceInput],
        responses={200: agreement_outputs.DistanceOutput, **REFUSALS},
    )
    def get(self, request: Request, slug: str, audit_id: int) -> Response:
        """List the principles that the two order the other way round."""
        given = inputs.DistanceInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        names = (given.validated_data["annotator"], given.validated_data["other"])
        shaped = shape_distance(audit=self.audit, choice=given.choice, names=names)
        return Response(agreement_outputs.DistanceOutput(shaped).data)
