"""Judgements straight from files, for audits without a database."""

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from apps.discretion.domain.parsers import annotated_pairs, files
from apps.discretion.domain.parsers.rows import ParsedVerdict, Row, RowError
from apps.discretion.domain.preferences import RATINGS, Floats, preference_of
from apps.discretion.domain.report import Judgements, PrincipleName, Rater


@dataclasses.dataclass(frozen=True)
class Gathered:
    """Judgements, whose votes stand for the principles, and the rows that could not be used."""

    judgements: Judgements
    voters: tuple[str, ...]
    left_out: list[dict[str, str | int]]


class _Collection:
    """Rows as they are read, by comparison, annotator and principle."""

    def __init__(self) -> None:
        self.comparisons: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        self.verdicts: dict[tuple[str, str, str], ParsedVerdict] = {}
        self.left_out: list[dict[str, str | int]] = []

    def read(self, path: Path) -> None:
        """Take a file in; verdicts on pairs that no file brought are left out and counted."""
        opened = files.open_file(path, filename=path.name)
        for row in opened.rows():
            fault = row.reason if isinstance(row, RowError) else self._take(row, algorithm=opened.algorithm)
            if fault:
                self.left_out.append({"file": path.name, "row": row.number, "reason": fault})

    def _take(self, row: Row, *, algorithm: bool) -> str:
        if row.comparison is not None:
            self.comparisons.setdefault(row.external_id, len(self.comparisons))
        elif row.external_id not in self.comparisons:
            return f"There is no pair “{row.external_id}” in the files before."
        for verdict in row.verdicts:
            machine = algorithm or verdict.annotator == annotated_pairs.ORACLE
            self.kinds.setdefault(verdict.annotator, "algorithm" if machine else "imported_person")
            self.verdicts[verdict.annotator, verdict.principle, row.external_id] = verdict
        return ""

    def ratings(self, annotator: str) -> Floats:
        """Return an annotator's overall ratings by comparison."""
        given = np.full(len(self.comparisons), np.nan)
        for (name, principle, external_id), verdict in self.verdicts.items():
            if name == annotator and not principle and verdict.answer in RATINGS:
                given[self.comparisons[external_id]] = preference_of(verdict.answer)
        return given

    def mean(self, principle: str, voters: Sequence[str]) -> Floats:
        """Return a principle's mean vote by comparison."""
        total, votes = (np.zeros(len(self.comparisons)) for _ in range(2))
        for (name, about, external_id), verdict in self.verdicts.items():
            if about == principle and name in voters and verdict.answer != "unparsable":
                total[self.comparisons[external_id]] += preference_of(verdict.answer)
                votes[self.comparisons[external_id]] += 1
        mean: Floats = np.divide(total, votes, out=np.full(total.shape, np.nan), where=votes > 0)
        return mean


def gather(*, paths: Iterable[Path]) -> Gathered:
    """Read files in their order. Raises UnreadableFile."""
    found = _Collection()
    for path in paths:
        found.read(path)
    raters = [name for name in found.kinds if not np.isnan(found.ratings(name)).all()]
    principles = list(dict.fromkeys(about for _, about, _ in found.verdicts if about))
    voted = {name for name, about, _ in found.verdicts if about}
    people = sorted(name for name in voted if found.kinds[name] != "algorithm")
    voters = tuple(people or sorted(voted))
    size = len(found.comparisons)
    return Gathered(
        judgements=Judgements(
            comparisons=tuple(found.comparisons),
            raters=tuple(Rater(id=name, name=name, kind=found.kinds[name]) for name in raters),
            principles=tuple(PrincipleName(id=about, title=about) for about in principles),
            overall=np.array([found.ratings(name) for name in raters]).reshape(len(raters), size),
            by_principle=np.array([found.mean(about, voters) for about in principles]).reshape(
                len(principles), size
            ),
        ),
        voters=voters,
        left_out=found.left_out,
    )
