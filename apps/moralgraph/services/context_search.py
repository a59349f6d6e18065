"""Finding contexts that may say the same, by the measures that compare cards: a job."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from apps.moralgraph import selectors
from apps.moralgraph.domain.merging import candidates, methods
from apps.moralgraph.models import Context, ContextCandidate, ContextProposal
from apps.moralgraph.selectors.context_desk import ContextText
from apps.moralgraph.services import changes
from apps.moralgraph.services.merging import points, searches
from apps.moralgraph.services.merging.searches import Search
from apps.shared.models import Job, Study

TASK = "moralgraph.find_contexts"


@dataclass(frozen=True)
class _Ends:
    """The two of a candidate: contexts first, never two proposals."""

    context: int
    other: int | None
    proposal: int | None


def ensure(*, study: Study, again: bool = False) -> Search:
    """Have contexts and proposals compared where that is not done yet; ``again`` tries once more."""
    texts = selectors.context_desk.texts(study=study)
    if len(texts) < 2:
        return Search("ready")
    name = selectors.context_desk.fingerprint(texts)
    return searches.ensure(study=study, task=TASK, kind="contexts", name=name, again=again)


def find(*, job: Job) -> None:
    """Compare a study's contexts and open proposals and keep what lies near. Raises Conflict."""
    study = job.study
    by_language: dict[str, list[ContextText]] = defaultdict(list)
    for text in selectors.context_desk.texts(study=study):
        by_language[text.language].append(text)
    found = [row for language, texts in sorted(by_language.items()) for row in _near(job, language, texts)]
    with transaction.atomic():
        ContextCandidate.objects.filter(study=study).delete()
        contexts = set(Context.objects.filter(study=study).values_list("pk", flat=True))
        # A proposal may have been erased while it was compared.
        left = set(
            ContextProposal.objects.filter(study=study, erased_at__isnull=True).values_list("pk", flat=True)
        )
        ContextCandidate.objects.bulk_create(
            row for row in found
            if row.context_id in contexts and (row.proposal_id is None or row.proposal_id in left)
        )  # fmt: skip
    changes.announce(study=study)


def _near(job: Job, language: str, texts: Sequence[ContextText]) -> list[ContextCandidate]:
    if len(texts) < 2:
        return []
    method = methods.for_language(language)
    vectors = points.place(texts=[text.text for text in texts], method=method, job=job)
    pairs = candidates.find(vectors=vectors, threshold=methods.CONTEXTS[method.name])
    made_by = points.MEANING if method.name == "meaning" else method.name
    ends = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True)
    rows = []
    for one, other, similarity in ends:
        pair = _ends(texts[one], texts[other])
        if pair is not None:
            rows.append(
                ContextCandidate(
                    study=job.study, context_id=pair.context, other_id=pair.other, proposal_id=pair.proposal,
                    similarity=similarity, encoder=made_by,
                )
            )  # fmt: skip
    return rows


def _ends(one: ContextText, other: ContextText) -> _Ends | None:
    if one.context is None:
        one, other = other, one
    if one.context is None:
        return None
    return _Ends(one.context, other.context, other.proposal)
