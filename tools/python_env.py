"""The virtual environment: made, filled with the locked versions, stamped."""

import os
import subprocess
import sys
from pathlib import Path

from tools.stamps import SetupError, hash_files, read_stamp, run_step, write_stamp

PIP_VERSION = "26.3"  # the first versions that know --group came in 25.1
OLDEST_PYTHON = (3, 11)


def check_python(version: tuple[int, int]) -> None:
    """Raise a sentence where this Python is too old."""
    if version < OLDEST_PYTHON:
        raise SetupError(
            f"Touchstone needs Python 3.11 or newer and this is {version[0]}.{version[1]}: "
            "name a newer one with PYTHON=/path/to/python3."
        )


def install_python(*, root: Path, groups: tuple[str, ...]) -> bool:
    """Make the virtual environment hold the locked versions of some groups; return whether there was work."""
    check_python(sys.version_info[:2])
    folder = (root / ".venv").resolve()  # It may be a link to one that several checkouts share.
    stamp_path = folder / "touchstone-stamp.json"
    wanted = {
        "inputs": hash_files([root / "pyproject.toml", root / "requirements.lock"], extra=PIP_VERSION),
        "folder": str(folder),
    }
    stamp = read_stamp(stamp_path)
    have = set(stamp.get("groups", "").split())
    same = all(stamp.get(name) == value for name, value in wanted.items())
    if same and have >= set(groups) and _works(folder):
        return False
    stamp_path.unlink(missing_ok=True)
    python = str(folder / "bin" / "python")
    if not _works(folder) or stamp.get("folder", str(folder)) != str(folder):
        _make_environment(folder)
    all_groups = sorted(set(groups) | (have if same else set()))
    print(
        f"Installing the Python packages ({', '.join(all_groups)}); the first time takes minutes.", flush=True
    )
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    failure = "The Python packages could not be installed: check the network and run the same command again."
    _run([*pip, "install", "--quiet", f"pip=={PIP_VERSION}"], root=root, failure=failure)
    install = [*pip, "install", "--quiet", "--constraint", "requirements.lock"]
    for group in all_groups:
        install += ["--group", group]
    _run(install, root=root, failure=failure)
    write_stamp(stamp_path, {**wanted, "groups": " ".join(all_groups)})
    return True


def compile_languages(*, root: Path) -> bool:
    """Make what Django reads of the participants' languages; return whether there was work."""
    kept = sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))
    stamp_path = root / ".venv" / "touchstone-languages.json"
    wanted = {"inputs": hash_files(kept)}
    if read_stamp(stamp_path) == wanted and all(path.with_suffix(".mo").exists() for path in kept):
        return False
    command = [str(root / ".venv" / "bin" / "python"), "-m", "tools.catalogues", "compile"]
    _run(command, root=root, failure="The translations could not be compiled: see the lines above.")
    write_stamp(stamp_path, wanted)
    return True


def _works(folder: Path) -> bool:
    """Say whether the environment's Python still starts: an upgrade of the system can take it away."""
    python = folder / "bin" / "python"
    if not python.exists():
        return False
    check = [str(python), "-I", "-S", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(check, stderr=subprocess.DEVNULL).returncode == 0


def _make_environment(folder: Path) -> None:
    """Make an empty virtual environment, in place of a broken one."""
    print(f"Making {folder.name} with Python {sys.version.split()[0]}.", flush=True)
    _run(
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        root=folder.parent,
        failure=(
            "Python could not make a virtual environment: install its venv module "
            "(Debian and Ubuntu: apt-get install python3-venv) and run the same command again."
        ),
    )


def _run(command: list[str], *, root: Path, failure: str) -> None:
    """Run a step with a plain environment: another environment that is active must not leak in."""
    hidden = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER"}
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    run_step(command, folder=root, failure=failure, variables=variables)
