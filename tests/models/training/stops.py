"""Stops that come at a known moment."""

from apps.models.training.stopping import StopWatch


class StopAfter(StopWatch):
    """Asks for a stop when it has been looked at this often."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._left = looks

    def asked(self) -> bool:
        """Count one look."""
        self._left -= 1
        return self._left <= 0
