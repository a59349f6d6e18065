"""Install what Touchstone needs, and nothing twice: `python tools/setup.py [--groups web,training]`.

Each part leaves a stamp with a hash of what it was made from. A stamp is taken away before its part is
touched and written in one stroke after it: an interrupted set-up is done again, and a finished one costs
milliseconds.
"""

import argparse
import fcntl
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):
    sys.path.insert(0, str(ROOT))

from tools.front_end import build_front_end, install_front_end
from tools.python_env import compile_languages, install_python
from tools.stamps import SetupError

RUN_GROUPS = ("web", "training")


def main() -> int:
    """Bring everything up to date; return the exit status."""
    parser = argparse.ArgumentParser(description="Install what Touchstone needs, and nothing twice.")
    parser.add_argument("--groups", default=",".join(RUN_GROUPS), help="dependency groups of pyproject.toml")
    groups = tuple(parser.parse_args().groups.split(","))
    try:
        set_up(root=ROOT, groups=groups)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; the next `make setup` goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up(*, root: Path, groups: tuple[str, ...]) -> None:
    """Do what is missing, one set-up at a time."""
    (root / "var").mkdir(exist_ok=True)
    with (root / "var" / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another set-up of this folder is at work: waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        began = time.monotonic()
        steps = [
            install_python(root=root, groups=groups),
            compile_languages(root=root),
            install_front_end(root=root),
            build_front_end(root=root),
        ]
        if any(steps):
            print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.SubprocessError as error:
        sys.exit(str(error))
