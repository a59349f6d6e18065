"""A disk that is full, whichever library hits it."""

import errno
import os
import shutil

from apps.models.training import checkpoints
from apps.models.training.errors import Full
from apps.models.training.folder import RunFolder

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WRITER = ("PytorchStreamWriter", "inline_container", "unexpected pos")


def is_full(error: BaseException) -> bool:
    """Say whether an error, or one that it came from, is that nothing more can be written.

    The writers of safetensors and of torch raise errors of their own kinds, in which only the words tell.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in FULL:
            return True
        text = str(seen)
        if any(os.strerror(number) in text for number in FULL):
            return True
        if isinstance(seen, RuntimeError) and any(word in text for word in _WRITER):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def full(folder: RunFolder) -> Full:
    """Return the error that says what to do about it."""
    last = checkpoints.newest(folder.checkpoints)
    kept = (
        f"The checkpoint of step {last[0]} is whole" if last else "No checkpoint is lost, there was none yet"
    )
    free = shutil.disk_usage(folder.path).free / 1e6
    return Full(
        f"The disk is full: nothing more could be written into the run's folder ({free:,.0f} MB are free). "
        f"{kept}. Make room on that disk, then resume.",
        kind="disk",
    )
