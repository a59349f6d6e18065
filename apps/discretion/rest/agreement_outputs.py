"""What the endpoints answer about agreement, oracles, the course of time and what a distance is made of."""

from rest_framework import serializers

from apps.discretion.rest.measures_outputs import KINDS, FigureOutput, PrincipleKappaOutput, ReferenceOutput
from apps.discretion.rest.outputs import AlphaOutput, Base, RateOutput


class AlphasOutput(Base):
    """Alpha, and the mean kappa of every two people, of one part of what people said; ``id`` is a
    principle's, a group's, annotators' with commas between them, or empty for all.
    """

    id = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    nominal = AlphaOutput()
    ordinal = AlphaOutput()
    kappa = AlphaOutput()


class RaterOutput(ReferenceOutput):
    """Who or what judged."""

    kind = serializers.ChoiceField(choices=KINDS)


class GroupKappaOutput(Base):
    """Cohen's kappa within one group of comparisons."""

    group = serializers.CharField()
    kappa = AlphaOutput()


class BesideOutput(Base):
    """An annotator beside the other people: kappa, overall, by principle and by group; alpha of the people
    without.
    """

    rater = RaterOutput()
    kappa = AlphaOutput()
    by_principle = PrincipleKappaOutput(many=True)
    by_group = GroupKappaOutput(many=True)
    without = AlphaOutput(allow_null=True)


class AgreementTablesOutput(Base):
    """How far people agree, in all parts."""

    overall = AlphasOutput()
    principles = AlphasOutput(many=True)
    groups = AlphasOutput(many=True)
    circles = AlphasOutput(many=True)
    annotators = BesideOutput(many=True)


class PartOutput(Base):
    """The items from ``first`` to ``last`` (null: to the end): the shares that are followed, by name, and the
    median time of an item.
    """

    first = serializers.IntegerField()
    last = serializers.IntegerField(allow_null=True)
    n = serializers.IntegerField()
    shares = serializers.DictField(child=RateOutput())
    seconds = RateOutput()


class TrendOutput(Base):
    """From an earlier part to a later one, each with its n, and the interval of the difference; ``few``:
    too few items to say anything; ``clear``: chance alone hardly makes it.
    """

    early = serializers.FloatField(allow_null=True)
    late = serializers.FloatField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    early_n = serializers.IntegerField()
    late_n = serializers.IntegerField()
    few = serializers.BooleanField()
    clear = serializers.BooleanField()


class TrackOutput(Base):
    """What is followed: over all items, and within a sitting."""

    name = serializers.CharField()
    learning = TrendOutput()
    fatigue = TrendOutput()


class TrackNameOutput(Base):
    """What is followed, and how it is called."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class CourseOutput(Base):
    """How one annotator went along in time."""

    rater = RaterOutput()
    judged = serializers.IntegerField()
    sessions = serializers.IntegerField()
    stretches = PartOutput(many=True)
    positions = PartOutput(many=True)
    tracks = TrackOutput(many=True)
    sentence = serializers.CharField()


class CoursesOutput(Base):
    """Everybody who judged here; ``untimed`` names those whose verdicts came without times; ``figures`` by
    what is followed, a dot, and ``learning`` or ``fatigue``.
    """

    tracks = TrackNameOutput(many=True)
    courses = CourseOutput(many=True)
    untimed = serializers.ListField(child=serializers.CharField())
    figures = serializers.DictField(child=FigureOutput())


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
