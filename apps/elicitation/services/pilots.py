"""Pilots: simulated participants walk through a study before people do; begun, stopped, resumed, deleted."""

import dataclasses
import random
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.elicitation import selectors
from apps.elicitation.domain.personas import KINDS, Kind
from apps.elicitation.domain.protocol import Protocol as Content
from apps.elicitation.models import Participant, PilotRun, PilotWalk, ProtocolVersion
from apps.elicitation.services import previews, rehearsals
from apps.shared import selectors as shared
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

MOST_WALKS = 60
MOST_OF_A_KIND = 20
DRAFT, OPENED = "draft", "opened"
TASK = "elicitation.pilot"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    """What a researcher chose: how many of each kind, in which languages, of what, and who answers."""

    kinds: Mapping[str, int]
    languages: tuple[str, ...]
    of: str = DRAFT
    voice: str = "written"
    seed: int | None = None


@transaction.atomic
def start(*, study: Study, actor: AbstractBaseUser, plan: Plan) -> PilotRun:
    """Begin a pilot as a job of the study.

    Raises Invalid with what is wrong with the plan or lacks in the draft, and Conflict while another runs.
    """
    selectors.protocol(study=study)
    _refuse_second()
    version = _version(study=study, of=plan.of)
    _check(plan, content=version.content)
    if plan.of == DRAFT:
        version = previews.save(version=version)
    run = PilotRun.objects.create(
        study=study,
        version=version,
        revision=selectors.protocol(study=study).revision if plan.of == DRAFT else None,
        voice=plan.voice,
        seed=random.SystemRandom().randrange(1, 2**31) if plan.seed is None else plan.seed,
        created_by_id=actor.pk,
    )
    PilotWalk.objects.bulk_create(
        PilotWalk(run=run, place=place, kind=kind, language=language)
        for place, (kind, language) in enumerate(_places(plan))
    )
    job = jobs.enqueue(
        study=study, task="elicitation.pilot", subject=f"pilot/{run.pk}", config={"run": run.pk},
        created_by=actor,
    )  # fmt: skip
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    detail = {"of": plan.of, "kinds": dict(plan.kinds), "languages": list(plan.languages)}
    audit.record(study=study, actor=actor, action="pilot.started", subject=str(run.pk), detail=detail)
    return run


def _refuse_second() -> None:
    """A pilot keeps one of the few everyday workers busy for minutes, so there is one at a time."""
    living = Job.objects.filter(task=TASK, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    if living.exists():
        raise Conflict("Another pilot is running here. Wait until it is over, or stop it.")


def _version(*, study: Study, of: str) -> ProtocolVersion:
    if of == DRAFT:
        return previews.version_of(study=study)
    current = selectors.protocol(study=study).current
    if current is None:
        message = "This study was never opened, so there is only its draft to pilot."
        raise Invalid(message, fields={"of": [message]})
    return current


def _check(plan: Plan, *, content: Content) -> None:
    fields: dict[str, list[str]] = {}
    wanted = sum(plan.kinds.values())
    if not 1 <= wanted <= MOST_WALKS:
        fields["kinds"] = [f"Choose between 1 and {MOST_WALKS} simulated participants in all."]
    elif set(plan.kinds) - set(KINDS) or not all(0 <= n <= MOST_OF_A_KIND for n in plan.kinds.values()):
        fields["kinds"] = [f"There are at most {MOST_OF_A_KIND} of each known kind."]
    spoken = content.languages
    if not plan.languages or not set(plan.languages) <= set(spoken):
        listed = ", ".join(spoken) or "none yet"
        fields["languages"] = [
            f"Choose among the languages that this protocol has a consent text in: {listed}."
        ]
    if not content.questions:
        fields["of"] = ["The draft asks no question yet, so there is nothing to walk through."]
    elif not any(text.strip() for text in content.consent.values()):
        fields["of"] = ["The draft has no consent text yet, so nobody can come in."]
    if plan.voice == "model" and not settings.LLM_URL:
        fields["voice"] = ["No language model is configured here, so the answers are the written ones."]
    if fields:
        raise Invalid("This pilot cannot begin.", fields=fields)


def _places(plan: Plan) -> list[tuple[Kind, str]]:
    """Return who walks: of each kind the wished number, with the languages in turn."""
    kinds = [Kind(kind) for kind in KINDS for _ in range(plan.kinds.get(kind, 0))]
    return [(kind, plan.languages[place % len(plan.languages)]) for place, kind in enumerate(kinds)]


def stop(*, run: PilotRun, actor: AbstractBaseUser) -> None:
    """Ask a pilot to stop; walks that have ended stay in its report, the others leave nothing."""
    jobs.request_stop(job=_job(run))
    audit.record(study=run.study, actor=actor, action="pilot.stopped", subject=str(run.pk))


@transaction.atomic
def resume(*, run: PilotRun, actor: AbstractBaseUser) -> None:
    """Let a pilot that was stopped or failed walk what is left. Raises Conflict while any pilot runs."""
    job = _job(run)
    if job.state not in {Job.State.CANCELLED, Job.State.FAILED}:
        raise Conflict("Only a pilot that was stopped or failed goes on.")
    _refuse_second()
    jobs.requeue(job=job)
    audit.record(study=run.study, actor=actor, action="pilot.resumed", subject=str(run.pk))


@transaction.atomic
def delete(*, run: PilotRun, actor: AbstractBaseUser) -> None:
    """Delete a pilot with all that its participants said, made and chose. Raises Conflict while it runs."""
    job = shared.jobs(study=run.study, subject=f"pilot/{run.pk}").first()
    if job is not None and not job.ended:
        raise Conflict("Stop the pilot first; it can be deleted once it has ended.")
    people = Participant.objects.filter(pilot_run=run).select_related("study", "interview")
    gone = rehearsals.erase(participants=people)
    version = run.version
    audit.record(
        study=run.study,
        actor=actor,
        action="pilot.deleted",
        subject=str(run.pk),
        detail={"participants": gone},
    )
    jobs.forget(study=run.study, subject=f"pilot/{run.pk}")
    run.delete()
    if version is not None and version.number == previews.NUMBER:
        consent = version.consent
        version.delete()
        consent.delete()


def _job(run: PilotRun) -> Job:
    return shared.job(study=run.study, job_id=str(run.job_id))
