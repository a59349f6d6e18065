"""AnnotatedPairs 2.0, the interchange format of Feedback Forensics and ICAI: pairs with annotators, some of
which are principles.

Two fields beyond the format are read where an annotation has them: ``confidence``, the probability that the
annotator gave its answer, and ``swapped_pref``, what it said of the same pair shown in the other order.
"""

import dataclasses
from collections.abc import Callable, Iterator
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


def pairs(file: TextIO, *, again: Callable[[], TextIO]) -> Iterator[Row | RowError]:
    """Yield pairs with the verdicts of their annotators.

    Where the annotators stand behind the pairs, ``again`` opens the file a second time. Raises
    UnreadableFile.
    """
    annotators, waiting, seen = None, False, False
    stream = JsonStream(file)
    for name in stream.fields():
        if name == "annotators":
            annotators = _sources(stream.value())
        elif name == "comparisons":
            seen, waiting = True, annotators is None
            yield from _pairs(stream, annotators)
        else:
            stream.value()
    if annotators is None and not seen:
        raise UnreadableFile(
            "This is one JSON object that holds no pairs. Write one pair a line (JSON Lines) or all in one "
            "array; AnnotatedPairs 2.0 has “annotators” and “comparisons”."
        )
    if annotators is None:
        raise UnreadableFile("This AnnotatedPairs file names no annotators.")
    if not seen:
        raise UnreadableFile("This AnnotatedPairs file has no “comparisons”.")
    if waiting:
        with again() as second:
            yield from _late(JsonStream(second), annotators)


def _pairs(stream: JsonStream, annotators: dict[str, Source] | None) -> Iterator[Row | RowError]:
    for number, record in enumerate(stream.items(), start=1):
        if annotators is not None:
            yield _row(number, record, annotators)


def _late(stream: JsonStream, annotators: dict[str, Source]) -> Iterator[Row | RowError]:
    for name in stream.fields():
        if name == "comparisons":
            yield from _pairs(stream, annotators)
        else:
            stream.value()


PEOPLE = ("human", "unknown")
"""Types whose verdicts count as people's: files call those of their data set's own labels unknown."""


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
                metadata=record["metadata"] if isinstance(record.get("metadata"), dict) else {},
            ),
            verdicts=tuple(_verdicts(record.get("annotations"), annotators)),
        )
    except BadRow as error:
        return RowError(number=number, reason=str(error))
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
            answer=_answer(annotation, "pref"),
            principle=source.principle,
            algorithm=source.kind not in PEOPLE,
            confidence=_confidence(annotation.get("confidence")),
            swapped=_answer(annotation, "swapped_pref") if "swapped_pref" in annotation else "",
        )


def _answer(annotation: dict[str, Any], key: str) -> str:
    preferred = annotation.get(key)
    if preferred in ("a", "b"):
        return str(preferred)
    if preferred is not None:
        raise BadRow(f"“{key}” must be a, b or null.")
    return NO_PREFERENCE.get(str(annotation.get("no_pref_reason")), "not_applicable")


def _confidence(given: Any) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise BadRow("“confidence” must be a number from 0 to 1.")
    return float(given)
