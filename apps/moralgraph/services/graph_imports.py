"""Bringing another graph into a study: looked at first, brought in once by a job, and taken out again."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.moralgraph.domain.exchange import incoming
from apps.moralgraph.domain.exchange.graph_file import ExchangeError
from apps.moralgraph.domain.exchange.incoming import Incoming, Named
from apps.moralgraph.models import GraphImport
from apps.moralgraph.services import changes, graph_keeping
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing, TooLarge, TouchstoneError
from apps.shared.models import Job, Study
from apps.shared.services import audit, jobs

TASK = "moralgraph.import_graph"
MOST_BYTES = 20 * 2**20
PARTS = ("graph", "edges", "votes")
"""What may come together: a graph or a list of values, a table of edges, a table of votes."""
_READ = 0.3
"""The share of the work that is done once everything but the votes is kept."""
_State = GraphImport.State
Files = Mapping[str, Named]


class Stopped(Conflict):
    """Somebody asked the import to stop."""


def receive(
    *, study: Study, actor: Person | None, files: Files, source: str, simulated: bool = False,
    dry_run: bool = False,
) -> GraphImport:  # fmt: skip
    """Keep files until a job has read them; the same files again return the import that there is already.

    A ``dry_run`` says what they would bring and keeps nothing. Raises Invalid and TooLarge.
    """
    row, is_new = _row(study, actor, files, source, dry_run=dry_run)
    if not is_new and (row.state == _State.DONE or row.is_alive):
        return row
    with transaction.atomic():
        for part, file in files.items():
            folder(row=row).mkdir(parents=True, exist_ok=True)
            (folder(row=row) / part).write_bytes(file.raw)
        names = {part: file.name for part, file in files.items()}
        row.job = jobs.enqueue(
            study=study,
            task=TASK,
            subject=f"graph-import/{row.pk}",
            config={"import": row.pk, "names": names, "simulated": simulated},
            data_hash=row.sha256,
            created_by=row.created_by,
        )
        row.save(update_fields=["job"])
    return row


def look(*, study: Study, files: Files, source: str) -> GraphImport:
    """Return what files would bring into a study; nothing is kept. Raises Invalid and TooLarge.

    The same code as for keeping runs and is rolled back, so that it cannot promise something else.
    """
    with transaction.atomic():
        row, _ = _row(study, None, files, source, dry_run=True)
        graph_keeping.begin(row=row, read=_read(files), simulated=False)
        transaction.set_rollback(True)
    return row


def bring_in(
    *, study: Study, actor: Person | None, files: Files, source: str, simulated: bool = False
) -> GraphImport:
    """Keep values, contexts, steps and votes of files, and a snapshot of their edges; the same files once.

    People of one source who have the same name in its files are the same person. ``simulated`` marks all of
    it as made by simulated people. Raises Invalid, naming the place, TooLarge, and Conflict while a job
    brings in the same files.
    """
    row, _ = _row(study, actor, files, source, dry_run=False)
    if row.is_alive:
        raise Conflict("These files are being brought in right now.")
    if row.state != _State.DONE:
        _or_refuse(row, lambda: _keep(row, files, simulated, _silent))
    return row


def read(*, job: Job) -> None:
    """Do what a job was made for: bring in files that were received, or look at them."""
    row = GraphImport.objects.select_related("study", "created_by").get(pk=job.config["import"])
    if row.state in {_State.DONE, _State.REFUSED}:
        _forget_files(row)
        return
    files = {
        part: Named(name, (folder(row=row) / part).read_bytes()) for part, name in job.config["names"].items()
    }
    try:
        if row.dry_run:
            _or_refuse(row, lambda: _only_look(row, files))
        else:
            _or_refuse(row, lambda: _keep(row, files, job.config["simulated"], _teller(job)))
    except Stopped as stopped:
        jobs.finish(job=job, state=Job.State.CANCELLED, message=str(stopped))


@transaction.atomic
def take_out(*, study: Study, actor: Person | None, import_id: int) -> GraphImport:
    """Undo an import: its votes no longer count, and its values that nobody else votes on are retired.

    Raises Missing, and Conflict where it was undone before or has not come in.
    """
    row = GraphImport.objects.select_for_update().filter(study=study, pk=import_id, dry_run=False).first()
    if row is None:
        raise Missing("There is no such import in this study.")
    if row.undone_at is not None:
        raise Conflict("This import was taken out already.")
    if row.state != _State.DONE:
        raise Conflict("This import has not come in, so that there is nothing to take out.")
    graph_keeping.let_go(row=row)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    audit.record(study=study, actor=actor, action="graph.import_undone", subject=f"graph-import/{row.pk}")
    changes.announce(study=study)
    return row


def folder(*, row: GraphImport) -> Path:
    """Return where the files of an import lie until they are read."""
    return Path(settings.FILES_DIR) / "graph-imports" / str(row.pk)


def check_size(*, size: int) -> None:
    """Refuse what is over the limit before it is read. Raises TooLarge."""
    if size > MOST_BYTES:
        raise TooLarge(f"These files are larger than {MOST_BYTES // 2**20} MB.")


@transaction.atomic
def _row(
    study: Study, actor: Person | None, files: Files, source: str, *, dry_run: bool
) -> tuple[GraphImport, bool]:
    """Return the import that these files are, and whether it is a new one. Raises Invalid and TooLarge."""
    source = source.strip()
    if not source or len(source) > 120:
        message = "Say in at most 120 characters where this is from."
        raise Invalid(message, fields={"source": [message]})
    check_size(size=sum(len(file.raw) for file in files.values()))
    Study.objects.select_for_update().get(pk=study.pk)
    rows = GraphImport.objects.filter(study=study, dry_run=dry_run).select_related("study", "job")
    if dry_run:
        rows.filter(state__in=[_State.DONE, _State.REFUSED]).delete()
    sha256 = _digest(files, source)
    same = rows.filter(sha256=sha256, undone_at__isnull=True).exclude(state=_State.REFUSED).first()
    if same is not None:
        return same, False
    name = Path(files["graph"].name).name[:200] or "file"
    made = GraphImport.objects.create(
        study=study, filename=name, sha256=sha256, source=source, dry_run=dry_run, state=_State.QUEUED,
        created_by_id=actor.pk if actor else None,
    )  # fmt: skip
    return made, True


def _digest(files: Files, source: str) -> str:
    told = hashlib.sha256(source.encode())
    for part in PARTS:
        told.update(hashlib.sha256(files[part].raw if part in files else b"").digest())
    return told.hexdigest()


def _read(files: Files) -> Incoming:
    try:
        return incoming.read(**files)
    except ExchangeError as error:
        raise Invalid(str(error), fields={"file": [str(error)]}) from error


def _or_refuse(row: GraphImport, work: Callable[[], None]) -> None:
    """Do the work; where it fails, nothing of the files counts and the import says why."""
    GraphImport.objects.filter(pk=row.pk).update(state=_State.RUNNING)
    try:
        work()
    except jobs.LeaseLost:
        raise
    except Exception as error:
        named = isinstance(error, TouchstoneError)
        row.state = _State.REFUSED
        row.message = str(error)[:500] if named else "Something unexpected stopped this import."
        with transaction.atomic():
            graph_keeping.take_back(row=row)
            row.save(update_fields=["state", "message"])
        _forget_files(row)
        raise
    _forget_files(row)


def _forget_files(row: GraphImport) -> None:
    """Delete the files: they may name people, and all that counts of them is in the tables now."""
    shutil.rmtree(folder(row=row), ignore_errors=True)


def _only_look(row: GraphImport, files: Files) -> None:
    found = look(study=row.study, files=files, source=row.source)
    row.state, row.form, row.counts = _State.DONE, found.form, found.counts
    row.about, row.warnings = found.about, found.warnings
    row.save(update_fields=["state", "form", "counts", "about", "warnings"])


def _keep(row: GraphImport, files: Files, simulated: bool, tell: Callable[[int, int], None]) -> None:
    begun = graph_keeping.begin(row=row, read=_read(files), simulated=simulated)
    tell(0, len(begun.votes))
    for done in graph_keeping.write_votes(begun=begun):
        tell(done, len(begun.votes))
    graph_keeping.complete(begun=begun)


def _silent(_done: int, _of: int) -> None:
    """Tell nobody: the command has nobody who watches."""


def _teller(job: Job) -> Callable[[int, int], None]:
    """Return what tells how far a job is. It raises Stopped where it should end, LeaseLost where it must."""

    def tell(done: int, of: int) -> None:
        if jobs.stop_requested(job=job):
            raise Stopped("Stopped; nothing of these files counts.")
        jobs.renew(job_id=str(job.pk), owner=job.lease_owner)
        share = _READ + (1 - _READ) * (done / of if of else 1)
        jobs.report(job=job, progress=share, message=f"{done:,} of {of:,} votes" if of else "")

    return tell
