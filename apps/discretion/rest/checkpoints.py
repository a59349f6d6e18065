"""What audits say of a checkpoint."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.rest.outputs import AuditRowOutput, Base, DiscrepancyOutput, RateOutput
from apps.discretion.selectors import standings
from apps.discretion.services import judging
from apps.models import selectors as models_selectors
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope


class MoreArbitraryOutput(Base):
    """A difference of two shares on the same pairs, and the smallest that would be noticed at this n."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()
    n = serializers.IntegerField()
    groups = serializers.IntegerField()
    noticeable = serializers.FloatField(allow_null=True)
    detected = serializers.BooleanField()


class InOnesPlaceOutput(Base):
    """The checkpoint in the place of each person: who says oftener what the other people say together."""

    people = serializers.IntegerField()
    person = RateOutput()
    checkpoint = RateOutput()
    gap = MoreArbitraryOutput()


class StandingBesidePeopleOutput(Base):
    """DA and DD of a checkpoint beside people's and two nulls', on the pairs that it judged."""

    pairs = serializers.IntegerField()
    principles = serializers.IntegerField()
    coverage = RateOutput()
    agreement = RateOutput()
    arbitrariness = RateOutput()
    of_people = RateOutput()
    of_longer = RateOutput()
    of_coin = RateOutput()
    more_arbitrary = MoreArbitraryOutput()
    discrepancy = DiscrepancyOutput()
    in_ones_place = InOnesPlaceOutput()
    within_floor = serializers.BooleanField(allow_null=True)


class JoinedAuditOutput(Base):
    """An audit that a checkpoint is an annotator of; no standing where nothing can be said yet."""

    audit = AuditRowOutput(source="annotator.audit")
    annotator = serializers.IntegerField(source="annotator.pk")
    name = serializers.CharField(source="annotator.name")
    standing = StandingBesidePeopleOutput(allow_null=True)
    recorded = serializers.CharField(
        allow_blank=True, help_text="The day of the figures that the rule and the card read; '' for none."
    )
    is_recorded = serializers.BooleanField(help_text="Whether those are still the figures of now.")


class RecordStandingInput(serializers.Serializer[Any]):
    """The audit whose figures the rule and the card are to read."""

    annotator = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class JoinedAuditsView(StudyView):
    """The audits that a checkpoint judged in."""

    capabilities = {"GET": Capability.READ, "POST": Capability.TRAIN}

    @extend_schema(
        operation_id="checkpoint_audits",
        responses={200: JoinedAuditOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Answer its arbitrariness and discrepancy beside people's, as the verdicts are now."""
        return Response(self._rows(checkpoint_id))

    @extend_schema(
        operation_id="record_standing",
        request=RecordStandingInput,
        responses={
            200: JoinedAuditOutput(many=True), 400: ErrorEnvelope, 403: ErrorEnvelope, 404: ErrorEnvelope,
        },
    )  # fmt: skip
    def post(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Let the rule and the card read the figures of now."""
        given = RecordStandingInput(data=request.data)
        given.is_valid(raise_exception=True)
        found = models_selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        judging.record_anew(
            study=self.study,
            checkpoint_id=found.pk,
            annotator_id=given.validated_data["annotator"],
            by=person(request),
        )
        return Response(self._rows(checkpoint_id))

    def _rows(self, checkpoint_id: UUID) -> Any:
        found = models_selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        rows = standings.joined(study=self.study, checkpoint_id=found.pk)
        return JoinedAuditOutput(rows, many=True).data
