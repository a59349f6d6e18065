"""Splits leak nothing, and are the same everywhere."""

import unicodedata
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from apps.models.domain.examples import PreferenceExample
from apps.models.domain.splits import heard_apart, sample, split_by_key
from tests.factories.models import example


@given(
    keys=st.lists(st.integers(0, 12), min_size=1, max_size=60),
    share=st.floats(0.0, 0.9),
    seed=st.integers(0, 5),
)
def test_no_key_lies_on_both_sides_and_nothing_is_lost(keys: list[int], share: float, seed: int) -> None:
    examples = [example(number, split_key=f"k{key}") for number, key in enumerate(keys)]

    split = split_by_key(examples, held_out=share, seed=seed)

    assert not {e.split_key for e in split.train} & {e.split_key for e in split.held_out}
    assert sorted(e.id for e in (*split.train, *split.held_out)) == sorted(e.id for e in examples)
    assert split.train


WRITTEN = (
    str,
    str.upper,
    lambda text: f"  {text.replace(' ', chr(10) + chr(9))} ",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKC", text),
)
"""Ways to write the same prompt."""
ASKED = ("Wie geht's, Zo\u00eb?", "Was ist Stra\u00dfe \u2460?", "\ufb01ne caf\u00e9", "caf", "")


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(ASKED), st.sampled_from(WRITTEN), st.integers(0, 9)),
        min_size=1,
        max_size=40,
    ),
    share=st.floats(0.0, 0.9),
    seed=st.integers(0, 5),
)
def test_prompts_that_read_the_same_lie_on_one_side_whatever_their_keys(
    rows: list[tuple[str, Callable[[str], str], int]], share: float, seed: int
) -> None:
    examples = [
        example(number, prompt=write(prompt), split_key=f"k{key}", source={"asked": prompt})
        for number, (prompt, write, key) in enumerate(rows)
    ]

    split = split_by_key(examples, held_out=share, seed=seed)

    sides = [{e.source["asked"] for e in side} - {""} for side in (split.train, split.held_out)]
    assert not sides[0] & sides[1]
    assert not {e.split_key for e in split.train} & {e.split_key for e in split.held_out}
    assert sorted(e.id for e in (*split.train, *split.held_out)) == sorted(e.id for e in examples)


def test_keys_are_tied_through_others_and_empty_prompts_tie_nothing() -> None:
    tied = [("a", "One"), ("b", "one "), ("b", "Two"), ("c", "TWO"), ("d", ""), ("e", " ")]
    examples = [example(n, split_key=key, prompt=prompt) for n, (key, prompt) in enumerate(tied)]

    sides = [split_by_key(examples, held_out=0.5, seed=seed) for seed in range(8)]

    for split in sides:
        keys = {e.split_key for e in split.held_out}
        assert keys & {"a", "b", "c"} in (set(), {"a", "b", "c"})
    assert any(len({e.split_key for e in split.held_out} & {"d", "e"}) == 1 for split in sides)


def test_about_the_share_is_held_out() -> None:
    examples = [example(number) for number in range(100)]

    split = split_by_key(examples, held_out=0.25, seed=4)

    assert len(split.held_out) == 25


def test_two_keys_give_both_sides_something() -> None:
    split = split_by_key([example(0), example(1)], held_out=0.25)

    assert (len(split.train), len(split.held_out)) == (1, 1)


def test_one_key_holds_nothing_out() -> None:
    split = split_by_key([example(n, split_key="same") for n in range(4)], held_out=0.5)

    assert (len(split.train), len(split.held_out)) == (4, 0)


def test_another_seed_holds_out_others() -> None:
    examples = [example(number) for number in range(40)]

    held_out = [{e.id for e in split_by_key(examples, seed=seed).held_out} for seed in (0, 0, 1)]

    assert held_out[0] == held_out[1]
    assert held_out[0] != held_out[2]


def test_a_sample_is_no_larger_than_asked_and_keeps_the_order() -> None:
    examples = [example(number) for number in range(30)]

    drawn = sample(examples, limit=10, seed=2)

    assert len(drawn) == 10
    assert drawn == sorted(drawn, key=examples.index)
    assert drawn != examples[:10]


PEOPLE = st.sets(st.integers(0, 5), max_size=6)


@given(
    judged=st.lists(st.tuples(st.integers(0, 8), PEOPLE), min_size=1, max_size=40),
    aside=PEOPLE,
    share=st.floats(0.0, 0.9),
    seed=st.integers(0, 5),
)
def test_split_by_people_neither_a_prompt_nor_a_person_lies_on_both_sides(
    judged: list[tuple[int, set[int]]], aside: set[int], share: float, seed: int
) -> None:
    """Each pair has a prompt and the people who judged it; a side's targets are its people's."""

    def heard(people: set[int]) -> list[PreferenceExample]:
        rows = [(number, key, sorted(said & people)) for number, (key, said) in enumerate(judged)]
        return [
            example(number, split_key=f"k{key}", source={"people": said})
            for number, key, said in rows
            if said
        ]

    train, held_out = heard(set(range(6)) - aside), heard(aside)
    known = {e.id for e in train}
    everything = [*train, *(e for e in held_out if e.id not in known)]

    found = heard_apart(split_by_key(everything, held_out=share, seed=seed), train=train, held_out=held_out)

    assert not {e.split_key for e in found.train} & {e.split_key for e in found.held_out}
    behind = [
        {person for e in side for person in e.source["people"]} for side in (found.train, found.held_out)
    ]
    assert not behind[0] & behind[1]
    assert behind[1] <= aside
