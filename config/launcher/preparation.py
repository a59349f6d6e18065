"""Remember for which code and which database the last preparation ended well.

Preparing starts a Python of its own and takes seconds. Where nothing can have changed it still runs, but
beside the other processes instead of before them.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from config.launcher.environment import ROOT
from config.launcher.folder import DataFolder

INPUTS = ("apps/*/migrations/*.py", "apps/shared/management/commands/prepare.py", "requirements.lock")


class Preparation:
    """What the database was last brought up to."""

    def __init__(self, *, folder: DataFolder, variables: Mapping[str, str]) -> None:
        """Work out what it should be brought up to now."""
        self._stamp = folder.path / "prepared"
        self._wanted = _hash_inputs(root=ROOT, database_url=variables.get("DATABASE_URL", ""))

    def is_current(self) -> bool:
        """Say whether the last preparation was for the same code and the same database."""
        return self._stamp.exists() and self._stamp.read_text() == self._wanted

    def begin(self) -> None:
        """Forget the last one: from here on the database may be half-way."""
        self._stamp.unlink(missing_ok=True)

    def finish(self) -> None:
        """Note that this one ended well."""
        draft = self._stamp.with_suffix(".draft")
        draft.write_text(self._wanted)
        draft.replace(self._stamp)


def _hash_inputs(*, root: Path, database_url: str) -> str:
    """Return one hash of all that a preparation depends on."""
    total = hashlib.sha256(database_url.encode())
    for pattern in INPUTS:
        for path in sorted(root.glob(pattern)):
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
