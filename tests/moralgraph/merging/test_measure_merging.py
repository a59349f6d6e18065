"""The command that says what merge candidates are worth, on the project's own labelled cards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.moralgraph.services.merging import points

HERE = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def encoder_once() -> Iterator[None]:
    """Have the encoder read the same cards once: starting it takes longer than everything else here."""
    place = points.by_meaning
    once = cache(lambda texts: place(texts=texts))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(points, "by_meaning", lambda *, texts, job: once(tuple(texts)))
        yield


def measured(name: str, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("measure_merging", str(HERE / name), format="json", stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def on(answer: dict[str, Any], half: str, method: str) -> dict[str, Any]:
    return next(row for row in answer["halves"][half] if row["method"] == method)


def test_meaning_beats_words_on_the_half_that_it_was_not_tuned_on() -> None:
    answer = measured("english.json", tune="tune")

    assert (answer["cards"], answer["groups"], answer["language"]) == (84, 31, "en")
    ours = on(answer, "report", "meaning")
    for name in ("words", "letters"):
        theirs = on(answer, "report", name)
        assert ours["pairwise_f1"] > 2 * theirs["pairwise_f1"]
        assert ours["adjusted_rand"] > 2 * theirs["adjusted_rand"]
    assert ours["pairwise_f1"] > 0.65
    assert ours["labelled_pairs_suggested"] > 0.8
    # Somebody who reads the suggestions reads about a tenth of all pairs.
    assert ours["suggested_pairs"] < 0.12 * 43 * 42 / 2


def test_the_cuts_that_the_desk_uses_are_those_that_tuning_finds() -> None:
    tuned, used = measured("english.json", tune="tune"), measured("english.json")

    assert on(tuned, "report", "meaning") == on(used, "report", "meaning")


def test_cards_in_another_language_are_compared_by_letters() -> None:
    answer = measured("spanish.json")

    assert (answer["language"], answer["encoder"]) == ("es", "letters")
    assert {row["method"] for row in answer["halves"]["report"]} == {"letters", "words"}


def test_it_runs_without_an_installation() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "measure_merging", str(HERE / "arabic.json")],
        cwd=settings.ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("14 cards in 8 groups, language ar, letters")


CARD = {"id": 1, "title": "Slow Talk", "policies": [{"attended": "PAUSES"}], "group": "a"}


@pytest.mark.parametrize(
    ("cards", "says"),
    [
        ("no json", "not JSON"),
        ([CARD], "at least two"),
        ([CARD, CARD], "two cards have the id “1”"),
        ([CARD, {**CARD, "id": 2, "group": ""}], "card 2: “group”"),
        ([CARD, {**CARD, "id": 2, "policies": "PAUSES"}], "card 2: “policies”"),
        ([CARD, {**CARD, "id": 2, "policies": [{"attended": ""}]}], "card 2: policies.0.attended"),
        (
            [CARD, {**CARD, "id": 2, "title": "الإصغاء بلا عجلة", "policies": [{"attended": "الكلمات"}]}],
            "several",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong(
    tmp_path: Path, cards: Any, says: str
) -> None:
    path = tmp_path / "cards.json"
    path.write_text(cards if isinstance(cards, str) else json.dumps(cards))

    with pytest.raises(CommandError, match=says):
        call_command("measure_merging", str(path))


def test_an_unknown_half_is_an_error() -> None:
    with pytest.raises(CommandError, match="report, tune"):
        measured("arabic.json", tune="middle")
