"""How long a start takes; the second one has a budget."""

import re
import signal
from pathlib import Path

from tests.launcher.installation import Installation

SECOND_START_BUDGET_S = 10.0


def test_first_and_second_start(tmp_path: Path) -> None:
    """Print both starts with their parts."""
    installation = Installation(tmp_path / "data")
    rows = []
    try:
        for title in ("first", "second"):
            installation.start()
            installation.wait_until_ready()
            ready = re.search(r"Ready after ([\d.]+) s \((.*)\)", installation.output())
            assert ready
            rows.append((title, float(ready[1]), ready[2]))
            installation.signal(signal.SIGINT)
    finally:
        installation.close()
    print("\n\nstart    seconds  parts (those after the database run side by side)")
    for title, seconds, parts in rows:
        print(f"{title:8} {seconds:7.1f}  {parts}")
    assert rows[1][1] < SECOND_START_BUDGET_S
