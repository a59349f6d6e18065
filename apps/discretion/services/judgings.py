"""Algorithms that judge: plan one, say what it would take, pause it, let it go on."""

import dataclasses
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from apps.discretion.domain.judging import asking, implicit
from apps.discretion.domain.judging.forecast import Forecast
from apps.discretion.models import Annotator, Audit, Judging, Principle, Verdict
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.selectors import judgings as selectors
from apps.discretion.services import audits
from apps.models.selectors import language_models
from apps.models.selectors.language_models import ModelInUse
from apps.models.services import serving
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Study
from apps.shared.services import audit as audit_log
from apps.shared.services import jobs

TASK, TASK_WITH_WEIGHTS = "discretion.judge", "discretion.judge_with_weights"
"""The second has a queue in which one job at a time has the machine's accelerator."""
Method = Judging.Method
ROLE = "judging"
SEED = 1


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judge:
    """How a language model is to judge.

    ``principles`` are the ids of those it votes by; none asks for overall verdicts. ``limit`` bounds how many
    comparisons it judges, ``sample`` how many of these people are given first. Without a ``temperature`` it
    is the one that the model has for judging in this study, else 0. ``reason`` says why a checkpoint judges
    that is not promoted.
    """

    language_model: UUID | str | None = None
    principles: Sequence[int] = ()
    style: str = asking.LETTER
    orders: str = asking.BOTH
    limit: int | None = None
    sample: int = 0
    temperature: float | None = None
    name: str = ""
    reason: str = ""


def model_of(*, study: Study, language_model_id: UUID | str | None) -> ModelInUse:
    """Return the language model that is to judge: the one named, else the study's for judging, else the
    installation's; the study's comes with the settings that it has for judging, named or not.

    Raises Missing, and Conflict where there is none or it is not usable.
    """
    model = language_models.model_for(study=study, role=ROLE)
    if language_model_id and (model is None or model.id != str(language_model_id)):
        return language_models.usable(study=study, language_model_id=language_model_id)
    if model is None:
        raise Conflict("No language model is set up to judge: an admin registers one under Models.")
    return model


def temperature_of(*, judge: Judge, model: ModelInUse) -> float:
    """Return the temperature that a judge is asked at; where the server heeds none, that which it has."""
    if model.fixed_temperature and model.temperature is not None:
        return model.temperature
    return next((given for given in (judge.temperature, model.temperature) if given is not None), 0.0)


def check_held_out(*, audit: Audit, checkpoint_id: UUID | str) -> None:
    """Raise Conflict where an audit has no pair that a checkpoint may judge."""
    if not selectors.held_out(audit=audit, checkpoint_id=checkpoint_id):
        raise Conflict(
            "None of the pairs that were held out from this checkpoint's training is in this audit, "
            "so there is nothing that it may judge here."
        )


def _admit(audit: Audit, model: ModelInUse, reason: str) -> dict[str, str]:
    """Return why a checkpoint may judge that is not promoted, nothing where it is. Raises Conflict."""
    if model.checkpoint:
        check_held_out(audit=audit, checkpoint_id=model.checkpoint)
    kept = serving.admit(checkpoint_id=model.checkpoint, reason=reason or model.not_promoted)
    return {"not_promoted": kept} if kept else {}


def foresee(*, audit: Audit, judge: Judge) -> Forecast:
    """Return what a judge would take. Raises Missing, Invalid and Conflict as ``add_judge`` does."""
    return selectors.foresee(
        audit=audit,
        model=model_of(study=audit.study, language_model_id=judge.language_model),
        style=judge.style,
        orders=judge.orders,
        principles=_principles(audit, judge.principles),
        limit=judge.limit,
    )


@transaction.atomic
def add_judge(*, audit: Audit, judge: Judge, created_by: AbstractBaseUser | None) -> Job:
    """Let a language model judge; return the job that does it.

    Raises Missing, Invalid for a principle that is not in use here, and Conflict where nothing is to be
    judged, no model is usable, or it is a checkpoint that is not promoted and nobody says why it may.
    """
    if not audit.comparisons.exists():
        raise Conflict("There is nothing to judge yet: import comparisons first.")
    model = model_of(study=audit.study, language_model_id=judge.language_model)
    admitted = _admit(audit, model, judge.reason)
    principles = _principles(audit, judge.principles)
    by = "by principle" if principles else "overall"
    config = {
        "prompt": asking.version(by_principle=bool(principles), style=judge.style),
        "style": judge.style,
        "orders": judge.orders,
        "temperature": temperature_of(judge=judge, model=model),
        "max_tokens": model.max_tokens or asking.MOST_TOKENS[judge.style],
        "seed": SEED,
        "principles": [principle.pk for principle in principles],
        "limit": judge.limit,
        "model": model.title,
        "host": model.host,
        **({"words": model.words} if model.words else {}),
        **admitted,
    }
    return _begin(
        annotator=_annotator(audit, judge.name or f"{model.title}, {by}", model.checkpoint),
        created_by=created_by,
        method=Method.JUDGE,
        language_model=model.id,
        config=config,
        sample_until=selectors.place_of_last(
            audit=audit, count=min(judge.sample, judge.limit or judge.sample)
        ),
        with_weights=model.with_weights,
    )


@transaction.atomic
def add_implicit_reward(
    *,
    audit: Audit,
    policy_id: UUID | str,
    reference_id: UUID | str,
    created_by: AbstractBaseUser | None,
    beta: float = implicit.BETA,
    limit: int | None = None,
    reason: str = "",
) -> Job:
    """Let a trained language model judge by its implicit reward against the one that it was trained from.

    Raises Missing, and Conflict for models whose log-probabilities cannot be had.
    """
    policy, reference = (
        language_models.usable(study=audit.study, language_model_id=pk) for pk in (policy_id, reference_id)
    )
    for model in (policy, reference):
        if not model.with_weights:
            raise Conflict(
                f"“{model.title}” is behind a server: only a model in a folder tells how likely a given text "
                "is to it."
            )
    if policy.id == reference.id:
        raise Conflict(
            "A model's implicit reward against itself is nothing: choose what it was trained from."
        )
    admitted = _admit(audit, policy, reason)
    return _begin(
        annotator=_annotator(audit, f"{policy.title}, implicit reward", policy.checkpoint),
        created_by=created_by,
        method=Method.IMPLICIT_REWARD,
        language_model=policy.id,
        reference_model=reference.id,
        config={"beta": beta, "limit": limit, "model": policy.title, "reference": reference.title} | admitted,
        with_weights=True,
    )


def _principles(audit: Audit, chosen: Sequence[int]) -> list[Principle]:
    known = {row.pk: row for row in audit_selectors.principles(audit=audit)}
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(known):
        raise Invalid(
            "A principle is not among those of this audit, or is there twice.",
            fields={"principles": ["Choose among this audit's principles, each once."]},
        )
    return [known[pk] for pk in chosen]


def _annotator(audit: Audit, name: str, checkpoint: str = "") -> Annotator:
    """Return a new annotator under this name, numbered where the name is taken."""
    taken = set(
        Annotator.objects.filter(audit=audit, kind=Annotator.Kind.ALGORITHM).values_list("name", flat=True)
    )
    free = (f"{name[:190]} ({number})" if number > 1 else name[:200] for number in range(1, len(taken) + 2))
    return Annotator.objects.create(
        audit=audit,
        name=next(candidate for candidate in free if candidate not in taken),
        kind=Annotator.Kind.ALGORITHM,
        checkpoint_id=checkpoint,
    )


def _begin(
    *, annotator: Annotator, created_by: AbstractBaseUser | None, with_weights: bool, **fields: Any
) -> Job:
    judging = Judging.objects.create(annotator=annotator, **fields)
    return enqueue(judging=judging, created_by=created_by, with_weights=with_weights)


@transaction.atomic
def enqueue(*, judging: Judging, created_by: AbstractBaseUser | None, with_weights: bool = False) -> Job:
    """Queue the job that judges what is not judged yet; one that waits or works already is returned."""
    if judging.job is not None and not judging.job.ended:
        return judging.job
    annotator = judging.annotator
    judging.job = jobs.enqueue(
        study=annotator.audit.study,
        task=TASK_WITH_WEIGHTS if with_weights else TASK,
        subject=f"annotator/{annotator.pk}",
        config={"annotator": annotator.pk} | judging.config,
        created_by=created_by,
    )
    judging.save(update_fields=["job"])
    audit_log.record(
        study=annotator.audit.study,
        actor=created_by,
        action="let an algorithm judge",
        subject=f"annotator/{annotator.pk}",
        detail={"method": judging.method, "name": annotator.name}
        | ({"not promoted, because": kept} if (kept := judging.config.get("not_promoted")) else {}),
    )
    audits.touch(audit=annotator.audit, what="annotators")
    return judging.job


@transaction.atomic
def pause(*, judging: Judging, by: Person) -> Judging:
    """Ask an algorithm to stop; what it said is kept. Raises Conflict where it is not judging."""
    if judging.job is None or judging.job.ended:
        raise Conflict("This algorithm is not judging now.")
    jobs.request_stop(job=judging.job)
    _note(judging, by, "paused an algorithm")
    return judging


@transaction.atomic
def resume(*, judging: Judging, by: Person) -> Judging:
    """Let an algorithm go on where it stopped, failed, or where pairs have come in since. Raises Conflict
    while it is judging.
    """
    if judging.job is not None and not judging.job.ended:
        raise Conflict("This algorithm is judging already.")
    if judging.job is not None and judging.job.state != Job.State.SUCCEEDED:
        jobs.requeue(job=judging.job)
    else:
        uses = judging.method == Method.IMPLICIT_REWARD or (
            judging.job is not None and judging.job.task == TASK_WITH_WEIGHTS
        )
        enqueue(judging=judging, created_by=None, with_weights=uses)
    _note(judging, by, "let an algorithm go on")
    return judging


@transaction.atomic
def ask_again(*, judging: Judging, by: Person) -> Judging:
    """Ask once more, by another seed, what could not be read; what was read is never asked again. The answers
    that could not be read are kept, superseded, and counted.

    Raises Conflict while it is judging, and where everything could be read.
    """
    if judging.job is not None and not judging.job.ended:
        raise Conflict("This algorithm is judging now: pause it first.")
    now = timezone.now()
    asked = selectors.live(judging=judging).filter(answer=Verdict.Answer.UNPARSABLE)
    again = asked.update(superseded_at=now)
    if not again:
        raise Conflict("Every answer could be read: there is nothing to ask again.")
    Verdict.objects.filter(
        annotator=judging.annotator, answer=Verdict.Answer.UNPARSABLE, superseded_at__isnull=True
    ).update(superseded_at=now)
    judging.asked_again += again
    for name, value in selectors.heard(judging=judging).items():
        setattr(judging, name, value)
    judging.save()
    audits.touch(audit=judging.annotator.audit, what="verdicts", annotators=[judging.annotator_id])
    _note(judging, by, f"had {again} unreadable answers of an algorithm asked again")
    return resume(judging=judging, by=by)


def _note(judging: Judging, by: Person, action: str) -> None:
    study, subject = judging.annotator.audit.study, f"annotator/{judging.annotator_id}"
    audit_log.record(study=study, actor=by, action=action, subject=subject)
