"""Reads of this app."""

import collections
import dataclasses
import itertools
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.models.domain import estimates, naming, recipes, repeats, rows
from apps.models.domain.examples import PreferenceExample, read_examples
from apps.models.domain.recipes import settings
from apps.models.domain.recipes.settings import Change
from apps.models.models import Checkpoint, DataSet, Evaluation, Lineage, Run, RunPoint
from apps.shared import selectors as shared
from apps.shared.errors import Missing
from apps.shared.models import Job, Study


def data_sets(
    *,
    study: Study,
    participant: UUID | None = None,
    snapshot: int | None = None,
    comparison: UUID | None = None,
    values: Collection[int] = (),
) -> QuerySet[DataSet]:
    """Return a study's data sets with what was trained on each, newest first.

    Or those of them that lean on a person, a snapshot, a comparison, or any of some values of the graph.
    """
    found = DataSet.objects.filter(study=study).prefetch_related("runs__checkpoints")
    named: dict[str, Iterable[object]] = {
        Lineage.Kind.PARTICIPANT: [participant],
        Lineage.Kind.SNAPSHOT: [snapshot],
        Lineage.Kind.COMPARISON: [comparison],
        Lineage.Kind.VALUE: values,
    }
    for kind, given in named.items():
        references = [str(one) for one in given if one is not None]
        if references:
            leaning = Lineage.objects.filter(kind=kind, reference__in=references)
            found = found.filter(pk__in=leaning.values("data_set"))
    return found


def people_behind(*, data_set: DataSet, limit: int = 500) -> dict[str, Any]:
    """Return how many participants a data set leans on, and their ids, those who withdrew left out."""
    rows = Lineage.objects.filter(data_set=data_set, kind=Lineage.Kind.PARTICIPANT)
    here = rows.exclude(reference__startswith="withdrawn/").order_by("reference")
    return {"n": rows.count(), "ids": list(here.values_list("reference", flat=True)[:limit])}


def data_set(*, study: Study, data_set_id: UUID | str) -> DataSet:
    """Return one data set of a study. Raises Missing."""
    found = DataSet.objects.filter(study=study, pk=data_set_id).first()
    if found is None:
        raise Missing("There is no such data set in this study.")
    return found


def objection(*, data_set: DataSet, method: str) -> str:
    """Return in a sentence why a method cannot train on a data set, '' where it can."""
    ties = int(data_set.composition.get("train", {}).get("ties", 0))
    return rows.objection(reads=recipes.find(method).reads, count=data_set.train_count, ties=ties)


def estimate(*, data_set: DataSet, config: recipes.TrainingConfig) -> estimates.Estimate | None:
    """Return what a run on a data set is likely to take, None where the model is not known here."""
    shape = estimates.shape_for(config)
    if shape is None:
        return None
    pairs = _tokens(data_set=data_set)
    # What is too long is set aside whole; of prompts alone nothing is, however long their responses.
    fitting = [pair for pair in pairs if max(pair) <= config.max_length]
    if not fitting or recipes.find(config.method).reads == "prompts":
        fitting = pairs
    tokens = [length for pair in fitting for length in pair]
    rows = _rows(data_set=data_set, config=config)
    return estimates.estimate(
        config=config,
        shape=shape,
        rows=max(1, round(rows * len(fitting) / len(pairs))) if pairs else rows,
        tokens_a_row=sum(tokens) / len(tokens) if tokens else 0.0,
        longest_row=max(tokens, default=0.0),
        threads=config.threads,
    )


def _rows(*, data_set: DataSet, config: recipes.TrainingConfig) -> int:
    """Return how many rows a configuration makes; prompts are counted where only they are read."""
    prompts = 0
    if recipes.find(config.method).reads == "prompts":
        prompts = len({example.prompt for example in examples(data_set=data_set, side="train")})
    ties = int(data_set.composition.get("train", {}).get("ties", 0))
    return estimates.rows_of(config, pairs=data_set.train_count, ties=ties, prompts=prompts)


def _tokens(*, data_set: DataSet, count: int = 500) -> list[tuple[float, float]]:
    """Return how many tokens the first prompts have with each response, about: four letters each."""
    first = itertools.islice(examples(data_set=data_set, side="train"), count)
    return [((len(e.prompt) + len(e.response_a)) / 4, (len(e.prompt) + len(e.response_b)) / 4) for e in first]


def examples(*, data_set: DataSet, side: str) -> Iterator[PreferenceExample]:
    """Yield the examples of one side, ``train`` or ``held_out``. Raises Missing where the file is gone."""
    path = data_set.folder / f"{side}.jsonl"
    if not path.is_file():
        raise Missing("The data set's files are not there any more.")
    return read_examples(path)


def held_out_ids(*, data_set: DataSet) -> list[str]:
    """Return the comparisons held out: a checkpoint is judged on nothing that it was trained on."""
    found = (example.source.get("comparison") for example in examples(data_set=data_set, side="held_out"))
    return [str(comparison) for comparison in found if comparison is not None]


def runs(*, study: Study) -> QuerySet[Run]:
    """Return a study's runs with what a list shows, newest first."""
    evaluated = Prefetch(
        "checkpoints",
        queryset=Checkpoint.objects.select_related("run__data_set").prefetch_related(
            "evaluations", "decisions"
        ),
    )
    return (
        Run.objects.filter(study=study)
        .select_related("data_set", "job", "created_by", "cloned_from")
        .prefetch_related(evaluated, "alerts")
    )


def queue() -> QuerySet[Run]:
    """Return the runs that wait, the next one first, across all studies: they share the trainers."""
    return Run.objects.filter(job__state=Job.State.QUEUED).order_by("queued_at", "pk")


def places_in_queue() -> dict[UUID, int]:
    """Return the place of each run that waits, from 1."""
    return {pk: place for place, pk in enumerate(queue().values_list("pk", flat=True), start=1)}


def turns(*, job_id: str) -> list[str]:
    """Return the jobs that a trainer tries when the message of one reaches it: the queue's, then that one.

    The broker keeps the order of launches; people may change it since.
    """
    waiting = [str(job) for job in queue().values_list("job_id", flat=True)]
    return [*waiting, job_id]


def run(*, study: Study, run_id: UUID | str) -> Run:
    """Return one run of a study. Raises Missing."""
    found = runs(study=study).filter(pk=run_id).first()
    if found is None:
        raise Missing("There is no such run in this study.")
    return found


def run_by_id(*, run_id: UUID) -> Run:
    """Return a run of any study, for whoever works on the machine itself. Raises Missing."""
    found = Run.objects.select_related("study", "job", "data_set").filter(pk=run_id).first()
    if found is None:
        raise Missing("There is no such run.")
    return found


def name_of_repeat(*, run: Run, how: repeats.How) -> str:
    """Return what a run is called that repeats another, as it is or with changes."""
    alike = Run.objects.filter(study=run.study_id, name__startswith=repeats.stem_of(run.name))
    return repeats.repeated(run.name, how=how, taken=set(alike.values_list("name", flat=True)))


def changed(*, run: Run) -> tuple[Change, ...]:
    """Return the settings of a run that are not as its size has them, the number of pairs among them."""
    recipe = recipes.find(run.method)
    found = settings.changes(recipe, size=run.size, config=run.config)
    preset = next((one.values.get("limit") for size, one in recipe.sizes.items() if size == run.size), None)
    limit = run.config.get("limit")
    if limit == preset or run.size not in recipe.sizes:
        return found
    return (*found, Change(name="limit", label="Pairs at most", value=limit, preset=preset))


def points(*, run: Run) -> list[dict[str, Any]]:
    """Return every point of a run's charts, by step."""
    found = RunPoint.objects.filter(run=run).values_list("step", "name", "value")
    return [{"step": step, "name": name, "value": value} for step, name, value in found]


def point_lines(*, run: Run) -> Iterator[str]:
    """Yield every point as lines of CSV."""
    yield "name,step,value\n"
    found = RunPoint.objects.filter(run=run).order_by("name", "step").values_list("name", "step", "value")
    for name, step, value in found.iterator(chunk_size=2000):
        yield f"{name},{step},{value!r}\n"


def samples(*, run: Run) -> list[dict[str, Any]]:
    """Return what the model answered to the run's prompts, by step; step 0 is its base."""
    path = run.folder / "samples.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


@dataclasses.dataclass(frozen=True)
class Found:
    """The lines of a log that hold some words: their numbers and texts, and how many there are in all."""

    lines: list[tuple[int, str]]
    count: int
    of: int


def log_lines(*, run: Run) -> Iterator[str]:
    """Yield what the trainer printed, line by line."""
    path = run.folder / "log.txt"
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from file


def search_log(*, run: Run, words: str, limit: int = 500) -> Found:
    """Return the last lines of a run's log that hold some words, whatever their case."""
    wanted = words.casefold()
    kept: collections.deque[tuple[int, str]] = collections.deque(maxlen=limit)
    number = count = 0
    for number, line in enumerate(log_lines(run=run), start=1):
        if wanted in line.casefold():
            count += 1
            kept.append((number, line.rstrip("\n")[:2000]))
    return Found(lines=list(kept), count=count, of=number)


def log_tail(*, run: Run, limit: int = 20_000) -> str:
    """Return the end of what the trainer printed, '' where it printed nothing yet."""
    path = run.folder / "log.txt"
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - limit))
        return file.read().decode("utf-8", errors="replace")


def checkpoints(*, study: Study) -> QuerySet[Checkpoint]:
    """Return a study's checkpoints with their run and evaluations, newest first."""
    return (
        Checkpoint.objects.filter(run__study=study)
        .select_related("run", "run__data_set")
        .prefetch_related("evaluations", "decisions")
    )


def checkpoint(*, study: Study, checkpoint_id: UUID | str) -> Checkpoint:
    """Return one checkpoint of a study. Raises Missing."""
    found = checkpoints(study=study).filter(pk=checkpoint_id).first()
    if found is None:
        raise Missing("There is no such checkpoint in this study.")
    return found


def evaluations(*, checkpoint: Checkpoint) -> dict[str, Any]:
    """Return what each suite found about a checkpoint: suite -> figures, with the day of their recording."""
    return evaluations_of(checkpoint_id=checkpoint.pk)


def evaluations_of(*, checkpoint_id: UUID | str) -> dict[str, Any]:
    """Return the same by the checkpoint's id."""
    return {
        row.suite: {**row.figures, "recorded": f"{row.recorded_at:%d %B %Y}"}
        for row in Evaluation.objects.filter(checkpoint__pk=checkpoint_id)
    }


AT_ONCE = 20
"""So many examples are shown on a page."""


def page_of_examples(*, data_set: DataSet, side: str, start: int = 0) -> list[dict[str, Any]]:
    """Return the examples of a side from a place on as a reader sees them, at most ``AT_ONCE``."""
    return _read(data_set, side, start, AT_ONCE)


def sample_examples(*, data_set: DataSet, count: int = 5) -> list[dict[str, Any]]:
    """Return the first few training examples as a reader sees them."""
    return _read(data_set, "train", 0, count)


def _read(data_set: DataSet, side: str, start: int, count: int) -> list[dict[str, Any]]:
    names = shared.names(study=data_set.study)
    found = itertools.islice(examples(data_set=data_set, side=side), start, start + count)
    rows: list[dict[str, Any]] = [json.loads(example.to_json()) for example in found]
    return [{**row, "source": naming.source(row["source"], names)} for row in rows]
