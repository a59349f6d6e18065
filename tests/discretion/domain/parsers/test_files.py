"""Files are recognised, read row by row, and say clearly what is wrong with them."""

import contextlib
import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.discretion.domain.parsers import files, json_stream
from apps.discretion.domain.parsers.columns import part
from apps.discretion.domain.parsers.rows import Row, RowError, UnreadableFile
from tests.factories import discretion_files as make


def read(
    folder: Path, name: str, content: bytes | str, **options: Any
) -> tuple[files.Opened, list[Row | RowError]]:
    path = folder / "upload"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    opened = files.open_file(path, filename=name, **options)
    return opened, list(opened.rows())


def preferred(row: Row) -> str:
    assert row.comparison is not None
    return row.comparison.response_a if row.verdicts[0].answer == "a" else row.comparison.response_b


def good(rows: list[Row | RowError]) -> list[Row]:
    assert [row for row in rows if isinstance(row, RowError)] == []
    return [row for row in rows if isinstance(row, Row)]


def test_pandalm_people_prefer_one_two_or_neither(tmp_path: Path) -> None:
    record = make.pandalm_record(4, annotator1=1, annotator2=2, annotator3=0, input="My note")

    opened, rows = read(tmp_path, "set.json", json.dumps([record]))

    row = good(rows)[0]
    assert opened.format == "pandalm"
    assert row.external_id == "4"
    assert [(vote.annotator, vote.answer) for vote in row.verdicts] == [
        ("annotator1", "a"),
        ("annotator2", "b"),
        ("annotator3", "tie"),
    ]
    assert row.comparison is not None
    assert row.comparison.prompt.endswith("\n\nMy note")


def test_pairs_with_one_instruction_share_a_split_whatever_their_input(tmp_path: Path) -> None:
    records = [
        make.pandalm_record(0, input="one"),
        make.pandalm_record(7, input="two"),
        make.pandalm_record(1),
    ]

    rows = good(read(tmp_path, "set.json", json.dumps(records))[1])

    keys = [row.comparison.split_key for row in rows if row.comparison]
    assert keys[0] == keys[1] != keys[2]


def test_a_judge_is_named_by_its_file_and_what_it_could_not_say_is_kept(tmp_path: Path) -> None:
    opened, rows = read(tmp_path, "gpt-3.5-turbo-testset-v1.json", make.pandalm_judge(4))

    assert opened.algorithm
    verdicts = [row.verdicts[0] for row in good(rows)]
    assert {verdict.annotator for verdict in verdicts} == {"gpt-3.5-turbo"}
    assert [verdict.answer for verdict in verdicts] == ["a", "b", "tie", "unparsable"]
    assert all(row.comparison is None for row in good(rows))


def test_annotated_pairs_part_principles_from_overall_verdicts(tmp_path: Path) -> None:
    rows = good(read(tmp_path, "pairs.json", json.dumps(make.annotated_pairs()))[1])

    found = [[(vote.annotator, vote.principle, vote.answer) for vote in row.verdicts] for row in rows]
    oracle, kinder, shorter = (
        "principle votes of the file",
        "Select the kinder response",
        "Select the shorter response",
    )
    assert found[0] == [("preferred_text", "", "a"), (oracle, kinder, "a"), (oracle, shorter, "b")]
    assert found[1][2] == (oracle, shorter, "not_applicable")
    assert found[2][0] == ("preferred_text", "", "tie")


def test_annotated_pairs_may_name_their_annotators_last(tmp_path: Path) -> None:
    document = make.annotated_pairs()
    turned = {"comparisons": document["comparisons"], "annotators": document["annotators"]}

    assert len(good(read(tmp_path, "pairs.json", json.dumps(turned))[1])) == 3


def test_csv_with_a_preferred_text(tmp_path: Path) -> None:
    content = 'input,text_a,text_b,preferred_text\nHello?,"One, two",Three,text_b\nHello?,Yes,No,tie\n'

    opened, rows = read(tmp_path, "pairs.csv", content)

    assert opened.format == "preferred_text"
    assert [row.verdicts[0].answer for row in good(rows)] == ["b", "tie"]
    assert good(rows)[0].comparison.response_a == "One, two"  # type: ignore[union-attr]


def test_csv_with_chosen_and_rejected(tmp_path: Path) -> None:
    opened, rows = read(tmp_path, "pairs.csv", "prompt,chosen,rejected\nHi,Good morning,Go away\n")

    assert opened.format == "chosen_rejected"
    assert preferred(good(rows)[0]) == "Good morning"


def test_where_the_better_one_comes_first_a_coin_deals_the_sides(tmp_path: Path) -> None:
    lines = [f"Question {number},right {number},wrong {number}" for number in range(400)]
    content = "\n".join(["prompt,chosen,rejected", *lines])

    rows = good(read(tmp_path, "pairs.csv", content)[1])

    assert [preferred(row) for row in rows] == [f"right {number}" for number in range(400)]
    # Whoever says "A" each time is a coin: 200 of 400, give or take four standard deviations of 10.
    assert 160 <= sum(row.verdicts[0].answer == "a" for row in rows) <= 240
    assert good(read(tmp_path, "again.csv", content)[1]) == rows


def test_texts_without_a_prompt_lend_it_their_common_beginning() -> None:
    start = "Instruction: be brief.\n\n"

    assert part("", f"{start}Output: yes", f"{start}Output: no") == (
        "Instruction: be brief.",
        "Output: yes",
        "Output: no",
    )
    assert part("", "yes", "no") == ("", "yes", "no")


def test_hh_dialogues_part_after_the_last_shared_speaker(tmp_path: Path) -> None:
    start = "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Help me\n\nAssistant:"
    line = json.dumps({"chosen": f"{start} Gladly", "rejected": f"{start} No"})

    opened, rows = read(tmp_path, "test.jsonl.gz", gzip.compress(f"{line}\n\n".encode()))

    pair = good(rows)[0].comparison
    assert opened.format == "hh"
    assert pair is not None
    assert {pair.response_a, pair.response_b} == {"Gladly", "No"}
    assert preferred(good(rows)[0]) == "Gladly"
    assert pair.prompt.startswith("Human: Hi")
    assert pair.prompt.endswith("Help me")


def test_bad_rows_are_named_by_number_and_reason(tmp_path: Path) -> None:
    records = [make.pandalm_record(0), make.pandalm_record(1, annotator2=7), "what", {"idx": 3}]

    rows = read(tmp_path, "set.json", json.dumps(records))[1]

    errors = [row for row in rows if isinstance(row, RowError)]
    assert [error.number for error in errors] == [2, 3, 4]
    assert "annotator2" in errors[0].reason
    assert "not an object" in errors[1].reason
    assert "instruction" in errors[2].reason


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"", "empty"),
        ("a.json", b"[1, 2]", "does not hold objects"),
        ("a.json", b'[{"colour": "red"}]', "neither responses nor results"),
        ("a.csv", b"one,two\n1,2\n", "format cannot be told"),
        ("a.json", b"\xff\xfe\x00broken", "UTF-8"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\x00damaged", "damaged"),
        ("a.json", make.pandalm(3)[:-40], "not complete JSON"),
        ("a.json", make.pandalm(3) + b"more", "more text after the end"),
        ("a.json", b'{"annotators": {}}', "no “comparisons”"),
        ("a.json", b'{"comparisons": []}', "no annotators"),
        ("a.csv", b'prompt,chosen,rejected\nHi,"open,no\n', "Row 1 is not sound CSV.*never closed"),
        ("a.csv", "chosen;rejected\nja;nö\n".encode("utf-16"), "Save it as UTF-8"),
        ("a.csv", b"PK\x03\x04rest", "save the sheet as CSV"),
        ("a.csv", b"PAR1rest", "Save it as JSON Lines or CSV"),
        ("a.csv", b"one,two\n1,2\n", "It has: one, two"),
        ("a.json", b'{\n "chosen": "yes",\n "rejected": "no"\n}', "one pair a line"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read(tmp_path, name, content)


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ("\ufefftext_a,text_b,preferred_text\r\none,two,text_b\r\n", "preferred_text"),
        ("text_a;text_b;preferred_text\none;two;text_b\n", "preferred_text"),
        ("text_a\ttext_b\tpreferred_text\none\ttwo\ttext_b\n", "preferred_text"),
        ('[{"chosen": "two", "rejected": "one"}]', "hh"),
        ('  \n[\n {"text_a": "one", "text_b": "two", "preferred": 2}\n]', "hh"),
    ],
)
def test_the_same_pair_is_read_however_its_file_is_written(tmp_path: Path, content: str, format: str) -> None:
    opened, rows = read(tmp_path, "pairs", content)

    (row,) = good(rows)
    assert opened.format == format
    assert row.comparison is not None
    texts = (row.comparison.response_a, row.comparison.response_b)
    assert texts[0 if row.verdicts[0].answer == "a" else 1] == "two"


def test_one_bad_row_in_a_thousand_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [f'"question {number}",yes {number},no' for number in range(1000)]
    lines[411] = '"question "411"",yes,no'

    rows = read(tmp_path, "a.csv", "\n".join(["prompt,chosen,rejected", *lines]))[1]

    (bad,) = [row for row in rows if isinstance(row, RowError)]
    assert bad.number == 412
    assert "Write a quote inside a cell twice" in bad.reason
    assert [row.number for row in rows] == list(range(1, 1001))


def test_a_broken_or_very_long_first_line_does_not_hide_what_the_file_is(tmp_path: Path) -> None:
    long = json.dumps({"chosen": "word " * 40_000, "rejected": "no"})
    for first in ("{broken", long):
        opened, rows = read(tmp_path, "a.jsonl", f'{first}\n{{"chosen": "yes", "rejected": "no"}}\n')

        assert opened.format == "hh"
        assert [isinstance(row, Row) for row in rows] == [first == long, True]


@pytest.mark.parametrize(
    ("text", "says"), [("half \\ud83d", "lone surrogate"), ("nothing \\u0000", "NUL character")]
)
def test_what_no_database_can_hold_is_a_bad_row(tmp_path: Path, text: str, says: str) -> None:
    lines = (
        f'{{"chosen": "{text}", "rejected": "no"}}\n{{"chosen": "whole \\ud83d\\ude00", "rejected": "no"}}\n'
    )

    bad, row = read(tmp_path, "a.jsonl", lines)[1]

    assert isinstance(bad, RowError)
    assert says in bad.reason
    assert isinstance(row, Row)


def test_metadata_may_have_any_name(tmp_path: Path) -> None:
    document = make.annotated_pairs()
    document["comparisons"][0]["metadata"] = {"prompt": "p1", "split_by": "x"}

    row = good(read(tmp_path, "a.json", json.dumps(document))[1])[0]

    assert row.comparison is not None
    assert row.comparison.metadata == {"prompt": "p1", "split_by": "x"}


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="pandalm_judge"):
        read(tmp_path, "a.json", make.pandalm(1), format="parquet")


def test_an_archive_that_unpacks_beyond_the_limit_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"[" + b" " * 1_000_000))

    with pytest.raises(UnreadableFile, match="unpacks to more"), files.open_text(path, limit=10_000) as file:
        file.read()


def test_a_row_longer_than_the_window_is_read_whole(tmp_path: Path) -> None:
    long = "word " * json_stream.WINDOW
    records = [make.pandalm_record(0, response1=long), make.pandalm_record(1)]

    rows = good(read(tmp_path, "set.json", json.dumps(records))[1])

    assert rows[0].comparison.response_a == long  # type: ignore[union-attr]
    assert len(rows) == 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


# A busy machine is no fault of the parser.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(json_values), st.sampled_from([None, 1]))
def test_the_stream_reads_what_the_standard_library_reads(values: list[Any], indent: int | None) -> None:
    text = json.dumps(values, indent=indent)

    assert list(json_stream.array_items(io.StringIO(text))) == values


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader_with_another_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(UnreadableFile):
        rows = read(Path(folder), "a.json", content)[1]
        assert all(isinstance(row, Row | RowError) for row in rows)


def test_real_files_are_read_to_the_last_row(shared_data: Path) -> None:
    expected = {
        "pandalm/testset-v1.json": ("pandalm", 999),
        "pandalm/gpt-3.5-turbo-testset-v1.json": ("pandalm_judge", 999),
        "annotated-pairs/annotated_pairs.json": ("annotated_pairs", 1),
        "icai/synthetic_data_mixed_vqvtb_adcbg.csv": ("preferred_text", 60),
        "hh-rlhf/harmless-base-test.jsonl.gz": ("hh", 2312),
    }
    for name, (format, count) in expected.items():
        path = shared_data / name
        opened = files.open_file(path, filename=path.name)
        rows = good(list(opened.rows()))
        assert (opened.format, len(rows)) == (format, count), name
        assert len({row.external_id for row in rows}) == count, name


def test_pandalm_has_170_instructions_to_split_by(shared_data: Path) -> None:
    path = shared_data / "pandalm" / "testset-v1.json"

    rows = good(list(files.open_file(path, filename=path.name).rows()))

    assert len({row.comparison.split_key for row in rows if row.comparison}) == 170
