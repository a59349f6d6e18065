"""What the measures of an audit answer."""

from rest_framework import serializers

from apps.discretion.models import Annotator
from apps.discretion.rest.outputs import (
    AlphaOutput,
    Base,
    CategoryRateOutput,
    DiscrepancyOutput,
    RateOutput,
)

KINDS = [*Annotator.Kind.choices, ("people", "people together")]


class PriorityOutput(Base):
    """A principle's weight; null with a note where it is infinite or unranked."""

    principle = serializers.CharField()
    weight = serializers.FloatField(allow_null=True)
    games = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    rank = serializers.IntegerField()
    rank_low = serializers.IntegerField()
    rank_high = serializers.IntegerField()


class ActiveOutput(Base):
    """Arbitrariness where ``least`` to ``most`` principles speak; null: no end."""

    least = serializers.IntegerField()
    most = serializers.IntegerField(allow_null=True)
    rate = RateOutput()


class ConfusionOutput(Base):
    """What annotator (rows) and reference (columns) said of a pair: A, neither, B; and how often those who
    decide agree.
    """

    counts = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    agreement = RateOutput()


class AnnotatorMeasuresOutput(Base):
    """Everything measured about one annotator."""

    id = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    simulated = serializers.BooleanField()
    coverage = RateOutput()
    da = RateOutput()
    dd = DiscrepancyOutput()
    priorities = PriorityOutput(many=True)
    by_active = ActiveOutput(many=True)
    confusion = ConfusionOutput()


class SupremacyOutput(RateOutput):
    """How often an annotator sides with one principle against another where they clash."""

    annotator = serializers.CharField()
    principle = serializers.CharField()
    over = serializers.CharField()
    sparse = serializers.BooleanField()


class MovedFigureOutput(RateOutput):
    """A figure without a principle, and by how much it moves with the interval of that; null where one of
    the two is not defined.
    """

    by = serializers.FloatField(allow_null=True)
    by_low = serializers.FloatField(allow_null=True)
    by_high = serializers.FloatField(allow_null=True)


class WithoutOutput(Base):
    """One annotator's figures without a principle."""

    annotator = serializers.CharField()
    da = MovedFigureOutput()
    dd = MovedFigureOutput()


class WithoutPrincipleOutput(Base):
    """The figures without one principle."""

    principle = serializers.CharField()
    consensus = MovedFigureOutput()
    conflict = MovedFigureOutput()
    indifference = MovedFigureOutput()
    annotators = WithoutOutput(many=True)


class LeaveOneOutOutput(Base):
    """The figures without each principle in turn; none where there is but one. ``matrix`` says whose."""

    rows = WithoutPrincipleOutput(many=True)


class PositionOutput(Base):
    """Position bias: the share of decisions for the response shown first, and of votes that turned with the
    order; ``one_order`` where each pair was shown in one order only.
    """

    first = RateOutput()
    one_order = serializers.BooleanField()
    turned = RateOutput()


class PrincipleKappaOutput(Base):
    """Cohen's kappa by one principle."""

    principle = serializers.CharField()
    kappa = AlphaOutput()


class OracleOutput(Base):
    """An algorithm that voted by principle, audited beside the people."""

    id = serializers.CharField()
    name = serializers.CharField()
    sampled = serializers.IntegerField()
    votes = serializers.IntegerField()
    kappa = AlphaOutput()
    by_principle = PrincipleKappaOutput(many=True)
    position = PositionOutput()
    sentence = serializers.CharField()
    brief = serializers.CharField()


class BasisOutput(Base):
    """Whose votes stand for the principles: those that do now, and those that could; ``oracles`` of these
    audited; ``sentence``, and ``brief`` that stands beside every figure, are empty where people judged.
    """

    voters = serializers.ListField(child=serializers.CharField())
    offered = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    oracles = OracleOutput(many=True)
    sentence = serializers.CharField(allow_blank=True)
    brief = serializers.CharField(allow_blank=True)


class WeightsOutput(Base):
    """The moral graph's weights: whether there are any, how many clashes they settled (null: off), and how
    many of the votes that they are made of were withdrawn since.
    """

    available = serializers.BooleanField()
    settled = serializers.IntegerField(allow_null=True)
    withdrawn = serializers.IntegerField()


class AgreementOutput(Base):
    """How far people agree overall."""

    alpha_nominal = AlphaOutput()
    alpha_ordinal = AlphaOutput()
    unanimous = RateOutput()


class CategoriesOutput(Base):
    """The three categories."""

    consensus = CategoryRateOutput()
    conflict = CategoryRateOutput()
    indifference = CategoryRateOutput()


class ReferenceOutput(Base):
    """Whom the others are compared with."""

    id = serializers.CharField()
    name = serializers.CharField()


class FigureOutput(Base):
    """A Plotly figure; the layout's title states the finding and ``meta.summary`` says it in one sentence."""

    data = serializers.ListField(child=serializers.DictField())  # type: ignore[assignment]
    layout = serializers.DictField()


class BetweenOutput(Base):
    """Discrepancy of everybody to everybody, in the order of ``annotators``; null where it is not defined."""

    annotators = ReferenceOutput(many=True)
    values = serializers.ListField(child=serializers.ListField(child=serializers.FloatField(allow_null=True)))


class MeasuresOutput(Base):
    """The measures of an audit; ``rule`` and ``version`` say what made them, ``data_hash`` of what;
    ``finding`` is what the audit found, in one paragraph.
    """

    rule = serializers.CharField()
    version = serializers.CharField()
    data_hash = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField())
    principles = ReferenceOutput(many=True)
    between = BetweenOutput()
    comparisons = serializers.IntegerField()
    judged_by_principle = serializers.IntegerField()
    agreement = AgreementOutput()
    categories = CategoriesOutput()
    annotators = AnnotatorMeasuresOutput(many=True)
    nulls = AnnotatorMeasuresOutput(many=True)
    reference = ReferenceOutput()
    supremacy = SupremacyOutput(many=True)
    basis = BasisOutput()
    weights = WeightsOutput()
    withdrawn = serializers.IntegerField()
    finding = serializers.CharField()
    figures = serializers.DictField(child=FigureOutput())
    sentences = serializers.ListField(child=serializers.CharField())
    seq = serializers.IntegerField()
