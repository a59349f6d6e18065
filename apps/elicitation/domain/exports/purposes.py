"""What an export is for, and what a person must have ticked to be in it."""

import enum
from dataclasses import dataclass


class Purpose(enum.StrEnum):
    """What the rows of an export may be used for."""

    RESEARCH = "research"
    QUOTES = "quotes"
    TRAINING = "training"


NEEDED: dict[Purpose, tuple[str, ...]] = {
    Purpose.RESEARCH: ("research",),
    Purpose.QUOTES: ("research", "quotes"),
    Purpose.TRAINING: ("research", "training"),
}
"""The ticks of the consent that a person must have given; every one of them."""

LABELS: dict[Purpose, str] = {
    Purpose.RESEARCH: "Research within the study",
    Purpose.QUOTES: "Quoting in publications",
    Purpose.TRAINING: "Training a model",
}
TICKS: dict[Purpose, str] = {
    Purpose.RESEARCH: "Use my answers for this research",
    Purpose.QUOTES: "Quote sentences of mine, without my name",
    Purpose.TRAINING: "Use my answers to train a model",
}
"""The consent's own sentence behind each purpose."""


class LeftOut(enum.StrEnum):
    """Why a person of the study is not in an export; each is counted once, by the first that holds."""

    SIMULATED = "simulated"
    WITHDREW = "withdrew"
    NO_CONSENT = "no_consent"
    OTHER_PURPOSE = "other_purpose"
    OTHER_VERSION = "other_version"


REASONS: dict[LeftOut, str] = {
    LeftOut.SIMULATED: "simulated people, who were not asked for",
    LeftOut.WITHDREW: "people who withdrew",
    LeftOut.NO_CONSENT: "people who never gave a consent, such as those who were too young",
    LeftOut.OTHER_PURPOSE: "people who did not tick what this purpose needs",
    LeftOut.OTHER_VERSION: "people who met a version of the study that was not asked for",
}

FORMATS = ("csv", "jsonl", "parquet")


@dataclass(frozen=True)
class Choice:
    """What goes into an export: for which purpose, which tables in which formats, and of whom.

    No versions are all of them. ``panel_ids`` adds the ids that a panel gave to people; ``bom`` begins
    every CSV file with the mark by which some spreadsheets know UTF-8.
    """

    purpose: Purpose
    tables: tuple[str, ...]
    formats: tuple[str, ...]
    versions: tuple[int, ...] = ()
    simulated: bool = False
    panel_ids: bool = False
    bom: bool = False
