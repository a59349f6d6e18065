"""What audits say of a checkpoint."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discretion.rest.outputs import AuditRowOutput, Base, DiscrepancyOutput, RateOutput
from apps.discretion.selectors import standings
from apps.models import selectors as models_selectors
from apps.shared.access import Capability, StudyView
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
    within_floor = serializers.BooleanField(allow_null=True)


class JoinedAuditOutput(Base):
    """An audit that a checkpoint is an annotator of; no standing where nothing can be said yet."""

    audit = AuditRowOutput(source="annotator.audit")
    annotator = serializers.IntegerField(source="annotator.pk")
    name = serializers.CharField(source="annotator.name")
    standing = StandingBesidePeopleOutput(allow_null=True)


class JoinedAuditsView(StudyView):
    """The audits that a checkpoint judged in."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="checkpoint_audits",
        responses={200: JoinedAuditOutput(many=True), 403: ErrorEnvelope, 404: ErrorEnvelope},
    )
    def get(self, request: Request, slug: str, checkpoint_id: UUID) -> Response:
        """Answer its arbitrariness and discrepancy beside people's, as the verdicts are now."""
        found = models_selectors.checkpoint(study=self.study, checkpoint_id=checkpoint_id)
        rows = standings.joined(study=self.study, checkpoint_id=found.pk)
        return Response(JoinedAuditOutput(rows, many=True).data)
