"""What a pilot showed: the walk of each simulated participant, and all of a kind together."""

import dataclasses
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MILLION = 1_000_000
COLUMNS = (
    "place", "kind", "language", "state", "participant", "interviewer", "steps", "turns", "minutes",
    "waiting_minutes", "reading_minutes", "typing_minutes", "first_reply_median_seconds",
    "first_reply_longest_seconds", "reconnects", "prompt_tokens", "completion_tokens", "cost",
    "share_quoted", "findings", "injections", "injections_with_effect", "failed_at", "failure",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Price:
    """What a million tokens cost; none where nobody said."""

    prompt: float | None = None
    completion: float | None = None

    def of(self, *, prompt_tokens: int, completion_tokens: int) -> float | None:
        """Return what so many tokens cost; None without a price."""
        if self.prompt is None or self.completion is None:
            return None
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / MILLION


@dataclasses.dataclass(frozen=True, kw_only=True)
class Walked:
    """One walk: who, how far they are, and the record that was written at its end."""

    place: int
    kind: str
    language: str
    state: str
    participant: str | None
    record: Mapping[str, Any]

    @property
    def ended(self) -> bool:
        """Whether the walk counts: it came to its end or failed, and was not interrupted."""
        return self.state in {"arrived", "failed"}


def row_of(walk: Walked, *, price: Price) -> dict[str, Any]:
    """Return a walk as a row of the report; what was not measured is None.

    Waiting was measured; reading and typing are what somebody of this kind would need, and nobody waited for
    them. Minutes are the three together.
    """
    record = walk.record if walk.ended else {}
    waiting, reading, typing = (float(record.get(name, 0.0)) / 60 for name in ("waited", "read", "typed"))
    replies: Sequence[float] = record.get("first_replies", ())
    tokens = record.get("tokens", {})
    prompt, completion = int(tokens.get("prompt", 0)), int(tokens.get("completion", 0))
    failure = record.get("failure") or {}
    card = record.get("card") or {}
    return {
        "place": walk.place,
        "kind": walk.kind,
        "language": walk.language,
        "state": walk.state,
        "participant": walk.participant,
        "interviewer": record.get("interviewer", ""),
        "steps": list(record.get("steps", ())),
        "turns": int(record.get("turns", 0)),
        "minutes": waiting + reading + typing,
        "waiting_minutes": waiting,
        "reading_minutes": reading,
        "typing_minutes": typing,
        "first_reply_median_seconds": statistics.median(replies) if replies else None,
        "first_reply_longest_seconds": max(replies, default=None),
        "reconnects": int(record.get("reconnects", 0)),
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "cost": price.of(prompt_tokens=prompt, completion_tokens=completion),
        "share_quoted": card.get("share_quoted"),
        "findings": {
            str(rule): int(n) for rule, n in sorted((card.get("findings") or {}).items(), key=_rule)
        },
        "injections": int(record.get("injections", 0)),
        "injections_with_effect": list(record.get("effects", ())),
        "failed_at": failure.get("where", ""),
        "failure": failure.get("what", ""),
    }


def _rule(item: tuple[str, int]) -> int:
    return int(item[0])


def total_of(rows: Iterable[Mapping[str, Any]], *, kind: str = "") -> dict[str, Any]:
    """Return several rows together: sums, and medians where a sum says nothing.

    Walks that have not ended are counted as such and are in no other number.
    """
    listed = list(rows)
    ended = [row for row in listed if row["state"] in {"arrived", "failed"}]
    findings: Counter[str] = Counter()
    for row in ended:
        findings.update(row["findings"])
    costs = [row["cost"] for row in ended if row["cost"] is not None]
    return {
        "kind": kind,
        "walks": len(listed),
        "ended": len(ended),
        "arrived": sum(row["state"] == "arrived" for row in ended),
        "failed": sum(row["state"] == "failed" for row in ended),
        "turns": sum(row["turns"] for row in ended),
        "minutes_median": _median(row["minutes"] for row in ended),
        "waiting_minutes_median": _median(row["waiting_minutes"] for row in ended),
        "reading_minutes_median": _median(row["reading_minutes"] for row in ended),
        "typing_minutes_median": _median(row["typing_minutes"] for row in ended),
        "first_reply_median_seconds": _median(row["first_reply_median_seconds"] for row in ended),
        "first_reply_longest_seconds": max(
            (row["first_reply_longest_seconds"] for row in ended if row["first_reply_longest_seconds"]),
            default=None,
        ),
        "prompt_tokens": sum(row["prompt_tokens"] for row in ended),
        "completion_tokens": sum(row["completion_tokens"] for row in ended),
        "cost": sum(costs) if costs else None,
        "share_quoted_median": _median(row["share_quoted"] for row in ended),
        "findings": dict(sorted(findings.items(), key=_rule)),
        "injections": sum(row["injections"] for row in ended),
        "injections_with_effect": sum(len(row["injections_with_effect"]) for row in ended),
    }


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def report(walks: Sequence[Walked], *, price: Price) -> dict[str, Any]:
    """Return the whole report: a row a walk, the totals by kind in the order they come, and over all."""
    rows = [row_of(walk, price=price) for walk in walks]
    kinds = list(dict.fromkeys(walk.kind for walk in walks))
    by_kind = [total_of((row for row in rows if row["kind"] == kind), kind=kind) for kind in kinds]
    return {"rows": rows, "by_kind": by_kind, "total": total_of(rows)}


def cells_of(row: Mapping[str, Any]) -> list[str]:
    """Return a row as text, for a file: lists with spaces between, rules as ``5:2``, nothing for None."""
    return [_cell(row[name]) for name in COLUMNS]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return " ".join(f"{key}:{item}" for key, item in value.items())
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.4f}"
    text = str(value)
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
