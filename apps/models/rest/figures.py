"""What suites found about checkpoints, as the endpoints answer it."""

from typing import Any

from rest_framework import serializers


class ShareWithIntervalOutput(serializers.Serializer[Any]):
    """A share with its interval and n."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()
    n = serializers.IntegerField()


class GapOutput(serializers.Serializer[Any]):
    """A difference of two shares on the same pairs, and the smallest that would be noticed at this n."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()
    n = serializers.IntegerField()
    groups = serializers.IntegerField()
    noticeable = serializers.FloatField(allow_null=True)
    detected = serializers.BooleanField()
    exact = serializers.BooleanField(required=False)


class BinOutput(serializers.Serializer[Any]):
    """Pairs about which a checkpoint was about as sure."""

    low = serializers.FloatField()
    high = serializers.FloatField()
    said = serializers.FloatField()
    right = ShareWithIntervalOutput()


class CalibrationOutput(serializers.Serializer[Any]):
    """Whether a checkpoint is as often right as it is sure."""

    error = serializers.FloatField(allow_null=True)
    brier = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    bins = BinOutput(many=True)


class SidesOutput(serializers.Serializer[Any]):
    """How often a checkpoint and the target are on a side."""

    model = ShareWithIntervalOutput()
    target = ShareWithIntervalOutput()


class LengthOutput(SidesOutput):
    """How often checkpoint and target prefer the longer response, and the difference."""

    gap = GapOutput(required=False)


class BesideBaseOutput(serializers.Serializer[Any]):
    """What a checkpoint was trained from, on the same pairs: by what it judges, and the difference."""

    accuracy = ShareWithIntervalOutput()
    gap = GapOutput()
    by = serializers.CharField()


class LuckOutput(serializers.Serializer[Any]):
    """How right heads on the same encoder come to be that were taught tossed targets; of language models it
    does not apply.
    """

    applies = serializers.BooleanField()
    heads = serializers.IntegerField(required=False)
    mean = serializers.FloatField(required=False)
    low = serializers.FloatField(required=False)
    high = serializers.FloatField(required=False)
    as_right = serializers.IntegerField(required=False)
    p = serializers.FloatField(required=False)
    noticeable = serializers.FloatField(required=False)
    prompts = serializers.IntegerField(required=False)
    trained_on = serializers.IntegerField(required=False)
    n = serializers.IntegerField(required=False)
    detected = serializers.BooleanField(required=False)


class BeforeAndAfterOutput(serializers.Serializer[Any]):
    """How often a policy's base and the policy would rather write what the target prefers."""

    before = ShareWithIntervalOutput()
    after = ShareWithIntervalOutput()
    gap = GapOutput()


class ByPlaceOutput(serializers.Serializer[Any]):
    """How often the order of the responses decides, and how often for the first."""

    decided = ShareWithIntervalOutput()
    first = ShareWithIntervalOutput()


class PositionBiasOutput(serializers.Serializer[Any]):
    """Position bias of a checkpoint and its base; where responses are scored one by one it does not apply."""

    applies = serializers.BooleanField()
    model = ByPlaceOutput(required=False)
    base = ByPlaceOutput(required=False)
    gap = GapOutput(required=False)
    left_out = serializers.IntegerField(required=False)


class BothRightOutput(serializers.Serializer[Any]):
    """How often checkpoint and base are right on the same pairs."""

    model = ShareWithIntervalOutput()
    base = ShareWithIntervalOutput()


class ControlOutput(BothRightOutput):
    """What training cost on pairs that have nothing to do with the values; no data set: the project's own."""

    set = serializers.CharField()
    data_set = serializers.UUIDField(allow_null=True)
    n = serializers.IntegerField()
    left_out = serializers.IntegerField()
    change = GapOutput()
    by_kind = serializers.DictField(child=BothRightOutput())
    model_by = serializers.CharField()
    base_by = serializers.CharField()


class HeldOutOutput(serializers.Serializer[Any]):
    """Held-out accuracy beside two nulls on the same pairs; older figures lack what came later."""

    accuracy = ShareWithIntervalOutput()
    longer = ShareWithIntervalOutput()
    coin = ShareWithIntervalOutput()
    n = serializers.IntegerField()
    ties_left_out = serializers.IntegerField()
    skipped = serializers.DictField(child=serializers.IntegerField())
    rule = serializers.CharField()
    beyond_length = GapOutput(required=False)
    calibration = CalibrationOutput(required=False)
    length = LengthOutput(required=False)
    base = BesideBaseOutput(required=False, allow_null=True)
    position = PositionBiasOutput(required=False)
    luck = LuckOutput(required=False)
    writes = BeforeAndAfterOutput(required=False, allow_null=True)
    judged_by = serializers.CharField(required=False)
    by_context = serializers.DictField(child=ShareWithIntervalOutput(), required=False)
    by_principle = serializers.DictField(child=SidesOutput(), required=False)
