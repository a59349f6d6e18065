"""Endpoints for training runs."""

import dataclasses
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.models import selectors
from apps.models.domain import recipes
from apps.models.models import Run
from apps.models.rest.outputs import (
    LogOutput,
    LogSearchOutput,
    RunDetailOutput,
    RunOutput,
    RunSamplesOutput,
)
from apps.models.rest.recipes import RecipeOutput, RunPreviewOutput, SettingValue
from apps.models.selectors import charts, packages
from apps.models.services import elsewhere, repeating, runs
from apps.shared.access import Capability, StudyView, person
from apps.shared.downloads import download
from apps.shared.rest import ErrorEnvelope
from apps.shared.selectors import last_seq, names

ERRORS = {403: ErrorEnvelope, 404: ErrorEnvelope}


class LaunchInput(serializers.Serializer[Any]):
    """What a person chooses when launching a run."""

    data_set = serializers.UUIDField()
    method = serializers.ChoiceField(choices=recipes.METHODS, default="reward_model")
    size = serializers.ChoiceField(choices=list(recipes.SIZE_NAMES))
    base = serializers.UUIDField(
        allow_null=True, default=None, help_text="Language model of the study to start from."
    )
    reward = serializers.UUIDField(
        allow_null=True, default=None, help_text="Checkpoint of the reward model to learn from."
    )
    name = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    limit = serializers.IntegerField(min_value=2, allow_null=True, default=None)
    dry_run = serializers.IntegerField(
        min_value=1, max_value=100, allow_null=True, default=None, help_text="Only so many steps."
    )
    settings = serializers.DictField(
        child=SettingValue(), default=dict, help_text="Settings that are not to be as the size has them."
    )
    cloned_from = serializers.UUIDField(
        allow_null=True, default=None, help_text="Run of the study that this one goes back to."
    )


class RunInput(LaunchInput):
    """What a person chooses when launching a run, and where it is to train."""

    elsewhere = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Let another machine train it: the run's page then offers its folder.",
    )


class RepeatOutput(serializers.Serializer[Any]):
    """What a launch form is filled with to repeat a run; null where something is not there any more."""

    data_set = serializers.UUIDField()
    method = serializers.ChoiceField(choices=recipes.METHODS)
    size = serializers.ChoiceField(choices=list(recipes.SIZE_NAMES))
    base = serializers.UUIDField(allow_null=True)
    reward = serializers.UUIDField(allow_null=True)
    seed = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True)
    settings = serializers.DictField(child=SettingValue())
    name = serializers.CharField()


@dataclasses.dataclass(frozen=True)
class _Asked:
    """What a person asked to launch."""

    choice: recipes.Choice
    data_set: UUID
    name: str
    elsewhere: bool
    cloned_from: UUID | None


def _asked(request: Request) -> _Asked:
    given = RunInput(data=request.data)
    given.is_valid(raise_exception=True)
    chosen = dict(given.validated_data)
    others = {part: chosen.pop(part) for part in ("data_set", "name", "elsewhere", "cloned_from")}
    base, reward = (str(chosen.pop(part) or "") for part in ("base", "reward"))
    return _Asked(choice=recipes.Choice(base=base, reward=reward, **chosen), **others)


class RecipesView(StudyView):
    """The methods that a run can have."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="recipes", responses={200: RecipeOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them as a launch form shows them."""
        return Response(RecipeOutput(list(recipes.TABLE.values()), many=True).data)


class PreviewRunView(StudyView):
    """What a launch would do."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="preview_run",
        request=RunInput,
        responses={200: RunPreviewOutput, 400: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Answer the exact configuration, what it is likely to take, and what stands against it."""
        asked = _asked(request)
        data_set = selectors.data_set(study=self.study, data_set_id=asked.data_set)
        return Response(
            RunPreviewOutput(runs.preview(study=self.study, data_set=data_set, choice=asked.choice)).data
        )


class RunsView(StudyView):
    """The runs of a study."""

    capabilities = {"GET": Capability.READ, "POST": Capability.TRAIN}

    @extend_schema(operation_id="runs", responses={200: RunOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str) -> Response:
        """List them, newest first."""
        context = {"places": selectors.places_in_queue(), "names": names(study=self.study)}
        return Response(RunOutput(selectors.runs(study=self.study), many=True, context=context).data)

    @extend_schema(
        operation_id="launch_run",
        request=RunInput,
        responses={201: RunDetailOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str) -> Response:
        """Launch one."""
        asked = _asked(request)
        data_set = selectors.data_set(study=self.study, data_set_id=asked.data_set)
        origin = asked.cloned_from
        launch = elsewhere.launch if asked.elsewhere else runs.launch_choice
        run = launch(
            study=self.study,
            data_set=data_set,
            choice=asked.choice,
            created_by=person(request),
            name=asked.name,
            cloned_from=selectors.run(study=self.study, run_id=origin) if origin else None,
        )
        return answer_run(self, run_id=run.pk, status=201)


@method_decorator(gzip_page, name="dispatch")
class RunView(StudyView):
    """One run; its points are many numbers, and travel packed."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="run", responses={200: RunDetailOutput, **ERRORS})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Answer everything that its page shows."""
        return answer_run(self, run_id=run_id)


class StopRunView(StudyView):
    """Stop a run."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="stop_run",
        request=None,
        responses={200: RunDetailOutput, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Ask it to save and stop."""
        runs.stop(run=selectors.run(study=self.study, run_id=run_id), by=person(request))
        return answer_run(self, run_id=run_id)


class PutRunFirstView(StudyView):
    """Put a run first in the queue."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="put_run_first",
        request=None,
        responses={200: RunDetailOutput, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Have it trained before all others that wait."""
        runs.put_first(run=selectors.run(study=self.study, run_id=run_id), by=person(request))
        return answer_run(self, run_id=run_id)


class ResumeRunView(StudyView):
    """Resume a run."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="resume_run",
        request=None,
        responses={200: RunDetailOutput, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Let it go on from its checkpoint."""
        runs.resume(run=selectors.run(study=self.study, run_id=run_id), by=person(request))
        return answer_run(self, run_id=run_id)


class CloneRunView(StudyView):
    """Repeat a run."""

    capabilities = {"POST": Capability.TRAIN}

    @extend_schema(
        operation_id="clone_run",
        request=None,
        responses={201: RunDetailOutput, 400: ErrorEnvelope, 409: ErrorEnvelope, **ERRORS},
    )
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Launch another with the same configuration and data."""
        original = selectors.run(study=self.study, run_id=run_id)
        run = runs.clone(run=original, created_by=person(request))
        return answer_run(self, run_id=run.pk, status=201)


class RepeatRunView(StudyView):
    """What a run was chosen to be."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="repeat_run", responses={200: RepeatOutput, **ERRORS})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Answer what a launch form is filled with to repeat it, with changes."""
        run = selectors.run(study=self.study, run_id=run_id)
        return Response(RepeatOutput(repeating.choice_of(run=run)).data)


class RunLogView(StudyView):
    """What the trainer printed."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="run_log", responses={200: LogOutput, **ERRORS})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Answer the end of it."""
        run = selectors.run(study=self.study, run_id=run_id)
        return Response(LogOutput({"text": selectors.log_tail(run=run)}).data)


class RunLogSearchView(StudyView):
    """A search in what the trainer printed."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="search_run_log",
        parameters=[OpenApiParameter("q", description="Words to look for; case does not matter.")],
        responses={200: LogSearchOutput, **ERRORS},
    )
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Answer the last lines that hold the words."""
        run = selectors.run(study=self.study, run_id=run_id)
        found = selectors.search_log(run=run, words=request.query_params.get("q", ""))
        lines = [{"number": number, "text": text} for number, text in found.lines]
        return Response(LogSearchOutput({"lines": lines, "count": found.count, "of": found.of}).data)


class RunLogFileView(StudyView):
    """What the trainer printed, as a file."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="download_run_log", responses={(200, "text/plain"): OpenApiTypes.STR, **ERRORS}
    )
    def get(self, request: Request, slug: str, run_id: UUID) -> StreamingHttpResponse:
        """Send all of it, a piece at a time."""
        run = selectors.run(study=self.study, run_id=run_id)
        lines = selectors.log_lines(run=run)
        return download(
            request=request, lines=lines, filename=f"run-{run.number}-log.txt", media="text/plain"
        )


class RunPointsFileView(StudyView):
    """The points of a run's charts, as a file."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(
        operation_id="download_run_points", responses={(200, "text/csv"): OpenApiTypes.STR, **ERRORS}
    )
    def get(self, request: Request, slug: str, run_id: UUID) -> StreamingHttpResponse:
        """Send every point, none left out."""
        run = selectors.run(study=self.study, run_id=run_id)
        lines = selectors.point_lines(run=run)
        return download(
            request=request, lines=lines, filename=f"run-{run.number}-points.csv", media="text/csv"
        )


class RunSamplesView(StudyView):
    """What a run's model answers to the same prompts as it learns."""

    capabilities = {"GET": Capability.READ}

    @extend_schema(operation_id="run_samples", responses={200: RunSamplesOutput(many=True), **ERRORS})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        """Answer them by step, the base's first."""
        run = selectors.run(study=self.study, run_id=run_id)
        return Response(RunSamplesOutput(selectors.samples(run=run), many=True).data)


def answer_run(view: StudyView, *, run_id: UUID, status: int = 200) -> Response:
    """Answer a run; the number of its last event is read before the rows, so that nothing falls between."""
    stream = runs.stream(run=Run(pk=run_id, study=view.study))
    seq = last_seq(stream=stream)
    run = selectors.run(study=view.study, run_id=run_id)
    context = {
        "stream": stream,
        "seq": seq,
        "charts": charts.charts(run=run),
        "places": selectors.places_in_queue(),
        "names": names(study=view.study),
        "size": packages.size(run=run),
    }
    return Response(RunDetailOutput(run, context=context).data, status=status)
