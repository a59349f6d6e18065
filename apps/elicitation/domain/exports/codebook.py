"""The codebook of an export: what it says of the whole; the tables come from their tallies."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.elicitation.domain.exports.columns import KINDS
from apps.elicitation.domain.exports.purposes import LABELS, NEEDED, REASONS, TICKS, Choice, LeftOut, Purpose
from apps.elicitation.domain.protocol import Protocol, say

FORMAT = "touchstone-codebook"
FORMAT_VERSION = 1

CONVENTIONS: dict[str, str] = {
    "files": "One file a table and format. Rows of one table have the same order in every format.",
    "ids": "A participant_id is a random number that this study gave the person. It is the same in every "
    "table and every export of the study, so that tables and exports can be joined and the rows of somebody "
    "who withdraws later can be found and deleted. It opens nothing, and another study knows the same "
    "person under another one.",
    "versions": "A row about a person names the version of the study that the person met. A row of the study "
    "as a whole (values, contexts, transitions, stories, codes) names the version that was current when "
    "this export was made; it is empty where the study was never opened.",
    "withdrawals": "People can withdraw after an export was made. The study then marks the export as out of "
    "date and deletes its file; take a new one, and delete the copies of the old one.",
    "text": "UTF-8. Empty texts are missing. NUL characters and halves of characters, which no text file can "
    "hold, stand as U+FFFD.",
    "times": "ISO 8601 in UTC with its offset, such as 2026-03-01T09:30:00.250000+00:00; in Parquet a "
    "timestamp in microseconds with the time zone UTC.",
    "csv": "RFC 4180: commas, lines that end in CR LF, quotation marks doubled, one header row. True and "
    "false are written as true and false.",
    "formulas": "A text in CSV that begins with = + - @ (wide forms and leading space included), a tab, a "
    "line break or an apostrophe has one apostrophe put before it, so that no spreadsheet runs it. Take one "
    "leading apostrophe away to get the text back. JSON Lines and Parquet hold texts as they are.",
    "missing": "A missing value is an empty cell in CSV and null in JSON Lines and Parquet; no number stands "
    "for it. The reasons are counted at each column.",
}

MISSING: dict[str, str] = {
    "none": "There is none.",
    "not_asked": "The version that the person met does not ask it.",
    "not_reached": "The person did not come so far.",
    "skipped": "The person was asked and left it out.",
    "withheld": "The person whose words they are did not agree to this.",
}


@dataclass(frozen=True)
class Version:
    """A version of the study, and how many people of it are in the export."""

    number: int
    hash: str
    opened_at: datetime.datetime
    content: Protocol
    consent_number: int
    consent_hash: str
    people: int = 0


@dataclass(frozen=True)
class About:
    """What a codebook says of the whole export."""

    study: str
    address: str
    choice: Choice
    made_at: datetime.datetime
    software: str
    versions: Sequence[Version]
    people: int
    left_out: Mapping[LeftOut, int]


def build(about: About, *, tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the codebook; ``tables`` are the tallies with the files of each."""
    purpose = about.choice.purpose
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "study": {"title": about.study, "address": about.address},
        "citation": citation(about),
        "made_at": about.made_at.isoformat(),
        "software": {"name": "Touchstone", "version": about.software},
        "purpose": _purpose(purpose),
        "filter": {
            "versions": list(about.choice.versions) or "all",
            "simulated_included": about.choice.simulated,
            "panel_ids_included": about.choice.panel_ids,
        },
        "people": {
            "included": about.people,
            "left_out": [
                {"reason": reason.value, "says": REASONS[reason], "n": about.left_out.get(reason, 0)}
                for reason in LeftOut
            ],
        },
        "versions": [_version(version) for version in about.versions],
        "questions": _questions(about.versions),
        "conventions": CONVENTIONS | {"byte_order_mark": _mark(about.choice)},
        "types": {kind.value: says for kind, says in KINDS.items()},
        "missing_reasons": MISSING,
        "tables": list(tables),
    }


def citation(about: About) -> str:
    """Return the line by which the data can be cited; who made the study puts their names before it."""
    numbers = ", ".join(f"{item.number} ({item.hash[:12]})" for item in about.versions) or "not opened"
    return (
        f"{about.study} [Data set]. Study versions: {numbers}. "
        f"Exported on {about.made_at.date().isoformat()} for {LABELS[about.choice.purpose].lower()} "
        f"with Touchstone {about.software}."
    )


def _purpose(purpose: Purpose) -> dict[str, Any]:
    return {
        "key": purpose.value,
        "label": LABELS[purpose],
        "needs": [TICKS[Purpose(tick)] for tick in NEEDED[purpose]],
        "allows": "Only people who ticked all of the above are in the tables about people.",
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "hash": version.hash,
        "opened_at": version.opened_at.isoformat(),
        "consent": {"number": version.consent_number, "hash": version.consent_hash},
        "people": version.people,
        "consent_text": dict(version.content.consent),
    }


def _questions(versions: Sequence[Version]) -> list[dict[str, Any]]:
    """Return every question as each of its wordings stood, with the versions that asked it so."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for version in sorted(versions, key=lambda item: item.number):
        for question in version.content.questions:
            texts = {str(code): text for code, text in question.text.items()}
            key = (question.key, repr(sorted(texts.items())))
            asked = found.setdefault(
                key, {"key": question.key, "title": dict(question.title), "text": texts, "versions": []}
            )
            asked["versions"].append(version.number)
    return list(found.values())


def _mark(choice: Choice) -> str:
    return f"CSV files begin {'with' if choice.bom else 'without'} a byte order mark."


def english(texts: Mapping[str, str]) -> str:
    """Return a text in English, or in the first language that has it."""
    return say(texts, "en")
