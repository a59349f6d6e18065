"""Letters that a page asks for before it has read its styles, so that its words stand in them at once."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
LATIN = ("source-sans-3-latin-wght-normal.woff2", "literata-latin-wght-normal.woff2")
FIRST = {"ar": ("ibm-plex-sans-arabic-arabic-400-normal.woff2",)}


@cache
def _built(manifest: Path) -> dict[str, str]:
    """Return the address of each file of a build by the name that it had before."""
    files: dict[str, dict[str, str]] = json.loads(manifest.read_text()) if manifest.is_file() else {}
    return {source.rpartition("/")[2]: entry["file"] for source, entry in files.items()}


@register.simple_tag
def preload_fonts() -> SafeString:
    """Return a link for each of the letters that most of a page in this language is written in."""
    manifest = settings.DJANGO_VITE["default"].get("manifest_path")
    built = _built(Path(str(manifest))) if manifest else {}
    names = FIRST.get(get_language() or "", LATIN)
    found = [(static(built[name]),) for name in names if name in built]
    return format_html_join(
        "\n  ", '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>', found
    )
