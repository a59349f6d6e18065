"""Exports that were made and read back, and a study with something in every table of one."""

import csv
import io
import json
import uuid
import zipfile
from typing import Any

import pyarrow.parquet
from django.db.models import Q
from django.test import TestCase
from django.utils import timezone

from apps.elicitation.domain.exports.tables import NAMES
from apps.elicitation.domain.protocol import Item, Option, SurveyItem
from apps.elicitation.models import (
    About,
    Code,
    Consent,
    Export,
    Offer,
    Participant,
    Passage,
    ProtocolVersion,
    Survey,
    Turn,
    WiseChoice,
)
from apps.elicitation.services import cards, offers, protocols
from apps.elicitation.services.exports import asking, folders
from apps.moralgraph.models import Card, ContextProposal, MergeObjection, ObjectionAnswer, OwnStory, Value
from apps.shared.models import Role, Study
from apps.shared.records import unprotect
from tests.factories.elicitation import ProtocolFactory, at_the_card, content
from tests.factories.moralgraph import ContextFactory, ValueFactory, merge
from tests.factories.shared import StudyFactory, member

Rows = list[dict[str, Any]]
ITEMS: dict[str, Any] = {
    "about": (
        Item(
            key="age",
            label={"en": "How old are you?", "es": "¿Qué edad tiene?"},
            options=(
                Option(key="young", label={"en": "Under 40", "es": "Menos de 40"}),
                Option(key="old", label={"en": "40 or older", "es": "40 o más"}),
            ),
        ),
        Item(key="work", label={"en": "What is your work?"}),
    ),
    "survey": (
        SurveyItem(key="trusts", text={"en": "I trust this."}),
        SurveyItem(key="lost", text={"en": "Where did you get lost?"}, kind="words"),
    ),
}


class Unpacked:
    """The files of an export, by name."""

    def __init__(self, export: Export) -> None:
        self.export = export
        with zipfile.ZipFile(folders.path_of(export=export)) as packed:
            self.files = {name.rpartition("/")[2]: packed.read(name) for name in packed.namelist()}
        self.book: dict[str, Any] = json.loads(self.files["codebook.json"])

    def column(self, table: str, column: str) -> dict[str, Any]:
        """Return what the codebook says of a column."""
        found: dict[str, Any] = next(
            item
            for described in self.book["tables"]
            if described["name"] == table
            for item in described["columns"]
            if item["name"] == column
        )
        return found

    def rows(self, table: str) -> Rows:
        """Return a table as it stands in JSON Lines."""
        return [json.loads(line) for line in self.files[f"{table}.jsonl"].decode().split("\n")[:-1]]

    def csv_rows(self, table: str) -> Rows:
        """Return a table as CSV has it, read by what the codebook says of its columns."""
        text = self.files[f"{table}.csv"].decode("utf-8-sig")
        kinds = {
            column["name"]: column["type"]
            for described in self.book["tables"]
            if described["name"] == table
            for column in described["columns"]
        }
        reader = csv.DictReader(io.StringIO(text, newline=""))
        return [{name: _read(cell, kinds[name]) for name, cell in row.items()} for row in reader]

    def parquet_rows(self, table: str) -> Rows:
        """Return a table as Parquet has it; times and JSON as JSON Lines writes them."""
        read = pyarrow.parquet.read_table(io.BytesIO(self.files[f"{table}.parquet"]))
        kinds = {
            column["name"]: column["type"]
            for described in self.book["tables"]
            if described["name"] == table
            for column in described["columns"]
        }
        return [
            {name: _from_arrow(cell, kinds[name]) for name, cell in row.items()} for row in read.to_pylist()
        ]


def _read(cell: str, kind: str) -> Any:
    if cell == "":
        return None
    readers: dict[str, Any] = {
        "yes_no": {"true": True, "false": False}.__getitem__,
        "integer": int,
        "number": float,
        "json": json.loads,
        "time": str,
    }
    return readers.get(kind, unprotect)(cell)


def _from_arrow(cell: Any, kind: str) -> Any:
    if cell is None:
        return None
    if kind == "json":
        return json.loads(cell)
    return cell.isoformat() if kind == "time" else cell


def ask(*, study: Study, actor: Any = None, **choice: Any) -> Export:
    """Ask for an export and let the worker make it."""
    asker = actor or member(study=study, role=Role.RESEARCHER)
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = asking.ask(study=study, actor=asker, **{"purpose": "research", **choice})
    return Export.objects.select_related("study").get(pk=made.pk)


def unpack(*, study: Study, **choice: Any) -> Unpacked:
    """Return an export of a study, made and read back."""
    return Unpacked(ask(study=study, **choice))


def full_study() -> Study:
    """Return a study with contexts and values of nobody's; its second version asks about people."""
    study = StudyFactory(title="Advice, and what we attend to")
    protocol = ProtocolFactory(study=study)
    protocol.draft = content(**ITEMS).to_json()
    protocols.freeze(protocol=protocol, actor=None, pilot=False)
    ContextFactory(study=study)
    ValueFactory.create_batch(2, study=study)
    return study


def somebody(*, study: Study, quotes: bool = True, training: bool = True) -> Participant:
    """Return a person of the second version with something in every table that is about people."""
    person = at_the_card(study=study).participant
    person = cards.accept(participant=person)
    Consent.objects.filter(participant=person).update(quotes=quotes, training=training)
    Card.objects.filter(participant_id=person.pk).update(quotes_allowed=quotes)
    About.objects.update_or_create(participant=person, defaults={"answers": {"age": "old", "work": "=nurse"}})
    Survey.objects.update_or_create(participant=person, defaults={"answers": {"trusts": 4}})
    asked = ProtocolVersion.objects.get(study=study, number=2)
    Participant.objects.filter(pk=person.pk).update(
        prolific_pid=f"pid-{person.short_code}", step="votes", version=asked
    )
    person.refresh_from_db()
    _vote(person)
    _note(person)
    _object(person)
    _tell(person)
    return person


def _vote(person: Participant) -> None:
    shown = offers.show(participant=person)
    assert shown is not None
    for answer in ("unsure", "wiser"):
        offers.answer(
            participant=person,
            transition_id=shown.story.transition_id,
            context_id=shown.story.context_id,
            answer=answer,
            reason=f"Because of {person.short_code}.",
        )
    assert Offer.objects.filter(participant=person, vote_id__isnull=False).exists()
    others = Value.objects.filter(Q(study=person.study), cards__isnull=True)
    WiseChoice.objects.create(participant=person, value_id=others[0].pk, position=0, chosen=True)


def _note(person: Participant) -> None:
    code, _ = Code.objects.get_or_create(study=person.study, name="silence")
    turn = Turn.objects.filter(interview__participant=person, speaker="person")[0]
    Passage.objects.create(turn=turn, start=0, end=4, code=code, memo=f"Memo on {person.short_code}")


def _object(person: Participant) -> None:
    card = person.study.cards.get(participant_id=person.pk)
    other = Value.objects.filter(study=person.study, cards__isnull=True).order_by("pk")[0]
    own = card.value
    merged = merge(card, into=other, reason="Alike", retire=False)
    objection = MergeObjection.objects.create(belonging=merged, reason=f"Not mine, says {person.short_code}")
    answers = {"objection": objection, "by": "robin"}
    ObjectionAnswer.objects.create(
        **answers, decision="together", reason="Too quickly", undone_at=timezone.now()
    )
    ObjectionAnswer.objects.create(**answers, decision="apart", reason=f"As {person.short_code} wishes")
    merge(card, into=own, retire=False)


def _tell(person: Participant) -> None:
    """Let a person name the kind of moment, as a model does too, and tell a story of themselves."""
    card = person.study.cards.get(participant_id=person.pk)
    told = {"study": person.study, "card": card, "language": "en"}
    ContextProposal.objects.create(**told, origin="person", name=f"When {person.short_code} calls")
    ContextProposal.objects.create(
        **told, origin="llm", name=f"When {person.short_code} waits", engine={"model": "small"}
    )
    OwnStory.objects.create(
        **told, text=f"I began to ask {person.short_code} first.", before="=advice", agreed_at=timezone.now(),
        state="declined", reason=f"{person.short_code} could be known by it",
    )  # fmt: skip


def words_of(person: Participant) -> str:
    """Return a word that stands in rows of this person alone."""
    return person.short_code


ALL = list(NAMES)
NOBODY = uuid.UUID(int=0)
