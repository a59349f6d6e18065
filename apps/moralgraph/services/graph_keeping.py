"""What files of another graph become here: values, contexts, steps, votes and a snapshot, all marked.

Votes are written a part at a time and count all at once at the end, so that nobody ranks half a file and
nobody waits for a large one. Whoever begins again after a dead worker ends up with the same rows.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from apps.moralgraph.domain.answers import Key
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.exchange import incoming
from apps.moralgraph.domain.exchange.incoming import Incoming
from apps.moralgraph.models import Context, GraphImport, Snapshot, Transition, Value, Vote
from apps.moralgraph.selectors.snapshots import POOLED
from apps.moralgraph.services import changes
from apps.moralgraph.services.graphs import fingerprint, keep
from apps.shared.errors import Invalid
from apps.shared.models import Study
from apps.shared.services import audit

UNNAMED_CONTEXT = "No context named"
_AT_ONCE = 5000
_PEOPLE = uuid.UUID("6d6f7261-6c67-7261-7068-2d696d706f72")
Words = tuple[str, str, str]
Cast = tuple[uuid.UUID, int, int, str]
"""Who answered which step in which context, and what."""


@dataclass
class Report:
    """What files would bring or brought; ``known`` ones were here already and are not doubled."""

    form: str
    values: int = 0
    known_values: int = 0
    edges: int = 0
    contexts: list[str] = field(default_factory=list)
    votes: int = 0
    known_votes: int = 0
    changed_votes: int = 0
    withdrawn_votes: int = 0
    participants: int = 0
    first: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Begun:
    """Files of which all but the votes is kept, and the votes that are still to be written."""

    row: GraphImport
    read: Incoming
    simulated: bool
    report: Report
    ids: Mapping[str, Key]
    votes: tuple[Cast, ...]


@transaction.atomic
def begin(*, row: GraphImport, read: Incoming, simulated: bool) -> Begun:
    """Keep values, contexts and steps, and say which votes are new. Raises Invalid, naming the place."""
    Study.objects.select_for_update().get(pk=row.study_id)
    Vote.objects.filter(imported=row).delete()
    report = Report(
        form=read.form, edges=len(read.graph.edges), first=[card.title for card in read.cards[:5]],
        contexts=list(row.counts.get("contexts", [])),
    )  # fmt: skip
    ids = _keep_values(row, read, report, simulated)
    contexts = _keep_contexts(row, read, report)
    steps = _keep_steps(row.study, read, ids)
    votes = tuple(_new_votes(row, read, report, ids, contexts, steps))
    report.votes = len(votes)
    row.form, row.counts = read.form, vars(report)
    row.about = read.graph.about.to_json() if read.graph.about else {}
    row.warnings = list(read.graph.warnings)[:50]
    row.save(update_fields=["form", "counts", "about", "warnings"])
    return Begun(row, read, simulated, report, ids, votes)


def write_votes(*, begun: Begun) -> Iterator[int]:
    """Write the new votes, which do not count yet; yield how many are written after every part."""
    row, now = begun.row, timezone.now()
    for first in range(0, len(begun.votes), _AT_ONCE):
        part = begun.votes[first : first + _AT_ONCE]
        Vote.objects.bulk_create(
            Vote(
                study=row.study, participant_id=person, transition_id=step, context_id=context, answer=answer,
                simulated=begun.simulated, imported=row, undone_at=now,
            )
            for person, step, context, answer in part
        )  # fmt: skip
        yield first + len(part)


@transaction.atomic
def complete(*, begun: Begun) -> None:
    """Let the votes count in place of what the same people said before, and keep the edges as a snapshot."""
    row, now = begun.row, timezone.now()
    Study.objects.select_for_update().get(pk=row.study_id)
    ours = Vote.objects.filter(imported=row)
    same = ours.filter(
        participant_id=OuterRef("participant_id"),
        transition_id=OuterRef("transition_id"),
        context_id=OuterRef("context_id"),
    )
    earlier = Vote.objects.filter(study=row.study, imported__isnull=False, undone_at__isnull=True)
    earlier.exclude(imported=row).filter(Exists(same)).update(undone_at=now)
    ours.update(undone_at=None)
    if begun.read.graph.edges:
        _keep_snapshot(begun)
    row.state = GraphImport.State.DONE
    row.save(update_fields=["state"])
    audit.record(
        study=row.study, actor=row.created_by, action="graph.imported", subject=f"graph-import/{row.pk}"
    )
    changes.announce(study=row.study)


def let_go(*, row: GraphImport) -> None:
    """End the votes of an import, and retire its values that nobody else votes on."""
    now = timezone.now()
    Vote.objects.filter(imported=row, undone_at__isnull=True).update(undone_at=now)
    standing = Vote.objects.filter(study=row.study, undone_at__isnull=True, withdrawn_at__isnull=True)
    ends = standing.values_list("transition__less_wise_id", "transition__wiser_id")
    used = {value for pair in ends for value in pair}
    Value.objects.filter(imported=row, retired_at__isnull=True, cards__isnull=True).exclude(
        pk__in=used
    ).update(retired_at=now)


def take_back(*, row: GraphImport) -> None:
    """Delete the votes of an import that did not come in, and let its values go."""
    Vote.objects.filter(imported=row).delete()
    let_go(row=row)


def _words(title: str, summary: str, policies: Sequence[Mapping[str, Any]]) -> Words:
    lines = [f"{line['attended']} {line.get('qualifier', '')}".strip() for line in policies]
    return title, summary, "\n".join(lines)


def _lines(card: ValuesCard) -> list[dict[str, Any]]:
    return [policy.without_quote() for policy in card.policies]


def _keep_values(row: GraphImport, read: Incoming, report: Report, simulated: bool) -> dict[str, Key]:
    """Return the values' numbers by their ids in the file; what came before in the same words is found."""
    rows = Value.objects.filter(study=row.study, imported__isnull=False, erased_at__isnull=True)
    known = {_words(value.title, value.summary, value.policies): value for value in rows.order_by("-pk")}
    found: dict[str, Value] = {}
    for value, card in zip(read.graph.values, read.cards, strict=True):
        words = _words(card.title, card.summary, _lines(card))
        if words not in known:
            known[words] = Value.objects.create(
                study=row.study, title=card.title, summary=card.summary, policies=_lines(card), imported=row,
                simulated=simulated or value.simulated,
            )  # fmt: skip
        found[str(value.id)] = known[words]
    # One that is here from a first try with these files is new all the same.
    report.values = len({value.pk for value in found.values() if value.imported_id == row.pk})
    report.known_values = len(found) - report.values
    back = [value.pk for value in found.values() if value.retired_at is not None]
    Value.objects.filter(pk__in=back).update(retired_at=None, imported=row)
    return {name: value.pk for name, value in found.items()}


def _keep_contexts(row: GraphImport, read: Incoming, report: Report) -> dict[str, int]:
    names = dict.fromkeys(name for edge in read.graph.edges for name in edge.contexts)
    if read.votes is not None:
        names |= dict.fromkeys(str(name) or UNNAMED_CONTEXT for name in read.votes.votes.contexts)
    held = {context.name.casefold(): context.pk for context in Context.objects.filter(study=row.study)}
    found = {}
    for name in (name.strip() for name in names):
        if not name or len(name) > 120:
            message = f"The context “{name[:40]}” needs a name of at most 120 characters."
            raise Invalid(message, fields={"file": [message]})
        if name.casefold() not in held:
            report.contexts.append(name)
            held[name.casefold()] = Context.objects.create(study=row.study, name=name).pk
        found[name] = held[name.casefold()]
    return found


def _keep_steps(study: Study, read: Incoming, ids: Mapping[str, Key]) -> dict[tuple[Key, Key], int]:
    pairs = {(ids[str(edge.less_wise)], ids[str(edge.wiser)]) for edge in read.graph.edges}
    if read.votes is not None:
        pairs |= {(ids[str(vote.less_wise)], ids[str(vote.wiser)]) for vote in read.votes.votes.judgements()}
    rows = Transition.objects.filter(study=study).values_list("less_wise_id", "wiser_id", "pk")
    held: dict[tuple[Key, Key], int] = {(low, high): pk for low, high, pk in rows}
    new = [pair for pair in sorted(pairs) if pair not in held and pair[0] != pair[1]]
    made = Transition.objects.bulk_create(
        (Transition(study=study, less_wise_id=int(low), wiser_id=int(high)) for low, high in new),
        batch_size=_AT_ONCE,
    )
    return held | {pair: step.pk for pair, step in zip(new, made, strict=True)}


def _new_votes(
    row: GraphImport, read: Incoming, report: Report, ids: Mapping[str, Key],
    contexts: Mapping[str, int], steps: Mapping[tuple[Key, Key], int],
) -> Iterator[Cast]:  # fmt: skip
    """Yield the votes that nobody of this source gave before, and count the others."""
    votes = read.votes.votes.judgements() if read.votes else []
    people = {vote.voter: uuid.uuid5(_PEOPLE, f"{row.study_id}/{row.source}/{vote.voter}") for vote in votes}
    report.participants = len(people)
    theirs = Vote.objects.filter(study=row.study, imported__isnull=False)
    gone = set(theirs.filter(withdrawn_at__isnull=False).values_list("participant_id", flat=True))
    given: dict[tuple[uuid.UUID, int, int], str] = {}
    for vote in votes:
        person = people[vote.voter]
        ends = (ids[str(vote.less_wise)], ids[str(vote.wiser)])
        if person in gone:
            report.withdrawn_votes += 1
        elif ends in steps:
            context = contexts[str(vote.context).strip() or UNNAMED_CONTEXT]
            # Two names of the file may be one context or one value here; then the later row counts.
            given[person, steps[ends], context] = vote.answer.value
    standing = theirs.filter(undone_at__isnull=True)
    columns = ("participant_id", "transition_id", "context_id", "answer")
    held = {item[:3]: item[3] for item in standing.values_list(*columns)}
    for key, answer in given.items():
        if held.get(key) == answer:
            report.known_votes += 1
        else:
            report.changed_votes += key in held
            yield (*key, answer)


def _keep_snapshot(begun: Begun) -> None:
    """Keep the file's edges as a snapshot by the published rule: counts without people are no votes."""
    row, ids, file = begun.row, begun.ids, begun.read.graph
    values = sorted({int(key) for key in ids.values()})
    people = file.about.participants if file.about else 0
    graph = incoming.ranked(steps=file.edges, values=values, ids=ids, people=people)
    published = {
        f"{ids[str(edge.less_wise)]}:{ids[str(edge.wiser)]}": [*vars(edge.counters).values()]
        for edge in file.edges
    }
    snapshot = Snapshot(
        study=row.study,
        rule=graph.ranking.rule,
        parameters=dict(graph.ranking.parameters),
        ids={"votes": [], "transitions": [], "contexts": [], "values": values},
        counts={
            "values": len(values), "votes": graph.ranking.votes, "participants": people, "simulated_votes": 0,
            "import": row.pk, "published": published,
        },
        result={POOLED: graph.to_json()},
        created_by_id=row.created_by_id,
    )  # fmt: skip
    snapshot.hash = fingerprint(keep(snapshot))
    snapshot.number = 1 + (
        Snapshot.objects.filter(study=row.study).values_list("number", flat=True).first() or 0
    )
    snapshot.save()
