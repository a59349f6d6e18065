"""From cards to points, by the measure of their language."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.models.domain.embeddings import ENCODER
from apps.models.services import embedding
from apps.moralgraph.domain.merging import wordings
from apps.moralgraph.domain.merging.candidates import Vectors
from apps.moralgraph.domain.merging.methods import Method
from apps.shared.models import Job

MEANING = f"{ENCODER}/{wordings.VERSION}"
"""What made the points of meaning; those of another encoder are not comparable."""


def by_meaning(*, texts: Sequence[str], job: Job | None = None, threads: int = 1) -> NDArray[np.float32]:
    """Return the texts as the sentence encoder places them, without what all cards share. Raises Conflict."""
    shared = wordings.reference()
    found = embedding.embed(texts=[*shared, *texts], job=job, threads=threads).vectors
    return wordings.without_common(found[len(shared) :], found[: len(shared)])


def place(*, texts: Sequence[str], method: Method, job: Job | None = None) -> Vectors:
    """Return the texts as points by a measure. Raises Conflict where the encoder cannot be read."""
    if method.name == "meaning":
        return by_meaning(texts=texts, job=job)
    return wordings.by_letters(texts) if method.name == "letters" else wordings.by_words(texts)
