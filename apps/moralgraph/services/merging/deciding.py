"""What researchers decide on near-duplicates: put together, keep apart, take a card out, and undo."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.moralgraph import selectors
from apps.moralgraph.domain.merging import rubric
from apps.moralgraph.models import Belonging, Card, MergeDecision, MergeMove, Value
from apps.moralgraph.services import belongings, changes
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

LONGEST_REASON = 300
Kind = MergeDecision.Kind


@transaction.atomic
def decide(
    *,
    study: Study,
    actor: Person,
    low: int,
    high: int,
    decision: str,
    keep: int | None = None,
    answers: Mapping[str, Any] | None = None,
    reason: str = "",
) -> MergeDecision:
    """Put two values together, the cards of one into ``keep``, or keep them apart.

    Without a reason of its own a decision has that of the rubric's answers. The authors of the cards that
    move read it. Raises Missing, Invalid without any reason, and Conflict where the pair is decided already.
    """
    values = _values(study=study, ids=(low, high))
    given, told = _told(answers or {}, reason, decision)
    pair = sorted(values)
    if _standing(study=study, pair=pair) is not None:
        raise Conflict("This pair is decided already. Undo that decision first.")
    kept = values[keep] if decision == Kind.MERGED and keep in values else None
    if decision == Kind.MERGED and kept is None:
        raise Invalid("Say which of the two values stays.", fields={"keep": ["Choose one of the two."]})
    row = MergeDecision.objects.create(
        study=study, kind=decision, low_id=pair[0], high_id=pair[1], kept=kept, rubric=given, reason=told,
        similarity=selectors.merging.similarity(study=study, low=pair[0], high=pair[1]),
        by=actor.get_username()[:60],
    )  # fmt: skip
    if kept is not None:
        left = next(value for value in values.values() if value.pk != kept.pk)
        cards = Card.objects.select_for_update().filter(value=left, erased_at__isnull=True).order_by("pk")
        for card in cards:
            _move(decision=row, card=card, value=kept, by=row.by, reason=told)
        Value.objects.filter(pk=left.pk).update(retired_at=timezone.now())
    _note(study=study, actor=actor, action="merge.decided", row=row)
    return row


@transaction.atomic
def split(*, study: Study, actor: Person, card_id: int, reason: str) -> MergeDecision:
    """Take a card out of its value and let it stand for itself.

    Raises Missing, Invalid without a reason, and Conflict where the card stands alone already.
    """
    found = Card.objects.select_for_update().filter(selectors.merging.compared_cards(study=study), pk=card_id)
    card = found.select_related("value").first()
    if card is None or card.value is None:
        raise Missing("There is no such card in a value of this study.")
    told = _reason(reason)
    if not told:
        raise Invalid("Say why the card does not belong there.", fields={"reason": ["Give a reason."]})
    left, before = card.value, _membership(card)
    others = Card.objects.filter(value=left, erased_at__isnull=True).exclude(pk=card.pk)
    if not others.exists():
        raise Conflict("This card is the only one in its value, so it stands for itself already.")
    own = belongings.stand_alone(card=card, reason=told)
    low, high = sorted([left.pk, own.pk])
    row = MergeDecision.objects.create(
        study=study, kind=Kind.SPLIT, low_id=low, high_id=high, kept=left, reason=told,
        by=actor.get_username()[:60],
    )  # fmt: skip
    MergeMove.objects.create(decision=row, left=before, entered=_membership(card))
    _note(study=study, actor=actor, action="merge.split", row=row)
    return row


@transaction.atomic
def undo(*, study: Study, actor: Person, decision_id: int) -> MergeDecision:
    """Take a decision back: every card that it moved and that is still there goes back to where it was.

    Raises Missing, and Conflict where it was undone before.
    """
    row = MergeDecision.objects.select_for_update().filter(study=study, pk=decision_id).first()
    if row is None:
        raise Missing("There is no such decision in this study.")
    if row.undone_at is not None:
        raise Conflict("This decision was undone before.")
    row.undone_at, row.undone_by = timezone.now(), actor.get_username()[:60]
    row.save(update_fields=["undone_at", "undone_by"])
    for move in row.moves.select_related("left__value", "entered__card").order_by("pk"):
        if move.entered.undone_at is None and move.left.value.erased_at is None:
            _go_back(card=move.entered.card, before=move.left)
    _bring_back_cardless(row)
    _note(study=study, actor=actor, action="merge.undone", row=row)
    return row


def _values(*, study: Study, ids: Sequence[int]) -> dict[int, Value]:
    live = selectors.live_values(study=study).filter(pk__in=ids).order_by("pk")
    found = {value.pk: value for value in live.select_for_update(of=("self",))}
    if len(found) != 2:
        raise Missing("One of these two values is not in the graph any more.")
    return found


def _standing(*, study: Study, pair: Sequence[int]) -> MergeDecision | None:
    rows = MergeDecision.objects.filter(study=study, low=pair[0], high=pair[1], undone_at__isnull=True)
    return rows.exclude(kind=Kind.SPLIT).first()


def _told(answers: Mapping[str, Any], reason: str, decision: str) -> tuple[dict[str, str], str]:
    try:
        given = rubric.read(answers)
    except ValueError as error:
        raise Invalid(str(error), fields={"rubric": [str(error)]}) from error
    against = {Kind.MERGED.value: "different", Kind.APART.value: "same"}[decision]
    told = _reason(reason)
    if not told and rubric.suggestion(given) != against:
        told = rubric.reason(given)
    if not told:
        message = "Answer the rubric, or give a reason: whoever looks at it later must be able to follow."
        raise Invalid(message, fields={"reason": [message]})
    return given, told[:LONGEST_REASON]


def _reason(raw: str) -> str:
    told = " ".join(raw.split())
    if len(told) > LONGEST_REASON:
        message = f"Give a reason of at most {LONGEST_REASON} characters."
        raise Invalid(message, fields={"reason": [message]})
    return told


def _move(*, decision: MergeDecision, card: Card, value: Value, by: str, reason: str) -> None:
    before = _membership(card)
    entered = belongings.put_into(card=card, value=value, by=by, reason=reason)
    MergeMove.objects.create(decision=decision, left=before, entered=entered)


def _go_back(*, card: Card, before: Belonging) -> None:
    back = belongings.put_into(card=card, value=before.value, by=before.by, reason=before.reason)
    # The membership goes on, so the decision that made it can be undone in its turn.
    MergeMove.objects.filter(entered=before).update(entered=back)


def _bring_back_cardless(decision: MergeDecision) -> None:
    """Bring a value back that came in with a file: no card of its own could take it along."""
    if decision.kind != Kind.MERGED:
        return
    left = decision.low_id if decision.kept_id == decision.high_id else decision.high_id
    cardless = Value.objects.filter(pk=left, erased_at__isnull=True, belongings__isnull=True)
    cardless.update(retired_at=None)


def _membership(card: Card) -> Belonging:
    return Belonging.objects.get(card=card, undone_at__isnull=True)


def _note(*, study: Study, actor: Person, action: str, row: MergeDecision) -> None:
    detail = {"kind": row.kind, "values": [row.low_id, row.high_id], "kept": row.kept_id}
    audit.record(study=study, actor=actor, action=action, subject=f"merge/{row.pk}", detail=detail)
    changes.announce(study=study)
