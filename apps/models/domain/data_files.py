"""The two files of a data set, and the hash by which one knows them again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from apps.models.domain.weights import sha256_of

SIDES = ("train", "held_out")


def hash_of_sides(digests: Iterable[str]) -> str:
    """Return the hash of a data set from the SHA-256 of each side, in the order of ``SIDES``."""
    return hashlib.sha256(b"".join(bytes.fromhex(digest) for digest in digests)).hexdigest()


def hash_of(folder: Path) -> str:
    """Return the hash of the data set whose files lie in a folder. Raises OSError."""
    return hash_of_sides(sha256_of(folder / f"{side}.jsonl") for side in SIDES)
