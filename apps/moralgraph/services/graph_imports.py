"""Bringing another graph into a study: looked at first, marked, brought in once, and taken out again."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.moralgraph.domain.answers import Judgement, Key
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.exchange import incoming
from apps.moralgraph.domain.exchange.graph_file import ExchangeError
from apps.moralgraph.domain.exchange.incoming import Incoming, Named
from apps.moralgraph.models import Context, GraphImport, Snapshot, Transition, Value, Vote
from apps.moralgraph.selectors.snapshots import POOLED
from apps.moralgraph.services import changes
from apps.moralgraph.services.graphs import fingerprint, keep
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing, TooLarge
from apps.shared.models import Study
from apps.shared.services import audit

MOST_BYTES = 20 * 2**20
UNNAMED_CONTEXT = "No context named"
_AT_ONCE = 5000
_PEOPLE = uuid.UUID("6d6f7261-6c67-7261-7068-2d696d706f72")
Words = tuple[str, str, str]


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
    about: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    id: int | None = None


def look(
    *, study: Study, graph: Named, edges: Named | None = None, votes: Named | None = None, source: str
) -> Report:
    """Return what files would bring into a study; nothing is kept. Raises Invalid and TooLarge."""
    with transaction.atomic():
        report = _bring(study, _read(graph, edges, votes), source, simulated=False, actor=None, files=None)
        transaction.set_rollback(True)
    report.id = None
    return report


@transaction.atomic
def bring_in(
    *,
    study: Study,
    actor: Person | None,
    graph: Named,
    edges: Named | None = None,
    votes: Named | None = None,
    source: str,
    simulated: bool = False,
) -> Report:
    """Keep values, contexts, steps and votes of files, and a snapshot of their edges; the same files once.

    People of one source who have the same name in its files are the same person. ``simulated`` marks all of
    it as made by simulated people. Raises Invalid, naming the place, and TooLarge.
    """
    read = _read(graph, edges, votes)
    return _bring(study, read, source, simulated=simulated, actor=actor, files=[graph, edges, votes])


@transaction.atomic
def take_out(*, study: Study, actor: Person | None, import_id: int) -> GraphImport:
    """Undo an import: its votes no longer count, and its values that nobody else votes on are retired.

    Raises Missing, and Conflict where it was undone before.
    """
    row = GraphImport.objects.select_for_update().filter(study=study, pk=import_id).first()
    if row is None:
        raise Missing("There is no such import in this study.")
    if row.undone_at is not None:
        raise Conflict("This import was taken out already.")
    now = timezone.now()
    Vote.objects.filter(imported=row, undone_at__isnull=True).update(undone_at=now)
    standing = Vote.objects.filter(study=study, undone_at__isnull=True, withdrawn_at__isnull=True)
    ends = standing.values_list("transition__less_wise_id", "transition__wiser_id")
    used = {value for pair in ends for value in pair}
    Value.objects.filter(imported=row, retired_at__isnull=True, cards__isnull=True).exclude(
        pk__in=used
    ).update(retired_at=now)
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    audit.record(study=study, actor=actor, action="graph.import_undone", subject=f"graph-import/{row.pk}")
    changes.announce(study=study)
    return row


def check_size(*, size: int) -> None:
    """Refuse what is over the limit before it is read. Raises TooLarge."""
    if size > MOST_BYTES:
        raise TooLarge(f"These files are larger than {MOST_BYTES // 2**20} MB.")


def _read(graph: Named, edges: Named | None, votes: Named | None) -> Incoming:
    size = sum(len(file.raw) for file in (graph, edges, votes) if file is not None)
    check_size(size=size)
    try:
        return incoming.read(graph=graph, edges=edges, votes=votes)
    except ExchangeError as error:
        raise Invalid(str(error), fields={"file": [str(error)]}) from error


def _bring(
    study: Study, read: Incoming, source: str, *, simulated: bool, actor: Person | None,
    files: Sequence[Named | None] | None,
) -> Report:  # fmt: skip
    source = source.strip()
    if not source or len(source) > 120:
        message = "Say in at most 120 characters where this is from."
        raise Invalid(message, fields={"source": [message]})
    Study.objects.select_for_update().get(pk=study.pk)
    digest = _digest(files or [], source)
    same = GraphImport.objects.filter(study=study, sha256=digest, undone_at__isnull=True).first()
    about = read.graph.about.to_json() if read.graph.about else {}
    report = Report(
        form=read.form, edges=len(read.graph.edges), about=about, warnings=list(read.graph.warnings)[:50],
        first=[card.title for card in read.cards[:5]],
    )  # fmt: skip
    if files is not None and same is not None:
        return Report(**{**same.counts, "id": same.pk, "about": about, "warnings": same.warnings})
    row = GraphImport.objects.create(
        study=study, filename=(files[0].name if files and files[0] else "")[:200], form=read.form,
        sha256=digest, source=source, about=about, warnings=report.warnings,
        created_by_id=actor.pk if actor else None,
    )  # fmt: skip
    ids = _keep_values(row, read, report, simulated)
    contexts = _keep_contexts(row, read, report)
    steps = _keep_steps(study, read, ids)
    if read.votes is not None:
        _keep_votes(row, read.votes.votes.judgements(), report, ids, contexts, steps, simulated)
    if read.graph.edges:
        _keep_snapshot(row, read, ids, actor)
    kept = {name: value for name, value in vars(report).items() if name not in {"id", "about", "warnings"}}
    GraphImport.objects.filter(pk=row.pk).update(counts=kept)
    report.id = row.pk
    audit.record(study=study, actor=actor, action="graph.imported", subject=f"graph-import/{row.pk}")
    changes.announce(study=study)
    return report


def _digest(files: Sequence[Named | None], source: str) -> str:
    told = hashlib.sha256(source.encode())
    for file in files:
        told.update(hashlib.sha256(file.raw if file else b"").digest())
    return told.hexdigest()


def _words(title: str, summary: str, policies: Sequence[Mapping[str, Any]]) -> Words:
    lines = [f"{line['attended']} {line.get('qualifier', '')}".strip() for line in policies]
    return title, summary, "\n".join(lines)


def _lines(card: ValuesCard) -> list[dict[str, Any]]:
    return [policy.without_quote() for policy in card.policies]


def _keep_values(row: GraphImport, read: Incoming, report: Report, simulated: bool) -> dict[str, Key]:
    """Return the values' numbers by their ids in the file; what came before in the same words is found."""
    rows = Value.objects.filter(study=row.study, imported__isnull=False, erased_at__isnull=True)
    known = {_words(value.title, value.summary, value.policies): value for value in rows.order_by("-pk")}
    found: dict[str, Key] = {}
    back = []
    for value, card in zip(read.graph.values, read.cards, strict=True):
        words = _words(card.title, card.summary, _lines(card))
        if words in known:
            report.known_values += 1
            if known[words].retired_at is not None:
                back.append(known[words].pk)
        else:
            report.values += 1
            known[words] = Value.objects.create(
                study=row.study, title=card.title, summary=card.summary, policies=_lines(card), imported=row,
                simulated=simulated or value.simulated,
            )  # fmt: skip
        found[str(value.id)] = known[words].pk
    Value.objects.filter(pk__in=back).update(retired_at=None, imported=row)
    return found


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


def _keep_votes(
    row: GraphImport, votes: Sequence[Judgement], report: Report, ids: Mapping[str, Key],
    contexts: Mapping[str, int], steps: Mapping[tuple[Key, Key], int], simulated: bool,
) -> None:  # fmt: skip
    people = {vote.voter: uuid.uuid5(_PEOPLE, f"{row.study_id}/{row.source}/{vote.voter}") for vote in votes}
    report.participants = len(people)
    theirs = Vote.objects.filter(study=row.study, imported__isnull=False)
    gone = set(theirs.filter(withdrawn_at__isnull=False).values_list("participant_id", flat=True))
    columns = ("participant_id", "transition_id", "context_id", "answer", "pk")
    standing = theirs.filter(undone_at__isnull=True).values_list(*columns)
    held = {item[:3]: item[3:] for item in standing}
    replaced, new = [], []
    for vote in votes:
        person = people[vote.voter]
        ends = (ids[str(vote.less_wise)], ids[str(vote.wiser)])
        if ends not in steps or person in gone:
            report.withdrawn_votes += person in gone
            continue
        context = contexts[str(vote.context).strip() or UNNAMED_CONTEXT]
        key = (person, steps[ends], context)
        before = held.get(key)
        if before is not None and before[0] == vote.answer.value:
            report.known_votes += 1
            continue
        if before is not None:
            report.changed_votes += 1
            replaced.append(before[1])
        held[key] = (vote.answer.value, 0)
        new.append((key, vote.answer.value))
    now = timezone.now()
    for first in range(0, len(replaced), _AT_ONCE):
        Vote.objects.filter(pk__in=replaced[first : first + _AT_ONCE]).update(undone_at=now)
    report.votes = len(new)
    rows = (
        Vote(
            study=row.study, participant_id=person, transition_id=step, context_id=context, answer=answer,
            simulated=simulated, imported=row,
        )
        for (person, step, context), answer in new
    )  # fmt: skip
    while part := list(islice(rows, _AT_ONCE)):
        Vote.objects.bulk_create(part)


def _keep_snapshot(row: GraphImport, read: Incoming, ids: Mapping[str, Key], actor: Person | None) -> None:
    """Keep the file's edges as a snapshot by the published rule: counts without people are no votes."""
    values = sorted({int(key) for key in ids.values()})
    people = read.graph.about.participants if read.graph.about else 0
    graph = incoming.ranked(steps=read.graph.edges, values=values, ids=ids, people=people)
    published = {
        f"{ids[str(edge.less_wise)]}:{ids[str(edge.wiser)]}": [*vars(edge.counters).values()]
        for edge in read.graph.edges
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
        created_by_id=actor.pk if actor else None,
    )  # fmt: skip
    snapshot.hash = fingerprint(keep(snapshot))
    snapshot.number = 1 + (
        Snapshot.objects.filter(study=row.study).values_list("number", flat=True).first() or 0
    )
    snapshot.save()
