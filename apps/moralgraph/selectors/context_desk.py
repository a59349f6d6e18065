"""Reads for the contexts' desk: what is proposed, what is in use, what may say the same, what was decided."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet

from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.merging import methods
from apps.moralgraph.models import (
    CardVersion,
    Context,
    ContextCandidate,
    ContextChange,
    ContextProposal,
    Story,
)
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.offers import live_votes
from apps.moralgraph.selectors.standing import Standing, standing
from apps.shared import selectors as shared
from apps.shared.models import Study

MOST_CHANGES = 200
_VERSION = "context-1"
"""Raise this when a context is written differently for the encoder: all are then compared anew."""
Kind = ContextChange.Kind
State = ContextProposal.State


@dataclass(frozen=True)
class ContextText:
    """A context or an open proposal as it is compared with others."""

    context: int | None
    proposal: int | None
    language: str
    text: str


@dataclass(frozen=True)
class NearContext:
    """A context that a proposal may be another name for."""

    id: int
    name: str
    similarity: float


@dataclass(frozen=True)
class ProposalView:
    """A proposal with the card that it is about; ``near`` are contexts that may say the same."""

    id: int
    name: str
    origin: str
    state: str
    language: str
    card_title: str
    card_summary: str
    simulated: bool
    model: str
    at: datetime
    near: tuple[NearContext, ...]
    context_id: int | None
    reason: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True)
class ContextRow:
    """A context and what rests on it, what was put into it included.

    ``state`` is in_use, merged or retired; ``into`` is where its votes count.
    """

    id: int
    name: str
    description: str
    state: str
    into: int | None
    cards: int
    transitions: int
    votes: int
    ended: int | None


@dataclass(frozen=True)
class NearPair:
    """Two contexts in use that may say the same and on which nobody decided."""

    low: int
    high: int
    similarity: float


@dataclass(frozen=True)
class ChangeView:
    """What was done to a context, by whom, when and why."""

    id: int
    kind: str
    context: int
    other: int | None
    name: str
    other_name: str
    before: str
    after: str
    reason: str
    by: str
    at: datetime
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True)
class ContextDesk:
    """Everything about a study's contexts; ``seq`` is the last event that it knows of."""

    proposals: tuple[ProposalView, ...]
    decided: tuple[ProposalView, ...]
    contexts: tuple[ContextRow, ...]
    near: tuple[NearPair, ...]
    changes: tuple[ChangeView, ...]
    seq: int


def texts(*, study: Study) -> list[ContextText]:
    """Return the contexts in use and the open proposals as they are compared, contexts first."""
    used = Context.objects.filter(study=study, retired_at__isnull=True).order_by("pk")
    found = [
        ContextText(row.pk, None, _language(row.name, row.description), f"{row.name}. {row.description}")
        for row in used
    ]
    waiting = _proposals(study).filter(state=State.OPEN)
    return found + [ContextText(None, row.pk, _language(row.name, ""), f"{row.name}. ") for row in waiting]


def fingerprint(texts: Sequence[ContextText]) -> str:
    """Return a hash of what is compared and from where on it is near."""
    made_by = (_VERSION, sorted(methods.CONTEXTS.items()))
    return hashlib.sha256(repr((made_by, list(texts))).encode()).hexdigest()


def desk(*, study: Study) -> ContextDesk:
    """Return a study's contexts with what is proposed and what was decided."""
    seq = shared.last_seq(stream=f"study/{study.slug}/graph")
    rows = list(Context.objects.filter(study=study).order_by("pk"))
    names = {row.pk: row.name for row in rows}
    changes = list(
        ContextChange.objects.filter(study=study).select_related("context", "other")[:MOST_CHANGES]
    )
    proposals = [_proposal(row, names) for row in _proposals(study)]
    return ContextDesk(
        proposals=tuple(item for item in proposals if item.state == State.OPEN),
        decided=tuple(item for item in reversed(proposals) if item.decided_by),
        contexts=_rows(study, rows),
        near=_near(study, rows),
        changes=tuple(_change(row) for row in changes),
        seq=seq,
    )


def proposal_of(*, card_id: int) -> str:
    """Return in what kind of moment a card's story was, as its author said; empty where they did not."""
    rows = ContextProposal.objects.filter(card=card_id, origin=ContextProposal.Origin.PERSON)
    return rows.values_list("name", flat=True).first() or ""


def _language(name: str, description: str) -> str:
    return linter.language_of(ValuesCard(name, description, ()))


def _proposals(study: Study) -> QuerySet[ContextProposal]:
    wordings = CardVersion.objects.filter(proposal="").order_by("number")
    near = ContextCandidate.objects.filter(context__retired_at__isnull=True)
    accepted = ContextProposal.objects.filter(
        counted(study=study, path="card__"),
        study=study,
        erased_at__isnull=True,
        card__accepted_at__isnull=False,
    )
    return (
        accepted.exclude(name="")
        .select_related("card")
        .prefetch_related(Prefetch("card__versions", queryset=wordings), Prefetch("near", queryset=near))
        .order_by("pk")
    )


def _proposal(row: ContextProposal, names: Mapping[int, str]) -> ProposalView:
    version = max(row.card.versions.all(), key=lambda item: item.number, default=None)
    return ProposalView(
        id=row.pk,
        name=row.name,
        origin=row.origin,
        state=row.state,
        language=row.language,
        card_title=version.title if version else "",
        card_summary=version.summary if version else "",
        simulated=row.card.simulated,
        model=str(row.engine.get("model", "")),
        at=row.created_at,
        near=tuple(
            NearContext(item.context_id, names[item.context_id], item.similarity) for item in row.near.all()
        ),
        context_id=row.context_id,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _rows(study: Study, rows: Sequence[Context]) -> tuple[ContextRow, ...]:
    now = standing(study=study)
    cards = _cards(study, now)
    steps, votes = _judged(study, now)
    ended = dict(
        ContextChange.objects.filter(
            study=study, undone_at__isnull=True, kind__in=[Kind.MERGED, Kind.RETIRED]
        ).values_list("context_id", "pk")
    )
    return tuple(
        ContextRow(
            id=row.pk,
            name=row.name,
            description=row.description,
            state=_state(row, now),
            into=now.contexts.get(row.pk),
            cards=len(cards[row.pk]),
            transitions=len(steps[row.pk]),
            votes=votes[row.pk],
            ended=ended.get(row.pk),
        )
        for row in rows
    )


def _state(row: Context, now: Standing) -> str:
    if row.pk in now.contexts:
        return "merged"
    return "in_use" if row.retired_at is None else "retired"


def _cards(study: Study, now: Standing) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    held = ContextProposal.objects.filter(
        counted(study=study, path="card__"), study=study, erased_at__isnull=True, context__isnull=False
    )
    for context, card in held.values_list("context_id", "card_id"):
        found[now.context(context)].add(card)
    return found


def _judged(study: Study, now: Standing) -> tuple[dict[int, set[int]], Counter[int]]:
    """Return the transitions that were judged or written about in each context, and the votes that count."""
    steps: dict[int, set[int]] = defaultdict(set)
    votes: Counter[int] = Counter()
    cast = live_votes(study=study).order_by().values_list("context_id", "transition_id")
    for context, step, times in cast.annotate(times=Count("pk")):
        steps[now.context(context)].add(step)
        votes[now.context(context)] += times
    told = Story.objects.filter(transition__study=study, state=Story.State.TAKEN).exclude(text="")
    written = told.exclude(origin=Story.Origin.TEMPLATE).filter(retired_at__isnull=True)
    for context, step in written.values_list("context_id", "transition_id"):
        steps[now.context(context)].add(step)
    return steps, votes


def _near(study: Study, rows: Sequence[Context]) -> tuple[NearPair, ...]:
    live = {row.pk for row in rows if row.retired_at is None}
    apart = ContextChange.objects.filter(study=study, kind=Kind.APART, undone_at__isnull=True)
    known = {frozenset(pair) for pair in apart.values_list("context_id", "other_id")}
    found = ContextCandidate.objects.filter(study=study, other__isnull=False)
    pairs = [
        NearPair(min(one, other), max(one, other), similarity)
        for one, other, similarity in found.values_list("context_id", "other_id", "similarity")
        if other is not None and {one, other} <= live and frozenset((one, other)) not in known
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.low, pair.high)))


def _change(row: ContextChange) -> ChangeView:
    return ChangeView(
        id=row.pk,
        kind=row.kind,
        context=row.context_id,
        other=row.other_id,
        name=row.context.name,
        other_name=row.other.name if row.other else "",
        before=row.before,
        after=row.after,
        reason=row.reason,
        by=row.by,
        at=row.at,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
