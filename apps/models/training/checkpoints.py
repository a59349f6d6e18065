"""Checkpoints that are complete or absent, and whose files are those that were written."""

import json
import os
import re
import shutil
from pathlib import Path

from apps.models.domain.weights import sha256_of
from apps.models.training.folder import write_json

MANIFEST = "manifest.json"
KEEP = 2


def complete(*, made: Path, step: int) -> Path:
    """Turn a folder that the trainer has just filled into ``step-N`` at one stroke, and drop the oldest.

    A kill at any moment leaves either the complete checkpoint or none of that step.
    """
    for path in made.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    write_json(made / MANIFEST, {path.name: sha256_of(path) for path in sorted(made.iterdir())})
    target = made.with_name(f"step-{step}")
    if target.exists():
        shutil.rmtree(target)
    made.rename(target)
    for _, old in _steps(made.parent)[:-KEEP]:
        shutil.rmtree(old)
    return target


def newest(folder: Path) -> tuple[int, Path] | None:
    """Return step and folder of the newest checkpoint whose files are whole; None where there is none."""
    for step, path in reversed(_steps(folder)):
        if _is_whole(path):
            return step, path
    return None


def clear_unfinished(folder: Path) -> None:
    """Remove what a killed process was writing."""
    for path in folder.glob("checkpoint-*"):
        shutil.rmtree(path, ignore_errors=True)


def _steps(folder: Path) -> list[tuple[int, Path]]:
    found = [(re.fullmatch(r"step-(\d+)", path.name), path) for path in folder.glob("step-*")]
    return sorted((int(match[1]), path) for match, path in found if match)


def _is_whole(path: Path) -> bool:
    try:
        manifest = json.loads((path / MANIFEST).read_text())
        return bool(manifest) and all(sha256_of(path / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError):
        return False
