"""Reading a large JSON array one element at a time.

The standard library can only load a whole document. This reader decodes one value after another from a
window of text, so that a file of any length needs the memory of its largest element.
"""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from apps.discretion.domain.parsers.rows import UnreadableFile

WINDOW = 1 << 16
LONGEST = 1 << 26


class JsonStream:
    """A cursor over JSON text."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._buffer, self._at, self._ended = file, "", 0, False
        self._decoder = json.JSONDecoder()

    def _fill(self) -> bool:
        """Read on, twice as much as is left over, so that long values stay linear; return whether anything
        came.
        """
        left = self._buffer[self._at :]
        more = "" if self._ended else self._file.read(max(WINDOW, len(left)))
        self._ended = not more
        self._buffer, self._at = left + more, 0
        return bool(more)

    def peek(self) -> str:
        """Return the next character that is not white space, "" at the end."""
        while True:
            while self._at < len(self._buffer):
                if not self._buffer[self._at].isspace():
                    return self._buffer[self._at]
                self._at += 1
            if not self._fill():
                return ""

    def take(self, expected: str) -> None:
        """Step over one character. Raises UnreadableFile where another stands there."""
        found = self.peek()
        if not found or found not in expected:
            what = f"“{found}”" if found else "the end of the file"
            raise UnreadableFile(f"This is not complete JSON: found {what} where one of {expected} belongs.")
        self._at += 1

    def value(self) -> Any:
        """Decode the value that comes next. Raises UnreadableFile where it is broken or cut off."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._at > LONGEST or not self._fill():
                    raise UnreadableFile(f"This is not complete JSON: {error.msg.lower()}.") from error
                continue
            except ValueError as error:
                raise UnreadableFile("This JSON has a number of thousands of digits.") from error
            except RecursionError as error:
                raise UnreadableFile("This JSON is nested too deeply.") from error
            # A number may go on behind the window's end.
            if end < len(self._buffer) or not self._fill():
                self._at = min(end, len(self._buffer))
                return value

    def items(self) -> Iterator[Any]:
        """Yield the elements of the array that comes next."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            separator = self.peek()
            self.take(",]")
            if separator == "]":
                return

    def fields(self) -> Iterator[str]:
        """Yield the names in the object that comes next; the caller consumes each value before going on."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise UnreadableFile("This is not complete JSON: a name is missing.")
            self.take(":")
            yield name
            separator = self.peek()
            self.take(",}")
            if separator == "}":
                return


def array_items(file: TextIO) -> Iterator[Any]:
    """Yield the elements of a file that is one array. Raises UnreadableFile at the first fault, after the
    sound elements.
    """
    stream = JsonStream(file)
    yield from stream.items()
    if stream.peek():
        raise UnreadableFile("There is more text after the end of the JSON array.")
