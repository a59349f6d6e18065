"""What is read back from CSV, JSON Lines and Parquet is the same, and is what the database holds."""

import io
from typing import Any

import pyarrow.parquet
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.elicitation.models import About, Participant, Passage, Survey, Turn, WiseChoice
from apps.moralgraph.models import (
    Belonging,
    Card,
    CardVersion,
    ContextProposal,
    MergeObjection,
    OwnStory,
    Story,
    Transition,
    Value,
    Vote,
)
from apps.shared.models import Study
from tests.elicitation.exports.test_cells import NASTY
from tests.factories.exports import ALL, Unpacked, full_study, somebody, unpack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def full() -> Study:
    """Return a study of two people with something in every table."""
    study = full_study()
    somebody(study=study)
    somebody(study=study, quotes=False)
    return study


def _same_in_all_formats(made: Unpacked) -> None:
    for table in ALL:
        assert made.rows(table) == made.csv_rows(table), table
        assert made.rows(table) == made.parquet_rows(table), table


def test_every_table_has_rows_and_is_the_same_in_every_format(full: Study) -> None:
    made = unpack(study=full)

    assert all(made.rows(table) for table in ALL)
    _same_in_all_formats(made)


def test_the_rows_are_those_of_the_database(full: Study) -> None:
    made = unpack(study=full)

    counts = {table: len(made.rows(table)) for table in ALL}
    assert counts == made.export.rows
    assert counts == {
        "participants": 2,
        "turns": Turn.objects.count(),
        "cards": Card.objects.count(),
        "card_versions": CardVersion.objects.count(),
        "values": Value.objects.count(),
        "memberships": Belonging.objects.count(),
        "objections": MergeObjection.objects.count(),
        "contexts": 1,
        "context_proposals": ContextProposal.objects.count(),
        "transitions": Transition.objects.count(),
        "stories": Story.objects.count(),
        "own_stories": OwnStory.objects.count(),
        "votes": Vote.objects.count(),
        "wise_choices": WiseChoice.objects.count(),
        "codes": 1,
        "passages": Passage.objects.count(),
    }


def test_a_turn_a_card_and_a_vote_say_what_was_said(full: Study) -> None:
    made = unpack(study=full)

    told = {(row["participant_id"], row["turn"]): row["text"] for row in made.rows("turns")}
    assert told == {
        (str(turn.interview.participant_id), turn.position): turn.text
        for turn in Turn.objects.select_related("interview")
    }
    votes = {row["vote_id"]: (row["answer"], row["reason"], row["stands"]) for row in made.rows("votes")}
    assert votes == {
        str(vote.pk): (vote.answer, vote.reason, vote.undone_at is None) for vote in Vote.objects.all()
    }
    assert {stands for _, _, stands in votes.values()} == {True, False}
    titles = {row["card_id"]: row["title"] for row in made.rows("cards")}
    assert titles == {str(version.card_id): version.title for version in CardVersion.objects.all()}


def test_an_objection_comes_with_the_answer_that_stands(full: Study) -> None:
    made = unpack(study=full, tables=["objections"])

    told = {row["reason"]: (row["answer"], row["answer_reason"]) for row in made.rows("objections")}
    people = Participant.objects.filter(study=full)
    assert told == {
        f"Not mine, says {person.short_code}": ("apart", f"As {person.short_code} wishes")
        for person in people
    }
    assert b"Too quickly" not in made.files["objections.csv"]


def test_what_people_told_beside_their_cards_comes_in_their_words(full: Study) -> None:
    made = unpack(study=full, tables=["context_proposals", "own_stories"])

    said = {(row["origin"], row["name"], str(row["made_by"])) for row in made.rows("context_proposals")}
    people = [person.short_code for person in Participant.objects.filter(study=full)]
    assert said == {("person", f"When {who} calls", "None") for who in people} | {
        ("llm", f"When {who} waits", "{'model': 'small'}") for who in people
    }
    told = {(row["text"], row["before"], row["state"]) for row in made.rows("own_stories")}
    assert told == {(f"I began to ask {who} first.", "=advice", "declined") for who in people}
    assert b"'=advice" in made.files["own_stories.csv"]


def test_every_row_names_the_version_and_whether_it_is_simulated(full: Study) -> None:
    made = unpack(study=full)
    hashes = {item["number"]: item["hash"] for item in made.book["versions"]}

    assert set(hashes) == {1, 2}
    for table in ALL:
        for row in made.rows(table):
            assert row["study_version"] == (2 if "participant_id" in row else 1), table
            assert row["study_version_hash"] == hashes[row["study_version"]]
            assert row["simulated"] is False


def test_csv_is_as_rfc_4180_wants_it_and_parquet_knows_its_types(full: Study) -> None:
    made = unpack(study=full, bom=True)

    text = made.files["turns.csv"]
    assert text.startswith(b"\xef\xbb\xbfparticipant_id,turn,")
    assert text.endswith(b"\r\n")
    assert b"'=nurse" in made.files["participants.csv"]
    schema = pyarrow.parquet.read_schema(io.BytesIO(made.files["votes.parquet"]))
    types = {name: str(schema.field(name).type) for name in ("position", "stands", "cast_at", "answer")}
    assert types == {
        "position": "int64",
        "stands": "bool",
        "cast_at": "timestamp[us, tz=UTC]",
        "answer": "string",
    }


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(NASTY, min_size=4, max_size=4), odd=st.dictionaries(NASTY, NASTY, max_size=2))
def test_nasty_texts_come_back_alike_from_every_format(full: Study, texts: list[str], odd: Any) -> None:
    texts, odd = _storable(texts), _storable(odd)
    writable = [text.encode("utf-8", "replace").decode() for text in texts]
    person = Participant.objects.filter(study=full)[0]
    turn = Turn.objects.filter(interview__participant=person, speaker="person")[0]
    Turn.objects.filter(pk=turn.pk).update(text=writable[0], engine={"model": odd})
    Vote.objects.filter(participant_id=person.pk, undone_at=None).update(reason=writable[1])
    About.objects.filter(participant=person).update(answers={"work": texts[2]})
    Survey.objects.filter(participant=person).update(answers={"lost": texts[3]})

    made = unpack(study=full, tables=["participants", "turns", "votes"])

    for table in ("participants", "turns", "votes"):
        assert made.rows(table) == made.csv_rows(table) == made.parquet_rows(table)
    [said] = [row["text"] for row in made.rows("turns") if _is(row, person, turn.position)]
    assert said == (writable[0].replace("\0", "\ufffd") or None)
    [why] = [row["reason"] for row in made.rows("votes") if _is(row, person) and row["stands"]]
    assert why == (writable[1].replace("\0", "\ufffd") or None)


def _storable(value: Any) -> Any:
    """Return what the database at hand can hold: PostgreSQL takes no NUL and no half characters."""
    if connection.vendor != "postgresql":
        return value
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _is(row: dict[str, Any], person: Participant, turn: int | None = None) -> bool:
    return row["participant_id"] == str(person.pk) and turn in (None, row.get("turn"))
