"""Reads of one pair of values, side by side, and of what was decided on all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from apps.moralgraph.domain.merging import rubric
from apps.moralgraph.domain.merging.rubric import Part
from apps.moralgraph.models import MergeDecision, MergeMove, MergeOpinion, ObjectionAnswer, Value
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.merging import Near, decisions, near_values
from apps.moralgraph.selectors.offers import live_votes
from apps.moralgraph.selectors.standing import standing, touching
from apps.moralgraph.selectors.values import cards_of_value
from apps.moralgraph.selectors.views import CardView, ValueView, view_of_value
from apps.shared.errors import Missing
from apps.shared.models import Study

MOST_DECISIONS = 200


@dataclass(frozen=True)
class Side:
    """A value with its cards, their quotes as far as their authors agreed, and how many votes rest on it."""

    value: ValueView
    cards: tuple[CardView, ...]
    votes: int
    live: bool


@dataclass(frozen=True)
class PartView:
    """A part of the rubric with a model's answer, where there is one."""

    part: Part
    answer: str
    why: str


@dataclass(frozen=True)
class OpinionView:
    """What a model said, what that amounts to, and how it was made; ``fault`` where it cannot be read."""

    suggestion: str
    model: str
    prompt: str
    fault: str
    at: datetime


@dataclass(frozen=True)
class DecisionView:
    """What was decided, by whom and why; ``objected`` where an author objects and nobody answered."""

    id: int
    kind: str
    low: int
    high: int
    low_title: str
    high_title: str
    kept: int | None
    rubric: Mapping[str, str]
    similarity: float | None
    reason: str
    by: str
    at: datetime
    undone_at: datetime | None
    undone_by: str
    objected: bool


@dataclass(frozen=True)
class PairView:
    """Two values side by side; ``stays`` is the one that others would be put into unless told otherwise."""

    low: Side
    high: Side
    stays: int
    near: Near | None
    parts: tuple[PartView, ...]
    opinion: OpinionView | None
    decisions: tuple[DecisionView, ...]


def pair(*, study: Study, low: int, high: int) -> PairView:
    """Return two values of a study side by side, live or not. Raises Missing."""
    rows = Value.objects.filter(counted(study=study), study=study, pk__in=[low, high]).in_bulk()
    if low >= high or len(rows) != 2:
        raise Missing("There is no such pair of values in this study.")
    sides = [_side(study, rows[pk]) for pk in (low, high)]
    opinion = MergeOpinion.objects.filter(study=study, low=low, high=high).first()
    told = opinion.parts if opinion else {}
    found = [near for near in near_values(study=study) if (near.low, near.high) == (low, high)]
    return PairView(
        low=sides[0],
        high=sides[1],
        # Whose name stands for both: that of more people, of more votes, else the older one.
        stays=min(sides, key=lambda side: (-len(side.cards), -side.votes, side.value.id)).value.id,
        near=found[0] if found else None,
        parts=tuple(_part(part, told.get(str(part.number), {})) for part in rubric.PARTS),
        opinion=_opinion(opinion) if opinion else None,
        decisions=tuple(_decisions(study, decisions(study=study).filter(low=low, high=high))),
    )


def history(*, study: Study) -> list[DecisionView]:
    """Return the newest decisions of a study."""
    return _decisions(study, decisions(study=study)[:MOST_DECISIONS])


def _side(study: Study, value: Value) -> Side:
    here = touching(values=standing(study=study).values_as(value.pk))
    votes = live_votes(study=study).filter(here).count()
    return Side(
        view_of_value(value), tuple(cards_of_value(value_id=value.pk)), votes, value.retired_at is None
    )


def _part(part: Part, told: Mapping[str, str]) -> PartView:
    return PartView(part, told.get("answer", ""), told.get("why", ""))


def _opinion(row: MergeOpinion) -> OpinionView:
    answers = {number: told["answer"] for number, told in row.parts.items()}
    suggestion = "" if row.fault else rubric.suggestion(answers)
    return OpinionView(suggestion, row.made.get("model", ""), row.made.get("prompt", ""), row.fault, row.at)


def _decisions(study: Study, rows: Iterable[MergeDecision]) -> list[DecisionView]:
    answered = ObjectionAnswer.objects.filter(
        objection__belonging__move=OuterRef("pk"), undone_at__isnull=True
    )
    objected = MergeMove.objects.filter(
        ~Exists(answered), decision__study=study, entered__objection__erased_at__isnull=True,
        entered__objection__isnull=False,
    ).values_list("decision", flat=True)  # fmt: skip
    open_ones = set(objected)
    found = list(rows)
    titles = dict(
        Value.objects.filter(pk__in={pk for row in found for pk in (row.low_id, row.high_id)}).values_list(
            "pk", "title"
        )
    )
    return [
        DecisionView(
            id=row.pk, kind=row.kind, low=row.low_id, high=row.high_id, low_title=titles[row.low_id],
            high_title=titles[row.high_id], kept=row.kept_id, rubric=row.rubric, similarity=row.similarity,
            reason=row.reason, by=row.by, at=row.at, undone_at=row.undone_at, undone_by=row.undone_by,
            objected=row.undone_at is None and row.pk in open_ones,
        )
        for row in found
    ]  # fmt: skip
