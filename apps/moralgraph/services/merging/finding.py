"""Finding near-duplicates: a job that reads new cards and compares all of one language."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from apps.moralgraph import selectors
from apps.moralgraph.domain.merging import candidates, methods
from apps.moralgraph.domain.merging.candidates import Pairs, Vectors
from apps.moralgraph.models import Card, CardVector, MergeCandidate
from apps.moralgraph.selectors.merging import CardText
from apps.moralgraph.services import changes
from apps.moralgraph.services.merging import points, searches
from apps.moralgraph.services.merging.searches import Search
from apps.shared.models import Job, Study
from apps.shared.services import jobs

TASK = "moralgraph.find_merges"
BATCH = 1000
"""So many cards are read by the encoder at once; what was read before a stop is kept."""


def ensure(*, study: Study, again: bool = False) -> Search:
    """Have the cards compared where that is not done yet; ``again`` tries a job once more that failed."""
    name = selectors.merging.fingerprint(study=study, made_by=makers())
    return searches.ensure(study=study, task=TASK, kind="merges", name=name, again=again)


def find(*, job: Job) -> None:
    """Compare the study's cards and keep the candidates in place of the former ones. Raises Conflict."""
    study = job.study
    by_language: dict[str, list[CardText]] = defaultdict(list)
    for card in selectors.merging.card_texts(study=study):
        by_language[card.language].append(card)
    found = [
        row for language in sorted(by_language) for row in _compared(job, language, by_language[language])
    ]
    with transaction.atomic():
        MergeCandidate.objects.filter(study=study).delete()
        # A card may have been erased while its words were compared.
        left = set(Card.objects.filter(study=study, erased_at__isnull=True).values_list("pk", flat=True))
        kept = [row for row in found if row.first_id in left and row.second_id in left]
        MergeCandidate.objects.bulk_create(kept, batch_size=BATCH)
    changes.announce(study=study)


def makers() -> list[str]:
    """Return the names of what compares cards; where one changes, all are compared again."""
    return [points.MEANING, *(f"{item.name} {item.suggest}" for item in methods.METHODS.values())]


def _compared(job: Job, language: str, cards: Sequence[CardText]) -> list[MergeCandidate]:
    method = methods.for_language(language)
    vectors: Vectors
    if method.name == "meaning":
        vectors = _read(job=job, cards=cards)
    else:
        vectors = points.place(texts=[card.text for card in cards], method=method)
    pairs = candidates.find(vectors=vectors, threshold=method.suggest)
    made_by = points.MEANING if method.name == "meaning" else method.name
    return _rows(job.study, cards, pairs, encoder=made_by, language=language)


def _rows(
    study: Study, cards: Sequence[CardText], pairs: Pairs, *, encoder: str, language: str
) -> list[MergeCandidate]:
    # Cards come in the order of their numbers, so the first of a pair has the lower one.
    ends = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True)
    return [
        MergeCandidate(
            study=study, first_id=cards[first].card_id, second_id=cards[second].card_id,
            similarity=similarity, encoder=encoder, language=language,
        )
        for first, second, similarity in ends
    ]  # fmt: skip


def _read(*, job: Job, cards: Sequence[CardText]) -> NDArray[np.float32]:
    """Return the cards' points; those that were read before are not read again. Raises Conflict."""
    known = dict(
        CardVector.objects.filter(card__study=job.study, encoder=points.MEANING).values_list("card", "vector")
    )
    new = [card for card in cards if card.card_id not in known]
    for start in range(0, len(new), BATCH):
        part = new[start : start + BATCH]
        jobs.report(job=job, progress=start / len(new), message=f"Reading {len(new):,} new cards.")
        read = points.by_meaning(texts=[card.text for card in part], job=job)
        known |= _keep(part, read)
    jobs.report(job=job, progress=0.95, message=f"Comparing {len(cards):,} cards.")
    return np.stack([np.frombuffer(known[card.card_id], dtype="<f4") for card in cards])


@transaction.atomic
def _keep(cards: Sequence[CardText], read: NDArray[np.float32]) -> dict[int, bytes]:
    made = {card.card_id: row.astype("<f4").tobytes() for card, row in zip(cards, read, strict=True)}
    standing = Card.objects.select_for_update().filter(pk__in=made, erased_at__isnull=True)
    left = set(standing.values_list("pk", flat=True))
    CardVector.objects.filter(card__in=left).delete()
    CardVector.objects.bulk_create(
        CardVector(card_id=pk, encoder=points.MEANING, vector=vector)
        for pk, vector in made.items()
        if pk in left
    )
    return made
