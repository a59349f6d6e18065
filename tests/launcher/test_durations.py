"""What the checks say at their end: how long each took, which tests were the slowest, and the whole."""

import os
import subprocess
import sys
from pathlib import Path

from tests.launcher.installation import ROOT
from tools import durations
from tools.durations import Duration


def test_steps_come_in_their_order_and_tests_from_the_slowest_down() -> None:
    """Nothing below the twelfth test is told; the whole is what the clock says, not the sum."""
    tests = [Duration(step="Tests", test=f"test_{place}", seconds=place) for place in range(1, 15)]
    noted = [Duration(step="Types", seconds=30.25), Duration(step="Tests", seconds=61), *tests]

    told = list(durations.tell(began=1000, now=1090, durations=noted))

    assert told[:3] == ["=== Durations", "   30.2 s  Types", "   61.0 s  Tests"]
    assert [line.split()[2] for line in told[4:-1]] == [f"test_{place}" for place in range(14, 2, -1)]
    assert told[-1] == "    1.5 min in all"


def test_the_last_run_tells_of_all_before_the_last_lines_of_pytest(tmp_path: Path) -> None:
    """A test counts with its preparation; what an earlier check noted is told as well."""
    notes = tmp_path / "notes"
    durations.begin(notes=notes)
    durations.note(notes=notes, durations=[Duration(step="Types", seconds=30)])
    slow = (
        "import time, pytest\n@pytest.fixture\ndef prepared(): time.sleep(0.2)\ndef test_it(prepared): pass"
    )
    (tmp_path / "test_slow.py").write_text(slow)
    (tmp_path / "pytest.ini").touch()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tools.durations", "-p", "no:django", str(tmp_path)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            durations.NOTES: str(notes),
            durations.STEP: "Tests",
            durations.TELLS: "1",
        },
        capture_output=True,
        text=True,
    )

    lines = [line for line in done.stdout.splitlines() if line]
    assert done.returncode == 0, done.stdout + done.stderr
    assert lines[-1].startswith("1 passed")
    assert lines[-2].endswith("min in all")
    (told,) = [line for line in lines if "test_it (Tests)" in line]
    assert float(told.split()[0]) >= 0.2
    assert "   30.0 s  Types" in lines
