"""A page asks for its letters early: those of its language, under the name that the build gave them."""

import json
from pathlib import Path
from typing import Any

from django.utils import translation

from apps.shared.templatetags.fonts import preload_fonts


def _build(settings: Any, folder: Path) -> None:
    packages = "../elsewhere/node_modules/@fontsource"
    names = {
        "literata-latin-wght-normal": f"{packages}-variable/literata/files",
        "source-sans-3-latin-wght-normal": f"{packages}-variable/source-sans-3/files",
        "ibm-plex-sans-arabic-arabic-400-normal": f"{packages}/ibm-plex-sans-arabic/files",
    }
    made = {f"{path}/{name}.woff2": {"file": f"assets/{name}-Ab3.woff2"} for name, path in names.items()}
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**made, "participant/main.ts": {"file": "assets/main-Xy.js"}}))
    settings.DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": manifest}}


def test_each_language_asks_for_its_own_letters(settings: Any, tmp_path: Path) -> None:
    _build(settings, tmp_path)

    with translation.override("es"):
        spanish = preload_fonts()
    with translation.override("ar"):
        arabic = preload_fonts()

    assert spanish.count("<link ") == 2
    assert 'href="/static/assets/literata-latin-wght-normal-Ab3.woff2"' in spanish
    assert 'href="/static/assets/source-sans-3-latin-wght-normal-Ab3.woff2"' in spanish
    assert arabic.count("<link ") == 1
    assert 'href="/static/assets/ibm-plex-sans-arabic-arabic-400-normal-Ab3.woff2"' in arabic
    assert 'as="font" type="font/woff2" crossorigin' in arabic


def test_without_a_build_nothing_is_asked_for(settings: Any, tmp_path: Path) -> None:
    settings.DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": tmp_path / "none.json"}}

    assert preload_fonts() == ""
