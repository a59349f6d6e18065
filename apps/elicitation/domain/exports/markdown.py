"""The codebook as people read it."""

from collections.abc import Iterator, Mapping
from typing import Any

from apps.elicitation.domain.exports.codebook import english


def render(book: Mapping[str, Any]) -> str:
    """Return a codebook as Markdown."""
    return "\n".join([*_head(book), *_people(book), *_versions(book), *_rules(book), *_tables(book)]) + "\n"


def _head(book: Mapping[str, Any]) -> Iterator[str]:
    purpose = book["purpose"]
    yield f"# Codebook: {_line(book['study']['title'])}"
    yield ""
    yield f"Made on {book['made_at']} with {book['software']['name']} {book['software']['version']}."
    yield ""
    yield f"To cite: {_line(book['citation'])}"
    yield ""
    yield "## Purpose"
    yield ""
    yield f"**{purpose['label']}.** Whoever is in the tables about people ticked:"
    yield ""
    yield from (f"- “{tick}”" for tick in purpose["needs"])
    yield ""


def _people(book: Mapping[str, Any]) -> Iterator[str]:
    people = book["people"]
    yield "## People"
    yield ""
    yield f"{people['included']} people are in this export. Left out, each counted once:"
    yield ""
    yield from (f"- {item['n']}: {item['says']}" for item in people["left_out"])
    yield ""


def _versions(book: Mapping[str, Any]) -> Iterator[str]:
    yield "## Versions of the study"
    yield ""
    if not book["versions"]:
        yield "The study was never opened."
        yield ""
        return
    yield "| version | people | opened | hash | consent text |"
    yield "|---|---|---|---|---|"
    for item in book["versions"]:
        consent = f"{item['consent']['number']} ({item['consent']['hash'][:12]})"
        yield f"| {item['number']} | {item['people']} | {item['opened_at']} | `{item['hash']}` | {consent} |"
    yield ""
    yield "## Questions"
    yield ""
    for item in book["questions"]:
        numbers = ", ".join(str(number) for number in item["versions"])
        yield f"### `{item['key']}` (in version {numbers})"
        yield ""
        yield from (f"- {language}: {_line(text)}" for language, text in item["text"].items())
        yield ""


def _rules(book: Mapping[str, Any]) -> Iterator[str]:
    yield "## How the files are written"
    yield ""
    yield from (f"- **{name.replace('_', ' ')}**: {text}" for name, text in book["conventions"].items())
    yield ""
    yield from (f"- type **{name.replace('_', ' ')}**: {text}" for name, text in book["types"].items())
    yield ""
    yield from (
        f"- missing, **{name.replace('_', ' ')}**: {text}" for name, text in book["missing_reasons"].items()
    )
    yield ""


def _tables(book: Mapping[str, Any]) -> Iterator[str]:
    for table in book["tables"]:
        yield f"## {table['label']} (`{table['name']}`)"
        yield ""
        yield f"{table['about']} {table['rows']} rows; a row is known by {', '.join(table['key'])}."
        yield ""
        for file in table["files"]:
            yield f"- `{file['name']}`, {file['bytes']} bytes, SHA-256 `{file['sha256']}`"
        yield ""
        yield "| column | type | what it is | values | valid | missing |"
        yield "|---|---|---|---|---|---|"
        yield from (_column(column) for column in table["columns"])
        yield ""


def _column(column: Mapping[str, Any]) -> str:
    about = column["about"] + (f" Unit: {column['unit']}." if "unit" in column else "")
    if "question" in column:
        asked = " / ".join(_line(text) for text in column["question"].values())
        about += f" Asked: “{asked}”."
    missing = ", ".join(f"{n} {reason.replace('_', ' ')}" for reason, n in column["missing"].items())
    cells = [f"`{column['name']}`", column["type"], about, _values(column), str(column["valid"]), missing]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _values(column: Mapping[str, Any]) -> str:
    if "values" in column:
        return "; ".join(
            f"`{item['code']}` {_line(english(item['label']))}: {item['n']}" for item in column["values"]
        )
    return f"{column['least']} to {column['most']}" if "least" in column else ""


def _line(text: str) -> str:
    return " ".join(text.split())
