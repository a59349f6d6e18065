"""The work of a pilot: walks side by side, each kept when it ends; a dead worker leaves none half-counted."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain import drafting
from apps.elicitation.domain.personas import Kind, Persona
from apps.elicitation.models import Interview, Participant, PilotRun, PilotWalk
from apps.elicitation.services import pilot_doors, rehearsals, voices
from apps.elicitation.services.visits import Visitor
from apps.elicitation.services.walks import Surroundings, Walker
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.domain.cards import ValuesCard
from apps.shared.models import Job
from apps.shared.services import jobs

AT_ONCE = 4
LOOK_SECONDS = 1.0


class _Stopped(Exception):
    """Somebody asked for a stop."""


def walk(*, job: Job) -> None:
    """Walk what is left of a pilot; whoever was interrupted is erased first and walks anew."""
    run = PilotRun.objects.select_related("study", "version").get(pk=job.config["run"])
    _forget_interrupted(run)
    if not run.checks:
        run.checks = {"before": selectors.fingerprints(study=run.study)}
        run.save(update_fields=["checks"])
    try:
        async_to_sync(_walk_all)(run, job)
    except _Stopped:
        _forget_interrupted(run)
        jobs.finish(job=job, state=Job.State.CANCELLED, message=f"Stopped. {_tell(run)}")
        return
    _look_after(run)
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    jobs.report(job=job, progress=1.0, message=_tell(run))
    jobs.finish(job=job, state=Job.State.SUCCEEDED, message=_tell(run))


def _tell(run: PilotRun) -> str:
    states = Counter(run.walks.values_list("state", flat=True))
    arrived, failed = states[PilotWalk.State.ARRIVED], states[PilotWalk.State.FAILED]
    return f"{arrived} of {sum(states.values())} arrived, {failed} failed."


@transaction.atomic
def _forget_interrupted(run: PilotRun) -> None:
    """Erase those whose walk has no record; their places are free again.

    Votes of others on their values go with them, which is no injection's effect: the others are compared
    first, and looked at anew afterwards.
    """
    _, changed = _compare(run, _kept(run))
    open_walks = run.walks.exclude(state__in=[PilotWalk.State.ARRIVED, PilotWalk.State.FAILED])
    half = Participant.objects.filter(pilot_run=run).exclude(
        pilot_walk__state__in=[PilotWalk.State.ARRIVED, PilotWalk.State.FAILED]
    )
    rehearsals.erase(participants=half.select_related("study", "interview"))
    open_walks.update(state=PilotWalk.State.WAITING, participant=None)
    after = selectors.fingerprints(study=run.study, only=list(_kept(run)))
    for walk in run.walks.exclude(participant=None):
        walk.record["fingerprint"] = after.get(str(walk.participant_id), "")
        walk.save(update_fields=["record"])
    if changed:
        run.checks = {**run.checks, "changed": sorted({*run.checks.get("changed", ()), *changed})}
        run.save(update_fields=["checks"])


async def _walk_all(run: PilotRun, job: Job) -> None:
    waiting = await sync_to_async(_waiting)(run)
    around = await sync_to_async(_surroundings)(run)
    gate = asyncio.Semaphore(AT_ONCE)
    walks = [
        asyncio.create_task(_walk_one(one, run=run, job=job, around=around, gate=gate)) for one in waiting
    ]
    watch = asyncio.create_task(_watch(job))
    everyone = asyncio.gather(*walks)
    either: set[asyncio.Future[Any]] = {everyone, watch}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if watch.done():
            watch.result()
        await everyone
    finally:
        for task in (*walks, watch):
            task.cancel()
        await asyncio.gather(*walks, everyone, watch, return_exceptions=True)


async def _watch(job: Job) -> None:
    """Raise once a stop was asked for, or the lease is somebody else's."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        await sync_to_async(jobs.renew)(job_id=str(job.pk), owner=job.lease_owner)
        if await sync_to_async(jobs.stop_requested)(job=job):
            raise _Stopped


def _waiting(run: PilotRun) -> list[PilotWalk]:
    return list(run.walks.filter(state=PilotWalk.State.WAITING).select_related("run__study"))


def persona_of(walk: PilotWalk, *, seed: int) -> Persona:
    """Return who walks at a place; the same run has the same people."""
    return Persona(kind=Kind(walk.kind), language=walk.language, seed=seed + walk.place)


def _surroundings(run: PilotRun) -> Surroundings:
    if run.version is None:
        return Surroundings()
    content = run.version.content
    screening = {
        (item.key, option.key) for item in content.about for option in item.options if option.screens_out
    }
    names = {persona_of(walk, seed=run.seed).name for walk in run.walks.all()}
    return Surroundings(
        screening=screening, codes=set(content.codes.model_dump().values()) - {""}, names=names
    )


async def _walk_one(
    one: PilotWalk, *, run: PilotRun, job: Job, around: Surroundings, gate: asyncio.Semaphore
) -> None:
    async with gate:
        door = await sync_to_async(_begin)(one, run=run, job=job)
        persona = persona_of(one, seed=run.seed)
        visitor = Visitor(address=settings.WEB_ADDRESS, language=one.language)
        answer = voices.of_model(persona=persona) if run.voice == "model" else None
        try:
            record = await Walker(persona=persona, visitor=visitor, around=around, answer=answer).walk(door)
        finally:
            await visitor.close()
        await sync_to_async(_keep)(one, run=run, job=job, record=record.to_json())


@transaction.atomic
def _begin(one: PilotWalk, *, run: PilotRun, job: Job) -> str:
    jobs.renew(job_id=str(job.pk), owner=job.lease_owner)
    one.state, one.attempt = PilotWalk.State.WALKING, job.attempts
    one.save(update_fields=["state", "attempt"])
    return f"/s/{run.study.slug}/pilot/{pilot_doors.sign(walk=one)}/"


@transaction.atomic
def _keep(one: PilotWalk, *, run: PilotRun, job: Job, record: dict[str, Any]) -> None:
    """Keep a walk's record with what its card and its replies were like; all of it or nothing."""
    jobs.renew(job_id=str(job.pk), owner=job.lease_owner)
    one.refresh_from_db()
    state = PilotWalk.State.FAILED if record["failure"] else PilotWalk.State.ARRIVED
    if one.participant_id:
        record |= _measure(Participant.objects.get(pk=one.participant_id))
        found = selectors.fingerprints(study=run.study, only=[one.participant_id])
        record["fingerprint"] = found.get(str(one.participant_id), "")
    one.record, one.state = record, state
    one.save(update_fields=["record", "state"])
    ended = run.walks.filter(state__in=[PilotWalk.State.ARRIVED, PilotWalk.State.FAILED]).count()
    jobs.report(job=job, progress=ended / max(run.walks.count(), 1), message=_tell(run))


def _measure(participant: Participant) -> dict[str, Any]:
    """Return what the server knows of a walk: tokens of its replies, and how its card is worded."""
    interview = Interview.objects.filter(participant=participant).first()
    tokens: Counter[str] = Counter()
    for engine in interview.turns.values_list("engine", flat=True) if interview else []:
        for call in (engine, engine.get("failed") or {}, *engine.get("calls", ())):
            used = call.get("tokens") or {}
            tokens["prompt"] += int(used.get("prompt_tokens") or 0)
            tokens["completion"] += int(used.get("completion_tokens") or 0)
    card = moralgraph.card_of(participant_id=participant.pk)
    found: dict[str, Any] = {"tokens": dict(tokens)}
    if card is not None:
        worded = ValuesCard(card.title, card.summary, card.policies)
        found["card"] = {
            "findings": dict(Counter(str(item.rule) for item in card.findings)),
            "share_quoted": round(drafting.share_quoted(card=worded, language=participant.language), 4),
            "lines": len(card.policies),
        }
    return found


def _kept(run: PilotRun) -> dict[str, str]:
    """Return what those of the pilot who came to an end had said and made then, by participant."""
    rows = run.walks.exclude(participant=None).values_list("participant", "record")
    return {str(owner): record["fingerprint"] for owner, record in rows if record.get("fingerprint")}


def _compare(run: PilotRun, before: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return who was compared, and whose words are not as they were; who withdrew has none."""
    after = selectors.fingerprints(study=run.study, only=list(before))
    return list(after), sorted(key for key, value in after.items() if before[key] != value)


def _look_after(run: PilotRun) -> None:
    """Compare what others had said and made with what it was before: a pilot changes no row but its own.

    Those who walked with it are compared as well, with how they stood at their own end.
    """
    others: Mapping[str, str] = run.checks.get("before", {})
    compared, changed = _compare(run, {**others, **_kept(run)})
    told = sorted({*run.checks.get("changed", ()), *changed})
    counted = {"compared": len(compared), "compared_others": sum(key in others for key in compared)}
    run.checks = {**run.checks, **counted, "changed": told}
    run.save(update_fields=["checks"])
