"""Columns and tables of an export, as the codebook describes them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Kind(enum.StrEnum):
    """What stands in the cells of a column."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    YES_NO = "yes_no"
    INTEGER = "integer"
    NUMBER = "number"
    TIME = "time"
    JSON = "json"


KINDS: dict[Kind, str] = {
    Kind.ID: "A name of a row, to join tables by.",
    Kind.TEXT: "Text as it was typed.",
    Kind.CODE: "One of the listed codes.",
    Kind.YES_NO: "true or false.",
    Kind.INTEGER: "A whole number.",
    Kind.NUMBER: "A number with a decimal point.",
    Kind.TIME: "ISO 8601, in UTC, with its offset, to the microsecond.",
    Kind.JSON: "A list or an object: as it is in JSON Lines, as one text of JSON in CSV and Parquet.",
}

Labels = Mapping[str, str]
"""Texts by language; English alone where nobody but researchers reads them."""


@dataclass(frozen=True)
class Code:
    """One value of a coded column, and what it stands for."""

    code: str
    label: Labels


@dataclass(frozen=True)
class Column:
    """One column: ``question`` is what people were asked, where it holds an answer."""

    name: str
    kind: Kind
    about: str
    unit: str = ""
    codes: tuple[Code, ...] = ()
    question: Labels = field(default_factory=dict)
    versions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: ``personal`` where each row is about one person and stands under that person's consent."""

    name: str
    label: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    personal: bool = True


def codes(**labels: str) -> tuple[Code, ...]:
    """Return codes with their labels in English."""
    return tuple(Code(code, {"en": label}) for code, label in labels.items())


PERSON = Column(
    "participant_id", Kind.ID, "The person: the same in every table and every export of this study."
)
STAMP = (
    Column("study_version", Kind.INTEGER, "The version of the study that the person met."),
    Column("study_version_hash", Kind.ID, "The SHA-256 of everything that this version says."),
    Column("simulated", Kind.YES_NO, "Whether a program stood in for a person."),
)
STAMP_OF_THE_STUDY = (
    Column("study_version", Kind.INTEGER, "The version of the study when this export was made."),
    Column("study_version_hash", Kind.ID, "The SHA-256 of everything that this version says."),
    Column("simulated", Kind.YES_NO, "Whether it came from programs that stood in for people."),
)
CONSENTS = (
    Column("consent_quotes", Kind.YES_NO, "The person agreed that sentences of theirs are quoted."),
    Column("consent_training", Kind.YES_NO, "The person agreed that a model is trained on their answers."),
)


def stamped(table: Table) -> Table:
    """Return a table with the columns that every row carries, after its own key."""
    first = [column for column in table.columns if column.name in table.key or column is PERSON]
    rest = [column for column in table.columns if column not in first]
    stamp = (*STAMP, *CONSENTS) if table.personal else STAMP_OF_THE_STUDY
    return Table(table.name, table.label, table.about, table.key, (*first, *stamp, *rest), table.personal)
