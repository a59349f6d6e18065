"""What in a story could tell whose it is: patterns find names, numbers and addresses, a person the rest."""

import re

_TRACES = (
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    re.compile(r"(?:https?://|www\.)\S+"),
    re.compile(r"\d[\d\s./:-]*\d|\d"),
)
# A capital inside a sentence, where most languages that know capitals put a name; "I" is none.
_NAME = re.compile(r"(?<![.!?:…\"“«(\n])(?<=[\w,;\u2019'] )([A-ZÁÉÍÓÚÑÜ][^\W\d_]+)")


def details(text: str) -> tuple[str, ...]:
    """Return the parts of a story that may tell whose it is, each once, in the order in which they stand."""
    found = [
        (match.start(), match.group().strip()) for pattern in _TRACES for match in pattern.finditer(text)
    ]
    found += [(match.start(1), match[1]) for match in _NAME.finditer(text)]
    return tuple(dict.fromkeys(part for _, part in sorted(found)))
