"""The demo study's audit: the project's own comparisons with the verdicts of simulated readers."""

import random
from typing import Any

from django.db import transaction

from apps.discretion.domain.demo import readers
from apps.discretion.domain.demo.pairs import Pair
from apps.discretion.domain.parsers.rows import digest
from apps.discretion.domain.preferences import Order, answer_of, preference_of
from apps.discretion.models import Annotator, Audit, Comparison, Principle, Verdict
from apps.discretion.services import annotators, audits, demo_annotation, judging, principles
from apps.discretion.services.reading import comparison_id, place_of
from apps.moralgraph import selectors as graph
from apps.moralgraph.domain import demo_cards
from apps.moralgraph.services import graphs
from apps.shared.models import Study

TITLE = "Two answers to a question of life"
PRINCIPLES = 4
LEFT_OPEN = 2
_SEED = 23


@transaction.atomic
def load(*, study: Study, staff: dict[str, Any] | None = None, **_: Any) -> None:
    """Fill the demo study with one audit; the same study gets the same verdicts every time."""
    rng = random.Random(f"{study.slug}:{_SEED}")
    audit = audits.create(study=study, title=TITLE, created_by=None)
    snapshot = graphs.take_snapshot(study=study)
    wisest = [item.value_id for item in graph.principles(snapshot=snapshot.pk)[:PRINCIPLES]]
    taken = principles.take_over(audit=audit, snapshot_id=snapshot.pk, value_ids=wisest)
    rows = Comparison.objects.bulk_create(_comparisons(audit))
    for name, leanings, slips in readers.ANNOTATORS:
        annotator = Annotator.objects.create(
            audit=audit, name=name, kind=Annotator.Kind.IMPORTED_PERSON, simulated=True
        )
        left_open = rng.sample(rows, LEFT_OPEN)
        for row, pair in zip(rows, readers.PAIRS, strict=True):
            if row not in left_open:
                _judge(annotator, row, pair, taken, leanings, slips, rng)
    demo_annotation.load(audit=audit, staff=staff or {}, rng=random.Random(_SEED))
    for null in annotators.NULLS:
        judging.judge_null(annotator=annotators.null_of(audit=audit, null=null))
    audits.touch(audit=audit, what="comparisons")


def _comparisons(audit: Audit) -> list[Comparison]:
    contexts = {row.name: row.pk for row in graph.contexts(study=audit.study)}
    return [
        _comparison(audit, number, pair, contexts.get(demo_cards.CONTEXTS[pair.context][0]))
        for number, pair in enumerate(readers.PAIRS, start=1)
    ]


def _comparison(audit: Audit, number: int, pair: Pair, context_id: int | None) -> Comparison:
    pk = comparison_id(audit=audit, external_id=f"advice-{number}")
    return Comparison(
        id=pk,
        audit=audit,
        external_id=f"advice-{number}",
        prompt=pair.prompt,
        response_a=pair.first.text,
        response_b=pair.second.text,
        split_key=digest(pair.prompt),
        digest=digest(pair.prompt, pair.first.text, pair.second.text),
        context_id=context_id,
        place=place_of(pk),
        metadata={"demo": True},
    )


def _judge(
    annotator: Annotator,
    row: Comparison,
    pair: Pair,
    taken: list[Principle],
    leanings: dict[str, float],
    slips: float,
    rng: random.Random,
) -> None:
    """Have a simulated reader judge one pair by each principle and overall, now and then with a slip."""
    order: Order = "ab" if rng.random() < 0.5 else "ba"
    answers: list[tuple[Principle | None, str]] = []
    for principle in taken:
        vote = pair.preference(principle.title)
        if vote and rng.random() < slips:
            vote = 0
        answers.append((principle, answer_of(vote) if vote else "not_applicable"))
    pull = _pull(pair, leanings) + rng.gauss(0, 0.5)
    answers.append((None, "tie" if abs(pull) < 0.15 else answer_of(1 if pull > 0 else -1)))
    Verdict.objects.bulk_create(
        Verdict(
            comparison=row,
            annotator=annotator,
            principle=principle,
            preference=preference_of(answer),
            answer=answer,
            order=order,
        )
        for principle, answer in answers
    )


def _pull(pair: Pair, leanings: dict[str, float]) -> float:
    """Return how much more the first answer attends to what weighs for the reader."""
    first, second = (
        sum(readers.WEIGHTS[value] + leanings.get(value, 0.0) for value in response.attends_to)
        for response in (pair.first, pair.second)
    )
    return first - second
