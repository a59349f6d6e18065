"""The rows of an export's tables: read in batches, stamped with version and consent, tidy."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.elicitation.domain.exports.cells import tidy
from apps.elicitation.domain.exports.columns import Kind, Table
from apps.elicitation.domain.exports.purposes import Choice
from apps.elicitation.models import Protocol, Turn
from apps.elicitation.selectors.exports import records
from apps.elicitation.selectors.exports.people import Standing, agreed, people, standings
from apps.moralgraph.selectors import records as graph
from apps.moralgraph.selectors import told_records as graph_told
from apps.shared.models import Study
from apps.shared.records import Missing, Record

Batches = Iterator[list[Record]]
Row = list[Any]
_AS_TEXT = {Kind.ID, Kind.TEXT, Kind.CODE}


def batches(*, study: Study, choice: Choice, table: Table) -> Iterator[list[Row]]:
    """Yield a table's rows, a batch at a time: tidy values in the order of its columns."""
    current = _current(study)
    for found in _source(study, choice, table):
        known = standings(people={record.person for record in found if record.person})
        if table.name == "votes":
            found = _with_stories(found, known)
        yield [_row(record, table, known, current) for record in found]


def expected_rows(*, study: Study, choice: Choice, table: Table) -> int:
    """Return about how many rows a table will have, for the progress; 0 where it is not worth counting."""
    if table.name != "turns":
        return 0
    return Turn.objects.filter(interview__participant__in=people(study=study, choice=choice)).count()


def _source(study: Study, choice: Choice, table: Table) -> Batches:
    mine = people(study=study, choice=choice)
    ids = mine.values("pk")
    willing = agreed(study=study, purpose=choice.purpose).values("pk")
    sources: dict[str, Callable[[], Batches]] = {
        "participants": lambda: records.participant_records(
            people=mine, columns=[column.name for column in table.columns]
        ),
        "turns": lambda: records.turn_records(people=ids),
        "cards": lambda: graph.card_records(study=study, people=ids),
        "card_versions": lambda: graph.card_version_records(study=study, people=ids),
        "values": lambda: graph.value_records(
            study=study, people=ids, agreed=willing, simulated=choice.simulated
        ),
        "memberships": lambda: graph.membership_records(study=study, people=ids),
        "objections": lambda: graph.objection_records(study=study, people=ids),
        "contexts": lambda: graph.context_records(study=study),
        "context_proposals": lambda: graph_told.context_proposal_records(study=study, people=ids),
        "transitions": lambda: graph.transition_records(study=study, simulated=choice.simulated),
        "stories": lambda: graph.story_records(study=study, agreed=willing, simulated=choice.simulated),
        "own_stories": lambda: graph_told.own_story_records(study=study, people=ids),
        "votes": lambda: graph.vote_records(study=study, people=ids),
        "wise_choices": lambda: records.wise_records(people=ids),
        "codes": lambda: records.code_records(study=study),
        "passages": lambda: records.passage_records(people=ids),
    }
    return sources[table.name]()


@dataclass(frozen=True)
class _Current:
    """The study's version now, for rows that are about nobody."""

    number: int | None
    hash: str | None


def _current(study: Study) -> _Current:
    found = Protocol.objects.select_related("current").filter(study=study).first()
    version = found.current if found else None
    return _Current(version.number, version.hash) if version else _Current(None, None)


def _with_stories(votes: list[Record], known: Mapping[uuid.UUID, Standing]) -> list[Record]:
    """Add to votes which of the person's stories it was, and where their own value stood in it."""
    places = records.shown(votes=votes)
    return [_with_story(vote, places, known) for vote in votes]


def _with_story(
    vote: Record,
    places: Mapping[tuple[Any, Any, Any], tuple[int, Any]],
    known: Mapping[uuid.UUID, Standing],
) -> Record:
    cells, standing = vote.cells, known.get(vote.person) if vote.person else None
    position, shown_at = places.get((vote.person, cells["transition_id"], cells["context_id"]), (None, None))
    own = "neither"
    if standing and standing.value is not None:
        ends = {cells["less_wise_id"]: "less_wise", cells["wiser_id"]: "wiser"}
        own = ends.get(standing.value, own)
    added = {"position": position, "shown_at": shown_at, "own_value": own}
    return Record({**cells, **added}, person=vote.person, simulated=vote.simulated)


def _row(record: Record, table: Table, known: Mapping[uuid.UUID, Standing], current: _Current) -> Row:
    cells = dict(record.cells)
    if record.person is None:
        stamp = {"study_version": current.number, "study_version_hash": current.hash}
        cells |= stamp | {"simulated": record.simulated}
    else:
        standing = known[record.person]
        cells |= _stamp(standing)
        if "quotes" in cells and not standing.quotes:
            cells["quotes"] = Missing.WITHHELD
    return [_cell(cells[column.name], column.kind) for column in table.columns]


def _stamp(standing: Standing) -> dict[str, Any]:
    return {
        "study_version": standing.version,
        "study_version_hash": standing.hash,
        "simulated": standing.simulated,
        "consent_quotes": standing.quotes,
        "consent_training": standing.training,
    }


def _cell(value: Any, kind: Kind) -> Any:
    if kind in _AS_TEXT and value is not None and not isinstance(value, str | Missing):
        return tidy(str(value))
    return tidy(value)
