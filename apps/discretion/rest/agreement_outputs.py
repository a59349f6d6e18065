"""What the endpoints answer about agreement, oracles, the course of time and what a distance is made of."""

from rest_framework import serializers

from apps.discretion.rest.measures_outputs import KINDS, FigureOutput, PrincipleKappaOutput, ReferenceOutput
from apps.discretion.rest.outputs import AlphaOutput, Base, RateOutput


class AlphasOutput(Base):
    """Alpha of one part of what people said; ``id`` is a principle's, a group's, or empty for all."""

    id = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    nominal = AlphaOutput()
    ordinal = AlphaOutput()


class RaterOutput(ReferenceOutput):
    """Who or what judged."""

    kind = serializers.ChoiceField(choices=KINDS)


class BesideOutput(Base):
    """An annotator beside the other people: kappa, overall and by principle; alpha of the people without."""

    rater = RaterOutput()
    kappa = AlphaOutput()
    by_principle = PrincipleKappaOutput(many=True)
    without = AlphaOutput(allow_null=True)


class AgreementTablesOutput(Base):
    """How far people agree, in all parts."""

    overall = AlphasOutput()
    principles = AlphasOutput(many=True)
    groups = AlphasOutput(many=True)
    annotators = BesideOutput(many=True)


class PartOutput(Base):
    """The items from ``first`` to ``last`` (null: to the end); ``seconds`` is the median of an item."""

    first = serializers.IntegerField()
    last = serializers.IntegerField(allow_null=True)
    n = serializers.IntegerField()
    consistent = RateOutput()
    agrees = RateOutput()
    seconds = serializers.FloatField(allow_null=True)


class TrendOutput(Base):
    """From an earlier part to a later one, with the interval of the difference."""

    early = serializers.FloatField(allow_null=True)
    late = serializers.FloatField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class CourseOutput(Base):
    """How one annotator went along in time."""

    rater = RaterOutput()
    judged = serializers.IntegerField()
    sessions = serializers.IntegerField()
    stretches = PartOutput(many=True)
    positions = PartOutput(many=True)
    drift = TrendOutput()
    consistency = TrendOutput()
    learning = TrendOutput()
    fatigue = TrendOutput()
    sentence = serializers.CharField()


class CoursesOutput(Base):
    """Everybody who judged here; ``untimed`` names those whose verdicts came without times."""

    courses = CourseOutput(many=True)
    untimed = serializers.ListField(child=serializers.CharField())
    figure = FigureOutput()


class ReversalOutput(Base):
    """Two principles that the two order the other way round; ``apart`` clashes decided differently."""

    principle = serializers.CharField()
    over = serializers.CharField()
    ranks = serializers.ListField(child=serializers.IntegerField())
    other_ranks = serializers.ListField(child=serializers.IntegerField())
    sided = RateOutput()
    other_sided = RateOutput()
    apart = serializers.IntegerField()


class DistanceOutput(Base):
    """What a discrepancy is made of."""

    annotator = ReferenceOutput()
    other = ReferenceOutput()
    pairs_of_principles = serializers.IntegerField()
    reversals = ReversalOutput(many=True)
