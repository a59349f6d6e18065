"""The participants' languages: `python -m tools.catalogues update` collects, `compile` makes them usable.

The translations are kept in `locale/<language>/LC_MESSAGES/django.po`. Django reads the compiled form, which
set-up makes; neither needs gettext's tools.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "ar")
# Where participants' words come from. The studio speaks English.
PLACES = (
    "apps/elicitation",
    "apps/moralgraph",
    "apps/shared/templates/shared",
    "apps/shared/pages.py",
)
KEYWORDS = {
    **{name: spec for name, spec in DEFAULT_KEYWORDS.items() if name != "_"},
    "_": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
    "translatable": None,
}


def catalogue_path(language: str, *, root: Path = ROOT) -> Path:
    """Return where a language's translations are kept."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def list_sources(*, root: Path = ROOT) -> list[Path]:
    """Return every file that may say something to a participant."""
    found: set[Path] = set()
    for place in PLACES:
        path = root / place
        found |= {path} if path.is_file() else set(path.rglob("*.py")) | set(path.rglob("templates/**/*.*"))
        found |= set(path.glob("*.html"))
    return sorted(path for path in found if path.suffix in {".py", ".html", ".txt"})


def collect(*, root: Path = ROOT, sources: Iterable[Path] | None = None) -> Catalog:
    """Return every sentence that is marked for translation, with the places where it stands."""
    catalogue = Catalog(project="Touchstone", charset="utf-8", fuzzy=False)
    for path in sources if sources is not None else list_sources(root=root):
        where = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        for line, found in _messages_of(path):
            context, text = found
            flags = ["python-format"] if "%(" in str(text) else []
            catalogue.add(text, locations=[(where, line)], context=context, flags=flags)
    return catalogue


Found = tuple[str | None, str | tuple[str, str]]


def _messages_of(path: Path) -> Iterator[tuple[int, Found]]:
    source = path.read_text()
    if path.suffix != ".py":
        # Indentation means nothing in a template, and everything to a reader of Python.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    stream = BytesIO(source.encode())
    for line, function, texts, _notes in extract_python(stream, KEYWORDS, [], {}):
        found = _read(str(function), texts)
        if found is not None:
            yield line, found


def _read(function: str, texts: Any) -> Found | None:
    """Return context and text of a marked sentence; None for one that is put together at run time."""
    given: list[Any] = list(texts) if isinstance(texts, tuple | list) else [texts]
    context = str(given.pop(0)) if function.startswith(("p", "np")) else None
    needed = 2 if "ngettext" in function or "npgettext" in function else 1
    words = [text for text in given[:needed] if isinstance(text, str) and text]
    if len(words) < needed:
        return None
    return (context, (words[0], words[1])) if needed == 2 else (context, words[0])


def read(language: str, *, root: Path = ROOT) -> Catalog:
    """Return a language's translations."""
    with catalogue_path(language, root=root).open("rb") as file:
        return read_po(file, locale=language)


def texts_of(message: Message) -> list[str]:
    """Return a sentence's translations: one, or one a plural form."""
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string or ""]


def write(catalogue: Catalog, *, language: str, root: Path = ROOT) -> None:
    """Keep a language's translations; the header stays as somebody wrote it."""
    path = catalogue_path(language, root=root)
    header = path.read_text().split("\n\n", 1)[0] if path.exists() else 'msgid ""\nmsgstr ""'
    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{header}\n\n{body.getvalue().decode().strip()}\n")


def update(*, root: Path = ROOT) -> None:
    """Bring the catalogues up to what the sources say; sentences that are gone fall away."""
    wanted = collect(root=root)
    for language in LANGUAGES:
        path = catalogue_path(language, root=root)
        catalogue = read(language, root=root) if path.exists() else Catalog(locale=language)
        catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        write(catalogue, language=language, root=root)
        missing = sum(1 for message in catalogue if message.id and not all(texts_of(message)))
        print(f"{language}: {len(catalogue)} sentences, {missing} without a translation")


def compile_catalogues(*, root: Path = ROOT) -> None:
    """Make what Django reads."""
    for language in LANGUAGES:
        path = catalogue_path(language, root=root).with_suffix(".mo")
        draft = path.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as file:
            write_mo(file, read(language, root=root))
        draft.replace(path)


if __name__ == "__main__":
    {"update": update, "compile": compile_catalogues}[sys.argv[1]]()
