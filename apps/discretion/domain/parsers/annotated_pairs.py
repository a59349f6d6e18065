"""AnnotatedPairs 2.0, the interchange format of Feedback Forensics and ICAI: pairs with annotators, some of
which are principles.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any, TextIO

from apps.discretion.domain.parsers.json_stream import JsonStream
from apps.discretion.domain.parsers.rows import (
    BadRow,
    ParsedVerdict,
    Row,
    RowError,
    UnreadableFile,
    comparison,
    text_of,
)

ORACLE = "principle votes of the file"
NO_PREFERENCE = {
    "both": "tie",
    "neither": "both_bad",
    "not_applicable": "not_applicable",
    "invalid": "unparsable",
}


@dataclasses.dataclass(frozen=True)
class Source:
    """An annotator of the file: a principle, where ``principle`` holds its statement, or one with overall
    verdicts.
    """

    name: str
    kind: str
    principle: str


def sources(file: TextIO) -> dict[str, Source]:
    """Return the annotators by id, wherever in the file they stand. Raises UnreadableFile."""
    stream = JsonStream(file)
    found: dict[str, Source] | None = None
    for name in stream.fields():
        if name == "annotators":
            found = _sources(stream.value())
        elif name == "comparisons":
            for _ in stream.items():
                pass
        else:
            stream.value()
    if found is None:
        raise UnreadableFile("This AnnotatedPairs file names no annotators.")
    return found


def _sources(given: Any) -> dict[str, Source]:
    if not isinstance(given, dict) or not all(isinstance(item, dict) for item in given.values()):
        raise UnreadableFile("“annotators” must be an object with one object for each annotator.")
    return {str(key): _source(str(key), item) for key, item in given.items()}


def _source(key: str, item: dict[str, Any]) -> Source:
    kind = str(item.get("type") or "unknown")
    text = str(item.get("description") or item.get("name") or key)
    return Source(
        name=str(item.get("name") or text)[:200], kind=kind, principle=text if kind == "principle" else ""
    )


def pairs(file: TextIO, *, annotators: dict[str, Source]) -> Iterator[Row | RowError]:
    """Yield pairs with the verdicts of their annotators."""
    stream = JsonStream(file)
    seen = False
    for name in stream.fields():
        if name == "comparisons":
            seen = True
            for number, record in enumerate(stream.items(), start=1):
                yield _row(number, record, annotators)
        else:
            stream.value()
    if not seen:
        raise UnreadableFile("This AnnotatedPairs file has no “comparisons”.")


def _row(number: int, record: Any, annotators: dict[str, Source]) -> Row | RowError:
    try:
        if not isinstance(record, dict):
            raise BadRow("This comparison is not an object.")
        row = Row(
            number=number,
            external_id=text_of(record, "id"),
            comparison=comparison(
                prompt=str(record.get("prompt") or ""),
                response_a=_response(record, "response_a"),
                response_b=_response(record, "response_b"),
                **(record["metadata"] if isinstance(record.get("metadata"), dict) else {}),
            ),
            verdicts=tuple(_verdicts(record.get("annotations"), annotators)),
        )
    except BadRow as error:
        return RowError(number=number, reason=str(error))
    except TypeError:
        return RowError(number=number, reason="“metadata” uses a name that is reserved.")
    return row


def _response(record: dict[str, Any], key: str) -> str:
    given = record.get(key)
    return text_of(given if isinstance(given, dict) else {"text": given}, "text", may_be_empty=True)


def _verdicts(given: Any, annotators: dict[str, Source]) -> Iterator[ParsedVerdict]:
    if not isinstance(given, dict):
        raise BadRow("“annotations” is missing.")
    for key, annotation in given.items():
        source = annotators.get(key)
        if source is None or not isinstance(annotation, dict):
            raise BadRow(f"The annotation “{key}” belongs to no annotator of the file.")
        if annotation.get("no_pref_reason") == "non_preference_annotation":
            continue
        yield ParsedVerdict(
            annotator=ORACLE if source.principle else source.name,
            answer=_answer(annotation),
            principle=source.principle,
        )


def _answer(annotation: dict[str, Any]) -> str:
    preferred = annotation.get("pref")
    if preferred in ("a", "b"):
        return str(preferred)
    if preferred is not None:
        raise BadRow("“pref” must be a, b or null.")
    return NO_PREFERENCE.get(str(annotation.get("no_pref_reason")), "not_applicable")
