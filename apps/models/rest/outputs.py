"""What the endpoints answer."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.models import selectors
from apps.models.domain import naming
from apps.models.domain.alerts import gentler
from apps.models.domain.naming import Names
from apps.models.models import Checkpoint, DataSet, Run, RunAlert
from apps.models.rest.figures import ControlOutput, HeldOutOutput, ShareWithIntervalOutput
from apps.models.rest.recipes import SettingChangeOutput
from apps.models.rest.served import ServedCheckpointOutput
from apps.models.selectors import promotions
from apps.models.selectors.charts import Charts
from apps.shared.models import Job


class CompositionOutput(serializers.Serializer[Any]):
    """What one side of a data set is made of."""

    n = serializers.IntegerField()
    prefers_a = serializers.IntegerField()
    prefers_b = serializers.IntegerField()
    ties = serializers.IntegerField()
    soft = serializers.IntegerField()
    longer_preferred = ShareWithIntervalOutput()


class DataSetCompositionOutput(serializers.Serializer[Any]):
    """Both sides of a data set."""

    train = CompositionOutput()
    held_out = CompositionOutput()


class DataSetOutput(serializers.ModelSerializer[DataSet]):
    """A data set by its counts."""

    rule = serializers.SerializerMethodField()
    left_out = serializers.DictField(child=serializers.IntegerField())

    class Meta:
        model = DataSet
        fields = [
            "id", "name", "rule", "train_count", "held_out_count", "held_out_share", "seed", "left_out",
            "hash", "withdrawals", "created_at",
        ]  # fmt: skip

    def get_rule(self, data_set: DataSet) -> dict[str, Any]:
        """Return how the targets were made, the principles by name."""
        return naming.rule(data_set.rule, self.context["names"])


class StepOfRunOutput(serializers.ModelSerializer[Checkpoint]):
    """A checkpoint by its step."""

    class Meta:
        model = Checkpoint
        fields = ["id", "step"]


class RunOnItOutput(serializers.ModelSerializer[Run]):
    """A run that trained on a data set, with what it saved."""

    checkpoints = StepOfRunOutput(many=True)

    class Meta:
        model = Run
        fields = ["id", "number", "name", "checkpoints"]


class DataSetRowOutput(DataSetOutput):
    """A data set in a list, with what was trained on it."""

    runs = RunOnItOutput(many=True)

    class Meta(DataSetOutput.Meta):
        fields = [*DataSetOutput.Meta.fields, "runs"]


class PeopleOutput(serializers.Serializer[Any]):
    """The participants whom a data set leans on."""

    n = serializers.IntegerField(help_text="Those who have withdrawn since included.")
    ids = serializers.ListField(child=serializers.UUIDField())


class ExampleOutput(serializers.Serializer[Any]):
    """One preference example."""

    id = serializers.CharField()
    prompt = serializers.CharField()
    response_a = serializers.CharField()
    response_b = serializers.CharField()
    p_a = serializers.FloatField()
    split_key = serializers.CharField()
    context = serializers.CharField()  # type: ignore[assignment]
    source = serializers.DictField()  # type: ignore[assignment]


class ExamplesOutput(serializers.Serializer[Any]):
    """A page of examples; ``next`` is where the next one begins, null on the last."""

    examples = ExampleOutput(many=True)
    total = serializers.IntegerField()
    next = serializers.IntegerField(allow_null=True)


class DataSetDetailOutput(DataSetOutput):
    """A data set with its composition and some of its examples."""

    composition = DataSetCompositionOutput()
    samples = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField()

    class Meta(DataSetOutput.Meta):
        fields = [*DataSetOutput.Meta.fields, "composition", "samples", "people"]

    @extend_schema_field(PeopleOutput)
    def get_people(self, data_set: DataSet) -> dict[str, Any]:
        """Return the people that the view read."""
        people: dict[str, Any] = self.context["people"]
        return people

    @extend_schema_field(ExampleOutput(many=True))
    def get_samples(self, data_set: DataSet) -> list[dict[str, Any]]:
        """Return the samples that the view read."""
        samples: list[dict[str, Any]] = self.context["samples"]
        return samples


class CheckpointOutput(serializers.ModelSerializer[Checkpoint]):
    """A checkpoint with what each suite found."""

    run = serializers.UUIDField(source="run_id")
    run_name = serializers.CharField(source="run.name")
    data_set = serializers.UUIDField(source="run.data_set_id")
    data_set_name = serializers.CharField(source="run.data_set.name")
    withdrawals = serializers.IntegerField(
        source="run.data_set.withdrawals", help_text="People behind its data who have withdrawn since."
    )
    held_out = serializers.SerializerMethodField()
    control = serializers.SerializerMethodField()
    served = serializers.SerializerMethodField()

    class Meta:
        model = Checkpoint
        fields = [
            "id", "run", "run_name", "data_set", "data_set_name", "step", "hash", "size_bytes", "created_at",
            "held_out", "control", "withdrawals", "served",
        ]  # fmt: skip

    @extend_schema_field(ServedCheckpointOutput)
    def get_served(self, checkpoint: Checkpoint) -> dict[str, Any]:
        """Return where it stands, which is said wherever it works."""
        return asdict(promotions.served(checkpoint=checkpoint))

    @extend_schema_field(HeldOutOutput(allow_null=True))
    def get_held_out(self, checkpoint: Checkpoint) -> dict[str, Any] | None:
        """Return the figures of the held-out suite."""
        return _figures(checkpoint, "held_out", self.context["names"])

    @extend_schema_field(ControlOutput(allow_null=True))
    def get_control(self, checkpoint: Checkpoint) -> dict[str, Any] | None:
        """Return the figures of the control suite."""
        return _figures(checkpoint, "control", self.context["names"])


def _figures(checkpoint: Checkpoint, suite: str, names: Names) -> dict[str, Any] | None:
    """Return what a suite found, with names in its tables."""
    found = (item.figures for item in checkpoint.evaluations.all() if item.suite == suite)
    return next((naming.figures(figures, names) for figures in found), None)


class RunAlertOutput(serializers.ModelSerializer[RunAlert]):
    """Something about a run that somebody must hear."""

    lines = serializers.ListField(child=serializers.CharField())
    settings = serializers.SerializerMethodField(help_text="With which a clone is worth a try, if any are.")

    class Meta:
        model = RunAlert
        fields = ["id", "kind", "step", "message", "lines", "settings", "raised_at", "ended_at"]

    def get_settings(self, alert: RunAlert) -> dict[str, float]:
        """Return gentler learning rates where the loss went astray."""
        return gentler(alert.kind, alert.run.config)


class RunOutput(serializers.ModelSerializer[Run]):
    """A run in a list."""

    state = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()
    progress = serializers.FloatField(source="job.progress", default=0.0)
    stopping = serializers.BooleanField(
        source="job.stopping", default=False, help_text="It was asked to stop, and saves its state first."
    )
    job = serializers.UUIDField(source="job_id", allow_null=True)
    started_at = serializers.DateTimeField(source="job.started_at", allow_null=True, default=None)
    finished_at = serializers.DateTimeField(source="job.finished_at", allow_null=True, default=None)
    data_set = serializers.UUIDField(source="data_set_id")
    data_set_name = serializers.CharField(source="data_set.name")
    withdrawals = serializers.IntegerField(
        source="data_set.withdrawals", help_text="People behind its data who have withdrawn since."
    )
    cloned_from = serializers.UUIDField(source="cloned_from_id", allow_null=True)
    created_by = serializers.CharField(source="created_by.username", allow_null=True, default=None)
    too_long = serializers.DictField(child=serializers.IntegerField())
    evaluation = serializers.SerializerMethodField()
    place = serializers.SerializerMethodField(help_text="Place in the queue of all runs, from 1.")
    alerts = RunAlertOutput(many=True)
    changed = serializers.SerializerMethodField(help_text="Settings that are not as its size has them.")

    class Meta:
        model = Run
        fields = [
            "id", "number", "name", "method", "size", "state", "message", "step", "total_steps", "progress",
            "stopping", "job", "too_long", "data_set", "data_set_name", "cloned_from", "created_by",
            "created_at", "started_at", "finished_at", "evaluation", "withdrawals", "place", "alerts",
            "away_since", "changed",
        ]  # fmt: skip

    @extend_schema_field(SettingChangeOutput(many=True))
    def get_changed(self, run: Run) -> Any:
        """Return how it differs from its preset."""
        return SettingChangeOutput(selectors.changed(run=run), many=True).data

    def get_place(self, run: Run) -> int | None:
        """Return the place in the queue that the view read, none for a run that does not wait."""
        places: dict[Any, int] = self.context["places"]
        return places.get(run.pk)

    @extend_schema_field(serializers.ChoiceField(choices=Job.State.choices))
    def get_state(self, run: Run) -> str:
        """Return the job's state; a run whose job is gone has failed."""
        return run.job.state if run.job else Job.State.FAILED

    def get_message(self, run: Run) -> str:
        """Return the newest sentence about the run."""
        return (run.job.message if run.job else "") or run.message

    @extend_schema_field(HeldOutOutput(allow_null=True))
    def get_evaluation(self, run: Run) -> dict[str, Any] | None:
        """Return the held-out figures of the run's newest checkpoint."""
        names: Names = self.context["names"]
        found = (_figures(checkpoint, "held_out", names) for checkpoint in run.checkpoints.all())
        return next((figures for figures in found if figures is not None), None)


class ChartPointOutput(serializers.Serializer[Any]):
    """One point of a chart."""

    step = serializers.IntegerField()
    name = serializers.CharField()
    value = serializers.FloatField()


class RunSizeOutput(serializers.Serializer[Any]):
    """How much a run's folder holds, and in what parts."""

    files = serializers.IntegerField()
    bytes = serializers.IntegerField()
    parts = serializers.ListField(child=serializers.CharField())


class RunElsewhereOutput(serializers.Serializer[Any]):
    """What another machine had of a run: where from it starts, and when and at which step it came back."""

    origins = serializers.DictField(child=serializers.CharField())
    brought_back = serializers.DateTimeField(allow_null=True)
    step = serializers.IntegerField(allow_null=True)
    device = serializers.CharField(allow_blank=True)
    command = serializers.CharField(help_text="Takes a folder on the installation's own machine in.")


class RunDetailOutput(RunOutput):
    """A run with everything that its page shows; ``seq`` is the number to subscribe to its stream from."""

    config = serializers.DictField()
    command = serializers.SerializerMethodField()
    data_hash = serializers.CharField(source="data_set.hash")
    checkpoints = CheckpointOutput(many=True)
    points = serializers.SerializerMethodField(help_text="Long series are thinned; every peak stays.")
    counts = serializers.SerializerMethodField(help_text="How many points there are of each series.")
    size_on_disk = serializers.SerializerMethodField(help_text="Null where there is no folder yet.")
    elsewhere = serializers.SerializerMethodField(help_text="Null for a run that was never away.")
    stream = serializers.SerializerMethodField()
    seq = serializers.SerializerMethodField()

    class Meta(RunOutput.Meta):
        fields = [
            *RunOutput.Meta.fields, "config", "command", "data_hash", "checkpoints", "points", "counts",
            "stream",
            "seq", "size_on_disk", "elsewhere",
        ]  # fmt: skip

    def get_command(self, run: Run) -> str:
        """Return the command that repeats the run by hand."""
        return f"python -m apps.models.training {run.folder}"

    @extend_schema_field(ChartPointOutput(many=True))
    def get_points(self, run: Run) -> list[dict[str, Any]]:
        """Return the points that the view read."""
        charts: Charts = self.context["charts"]
        return charts.points

    def get_counts(self, run: Run) -> dict[str, int]:
        """Return how many points there are, by series."""
        charts: Charts = self.context["charts"]
        return charts.counts

    @extend_schema_field(RunSizeOutput(allow_null=True))
    def get_size_on_disk(self, run: Run) -> dict[str, Any] | None:
        """Return the size that the view read."""
        size = self.context["size"]
        return asdict(size) if size else None

    @extend_schema_field(RunElsewhereOutput(allow_null=True))
    def get_elsewhere(self, run: Run) -> dict[str, Any] | None:
        """Return what is known of its time on another machine."""
        if not run.elsewhere:
            return None
        known = run.elsewhere
        return {
            "origins": {place: origin["called"] for place, origin in known["origins"].items()},
            "brought_back": known.get("brought_back"),
            "step": known.get("step"),
            "device": known.get("machine", {}).get("device", ""),
            "command": f".venv/bin/python manage.py bring_back_run {run.pk} FOLDER",
        }

    def get_stream(self, run: Run) -> str:
        """Return the stream that carries the run's events."""
        return str(self.context["stream"])

    def get_seq(self, run: Run) -> int:
        """Return the number of the last event when the answer was made."""
        return int(self.context["seq"])


class LogOutput(serializers.Serializer[Any]):
    """The end of a run's log."""

    text = serializers.CharField()


class LogLineOutput(serializers.Serializer[Any]):
    """A line of a run's log."""

    number = serializers.IntegerField()
    text = serializers.CharField()


class LogSearchOutput(serializers.Serializer[Any]):
    """The last lines of a log that hold some words; ``count`` of all ``of`` lines hold them."""

    lines = LogLineOutput(many=True)
    count = serializers.IntegerField()
    of = serializers.IntegerField()


class SampledAnswerOutput(serializers.Serializer[Any]):
    """What a model answered to a prompt."""

    prompt = serializers.CharField()
    response = serializers.CharField()


class RunSamplesOutput(serializers.Serializer[Any]):
    """What the model of a step answered to the run's prompts; step 0 is the base."""

    step = serializers.IntegerField()
    rows = SampledAnswerOutput(many=True)
