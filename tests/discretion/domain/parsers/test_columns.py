"""Columns by their usual names and by the names that the sender gives, dialogues as messages, labels."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from apps.discretion.domain.parsers import files
from apps.discretion.domain.parsers.rows import Row, RowError, UnreadableFile


def read(
    folder: Path, content: str, columns: dict[str, str] | None = None
) -> tuple[str, list[Row | RowError]]:
    path = folder / "upload"
    path.write_text(content)
    opened = files.open_file(path, filename="upload", columns=columns)
    return opened.format, list(opened.rows())


def only(rows: list[Row | RowError]) -> Row:
    (row,) = rows
    assert isinstance(row, Row), row
    assert row.comparison is not None
    return row


def test_columns_with_other_names_are_read_as_the_sender_says(tmp_path: Path) -> None:
    content = "nr,frage,antwort 1,antwort 2,besser,land\n7,Why?,Because.,I do not know.,2,de\n"

    format, rows = read(
        tmp_path,
        content,
        {
            "id": "nr",
            "prompt": "frage",
            "response_a": "antwort 1",
            "response_b": "antwort 2",
            "preferred": "besser",
        },
    )

    row = only(rows)
    assert format == "preferred_text"
    assert (row.external_id, row.verdicts[0].answer) == ("7", "b")
    assert row.comparison is not None
    assert (row.comparison.prompt, row.comparison.response_b) == ("Why?", "I do not know.")
    assert row.comparison.metadata == {"land": "de"}


def test_the_preferred_column_may_repeat_a_columns_name(tmp_path: Path) -> None:
    row = only(
        read(
            tmp_path,
            "left,right,best\nyes,no,right\n",
            {"response_a": "left", "response_b": "right", "preferred": "best"},
        )[1]
    )

    assert row.verdicts[0].answer == "b"


def test_without_known_columns_the_sender_is_asked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Say which columns hold the two responses"):
        read(tmp_path, "left,right\nyes,no\n")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"response_a": "left", "response_b": "rihgt"}, "no column rihgt"),
        ({"reponse_a": "left"}, "no field “reponse_a”"),
    ],
)
def test_a_column_or_field_that_is_not_there_is_named(
    tmp_path: Path, columns: dict[str, str], sentence: str
) -> None:
    path = tmp_path / "upload"
    path.write_text("left,right\nyes,no\n")

    with pytest.raises(UnreadableFile, match=sentence):
        list(files.open_file(path, filename="x.csv", format="chosen_rejected", columns=columns).rows())


def test_dialogues_as_messages_are_parted_after_what_they_share(tmp_path: Path) -> None:
    begun = [{"role": "user", "content": "I am tired."}]
    record = {
        "chosen": [*begun, {"role": "assistant", "content": "Rest a while."}],
        "rejected": [*begun, {"role": "assistant", "content": "Work on."}],
    }

    format, rows = read(tmp_path, json.dumps(record) + "\n")

    row = only(rows)
    assert format == "hh"
    assert row.comparison is not None
    assert row.comparison.prompt == "Human: I am tired."
    assert {row.comparison.response_a, row.comparison.response_b} == {"Rest a while.", "Work on."}


def test_lines_with_a_prompt_apart_keep_only_the_answers(tmp_path: Path) -> None:
    record = {
        "prompt": [{"role": "user", "content": "Hello"}],
        "chosen": [{"role": "assistant", "content": "Hi"}],
        "rejected": [{"role": "assistant", "content": "What"}],
    }

    row = only(read(tmp_path, json.dumps(record) + "\n")[1])

    assert row.comparison is not None
    assert row.comparison.prompt == "Human: Hello"
    assert {row.comparison.response_a, row.comparison.response_b} == {"Hi", "What"}


@pytest.mark.parametrize(
    "said",
    [
        {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
        {"from": "human", "value": "Hello"},
    ],
)
def test_messages_in_parts_or_with_other_names_are_dialogues_too(
    tmp_path: Path, said: dict[str, Any]
) -> None:
    record = {"prompt": [said], "chosen": "Hi", "rejected": "What"}

    row = only(read(tmp_path, json.dumps(record) + "\n")[1])

    assert row.comparison is not None
    assert row.comparison.prompt == "Human: Hello"


def test_lines_with_named_columns(tmp_path: Path) -> None:
    content = json.dumps({"x": "one", "y": "two", "who": "y"}) + "\nnonsense\n" + json.dumps({"x": "one"})

    format, rows = read(tmp_path, content, {"response_a": "x", "response_b": "y", "preferred": "who"})

    assert format == "hh"
    good, broken, lacking = rows
    assert isinstance(good, Row)
    assert good.verdicts[0].answer == "b"
    assert isinstance(broken, RowError)
    assert (broken.number, broken.reason.startswith("This line is not JSON")) == (2, True)
    assert isinstance(lacking, RowError)
    assert "no column who, y" in lacking.reason


def test_labels_one_and_two(tmp_path: Path) -> None:
    pair = {"input": "Say it.", "output_1": "it", "output_2": "that", "label": 2}

    format, rows = read(tmp_path, json.dumps([pair, pair | {"label": 3}]))

    assert format == "labelled"
    assert isinstance(rows[0], Row)
    assert rows[0].verdicts[0].answer == "b"
    assert isinstance(rows[1], RowError)


def test_confidence_and_the_other_order_come_with_annotated_pairs(tmp_path: Path) -> None:
    document = {
        "annotators": {"p": {"description": "Be kind", "type": "principle"}},
        "comparisons": [
            {
                "id": "one",
                "response_a": {"text": "a"},
                "response_b": {"text": "b"},
                "annotations": {"p": {"pref": "a", "confidence": 0.7, "swapped_pref": "b"}},
            },
            {
                "id": "two",
                "response_a": {"text": "a"},
                "response_b": {"text": "b"},
                "annotations": {"p": {"pref": "a", "confidence": 7}},
            },
        ],
    }

    good, bad = read(tmp_path, json.dumps(document))[1]

    assert isinstance(good, Row)
    assert (good.verdicts[0].confidence, good.verdicts[0].swapped) == (0.7, "b")
    assert isinstance(bad, RowError)
    assert "from 0 to 1" in bad.reason


COUNTS = {
    "annotated-pairs/annotated_pairs.json": 1,
    "hh-rlhf/harmless-base-test.jsonl.gz": 2312,
    "icai/example.csv": 1,
    "icai/example_ap.json": 1,
    "llmbar/Natural/dataset.json": 100,
    "llmbar/Adversarial/Neighbor/dataset.json": 134,
    "llmbar/Adversarial/GPTInst/dataset.json": 92,
    "llmbar/Adversarial/Manual/dataset.json": 46,
    "pandalm/testset-v1.json": 999,
    "pandalm/gpt-3.5-turbo-testset-v1.json": 999,
}


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_of_the_published_files_is_understood(shared_data: Path, name: str) -> None:
    path = shared_data / name

    rows = list(files.open_file(path, filename=path.name).rows())

    assert [row for row in rows if isinstance(row, RowError)] == []
    assert len(rows) == COUNTS[name]


@pytest.mark.parametrize("name", ["aligned_vqvtb", "mixed_vqvtb_adcbg", "orthogonal_adcbg"])
def test_the_published_tables_are_understood(shared_data: Path, name: str) -> None:
    path = shared_data / "icai" / f"synthetic_data_{name}.csv"

    rows = list(files.open_file(path, filename=path.name).rows())

    assert rows
    assert all(isinstance(row, Row) and row.verdicts[0].answer in "ab" for row in rows)


def test_the_beginning_of_a_packed_file_can_be_looked_at(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"chosen": f"yes {number}", "rejected": "no"}) + "\n" for number in range(9000)
    )
    path = tmp_path / "upload"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])

    assert files.header(path) == ["chosen", "rejected"]
    rows = files.open_file(path, filename="x.jsonl.gz").rows()
    assert isinstance(next(rows), Row)
