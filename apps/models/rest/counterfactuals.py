"""Endpoints for counterfactuals: one recipe, two targets."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.domain import recipes
from apps.models.models import Counterfactual
from apps.models.rest.figures import GapOutput, ShareWithIntervalOutput
from apps.models.rest.outputs import RunOutput
from apps.models.rest.runs import LaunchInput
from apps.models.selectors import counterfactuals as reads
from apps.models.services import counterfactuals
from apps.shared import selectors as shared
from apps.shared.access import Capability, StudyView, person
from apps.shared.rest import ErrorEnvelope, JobStartedOutput

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}
Base = serializers.Serializer[Any]


class CounterfactualInput(LaunchInput):
    """What a person chooses: one recipe, two data sets, and whether the first is repeated for the floor."""

    data_set = serializers.UUIDField(help_text="The first target.")
    second = serializers.UUIDField(help_text="The second target.")
    repeat = serializers.BooleanField(default=True)


class FollowsOutput(Base):
    """Of some comparisons: how often the two part, and how often either is on its own target's side."""

    parts = ShareWithIntervalOutput()
    first = ShareWithIntervalOutput()
    second = ShareWithIntervalOutput()


class PartingFloorOutput(Base):
    """The first recipe beside its own repetition, and how much more the two targets part."""

    agreement = ShareWithIntervalOutput()
    kappa = ShareWithIntervalOutput()
    beyond = GapOutput()


class SidingOutput(Base):
    """How often either checkpoint sides with a principle, and the difference."""

    first = ShareWithIntervalOutput()
    second = ShareWithIntervalOutput()
    gap = GapOutput()


class PartingOutput(Base):
    """Where the judgements of two checkpoints part, on the same held-out comparisons."""

    n = serializers.IntegerField()
    left_out = serializers.IntegerField()
    agreement = ShareWithIntervalOutput()
    kappa = ShareWithIntervalOutput()
    floor = PartingFloorOutput(allow_null=True)
    targets_part = FollowsOutput()
    targets_agree = FollowsOutput()
    by_context = serializers.DictField(child=ShareWithIntervalOutput())
    by_principle = serializers.DictField(child=SidingOutput())


class PartedOutput(Base):
    """A comparison on which two checkpoints part; ``says`` 1 is A, -1 B, 0 neither."""

    id = serializers.CharField(source="example.id")
    prompt = serializers.CharField(source="example.prompt")
    response_a = serializers.CharField(source="example.response_a")
    response_b = serializers.CharField(source="example.response_b")
    targets = serializers.ListField(child=serializers.FloatField(), source="found.targets")
    says = serializers.ListField(child=serializers.IntegerField(), source="found.says")
    again = serializers.IntegerField(source="found.again", allow_null=True)
    context = serializers.CharField(source="found.context", allow_blank=True)  # type: ignore[assignment]
    principles = serializers.DictField(child=serializers.FloatField(), source="found.principles")


class CounterfactualRowOutput(serializers.ModelSerializer[Counterfactual]):
    """A counterfactual in a list."""

    state = serializers.SerializerMethodField()
    first_target = serializers.CharField(source="first.data_set.name")
    second_target = serializers.CharField(source="second.data_set.name")
    agreement = serializers.SerializerMethodField()

    class Meta:
        model = Counterfactual
        fields = ["id", "name", "state", "first_target", "second_target", "agreement", "created_at"]

    @extend_schema_field(serializers.ChoiceField(choices=reads.STATES))
    def get_state(self, of: Counterfactual) -> str:
        """Return what it waits for."""
        return reads.state(counterfactual=of)

    @extend_schema_field(ShareWithIntervalOutput(allow_null=True))
    def get_agreement(self, of: Counterfactual) -> dict[str, Any] | None:
        """Return how far the two agree, once that is known."""
        return of.figures["agreement"] if of.figures else None


class CounterfactualOutput(CounterfactualRowOutput):
    """A counterfactual with its runs, its figures, and the comparisons on which the two part."""

    runs = serializers.SerializerMethodField()
    job = serializers.CharField(source="job_id", allow_null=True)
    message = serializers.CharField(source="job.message", default="")
    figures = serializers.SerializerMethodField()
    parted = serializers.SerializerMethodField()
    parted_count = serializers.SerializerMethodField()

    class Meta(CounterfactualRowOutput.Meta):
        fields = [
            *CounterfactualRowOutput.Meta.fields, "runs", "job", "message", "figures", "parted",
            "parted_count", "compared_at",
        ]  # fmt: skip

    @extend_schema_field(RunOutput(many=True))
    def get_runs(self, of: Counterfactual) -> Any:
        """Return the first, the second, and the repeated one where there is one."""
        names = shared.names(study=of.study)
        context = {"places": selectors.places_in_queue(), "names": names}
        return RunOutput(reads.runs_shown(counterfactual=of), many=True, context=context).data

    @extend_schema_field(PartingOutput(allow_null=True))
    def get_figures(self, of: Counterfactual) -> Any:
        """Return where the two part."""
        found = reads.figures(counterfactual=of)
        return None if found is None else PartingOutput(found).data

    @extend_schema_field(PartedOutput(many=True))
    def get_parted(self, of: Counterfactual) -> Any:
        """Return the comparisons, the surest first."""
        return PartedOutput(reads.parted(counterfactual=of), many=True).data

    def get_parted_count(self, of: Counterfactual) -> int:
        """Return how many there are in all."""
        return len((of.figures or {}).get("parted", []))


class CounterfactualsView(StudyView):
    """The counterfactuals of a study."""

    capabilities = {"GET": Capability.READ, "POST": Capability.TRAIN}

    @extend_schema(
        operation_id="counterfactuals", responses={200: CounterfactualRowOutput(many=True), **ERRORS}
    )
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first."""
        rows = reads.counterfactuals(study=self.study)
        return Response(CounterfactualRowOutput(rows, many=True).data)

    @extend_schema(
        operation_id="launch_counterfactual",
        request=CounterfactualInput,
        responses={201: CounterfactualOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Launch the same recipe on two targets."""
        given = CounterfactualInput(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = dict(given.validated_data)
        first, second = (
            selectors.data_set(study=self.study, data_set_id=chosen.pop(part))
            for part in ("data_set", "second")
        )
        name, repeat = chosen.pop("name"), chosen.pop("repeat")
        base, reward = (str(chosen.pop(part) or "") for part in ("base", "reward"))
        del chosen["dry_run"], chosen["cloned_from"]
        made = counterfactuals.launch(
            study=self.study,
            first=first,
            second=second,
            choice=recipes.Choice(base=base, reward=reward, **chosen),
            repeat=repeat,
            name=name,
            created_by=person(request),
        )
        return Response(CounterfactualOutput(_one(self, made.pk)).data, status=201)


class CounterfactualView(StudyView):
    """One counterfactual."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="counterfactual", responses={200: CounterfactualOutput, **ERRORS})
    def get(self, request: Request, slug: str, counterfactual_id: UUID) -> Response:
        """Answer where its runs stand, and where their judgements part."""
        return Response(CounterfactualOutput(_one(self, counterfactual_id)).data)


class CompareTargetsView(StudyView):
    """Comparing the checkpoints of a counterfactual again."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="compare_targets",
        request=None,
        responses={202: JobStartedOutput, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, counterfactual_id: UUID) -> Response:
        """Have both judge the held-out comparisons again."""
        job = counterfactuals.again(counterfactual=_one(self, counterfactual_id), by=person(request))
        return Response(JobStartedOutput({"job": str(job.pk)}).data, status=202)


def _one(view: StudyView, counterfactual_id: UUID) -> Counterfactual:
    return reads.counterfactual(study=view.study, counterfactual_id=counterfactual_id)
