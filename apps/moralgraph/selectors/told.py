"""Reads of people's own stories, and of which pairs lack any."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from apps.models.selectors import language_models
from apps.moralgraph.domain.tales import choosing, personal
from apps.moralgraph.domain.tales.choosing import Wanted
from apps.moralgraph.models import CardVersion, OwnStory, Story, Transition
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.standing import standing
from apps.moralgraph.selectors.values import contexts, live_values
from apps.shared.models import Job, Study

ASKED = "stories/propose"
"""What the job that asks a model is about."""


@dataclass(frozen=True)
class OwnStoryView:
    """What a person told; ``details`` may tell who they are, and ``value`` is where their card stands."""

    id: int
    text: str
    before: str
    language: str
    details: tuple[str, ...]
    card_title: str
    value: int | None
    context: int | None
    state: str
    reason: str
    decided_by: str
    simulated: bool
    at: datetime


@dataclass(frozen=True)
class Told:
    """All own stories, those that wait first; the model that can be asked, about how many pairs, and the job
    that asks it or failed to.
    """

    stories: tuple[OwnStoryView, ...]
    open: int
    model: str
    lacking: int
    job: uuid.UUID | None


def told(*, study: Study) -> Told:
    """Return what people told, and how many pairs a model could be asked about."""
    wordings = CardVersion.objects.filter(proposal="").order_by("number")
    rows = (
        OwnStory.objects.filter(counted(study=study, path="card__"), study=study, erased_at__isnull=True)
        .select_related("card")
        .prefetch_related(Prefetch("card__versions", wordings), "card__context_proposals")
        .order_by("pk")
    )
    found = sorted((_view(row) for row in rows), key=lambda item: item.state != OwnStory.State.OPEN)
    used = language_models.model_for(study=study, role="stories")
    model = used.name if used else ""
    return Told(
        stories=tuple(found),
        open=sum(item.state == OwnStory.State.OPEN for item in found),
        model=model,
        lacking=len(wanted(study=study, most=10)) if model else 0,
        job=_job(study),
    )


def _job(study: Study) -> uuid.UUID | None:
    """Return the last time that a model was asked, unless that is done: its stories tell of it then."""
    last = Job.objects.filter(study=study, subject=ASKED).order_by("-created_at").first()
    shown = last is not None and last.state in {Job.State.QUEUED, Job.State.RUNNING, Job.State.FAILED}
    return last.pk if last is not None and shown else None


def wanted(*, study: Study, most: int) -> list[Wanted]:
    """Return pairs of values that few told transitions reach, at most so many."""
    now = standing(study=study)
    written = Story.objects.filter(transition__study=study, retired_at__isnull=True)
    written = written.exclude(origin=Story.Origin.TEMPLATE).exclude(text="")
    ends = ("transition__less_wise_id", "transition__wiser_id")
    pairs = [
        (now.value(low), now.value(high))
        for low, high in written.exclude(state=Story.State.DECLINED).values_list(*ends).distinct()
    ]
    retired = Transition.objects.filter(study=study, retired_at__isnull=False)
    return choosing.wanted(
        values=sorted(live_values(study=study).values_list("pk", flat=True)),
        contexts=sorted(contexts(study=study).values_list("pk", flat=True)),
        told=[pair for pair in pairs if pair[0] != pair[1]],
        closed={frozenset(pair) for pair in retired.values_list("less_wise_id", "wiser_id")},
        most=most,
    )


def of_participant(*, participant_id: uuid.UUID) -> dict[str, object] | None:
    """Return what a person told, as they may take it away; None where they told nothing."""
    row = OwnStory.objects.filter(card__participant_id=participant_id, erased_at__isnull=True).first()
    if row is None:
        return None
    return {
        "story": row.text,
        "before": row.before,
        "agreed_at": row.agreed_at,
        "state": row.state,
        "offered_as": row.story.text if row.story else None,
    }


def _view(row: OwnStory) -> OwnStoryView:
    version = max(row.card.versions.all(), key=lambda item: item.number, default=None)
    moments = [item.context_id for item in row.card.context_proposals.all() if item.context_id]
    return OwnStoryView(
        id=row.pk,
        text=row.text,
        before=row.before,
        language=row.language,
        details=personal.details(f"{row.text} {row.before}"),
        card_title=version.title if version else "",
        value=row.card.value_id,
        context=moments[0] if moments else None,
        state=row.state,
        reason=row.reason,
        decided_by=row.decided_by,
        simulated=row.card.simulated,
        at=row.created_at,
    )
