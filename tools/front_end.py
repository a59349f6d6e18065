"""The front end: Node checked, packages installed, pages built, each stamped."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.stamps import SetupError, hash_files, read_stamp, run_step, write_stamp

MADE_FOLDERS = {"node_modules", "dist"}


def install_front_end(*, root: Path) -> bool:
    """Install the locked packages; return whether there was work."""
    folder = root / "frontend"
    stamp_path = folder / "node_modules" / ".touchstone-install.json"
    wanted = {"inputs": hash_files([folder / "package.json", folder / "package-lock.json"])}
    if read_stamp(stamp_path) == wanted:
        return False
    check_node(required=_read_required_node(folder))
    print("Installing the front end's packages.", flush=True)
    stamp_path.unlink(missing_ok=True)
    _npm(
        ["ci", "--no-audit", "--no-fund"],
        folder=folder,
        what="The front end's packages could not be installed",
    )
    write_stamp(stamp_path, wanted)
    return True


def build_front_end(*, root: Path) -> bool:
    """Build the pages' scripts and styles; return whether there was work."""
    folder = root / "frontend"
    stamp_path = folder / "node_modules" / ".touchstone-build.json"
    wanted = {"inputs": hash_files(_list_sources(folder))}
    if read_stamp(stamp_path) == wanted and (folder / "dist").is_dir():
        return False
    check_node(required=_read_required_node(folder))
    print("Building the front end.", flush=True)
    stamp_path.unlink(missing_ok=True)
    _npm(["run", "build"], folder=folder, what="The front end could not be built")
    write_stamp(stamp_path, wanted)
    return True


def check_node(*, required: tuple[int, ...]) -> None:
    """Raise a sentence where Node or npm is missing or too old."""
    need = ".".join(map(str, required))
    node = shutil.which("node")
    if node is None:
        raise SetupError(
            f"Touchstone needs Node.js {need} or newer: install it and run the same command again."
        )
    answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True).stdout.strip()
    found = tuple(int(part) for part in re.findall(r"\d+", answer)[:3])
    if found < required:
        raise SetupError(
            f"Touchstone needs Node.js {need} or newer and {node} is {answer or 'broken'}: "
            "install a newer one and run the same command again."
        )
    if shutil.which("npm") is None:
        raise SetupError("Node.js is here but npm is not: install npm and run the same command again.")


def _read_required_node(folder: Path) -> tuple[int, ...]:
    """Return the oldest Node that the front end's own description allows."""
    description = json.loads((folder / "package.json").read_text())
    text = description.get("engines", {}).get("node", ">=20")
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _list_sources(folder: Path) -> list[Path]:
    """Return every file that the build may read."""
    sources: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in MADE_FOLDERS]
        sources += [Path(parent) / name for name in files if not name.endswith(".tsbuildinfo")]
    return sources


def _npm(arguments: list[str], *, folder: Path, what: str) -> None:
    """Run npm without its notices."""
    variables = {**os.environ, "NPM_CONFIG_UPDATE_NOTIFIER": "false", "DO_NOT_TRACK": "1", "NO_COLOR": "1"}
    # NODE_ENV=production would leave out what the build needs.
    variables.pop("NODE_ENV", None)
    npm = shutil.which("npm") or "npm"
    run_step([npm, *arguments], folder=folder, failure=f"{what}: see the lines above.", variables=variables)
