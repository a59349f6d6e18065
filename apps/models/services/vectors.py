"""Responses as vectors, each read by the encoder once and then found by the hash of its text."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from apps.models.domain.embeddings import ENCODER
from apps.models.models import ResponseVector
from apps.models.services import embedding
from apps.shared.models import Job, Study

AT_ONCE = 500
"""A database takes only so many names in one question."""
KIND = "<f4"

Asked = Sequence[tuple[str, str]]
Vectors = NDArray[np.float32]


def of_responses(*, study: Study, asked: Asked, job: Job | None = None) -> tuple[Vectors, int]:
    """Return phi(x, y) of prompts with responses, (responses, width), and how many had to be read for it.

    Rows of what the encoder cannot take in whole are NaN. Reading starts a process, which takes seconds; what
    is known comes from the database. Raises Conflict where reading was stopped.
    """
    digests = [digest_of(prompt, response) for prompt, response in asked]
    known = _known(study, set(digests))
    missing = {digest: pair for digest, pair in zip(digests, asked, strict=True) if digest not in known}
    if missing:
        found = embedding.read_responses(asked=list(missing.values()), job=job)
        read = dict(zip(missing, found, strict=True))
        keep(study=study, read=read)
        known |= read
    width = max((len(row) for row in known.values()), default=0)
    rows = [known[digest] if len(known[digest]) else np.full(width, np.nan) for digest in digests]
    return np.array(rows, dtype=np.float32).reshape(len(rows), width), len(missing)


def digest_of(prompt: str, response: str) -> str:
    """Return by what a response to a prompt is found again."""
    return hashlib.sha256(f"{len(prompt)}:{prompt}{response}".encode()).hexdigest()


def _known(study: Study, digests: set[str]) -> dict[str, Vectors]:
    rows = ResponseVector.objects.filter(study=study, encoder=ENCODER)
    return {
        digest: np.frombuffer(vector, dtype=KIND)
        for part in _parts(sorted(digests))
        for digest, vector in rows.filter(digest__in=part).values_list("digest", "vector")
    }


def keep(*, study: Study, read: Mapping[str, Vectors]) -> None:
    """Keep what the encoder has read: digest -> vector, NaN where it cannot take the text in whole."""
    rows = [
        ResponseVector(
            study=study,
            encoder=ENCODER,
            digest=digest,
            vector=b"" if np.isnan(row).any() else row.astype(KIND).tobytes(),
        )
        for digest, row in read.items()
    ]
    ResponseVector.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def _parts(digests: list[str]) -> Iterable[list[str]]:
    return (digests[start : start + AT_ONCE] for start in range(0, len(digests), AT_ONCE))
