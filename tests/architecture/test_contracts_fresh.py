"""The API's description and the TypeScript types in the repository are those that the code makes now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
DESCRIPTION = FRONTEND / "src" / "api" / "openapi.json"
TYPES = FRONTEND / "src" / "api" / "generated" / "schema.ts"
GENERATOR = FRONTEND / "node_modules" / ".bin" / "openapi-typescript"
WHAT_TO_DO = "Run `make contracts` and commit what it writes."


def _describe(target: Path) -> None:
    """Write the description in a process of its own, free of what other tests imported."""
    command = [
        sys.executable,
        "manage.py",
        "spectacular",
        "--format",
        "openapi-json",
        "--validate",
        "--fail-on-warn",
    ]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(
        [*command, "--file", str(target)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_description_of_the_api_is_fresh(tmp_path: Path) -> None:
    """A changed endpoint or event without a new description fails here, as does any warning."""
    made = tmp_path / "openapi.json"

    _describe(made)

    assert made.read_text() == DESCRIPTION.read_text(), WHAT_TO_DO


def test_the_types_of_the_studio_are_fresh(tmp_path: Path) -> None:
    """The studio is checked against the same description that the server gives out."""
    node = shutil.which("node")
    if node is None or not GENERATOR.exists():
        pytest.skip("The front end's packages are not installed: run `make setup`.")
    made = tmp_path / "schema.ts"

    done = subprocess.run(
        [node, str(GENERATOR.resolve()), str(DESCRIPTION), "--output", str(made)],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert made.read_text() == TYPES.read_text(), WHAT_TO_DO
