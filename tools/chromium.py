"""A headless Chromium for the browser tests: the system's, Debian's package, or Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.stamps import SetupError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find_chromium() -> Path | None:
    """Return the browser that CHROMIUM names or that the system has, if it starts."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in NAMES] + [str(MAC_CHROME)]
    for candidate in candidates:
        if candidate and _starts(Path(candidate)):
            return Path(candidate)
    return None


def ensure_chromium() -> Path | None:
    """Return a system browser, installing one where that can be done; None means Playwright's own."""
    if found := find_chromium():
        return found
    if os.environ.get("CHROMIUM"):
        raise SetupError(
            f"CHROMIUM is {os.environ['CHROMIUM']}, which does not start: name a Chromium or unset it."
        )
    apt = shutil.which("apt-get")
    if os.geteuid() == 0 and apt:
        print("Installing Chromium with apt-get.", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run([apt, "-q", *arguments], env=quiet, stdout=subprocess.DEVNULL)
        if found := find_chromium():
            return found
    print("Installing Playwright's Chromium.", flush=True)
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode != 0:
        raise SetupError(
            "The browser tests need a Chromium: install one, or name it with CHROMIUM=/path/to/chromium."
        )
    return None


def _starts(path: Path) -> bool:
    """Say whether the browser is more than a stub that points elsewhere."""
    if not path.exists():
        return False
    try:
        return subprocess.run([str(path), "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
