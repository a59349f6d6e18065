"""Reads of pilots: which there were, what each showed, and what others' rows looked like beside them."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from apps.elicitation.domain import pilots
from apps.elicitation.domain.pilots import Price, Walked
from apps.elicitation.domain.steps import ENDS
from apps.elicitation.models import Participant, PilotRun, PilotWalk, Turn
from apps.moralgraph import selectors as moralgraph
from apps.shared import selectors as shared
from apps.shared.errors import Missing
from apps.shared.models import Study


def pilot_runs(*, study: Study) -> "QuerySet[PilotRun]":
    """Return a study's pilots with how many walks ended and arrived, the newest first."""
    ended = Q(walks__state__in=[PilotWalk.State.ARRIVED, PilotWalk.State.FAILED])
    rows = PilotRun.objects.filter(study=study).select_related("version", "created_by")
    return rows.annotate(
        n_walks=Count("walks"),
        n_ended=Count("walks", filter=ended),
        n_arrived=Count("walks", filter=Q(walks__state=PilotWalk.State.ARRIVED)),
    ).order_by("-created_at", "-pk")


def view_pilots(*, study: Study) -> list[dict[str, Any]]:
    """Return a study's pilots with how their jobs stand, in two queries."""
    found = list(pilot_runs(study=study))
    subjects = [_subject(run) for run in found]
    jobs = {job.subject: job for job in shared.jobs(study=study).filter(subject__in=subjects)}
    return [_view(run, jobs.get(_subject(run))) for run in found]


def _subject(run: PilotRun) -> str:
    return f"pilot/{run.pk}"


def _view(run: PilotRun, job: Any) -> dict[str, Any]:
    version = run.version
    return {
        "id": run.pk,
        "job": run.job_id,
        "state": job.state if job else "cancelled",
        "progress": job.progress if job else 0.0,
        "message": job.message if job else "",
        "attempts": job.attempts if job else 0,
        "revision": run.revision,
        "version": version.number if version and version.number else None,
        "hash": version.hash if version else "",
        "voice": run.voice,
        "seed": run.seed,
        "walks": getattr(run, "n_walks", 0),
        "ended": getattr(run, "n_ended", 0),
        "arrived": getattr(run, "n_arrived", 0),
        "created_at": run.created_at,
        "created_by": run.created_by.get_username() if run.created_by else None,
        "finished_at": run.finished_at,
    }


def pilot_run(*, study: Study, pilot_id: int) -> PilotRun:
    """Return one pilot of a study. Raises Missing."""
    found = pilot_runs(study=study).filter(pk=pilot_id).first()
    if found is None:
        raise Missing("There is no such pilot in this study.")
    return found


def view_pilot(*, study: Study, pilot_id: int) -> dict[str, Any]:
    """Return a pilot with its report, as far as its walks have ended. Raises Missing."""
    found = pilot_run(study=study, pilot_id=pilot_id)
    job = shared.jobs(study=study, subject=_subject(found)).first()
    walked = [
        Walked(
            place=row.place,
            kind=row.kind,
            language=row.language,
            state=row.state,
            participant=str(row.participant_id) if row.participant_id else None,
            record=row.record,
        )
        for row in found.walks.order_by("place")
    ]
    price = Price(prompt=settings.LLM_PRICE_PROMPT, completion=settings.LLM_PRICE_COMPLETION)
    checks = found.checks or {}
    return {
        **_view(found, job),
        **pilots.report(walked, price=price),
        "compared": checks.get("compared"),
        "compared_others": checks.get("compared_others", checks.get("compared")),
        "changed": checks.get("changed", []),
        "priced": price.prompt is not None and price.completion is not None,
    }


def fingerprints(*, study: Study, only: Sequence[uuid.UUID | str] | None = None) -> dict[str, str]:
    """Return a hash of everything that participants of a study said and made, by participant.

    Of those whose part is over, or of certain ones; who withdrew has none, because their words are gone.
    """
    people = Participant.objects.filter(study=study, withdrawn_at__isnull=True)
    people = people.filter(step__in=ENDS) if only is None else people.filter(pk__in=only)
    ids = list(people.values_list("pk", flat=True))
    content: dict[uuid.UUID, list[Any]] = {owner: [] for owner in ids}
    turns = Turn.objects.filter(interview__participant__in=ids).order_by("interview", "position")
    columns = ("interview__participant_id", "position", "speaker", "text", "state")
    _gather(content, turns.values_list(*columns))
    _gather(content, moralgraph.words_of(study=study, participants=ids))
    return {
        str(owner): hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()
        for owner, rows in content.items()
    }


def _gather(content: dict[uuid.UUID, list[Any]], rows: Iterable[tuple[Any, ...]]) -> None:
    for owner, *row in rows:
        content[owner].append(row)
