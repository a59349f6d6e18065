"""Forms of a page as a browser without scripts sees them: what stands in them, and what a press sends."""

import dataclasses
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

Attributes = Mapping[str, str]
Sent = dict[str, str | list[str]]


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a form; boxes and radio buttons of one name are one field an option."""

    name: str
    kind: str
    value: str
    chosen: bool = True


@dataclasses.dataclass
class Form:
    """A form with its fields in order."""

    action: str
    fields: list[Field] = dataclasses.field(default_factory=list)

    def has(self, name: str) -> bool:
        """Say whether a field or a button has this name."""
        return any(field.name == name for field in self.fields)

    def options(self, name: str) -> list[str]:
        """Return the values that can be chosen or pressed under a name."""
        return [field.value for field in self.fields if field.name == name]

    def names(self, *kinds: str) -> list[str]:
        """Return the names of the fields of these kinds, each once, in order."""
        return list(dict.fromkeys(field.name for field in self.fields if field.kind in kinds))

    def filled(self, changes: Mapping[str, str | Sequence[str]] | None = None) -> Sent:
        """Return what is sent: what stands in it, with these changes; a button only if it is named."""
        changed = changes or {}
        sent: Sent = {}
        for field in self.fields:
            if field.name in changed or not field.chosen or field.kind in {"submit", "button"}:
                continue
            before = sent.get(field.name)
            more = [*before, field.value] if isinstance(before, list) else [before, field.value]
            sent[field.name] = field.value if before is None else [text for text in more if text is not None]
        return sent | {name: text if isinstance(text, str) else list(text) for name, text in changed.items()}


def read_forms(html: str) -> list[Form]:
    """Return the forms of a page that are sent by POST."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            if given.get("method", "get").lower() == "post":
                self.forms.append(self._form)
        elif self._form is not None and given.get("name") and "disabled" not in given:
            self._read_field(tag, given)

    def _read_field(self, tag: str, given: Attributes) -> None:
        if tag == "textarea":
            self._area, self._text = given["name"], ""
        elif tag == "input" and self._form:
            kind = given.get("type", "text")
            boxed = kind in {"checkbox", "radio"}
            value = given.get("value", "on" if boxed else "")
            self._form.fields.append(Field(given["name"], kind, value, "checked" in given or not boxed))
        elif tag == "button" and self._form:
            self._form.fields.append(Field(given["name"], "submit", given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            self._form.fields.append(Field(self._area, "textarea", self._text))
            self._area = ""
        elif tag == "form":
            self._form = None
