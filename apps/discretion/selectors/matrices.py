"""Verdicts as arrays, an annotator at a time: kept in this process and, where there are many, in a file.

An audit says at which revision its comparisons and principles changed last, and an annotator at which its
verdicts did. What is kept is named by the two: a verdict makes one annotator's arrays anew and no more.
"""

import collections
import dataclasses
import json
import threading
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models.functions import Length
from numpy.typing import NDArray

from apps.discretion.domain import preferences
from apps.discretion.domain.ballots import ABSENT
from apps.discretion.models import Annotator, Audit, Comparison, Verdict
from apps.discretion.selectors import audits

FORM = 1
"""How the files are written: another number makes those of an older version be read anew."""

WORTH_A_FILE = 5000
"""So many verdicts take long enough to read that their arrays are kept in a file."""

KEPT_AUDITS = 4
MOST_VALUES = 40
"""Metadata with more values than this parts comparisons into groups that are too small to measure."""

COLUMNS: dict[str, type] = {
    "place": np.int64,
    "annotator": np.int64,
    "principle": np.int64,
    "preference": np.int8,
    "rates": np.bool_,
    "unparsable": np.bool_,
    "confidence": np.float32,
    "turned": np.bool_,
}


@dataclasses.dataclass(frozen=True)
class Layout:
    """An audit's comparisons in their order: the responses' lengths (2, n), the contexts (0: none), and the
    metadata that part them into groups.
    """

    comparisons: tuple[str, ...]
    lengths: preferences.Floats
    contexts: NDArray[np.int64]
    groups: dict[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True)
class Voice:
    """What one annotator said: ``overall`` (n,) and ``votes`` by principle (C, n), ``ABSENT`` where nothing,
    with their probability ``sure``; ``turned`` and ``turned_votes`` where the other order had another answer.
    ``rates`` and ``by_principle`` say whether there is anything.
    """

    overall: preferences.Signs
    turned: preferences.Bools
    votes: preferences.Signs
    sure: NDArray[np.float32]
    turned_votes: preferences.Bools
    rates: bool
    by_principle: bool


@dataclasses.dataclass
class _Kept:
    layout: tuple[str, Layout] | None = None
    voices: dict[int, tuple[str, Voice]] = dataclasses.field(default_factory=dict)


_kept: collections.OrderedDict[str, _Kept] = collections.OrderedDict()
_lock = threading.Lock()


def layout(*, audit: Audit) -> Layout:
    """Return the comparisons of an audit as arrays."""
    mark, kept = _mark(audit), _of(audit)
    if kept.layout is not None and kept.layout[0] == mark:
        return kept.layout[1]
    path = _folder(audit) / f"layout-{mark}.npz"
    found = _load_layout(path)
    if found is None:
        found = _read_layout(audit)
        if len(found.comparisons) >= WORTH_A_FILE:
            words = {"comparisons": found.comparisons, "groups": found.groups}
            text = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
            _save(path, "layout-*", {"words": text, "lengths": found.lengths, "contexts": found.contexts})
    kept.layout = (mark, found)
    return found


def voices(
    *, audit: Audit, annotators: Sequence[Annotator], principles: Sequence[int], shape: Layout
) -> dict[int, Voice]:
    """Return what each of these annotators said, by id; verdicts are read only of those who have new ones."""
    kept, marks = _of(audit), {row.pk: f"{_mark(audit)}-{row.revision}" for row in annotators}
    found, missing = dict[int, Voice](), list[int]()
    for row in annotators:
        known = kept.voices.get(row.pk)
        voice = known[1] if known and known[0] == marks[row.pk] else None
        voice = voice or _load_voice(_folder(audit) / f"voice-{row.pk}-{marks[row.pk]}.npz")
        if voice is None:
            missing.append(row.pk)
        else:
            found[row.pk] = voice
    for pk, (voice, count) in _read_voices(audit, missing, principles, shape).items():
        found[pk] = voice
        if count >= WORTH_A_FILE:
            fields = {
                field.name: np.asarray(getattr(voice, field.name)) for field in dataclasses.fields(Voice)
            }
            _save(_folder(audit) / f"voice-{pk}-{marks[pk]}.npz", f"voice-{pk}-*", fields)
    kept.voices = {pk: (marks[pk], voice) for pk, voice in found.items()}
    return found


def forget() -> None:
    """Let this process read everything anew."""
    with _lock:
        _kept.clear()


def _mark(audit: Audit) -> str:
    return f"{FORM}.{audit.layout}"


def _folder(audit: Audit) -> Path:
    return Path(settings.FILES_DIR) / "matrices" / f"{audit.pk}-{audit.created_at:%Y%m%d%H%M%S%f}"


def _of(audit: Audit) -> _Kept:
    """Return what this process keeps of an audit; of four audits at most."""
    key = f"{_folder(audit)}:{audit.study.include_simulated}"
    with _lock:
        kept = _kept.setdefault(key, _Kept())
        _kept.move_to_end(key)
        while len(_kept) > KEPT_AUDITS:
            _kept.popitem(last=False)
        return kept


def _save(path: Path, older: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Write a file in one piece and remove those that it takes the place of."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid.uuid4().hex}.part.npz")
    np.savez(part, **arrays)  # type: ignore[arg-type]
    for old in path.parent.glob(older):
        old.unlink(missing_ok=True)
    part.replace(path)


def _load(path: Path) -> dict[str, NDArray[Any]] | None:
    """Return a file's arrays; None where it is not there or was cut off."""
    try:
        with path.open("rb") as source, np.load(source, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def _load_layout(path: Path) -> Layout | None:
    arrays = _load(path)
    if arrays is None:
        return None
    words = json.loads(arrays["words"].tobytes())
    groups = {key: tuple(values) for key, values in words["groups"].items()}
    return Layout(tuple(words["comparisons"]), arrays["lengths"], arrays["contexts"], groups)


def _load_voice(path: Path) -> Voice | None:
    arrays = _load(path)
    if arrays is None:
        return None
    return Voice(
        overall=arrays["overall"],
        turned=arrays["turned"],
        votes=arrays["votes"],
        sure=arrays["sure"],
        turned_votes=arrays["turned_votes"],
        rates=bool(arrays["rates"]),
        by_principle=bool(arrays["by_principle"]),
    )


def _read_layout(audit: Audit) -> Layout:
    rows = list(
        Comparison.objects.filter(audit=audit)
        .order_by("place")
        .values_list("pk", Length("response_a"), Length("response_b"), "context_id", "metadata")
    )
    return Layout(
        comparisons=tuple(str(row[0]) for row in rows),
        lengths=np.array([row[1:3] for row in rows], dtype=float).reshape(len(rows), 2).T,
        contexts=np.array([row[3] or 0 for row in rows], dtype=np.int64),
        groups=_groups([row[4] for row in rows]),
    )


def _groups(metadata: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the metadata that part comparisons into a few groups."""
    found = {}
    for key in sorted({key for item in metadata for key in item}):
        values = tuple(str(item.get(key, ""))[:100] for item in metadata)
        if 1 < len(set(values)) <= MOST_VALUES:
            found[key] = values
    return found


def _read_voices(
    audit: Audit, annotators: list[int], principles: Sequence[int], shape: Layout
) -> dict[int, tuple[Voice, int]]:
    """Read the verdicts of some annotators, all at once; with each the number of its verdicts."""
    if not annotators:
        return {}
    places = {uuid.UUID(pk): place for place, pk in enumerate(shape.comparisons)}
    overall = _said(audit, places, principle__isnull=True, annotator__in=annotators)
    about = _said(audit, places, principle__in=principles, annotator__in=annotators)
    found = {}
    for pk in annotators:
        rated, voted = _of_one(overall, pk), _of_one(about, pk)
        voice = _voice(rated, voted, principles, len(places))
        found[pk] = (voice, len(rated["place"]) + len(voted["place"]))
    return found


def _of_one(said: dict[str, NDArray[Any]], annotator: int) -> dict[str, NDArray[Any]]:
    mine = said["annotator"] == annotator
    return {name: column[mine] for name, column in said.items()}


def _said(
    audit: Audit, places: dict[uuid.UUID, int], **which: Iterable[int] | bool
) -> dict[str, NDArray[Any]]:
    """Return live verdicts column by column, so that whole arrays are filled at once."""
    rows = audits.live(audit=audit).filter(**which).order_by()
    said = [
        (
            places[comparison],
            annotator,
            principle or 0,
            preference,
            answer in preferences.RATINGS,
            answer == Verdict.Answer.UNPARSABLE,
            confidence,
            swapped != "" and preferences.preference_of(swapped) != preference,
        )
        for comparison, annotator, principle, preference, answer, confidence, swapped in rows.values_list(
            "comparison_id", "annotator_id", "principle_id", "preference", "answer", "confidence", "swapped"
        ).iterator(chunk_size=5000)
        if comparison in places
    ]
    columns = list(zip(*said, strict=True)) or [()] * len(COLUMNS)
    return {
        name: np.array(column, dtype=kind)
        for (name, kind), column in zip(COLUMNS.items(), columns, strict=True)
    }


def _voice(
    rated: dict[str, NDArray[Any]], voted: dict[str, NDArray[Any]], principles: Sequence[int], n: int
) -> Voice:
    overall, turned = np.full(n, ABSENT, dtype=np.int8), np.zeros(n, dtype=bool)
    rates = rated["rates"]
    overall[rated["place"][rates]] = rated["preference"][rates]
    turned[rated["place"]] = rated["turned"]
    shape = (len(principles), n)
    votes, sure = np.full(shape, ABSENT, dtype=np.int8), np.full(shape, np.nan, dtype=np.float32)
    turned_votes = np.zeros(shape, dtype=bool)
    if len(voted["place"]):
        order = np.argsort(principles)
        about = order[np.searchsorted(principles, voted["principle"], sorter=order)]
        heard = ~voted["unparsable"]
        at = (about[heard], voted["place"][heard])
        votes[at], sure[at], turned_votes[at] = (
            voted[name][heard] for name in ("preference", "confidence", "turned")
        )
    return Voice(
        overall, turned, votes, sure, turned_votes, bool(len(rated["place"])), bool(len(voted["place"]))
    )
