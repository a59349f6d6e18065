"""What a run says of itself in words: the log that people read, search and download."""

import collections
import logging
import time
from collections.abc import Mapping

logger = logging.getLogger("apps.models.training")
EVERY_SECONDS = 0.25
KEPT = 4


def open_log() -> None:
    """Let the run's own words, and warnings of others, go to where the process prints."""
    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    logger.setLevel(logging.INFO)


class Journal:
    """Writes a line about a step, a few in a second at most, and knows the last ones whatever it wrote."""

    def __init__(self) -> None:
        self._wrote = 0.0
        self._last: collections.deque[str] = collections.deque(maxlen=KEPT)

    @property
    def last(self) -> list[str]:
        """Return the lines of the last steps."""
        return list(self._last)

    def step(self, *, step: int, steps: int, values: Mapping[str, float]) -> None:
        """Take in a step's values."""
        told = ", ".join(f"{name} {value:.4g}" for name, value in sorted(values.items()))
        line = f"step {step} of {steps}: {told}"
        self._last.append(line)
        now = time.monotonic()
        if now - self._wrote >= EVERY_SECONDS or step == steps:
            self._wrote = now
            logger.info(line)

    def say(self, text: str) -> None:
        """Write what happened."""
        logger.info(text)
