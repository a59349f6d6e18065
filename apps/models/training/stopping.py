"""When a training process must save and stop: on a signal, or when the process that started it is gone."""

import os
import signal
import stat
import sys
import threading
from types import FrameType


class StopWatch:
    """Notes that somebody wants the process to save and stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def asked(self) -> bool:
        """Say whether it is time to stop."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Ask for a stop after the present step."""
        self._asked.set()

    def listen(self) -> None:
        """Listen to SIGTERM, SIGINT and the end of standard input.

        Only a pipe counts: its other end closes when the process that holds it dies, however it dies. A
        terminal or /dev/null says nothing about anybody's life.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        if sys.stdin is not None and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
            threading.Thread(target=self._wait_for_end_of_input, daemon=True, name="parent watch").start()

    def end_with_parent(self, *, code: int = 3) -> None:
        """Leave at once when the end of standard input comes: for a process that has nothing to save."""
        self.listen()
        threading.Thread(target=self._leave, args=(code,), daemon=True, name="parent watch, leaving").start()

    def _leave(self, code: int) -> None:
        self._asked.wait()
        os._exit(code)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()

    def _wait_for_end_of_input(self) -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        self._asked.set()
