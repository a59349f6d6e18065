"""Remember what each part of the set-up was made from."""

import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

SHOWN_LINES = 15


class SetupError(Exception):
    """A set-up that cannot go on; its text is one sentence that says what to do."""


def hash_files(paths: Iterable[Path], *, extra: str = "") -> str:
    """Return one hash of the files' names and contents, and of what else the result depends on."""
    total = hashlib.sha256(extra.encode())
    for path in sorted(paths):
        total.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_stamp(path: Path) -> dict[str, str]:
    """Return what a part was made from, or nothing where it was not finished."""
    try:
        stamp = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(path: Path, content: Mapping[str, str]) -> None:
    """Say at one stroke that a part is finished."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content))
    draft.replace(path)


def run_step(command: Sequence[str], *, folder: Path, failure: str, variables: Mapping[str, str]) -> None:
    """Run one command of the set-up; its output is shown only where it fails."""
    done = subprocess.run(
        command, cwd=folder, env=dict(variables), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        raise SetupError(f"{_shorten(done.stdout.splitlines())}\n\n{failure}")


def _shorten(lines: list[str]) -> str:
    """Return the start and the end of a long output: what went wrong stands in one of the two."""
    if len(lines) > 2 * SHOWN_LINES:
        lines = [*lines[:SHOWN_LINES], "...", *lines[-SHOWN_LINES:]]
    return "\n".join(lines)
