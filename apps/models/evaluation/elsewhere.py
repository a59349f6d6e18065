"""The command: ``python -m apps.models.evaluation.elsewhere FOLDER [--base FOLDER]``.

Trains a run that was handed out to this machine, then measures it, each in a process of its own. The same
command goes on after a stop (Ctrl-C, SIGTERM, or an end of this process): what was saved is kept.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from apps.models.domain import handover
from apps.models.domain.data_files import hash_of
from apps.models.domain.handover import BadHandover, Handover

ROOT = Path(__file__).resolve().parents[3]
DONE = "Done. Bring the folder {folder} back, as its README says."


def main(arguments: list[str] | None = None) -> int:
    """Train and measure; 0 where that was done or was stopped, 2 where somebody must do something."""
    parser = argparse.ArgumentParser(prog="python -m apps.models.evaluation.elsewhere", description="Train.")
    parser.add_argument("folder", type=Path, help="the folder that was handed out")
    for place in handover.PLACES:
        parser.add_argument(f"--{place}", type=Path, help=f"where the {place} model lies on this machine")
    options = parser.parse_args(arguments)
    folder: Path = options.folder.resolve()
    try:
        handed = _handed(folder)
    except BadHandover as error:
        _say(str(error))
        return 2
    for note in _others(handed.packages):
        _say(note)
    named = {place: getattr(options, place) or _beside(folder, place) for place in handed.origins}
    places = [text for place, path in named.items() if path for text in (f"--{place}", str(path))]
    return _train(folder, places) or _measure(folder)


def _handed(folder: Path) -> Handover:
    """Return what the run was handed out with, once its files are those. Raises BadHandover."""
    found = handover.read(folder)
    if found is None:
        raise BadHandover(f"There is no {handover.FILE} in {folder}: unpack a run's folder and name that.")
    try:
        config, data_hash = json.loads((folder / "config.json").read_bytes()), hash_of(folder)
    except (OSError, ValueError) as error:
        raise BadHandover(f"The folder is not whole, unpack it again: {error}") from error
    if data_hash != found.data_hash:
        raise BadHandover("The pairs are not those that were handed out: unpack the folder again.")
    if handover.config_hash(config) != found.config_hash:
        raise BadHandover(
            "config.json is not the one that was handed out. Launch a run with the other configuration "
            "instead; where weights lie on this machine is said with --base."
        )
    return found


def _beside(folder: Path, place: str) -> Path | None:
    """Return the folder in the run's that is named like the place, where there is one."""
    found = folder / place
    return found if found.is_dir() else None


def _others(packages: tuple[str, ...]) -> list[str]:
    """Return a sentence for each library of which another version is here than the run was made for."""
    wanted = (package.partition("==") for package in packages)
    found = [(name, its, _version(name)) for name, _, its in wanted]
    return [
        f"{name} {here or 'is not'} here; the run was made for {its}."
        for name, its, here in found
        if its != here
    ]


def _version(name: str) -> str:
    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return ""


def _train(folder: Path, places: list[str]) -> int:
    code = _work(folder, "apps.models.training", [str(folder), *places])
    if code == 0 and not (folder / "result.json").is_file():
        _say(
            "Stopped; what was trained is saved. The same command goes on, or bring the folder back as it is."
        )
        raise SystemExit(0)
    return code


def _measure(folder: Path) -> int:
    """Measure what was trained, and note of which weights that holds."""
    result: dict[str, Any] = json.loads((folder / "result.json").read_bytes())
    target = folder / "figures.json"
    if "dry_run" not in result and not target.is_file():
        suites = folder / ".suites.json"
        pairs = ["--model", str(folder / "model"), "--pairs", str(folder / "held_out.jsonl")]
        code = _work(folder, "apps.models.evaluation", ["suites", *pairs, "--out", str(suites)])
        if code:
            _say("The model is trained and was not measured; the same command tries again.")
            return code
        measured = {"sha256": result["sha256"], "suites": json.loads(suites.read_bytes())}
        suites.write_text(json.dumps(measured), "utf-8")
        suites.replace(target)
    _say(DONE.format(folder=folder))
    return 0


def _work(folder: Path, module: str, arguments: list[str]) -> int:
    """Run a module of ours to its end; what it prints is shown and kept in the run's log.

    The process saves and stops when its input closes: on a signal to this one, and when this one is killed.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"},
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: process.stdin and process.stdin.close())
    assert process.stdout is not None  # noqa: S101  (it was asked for above)
    with (folder / "log.txt").open("ab") as log:
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
            log.write(line)
    return process.wait()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  (this is a command)


if __name__ == "__main__":
    sys.exit(main())
