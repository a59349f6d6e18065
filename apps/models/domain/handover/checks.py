"""Whether what comes back from another machine is what a run of ours would have left."""

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, TypeAdapter, ValidationError

from apps.models.domain import recipes
from apps.models.domain.alerts import Kind
from apps.models.domain.data_files import hash_of
from apps.models.domain.handover import BadHandover, config_hash, figures, read
from apps.models.domain.phases import Phase
from apps.models.domain.recipes import MINILM_SHA256
from apps.models.domain.weights import (
    ADAPTER,
    RECIPE,
    Damaged,
    read_header,
    read_json,
    sha256_of,
    sha256_of_all,
)

Shape = TypeVar("Shape")
MANIFEST = "manifest.json"
REWARD = "reward.json"
LARGEST_TEXT = 500_000_000
_Whole = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
_NOT_TAKEN = re.compile(r".*\.bin|README\.md")
"""Files of a checkpoint that going on from it does not read."""


class BadReturn(ValueError):
    """What came back is not taken; the message says why and what to do."""


@dataclasses.dataclass(frozen=True)
class Expected:
    """What must come back: of which run, trained on what, from what, going on from which lines."""

    run: str
    data_hash: str
    config: Mapping[str, Any]
    fingerprints: Mapping[str, str]
    lines_so_far: Path


@dataclasses.dataclass(frozen=True)
class Returned:
    """What came back: a whole run with its machine, or a part of one with what stopped it."""

    finished: bool
    machine: Mapping[str, str]
    error: Mapping[str, Any] | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Point(_Strict):
    n: _Whole
    step: _Whole
    name: Annotated[str, Field(max_length=60)]
    value: FiniteFloat


class _Event(BaseModel):
    model_config = ConfigDict(extra="allow")

    n: _Whole
    event: Annotated[str, Field(max_length=40)]
    step: _Whole = 0
    train: _Whole = 0
    held_out: _Whole = 0
    done: _Whole = 0
    total: _Whole = 0
    total_steps: _Whole = 0
    what: Phase = "libraries"
    kind: Kind = "failure"


_NEEDS = {
    "reading": {"done", "total"}, "too_long": {"train", "held_out"}, "started": {"total_steps"},
    "resumed": {"step"}, "saved": {"step"}, "sampled": {"step"}, "stopped": {"step"}, "finished": {"step"},
    "alert": {"kind", "step", "message", "lines"}, "preparing": {"what"},
    "over": {"kind"},
}  # fmt: skip


class _Error(BaseModel):
    kind: Kind = "failure"
    message: Annotated[str, Field(max_length=2000)]
    lines: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=20)] = []


class _Answer(_Strict):
    prompt: str
    response: str


class _Sampled(_Strict):
    step: _Whole
    rows: Annotated[list[_Answer], Field(max_length=100)]


class _Result(BaseModel):
    step: _Whole
    peak_memory_mb: FiniteFloat
    seconds_a_step: FiniteFloat
    machine: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=100)]] = {}
    dry_run: bool = False
    whole_steps: _Whole = 0
    model: str = ""
    sha256: str = ""


_LINE = TypeAdapter[_Point | _Event](_Point | _Event)
_ERROR, _SAMPLED, _RESULT = TypeAdapter(_Error), TypeAdapter(_Sampled), TypeAdapter(_Result)


def check(folder: Path, *, expected: Expected) -> Returned:
    """Look at everything that came back. Raises BadReturn at the first thing that is not as it should be."""
    _same_run(folder, expected)
    method = recipes.parse(dict(expected.config)).method
    if not _lines(folder, expected, {measure.name for measure in recipes.find(method).measures}):
        raise BadReturn("Nothing was trained in this folder yet: run its command first.")
    for text in _read_lines(folder / "samples.jsonl"):
        _parsed(_SAMPLED, text, "samples.jsonl")
    result = folder / "result.json"
    found = _parsed(_RESULT, result.read_bytes(), result.name) if result.is_file() else None
    for made in sorted((folder / "checkpoints").glob("*")):
        _checkpoint(made, expected)
    if found is not None:
        _finished(folder, found, expected)
    error = folder / "error.json"
    left = _parsed(_ERROR, error.read_bytes(), error.name) if error.is_file() and found is None else None
    return Returned(
        finished=found is not None,
        machine=found.machine if found else {},
        error=left.model_dump() if left else None,
    )


def _same_run(folder: Path, expected: Expected) -> None:
    try:
        handed = read(folder)
        config = json.loads((folder / "config.json").read_bytes())
        trained_on = hash_of(folder)
    except (OSError, ValueError, BadHandover) as error:
        raise BadReturn(f"The folder is not whole: {error}") from error
    if handed is None or handed.run != expected.run:
        raise BadReturn("This folder is of another run.")
    if not isinstance(config, dict) or config_hash(config) != config_hash(expected.config):
        known = config if isinstance(config, dict) else {}
        others = sorted(
            key for key in {*known, *expected.config} if known.get(key) != expected.config.get(key)
        )
        raise BadReturn(f"It was trained with another configuration ({', '.join(others)[:200]}).")
    if trained_on != expected.data_hash:
        raise BadReturn("It was trained on other pairs: its files are not those of the run's data set.")


def _lines(folder: Path, expected: Expected, names: set[str]) -> int:
    """Check every line of the log of numbers, and that it goes on from ours; return how many there are."""
    ours, before = _read_lines(expected.lines_so_far), 0
    for text in _read_lines(folder / "metrics.jsonl"):
        if next(ours, text) != text:
            raise BadReturn("It does not go on from where this run stood when it was handed out.")
        before = _number(text, names, before)
    if next(ours, None) is not None:
        raise BadReturn("It does not go on from where this run stood when it was handed out.")
    return before


def _number(text: bytes, names: set[str], before: int) -> int:
    line = _parsed(_LINE, text, "metrics.jsonl")
    if isinstance(line, _Point):
        known = line.name in names
    else:
        known = _NEEDS.get(line.event, {"?"}) <= line.model_fields_set | (line.model_extra or {}).keys()
        if known and line.event == "alert":
            _parsed(_ERROR, text, "metrics.jsonl")
    if not known or line.n != before + 1:
        raise BadReturn(f"metrics.jsonl, line {before + 1}, is none that a run of this method writes.")
    return line.n


def _read_lines(path: Path) -> Iterator[bytes]:
    """Yield whole lines; one that a killed process left unfinished is passed by."""
    if not path.is_file():
        return
    if path.stat().st_size > LARGEST_TEXT:
        raise BadReturn(f"{path.name} is too large.")
    with path.open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n") and line.strip())


def _parsed(shape: TypeAdapter[Shape], text: bytes, name: str) -> Shape:
    try:
        return shape.validate_json(text)
    except ValidationError as error:
        raise BadReturn(f"{name} is not as a run writes it: {error.errors()[0]['msg']}") from error


def _finished(folder: Path, result: _Result, expected: Expected) -> None:
    if bool(result.dry_run) != (expected.config.get("dry_run") is not None):
        raise BadReturn("result.json is not of this run: one of the two is a dry run.")
    if result.dry_run:
        return
    model = folder / "model"
    weights = sorted(model.glob("*.safetensors"))
    if result.model != model.name or not weights or not result.step:
        raise BadReturn("The model is missing: bring the folder back with model in it.")
    _weights(weights)
    if sha256_of_all(weights) != result.sha256:
        raise BadReturn("The model's weights are not those that the run ended with: copy the folder again.")
    _started_from(model, expected)
    path = folder / "figures.json"
    try:
        if path.is_file() and figures.read(path.read_text("utf-8"))[0] != result.sha256:
            raise BadReturn("figures.json is about other weights: measure again, or leave it out.")
    except (figures.BadFigures, OSError, UnicodeDecodeError) as error:
        raise BadReturn(str(error)) from error


def _weights(paths: Sequence[Path]) -> None:
    for path in paths:
        try:
            read_header(path)
        except Damaged as error:
            raise BadReturn(f"{path.name} is damaged: {error}. Copy it again.") from error


def _checkpoint(folder: Path, expected: Expected) -> None:
    """Check a place to go on from: its files are those that were written, as far as they are taken."""
    written = read_json(folder / MANIFEST)
    there = {path.name for path in folder.iterdir()} - {MANIFEST}
    gone = [name for name in written if name not in there and not _NOT_TAKEN.fullmatch(name)]
    changed = [name for name in there if written.get(name) != sha256_of(folder / name)]
    if not written or gone or changed or not (there & {RECIPE, REWARD}):
        raise BadReturn(f"The checkpoint {folder.name} is not whole: copy it again, or leave it out.")
    _weights(sorted(folder.glob("*.safetensors")))
    _started_from(folder, expected)


def _started_from(folder: Path, expected: Expected) -> None:
    """Check what a checkpoint says of itself against what the run was handed out with."""
    told, config = read_json(folder / RECIPE) or read_json(folder / REWARD), expected.config
    place = "base" if "base" in config else "encoder"
    if told.get(f"{place}_sha256") != expected.fingerprints.get(place, MINILM_SHA256):
        raise BadReturn(f"It was trained from another {place} model than the one that this run names.")
    for field in ("method", "tuning", "mode", "precision", "max_length"):
        if field in told and told[field] != config.get(field):
            raise BadReturn(f"The checkpoint in {folder.name} says another {field} than the run has.")
    if (folder / ADAPTER).is_file() != (config.get("tuning") == "lora"):
        raise BadReturn(f"The checkpoint in {folder.name} is not what a run with this configuration makes.")


def settle(folder: Path, *, config: Mapping[str, Any]) -> None:
    """Put into the words of this machine what names a place on the other one, in all that was checked."""
    _rename(folder / "model", config)
    for made in sorted((folder / "checkpoints").glob("*")):
        _rename(made, config)
        names = sorted(path.name for path in made.iterdir() if path.name != MANIFEST)
        _write(made / MANIFEST, {name: sha256_of(made / name) for name in names})


def _rename(folder: Path, config: Mapping[str, Any]) -> None:
    for name, field, place in (
        (RECIPE, "base", "base"),
        (ADAPTER, "base_model_name_or_path", "base"),
        (REWARD, "encoder", "encoder"),
    ):
        if told := read_json(folder / name):
            _write(folder / name, told | {field: config[place]})


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True), "utf-8")
