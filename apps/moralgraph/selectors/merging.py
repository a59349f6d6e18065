"""Reads of near-duplicates: which cards are compared, and which pairs of values wait for a decision."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q, QuerySet

from apps.models.selectors import language_models
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.merging import methods, rubric, wordings
from apps.moralgraph.models import (
    Card,
    CardVersion,
    MergeCandidate,
    MergeDecision,
    MergeObjection,
    MergeOpinion,
    Value,
)
from apps.moralgraph.selectors.counted import counted
from apps.moralgraph.selectors.objections import objections
from apps.moralgraph.selectors.views import policies_of
from apps.shared import selectors as shared
from apps.shared.models import Study

MOST_SHOWN = 200
"""So many pairs are listed at once, the nearest first; deciding them brings up the next ones."""
UNREAD = "unread"
"""What a model said of a pair, where that cannot be read."""
Pair = tuple[int, int]


@dataclass(frozen=True)
class Near:
    """Two values with the nearest two of their cards: how near those are, by what, in which language."""

    low: int
    high: int
    similarity: float
    language: str
    encoder: str


@dataclass(frozen=True)
class OpenPair:
    """A pair that waits; ``opinion`` is what a model's answers to the rubric amount to, "unread" where they
    cannot be read, or empty.
    """

    low: int
    high: int
    low_title: str
    high_title: str
    similarity: float
    language: str
    opinion: str
    simulated: bool


@dataclass(frozen=True)
class LanguageView:
    """How many cards of a language are compared, by what, and what to know about that."""

    code: str
    cards: int
    measure: str
    note: str


@dataclass(frozen=True)
class Desk:
    """Everything that waits, and how far it is. ``seq`` is the last event that it knows of.

    ``open`` counts pairs, those included that are not listed; ``unjudged`` those without a model's opinion,
    and ``unread`` those of them of which a model wrote what cannot be read.
    """

    pairs: tuple[OpenPair, ...]
    open: int
    unjudged: int
    unread: int
    merged: int
    apart: int
    split: int
    objections: int
    languages: tuple[LanguageView, ...]
    judge: str
    seq: int


@dataclass(frozen=True)
class CardText:
    """An accepted card as it is compared with others."""

    card_id: int
    language: str
    text: str


def compared_cards(*, study: Study) -> Q:
    """Return which cards are compared: accepted, in a live value, and counted in the study."""
    live = Q(study=study, accepted_at__isnull=False, erased_at__isnull=True, value__retired_at__isnull=True)
    return live & counted(study=study) & counted(study=study, path="value__")


def card_texts(*, study: Study) -> list[CardText]:
    """Return the cards that are compared, as their authors accepted them, in the order of their numbers."""
    cards = Card.objects.filter(compared_cards(study=study)).values("pk")
    newest: dict[int, CardVersion] = {}
    for version in CardVersion.objects.filter(card__in=cards, proposal="").order_by("card", "number"):
        newest[version.card_id] = version
    return [_text(version) for _, version in sorted(newest.items())]


def _text(version: CardVersion) -> CardText:
    policies = policies_of(version.policies)
    language = linter.language_of(ValuesCard(version.title, version.summary, policies))
    return CardText(version.card_id, language, wordings.written(title=version.title, policies=policies))


def fingerprint(*, study: Study, made_by: Iterable[str]) -> str:
    """Return a hash of which cards are compared and of what compares them; merging changes neither."""
    cards = Card.objects.filter(compared_cards(study=study)).order_by("pk").values_list("pk", flat=True)
    return hashlib.sha256(repr((list(cards), sorted(made_by))).encode()).hexdigest()


def desk(*, study: Study, made_by: Iterable[str]) -> Desk:
    """Return what waits for a decision, the nearest first, and counts of what was decided."""
    seq = shared.last_seq(stream=f"study/{study.slug}/graph")
    waiting = open_pairs(study=study)
    opinions = _opinions(study)
    ids = {end for near in waiting[:MOST_SHOWN] for end in (near.low, near.high)}
    values = Value.objects.in_bulk(ids)
    judge = language_models.model_for(study=study, role="merging")
    kinds = Counter(decisions(study=study).filter(undone_at__isnull=True).values_list("kind", flat=True))
    return Desk(
        pairs=tuple(_open_pair(near, values, opinions) for near in waiting[:MOST_SHOWN]),
        open=len(waiting),
        unjudged=sum(opinions.get((near.low, near.high), UNREAD) == UNREAD for near in waiting),
        unread=sum(opinions.get((near.low, near.high)) == UNREAD for near in waiting),
        merged=kinds[MergeDecision.Kind.MERGED],
        apart=kinds[MergeDecision.Kind.APART],
        split=kinds[MergeDecision.Kind.SPLIT],
        objections=objections(study=study).open,
        languages=_languages(study, fingerprint(study=study, made_by=made_by)),
        judge=judge.name if judge else "",
        seq=seq,
    )


def open_pairs(*, study: Study) -> list[Near]:
    """Return the pairs of live values with near cards that nobody decided on, the nearest first.

    A pair of which an author said that it does not belong together is no proposal any more: it stands
    among the objections.
    """
    settled = _settled(study)
    return [near for near in near_values(study=study) if (near.low, near.high) not in settled]


def near_values(*, study: Study) -> list[Near]:
    """Return all pairs of live values that have near cards, the nearest first, decided or not."""
    stands = dict(Card.objects.filter(compared_cards(study=study)).values_list("pk", "value_id"))
    columns = ("first_id", "second_id", "similarity", "language", "encoder")
    found: dict[Pair, Near] = {}
    for first, second, *told in MergeCandidate.objects.filter(study=study).values_list(*columns):
        ends = stands.get(first), stands.get(second)
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        low, high = min(ends[0], ends[1]), max(ends[0], ends[1])
        # Rows come nearest first, so the first of a pair of values is its nearest.
        found.setdefault((low, high), Near(low, high, *told))
    return sorted(found.values(), key=lambda near: (-near.similarity, near.low, near.high))


def similarity(*, study: Study, low: int, high: int) -> float | None:
    """Return how near two values are; None where no candidate says so."""
    pairs = near_values(study=study)
    return next((near.similarity for near in pairs if (near.low, near.high) == (low, high)), None)


def decisions(*, study: Study) -> QuerySet[MergeDecision]:
    """Return what was decided on values that count, the newest first."""
    shown = counted(study=study, path="low__") & counted(study=study, path="high__")
    return MergeDecision.objects.filter(shown, study=study)


def _settled(study: Study) -> set[Pair]:
    decided = MergeDecision.objects.filter(study=study, undone_at__isnull=True).values_list("low", "high")
    objected = MergeObjection.objects.filter(
        belonging__card__study=study, erased_at__isnull=True, belonging__card__value__isnull=False
    ).values_list("belonging__card__value", "belonging__value")
    return {*decided, *((min(ends), max(ends)) for ends in objected)}


def _opinions(study: Study) -> dict[Pair, str]:
    """Return what the newest opinion on each pair amounts to."""
    rows = MergeOpinion.objects.filter(study=study).order_by("pk")
    return {
        (low, high): UNREAD
        if fault
        else rubric.suggestion({number: told["answer"] for number, told in parts.items()})
        for low, high, parts, fault in rows.values_list("low", "high", "parts", "fault")
    }


def _open_pair(near: Near, values: Mapping[int, Value], opinions: Mapping[Pair, str]) -> OpenPair:
    low, high = values[near.low], values[near.high]
    return OpenPair(
        low=near.low,
        high=near.high,
        low_title=low.title,
        high_title=high.title,
        similarity=near.similarity,
        language=near.language,
        opinion=opinions.get((near.low, near.high), ""),
        simulated=low.simulated and high.simulated,
    )


def _languages(study: Study, name: str) -> tuple[LanguageView, ...]:
    key = f"moralgraph.merging.languages.{name}"
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = dict(Counter(card.language for card in card_texts(study=study)))
        cache.set(key, counts, timeout=7 * 24 * 3600)
    return tuple(
        LanguageView(code, counts[code], methods.for_language(code).name, methods.for_language(code).note)
        for code in sorted(counts)
    )
