"""Train the same recipe under two targets, and find where the checkpoints' judgements part."""

import dataclasses
import json
from pathlib import Path
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.models import selectors
from apps.models.domain import recipes
from apps.models.domain.data_files import SIDES
from apps.models.domain.examples import PreferenceExample
from apps.models.models import Counterfactual, DataSet, Lineage, Run
from apps.models.selectors import counterfactuals as reads
from apps.models.services import data_sets, processes, runs
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

TASK = "models.compare_targets"
OTHER = "not in the other data set"
Sides = dict[str, dict[str, PreferenceExample]]


@transaction.atomic
def launch(
    *,
    study: Study,
    first: DataSet,
    second: DataSet,
    choice: recipes.Choice,
    created_by: AbstractBaseUser,
    repeat: bool = False,
    name: str = "",
) -> Counterfactual:
    """Queue two runs of one recipe, one seed and the same comparisons, each with its own target.

    With ``repeat``, a third repeats the first under the next seed: the floor: what parts there is no effect
    of the targets. Raises Invalid and Conflict.
    """
    if first.pk == second.pk:
        raise Invalid("Choose two data sets.", fields={"second": ["Choose another one than the first."]})
    pair = matched(first=first, second=second, created_by=created_by)
    called = (name.strip() or f"{first.name} and {second.name}")[:150]
    again = dataclasses.replace(choice, seed=choice.seed + 1)
    asked = [(pair[0], choice, "first"), (pair[1], choice, "second")]
    asked += [(pair[0], again, "first, again")] if repeat else []
    launched = [
        runs.launch_choice(
            study=study,
            data_set=data_set,
            choice=chosen,
            created_by=created_by,
            name=f"{called[:130]}: {part}",
        )
        for data_set, chosen, part in asked
    ]
    found = Counterfactual.objects.create(
        study=study,
        name=called,
        first=launched[0],
        second=launched[1],
        floor=launched[2] if repeat else None,
        created_by_id=created_by.pk,
    )
    subject = f"counterfactual/{found.pk}"
    audit.record(study=study, actor=created_by, action="launched a counterfactual", subject=subject)
    return found


@transaction.atomic
def matched(
    *, first: DataSet, second: DataSet, created_by: AbstractBaseUser | None
) -> tuple[DataSet, DataSet]:
    """Return two data sets of the same comparisons on the same sides: these, or what both have in common.

    Raises Invalid where they have too little in common, and Conflict where they cannot be matched.
    """
    sides = [_sides(data_set) for data_set in (first, second)]
    if all(list(sides[0][side]) == list(sides[1][side]) for side in SIDES):
        return first, second
    for data_set in (first, second):
        if data_set.withdrawals:
            raise Conflict(f"People behind “{data_set.name}” have withdrawn: build it again.")
        if data_set.rule.get("split") == "people":
            raise Conflict(
                f"“{data_set.name}” is split by people, so it cannot be matched: split it by prompt."
            )
    everything = [{**side["train"], **side["held_out"]} for side in sides]
    shared = [name for name in everything[0] if name in everything[1]]
    if len(shared) < 4:
        sentence = "The two data sets have too few comparisons in common: build both from one audit."
        raise Invalid(sentence, fields={"second": [sentence]})
    made = tuple(
        _frozen(data_set, other, [of[name] for name in shared], len(of) - len(shared), first, created_by)
        for data_set, other, of in ((first, second, everything[0]), (second, first, everything[1]))
    )
    found = [_sides(data_set) for data_set in made]
    if any(set(found[0][side]) != set(found[1][side]) for side in SIDES):
        raise Conflict("The two data sets leave out different comparisons, so they cannot be matched.")
    return made[0], made[1]


def _sides(data_set: DataSet) -> Sides:
    return {
        side: {example.id: example for example in selectors.examples(data_set=data_set, side=side)}
        for side in SIDES
    }


def _frozen(
    data_set: DataSet,
    other: DataSet,
    examples: list[PreferenceExample],
    left: int,
    like: DataSet,
    created_by: AbstractBaseUser | None,
) -> DataSet:
    """Freeze the shared part of a data set, split as ``like`` is."""
    people = Lineage.objects.filter(data_set=data_set, kind=Lineage.Kind.PARTICIPANT)
    return data_sets.freeze(
        study=data_set.study,
        name=f"{data_set.name[:120]}, matched",
        examples=examples,
        rule={**data_set.rule, "matched": f"the comparisons that “{other.name}” has too"},
        created_by=created_by,
        people=[UUID(reference) for reference in people.values_list("reference", flat=True)],
        held_out=like.held_out_share,
        seed=like.seed,
        left_out={**data_set.left_out, OTHER: left},
    )


@transaction.atomic
def look(*, run: Run) -> None:
    """Compare what a run belongs to, once everything that it needs is trained."""
    for found in Counterfactual.objects.filter(Q(first=run) | Q(second=run) | Q(floor=run)):
        if reads.trained(counterfactual=found):
            _enqueue(found, None)


@transaction.atomic
def again(*, counterfactual: Counterfactual, by: AbstractBaseUser) -> Job:
    """Compare again. Raises Conflict where something is not trained yet."""
    if not reads.trained(counterfactual=counterfactual):
        raise Conflict("Both runs must have ended with a checkpoint first.")
    return _enqueue(counterfactual, by)


def _enqueue(counterfactual: Counterfactual, by: AbstractBaseUser | None) -> Job:
    counterfactual.job = jobs.enqueue(
        study=counterfactual.study,
        task=TASK,
        subject=f"counterfactual/{counterfactual.pk}",
        config={"counterfactual": str(counterfactual.pk)},
        created_by=by,
    )
    counterfactual.save(update_fields=["job"])
    return counterfactual.job


def compare(*, job: Job) -> None:
    """Have the checkpoints of a job's counterfactual judge the same held-out comparisons. Raises Conflict."""
    found = reads.counterfactual(study=job.study, counterfactual_id=job.config["counterfactual"])
    with processes.folder_for(work="measuring") as folder:
        out, log = folder / "figures.json", folder / "log.txt"
        code = processes.watch(
            module="apps.models.evaluation",
            arguments=["parting", *_arguments(found), "--out", str(out)],
            log=log,
            tick=lambda: jobs.stop_requested(job=job),
            threads=found.first.config.get("threads", 1),
        )
        if not out.is_file():
            raise Conflict(f"The comparing ended with code {code}: {processes.last_words(log=log)}")
        found.figures, found.compared_at = json.loads(out.read_text()), timezone.now()
        found.save(update_fields=["figures", "compared_at"])


def _arguments(of: Counterfactual) -> list[str]:
    named: dict[str, Path] = {
        "--model": reads.newest(run=of.first).folder,
        "--pairs": of.first.folder / "held_out.jsonl",
        "--other": reads.newest(run=of.second).folder,
        "--targets": of.second.folder / "held_out.jsonl",
    }
    if of.floor is not None:
        named["--again"] = reads.newest(run=of.floor).folder
    return [str(part) for pair in named.items() for part in pair]
