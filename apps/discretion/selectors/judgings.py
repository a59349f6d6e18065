"""Reads of algorithms that judge: how far they are, what they said word for word, what one would take."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Length

from apps.discretion.domain import report
from apps.discretion.domain.judging import asking
from apps.discretion.domain.judging.forecast import ASSUMED, MEASURED, PROBED, Forecast, Known, forecast
from apps.discretion.models import Annotator, Audit, Comparison, Judging, Principle, Reply, Verdict
from apps.models import selectors as models_selectors
from apps.models.selectors import promotions
from apps.models.selectors.language_models import ModelInUse
from apps.models.selectors.promotions import Served
from apps.shared.errors import Missing

REPLIES_SHOWN = 50
LEAST_MEASURED = 20
"""From so many answers on, their means say more than a guess."""


@dataclasses.dataclass(frozen=True)
class Standing:
    """An annotator of an audit with its coverage and, where an algorithm is, how far it is."""

    annotator: Annotator
    coverage: report.Rate
    judging: Judging | None
    verdicts: int
    checkpoint: Served | None = None


def standings(*, audit: Audit) -> list[Standing]:
    """Return every annotator of an audit in a fixed number of queries, people first, then by age."""
    comparisons = Comparison.objects.filter(audit=audit).count()
    live = Q(verdicts__superseded_at__isnull=True)
    overall = live & Q(verdicts__principle__isnull=True)
    counted = Q() if audit.study.include_simulated else Q(simulated=False)
    rows = Annotator.objects.filter(counted, audit=audit).select_related("judging__job")
    rows = rows.annotate(
        decided=Count("verdicts", filter=overall & Q(verdicts__preference__in=[-1, 1])),
        given=Count("verdicts", filter=live),
    )
    found = list(rows.order_by("id"))
    served = promotions.served_by_id(ids={row.checkpoint_id for row in found if row.checkpoint_id})
    return [
        Standing(
            row,
            report.rate(successes=row.decided, n=comparisons),
            _judging(row),
            row.given,
            served.get(row.checkpoint_id),
        )
        for row in found
    ]


def _judging(row: Annotator) -> Judging | None:
    return getattr(row, "judging", None)


def judging(*, audit: Audit, annotator_id: int) -> Judging:
    """Return how one annotator of an audit judges. Raises Missing for a person, and where there is none."""
    rows = Judging.objects.filter(annotator__audit=audit, annotator=annotator_id)
    found = rows.select_related("annotator__audit__study", "job").first()
    if found is None:
        raise Missing("There is no such algorithm in this audit.")
    return found


def live(*, judging: Judging) -> QuerySet[Reply]:
    """Return the answers that stand: not those that were asked once more."""
    return Reply.objects.filter(judging=judging, superseded_at__isnull=True)


def replies(*, judging: Judging, answer: str = "", limit: int = REPLIES_SHOWN) -> list[Reply]:
    """Return the newest answers as they came, or those that were read as ``answer``."""
    rows = Reply.objects.filter(judging=judging).select_related("comparison", "principle").order_by("-id")
    return list((rows.filter(answer=answer) if answer else rows)[:limit])


def pairs(*, audit: Audit, limit: int | None = None) -> QuerySet[Comparison]:
    """Return the comparisons that an algorithm judges: all, or the first so many by their random places."""
    rows = Comparison.objects.filter(audit=audit).order_by("place")
    return rows[:limit] if limit else rows


def to_judge(*, audit: Audit, limit: int | None, checkpoint_id: str = "") -> int:
    """Return how many comparisons an algorithm judges; a checkpoint judges none that its training saw."""
    if not checkpoint_id:
        count = audit.comparisons.count()
        return min(count, limit or count)
    allowed = held_out(audit=audit, checkpoint_id=checkpoint_id)
    return sum(str(pk) in allowed for pk in pairs(audit=audit, limit=limit).values_list("pk", flat=True))


def place_of_last(*, audit: Audit, count: int) -> int | None:
    """Return the place of the last of so many comparisons; None where there are none."""
    places = list(pairs(audit=audit, limit=count).values_list("place", flat=True)) if count else []
    return places[-1] if places else None


def held_out(*, audit: Audit, checkpoint_id: UUID | str) -> set[str]:
    """Return the ids of this audit's comparisons that were held out from the checkpoint's training."""
    checkpoint = models_selectors.checkpoint(study=audit.study, checkpoint_id=checkpoint_id)
    known = {str(pk) for pk in audit.comparisons.values_list("pk", flat=True)}
    return known & set(models_selectors.held_out_ids(data_set=checkpoint.run.data_set))


def unanswered(
    *, judging: Judging, parts: Sequence[str], principles: Sequence[Principle | None]
) -> Iterator[tuple[Comparison, Principle | None, str]]:
    """Yield what has not been answered yet, pair by pair in their order, so that pairs become whole.

    Of a checkpoint, pairs that its training never saw.
    """
    known = set(live(judging=judging).values_list("comparison_id", "principle_id", "part"))
    audit, checkpoint = judging.annotator.audit, judging.annotator.checkpoint_id
    allowed = held_out(audit=audit, checkpoint_id=checkpoint) if checkpoint else None
    for comparison in pairs(audit=audit, limit=judging.config.get("limit")).iterator(chunk_size=500):
        if allowed is not None and str(comparison.pk) not in allowed:
            continue
        for principle in principles:
            for part in parts:
                if (comparison.pk, principle.pk if principle else None, part) not in known:
                    yield comparison, principle, part


def foresee(
    *,
    audit: Audit,
    model: ModelInUse,
    style: str,
    orders: str,
    principles: Sequence[Principle],
    limit: int | None,
) -> Forecast:
    """Return what a judge would take, measured on earlier answers of the same model where there are some."""
    comparisons = to_judge(audit=audit, limit=limit, checkpoint_id=model.checkpoint)
    each = max(len(principles), 1) * (2 if orders == asking.BOTH else 1)
    return forecast(
        comparisons=comparisons,
        requests=comparisons * each,
        characters=_characters(audit, style, principles),
        answer_tokens=2 if style == asking.LETTER else 80,
        at_once=_at_once(model),
        known=_known(audit, model, style),
        price_prompt=model.price_prompt,
        price_completion=model.price_completion,
    )


def _at_once(model: ModelInUse) -> int:
    return 1 if model.with_weights else model.at_once or 4


def _characters(audit: Audit, style: str, principles: Sequence[Principle]) -> float:
    """Return how many characters a request has on average."""
    size = Length("prompt") + Length("response_a") + Length("response_b")
    texts = audit.comparisons.aggregate(mean=Avg(size))["mean"] or 0.0
    stated = sum(len(row.statement) for row in principles) / len(principles) if principles else 0.0
    empty = asking.messages(
        pair=asking.Pair("", "", ""), order="ab", style=style, principle="." if principles else ""
    )
    return float(texts) + stated + sum(len(message.content) for message in empty)


def _known(audit: Audit, model: ModelInUse, style: str) -> Known:
    earlier = Reply.objects.filter(
        judging__annotator__audit=audit,
        judging__method=Judging.Method.JUDGE,
        judging__language_model=model.id,
        judging__config__style=style,
        completion_tokens__gt=0,
    )
    found = earlier.aggregate(
        n=Count("id"), read=Avg("prompt_tokens"), written=Avg("completion_tokens"), seconds=Avg("seconds")
    )
    if found["n"] >= LEAST_MEASURED:
        return Known(
            prompt_tokens=found["read"], completion_tokens=found["written"], seconds=found["seconds"],
            basis=MEASURED, n=found["n"],
        )  # fmt: skip
    return Known(seconds=model.seconds, basis=PROBED if model.seconds is not None else ASSUMED)


def sampled() -> Exists:
    """Return whether a comparison is among those that people get first, beside an algorithm that judges."""
    asked = Judging.objects.filter(
        annotator__audit=OuterRef("audit"), sample_until__isnull=False, sample_until__gte=OuterRef("place")
    )
    return Exists(asked)


def heard(*, judging: Judging) -> dict[str, Any]:
    """Return the counts of a run from its answers and verdicts, to set what is kept of them right."""
    found = live(judging=judging)
    verdicts = Verdict.objects.filter(annotator=judging.annotator, superseded_at__isnull=True)
    tokens = Reply.objects.filter(judging=judging).aggregate(
        read=Sum("prompt_tokens"), written=Sum("completion_tokens")
    )
    return {
        "asked": found.count(),
        "unparsable": verdicts.filter(answer=Verdict.Answer.UNPARSABLE).count(),
        "order_decided": verdicts.filter(answer=Verdict.Answer.ORDER_DECIDED).count(),
        "prompt_tokens": tokens["read"] or 0,
        "completion_tokens": tokens["written"] or 0,
    }
