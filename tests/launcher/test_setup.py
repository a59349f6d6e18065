"""Set-up: what is missing is said in a sentence, and nothing is done twice.

The tools that it calls are stand-ins that write down their arguments: the real ones need a network.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.launcher.installation import ROOT
from tools.front_end import build_front_end, check_node, install_front_end
from tools.python_env import check_python, install_python
from tools.stamps import SetupError

Script = Callable[..., Path]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Return a function that writes an executable shell script."""

    def _script(path: str, body: str) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
        return file

    return _script


def find_python(path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the search for a Python on a PATH of its own."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / "find_python.sh")],
        env={"PATH": str(path), **variables},
        capture_output=True,
        text=True,
    )


def test_an_old_python_is_one_sentence(script: Script, tmp_path: Path) -> None:
    """A machine whose python3 is too old is told what to install or name."""
    script("bin/python3", "exit 1")
    answer = find_python(tmp_path / "bin")
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer" in answer.stderr
    assert "PYTHON=" in answer.stderr


def test_python_3_11_comes_before_another_python3(script: Script, tmp_path: Path) -> None:
    """The version that the project is pinned to is preferred."""
    script("bin/python3", "exit 0")
    script("bin/python3.11", "exit 0")
    assert find_python(tmp_path / "bin").stdout == "python3.11\n"


def test_the_named_python_is_the_one(script: Script, tmp_path: Path) -> None:
    """PYTHON is used where it will do, and refused by name where it will not."""
    good, bad = script("bin/good", "exit 0"), script("bin/bad", "exit 1")
    assert find_python(tmp_path / "bin", PYTHON=str(good)).stdout == f"{good}\n"
    refused = find_python(tmp_path / "bin", PYTHON=str(bad))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"PYTHON={bad} is not a Python 3.11 or newer")


def test_a_script_run_by_an_old_python_says_so() -> None:
    """The set-up checks what it runs on as well."""
    check_python((3, 11))
    with pytest.raises(SetupError, match=r"needs Python 3\.11 or newer and this is 3\.10"):
        check_python((3, 10))


def test_node_is_asked_for_by_its_version(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Node, an old Node and a missing npm are three different sentences."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(SetupError, match=r"needs Node\.js 20\.19 or newer: install it"):
        check_node(required=(20, 19))
    script("bin/node", "echo v18.20.4")
    with pytest.raises(
        SetupError, match=r"needs Node\.js 20\.19 or newer and \S+ is v18\.20\.4: install a newer one"
    ):
        check_node(required=(20, 19))
    script("bin/node", "echo v22.1.0")
    with pytest.raises(SetupError, match="npm is not"):
        check_node(required=(20, 19))
    script("bin/npm", "exit 0")
    check_node(required=(20, 19))


@pytest.fixture
def project(tmp_path: Path, script: Script) -> Path:
    """Return a project whose Python writes down what it is asked to install."""
    (tmp_path / "pyproject.toml").write_text("[dependency-groups]\n")
    (tmp_path / "requirements.lock").write_text("one==1\n")
    script(
        ".venv/bin/python", 'echo "$@" >> calls.txt\ntest ! -e fail || case "$*" in *--group*) exit 1;; esac'
    )
    return tmp_path


def installs(project: Path) -> list[str]:
    """Return the installations that were asked for since the last look."""
    calls = project / "calls.txt"
    lines = [line for line in calls.read_text().splitlines() if "--group" in line] if calls.exists() else []
    calls.unlink(missing_ok=True)
    return lines


def test_packages_are_installed_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repeat does nothing; another group or another lock does what is missing, and forgets no group."""
    monkeypatch.chdir(project)
    assert install_python(root=project, groups=("web", "training"))
    assert len(installs(project)) == 1
    assert not install_python(root=project, groups=("web", "training"))
    assert not install_python(root=project, groups=("web",))
    assert installs(project) == []

    assert install_python(root=project, groups=("web", "test"))
    (line,) = installs(project)
    assert line.endswith("--constraint requirements.lock --group test --group training --group web")

    (project / "requirements.lock").write_text("one==2\n")
    assert install_python(root=project, groups=("web",))
    (line,) = installs(project)
    assert line.endswith("--group web")


def test_an_interrupted_installation_is_done_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed half-way is not taken for finished, whatever was there before."""
    monkeypatch.chdir(project)
    install_python(root=project, groups=("web",))
    installs(project)
    (project / "requirements.lock").write_text("one==2\n")
    (project / "fail").touch()
    with pytest.raises(SetupError, match="could not be installed: check the network"):
        install_python(root=project, groups=("web",))
    (project / "requirements.lock").write_text("one==1\n")
    (project / "fail").unlink()
    installs(project)
    assert install_python(root=project, groups=("web",))
    assert len(installs(project)) == 1


def test_the_front_end_is_built_when_its_sources_change(
    tmp_path: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packages and pages are stamped apart; a changed source builds again and installs nothing."""
    front = tmp_path / "frontend"
    script("bin/node", "echo v22.1.0")
    script(
        "bin/npm",
        'echo "$@" >> ../calls.txt\n'
        'case "$1" in ci) rm -rf node_modules; mkdir node_modules;; run) mkdir -p dist;; esac',
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    front.mkdir()
    (front / "package.json").write_text('{"engines": {"node": ">=20.19"}}')
    (front / "package-lock.json").write_text("{}")
    (front / "page.ts").write_text("1")

    assert install_front_end(root=tmp_path)
    assert build_front_end(root=tmp_path)
    assert not install_front_end(root=tmp_path)
    assert not build_front_end(root=tmp_path)
    (front / "page.ts").write_text("2")
    assert not install_front_end(root=tmp_path)
    assert build_front_end(root=tmp_path)
    (front / "package-lock.json").write_text('{"new": 1}')
    assert install_front_end(root=tmp_path)
    assert build_front_end(root=tmp_path)
    assert (tmp_path / "calls.txt").read_text().splitlines() == [
        "ci --no-audit --no-fund",
        "run build",
        "run build",
        "ci --no-audit --no-fund",
        "run build",
    ]
