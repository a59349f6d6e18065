"""Contexts, the kinds of moments in which values are compared: made, renamed, put together, and undone."""

from django.db import transaction
from django.utils import timezone

from apps.moralgraph.models import Context, ContextChange
from apps.moralgraph.services import changes
from apps.moralgraph.services.retirements import reason_of
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Study
from apps.shared.services import audit

LONGEST_NAME = 120
Kind = ContextChange.Kind


@transaction.atomic
def create(*, study: Study, actor: Person, name: str, description: str = "") -> Context:
    """Make a context. Raises Invalid for an empty name, and Conflict for one that is taken."""
    name = free_name(study=study, name=name)
    made = Context.objects.create(study=study, name=name, description=description.strip())
    audit.record(study=study, actor=actor, action="context.created", subject=str(made.pk))
    return made


@transaction.atomic
def rename(*, study: Study, actor: Person, context_id: int, name: str, reason: str = "") -> ContextChange:
    """Give a context another name; votes, stories and its names in other languages stay with it.

    Raises Missing, Invalid for no name, and Conflict for one that is taken.
    """
    context = _live(study=study, context_id=context_id)
    name = free_name(study=study, name=name, but=context.pk)
    if name == context.name:
        raise Conflict("The context has this name already.")
    row = ContextChange(kind=Kind.RENAMED, context=context, before=context.name, after=name)
    Context.objects.filter(pk=context.pk).update(name=name)
    return _keep(row, study=study, actor=actor, reason=" ".join(reason.split())[:300])


def end(
    *, study: Study, actor: Person, context_id: int, kind: str, other: int | None, reason: str
) -> ContextChange:
    """Put a context into another, keep two apart, or retire one. Raises as those do."""
    if kind == Kind.RETIRED:
        return retire(study=study, actor=actor, context_id=context_id, reason=reason)
    if other is None:
        message = "Say which other context."
        raise Invalid(message, fields={"other": [message]})
    if kind == Kind.APART:
        return keep_apart(study=study, actor=actor, context_id=context_id, other=other, reason=reason)
    return merge(study=study, actor=actor, context_id=context_id, into=other, reason=reason)


@transaction.atomic
def merge(*, study: Study, actor: Person, context_id: int, into: int, reason: str) -> ContextChange:
    """Put a context into another: nothing is asked in it any more, and its votes count in the other.

    Raises Missing, and Invalid without a reason or for one and the same context.
    """
    row = ContextChange(kind=Kind.MERGED, **_pair(study=study, context_id=context_id, other=into))
    Context.objects.filter(pk=row.context_id).update(retired_at=timezone.now())
    return _keep(row, study=study, actor=actor, reason=reason_of(reason))


@transaction.atomic
def keep_apart(*, study: Study, actor: Person, context_id: int, other: int, reason: str) -> ContextChange:
    """Note that two contexts that look alike are two. Raises Missing, Invalid and Conflict."""
    low, high = sorted([context_id, other])
    row = ContextChange(kind=Kind.APART, **_pair(study=study, context_id=low, other=high))
    known = ContextChange.objects.filter(kind=Kind.APART, context=low, other=high, undone_at__isnull=True)
    if known.exists():
        raise Conflict("These two are kept apart already.")
    return _keep(row, study=study, actor=actor, reason=reason_of(reason))


@transaction.atomic
def retire(*, study: Study, actor: Person, context_id: int, reason: str) -> ContextChange:
    """Ask in a context no more; its votes stay and count as before. Raises Missing and Invalid."""
    context = _live(study=study, context_id=context_id)
    Context.objects.filter(pk=context.pk).update(retired_at=timezone.now())
    row = ContextChange(kind=Kind.RETIRED, context=context)
    return _keep(row, study=study, actor=actor, reason=reason_of(reason))


@transaction.atomic
def undo(*, study: Study, actor: Person, change_id: int) -> ContextChange:
    """Take back what was done to a context; what was put together is told apart again.

    Raises Missing, and Conflict where it was undone before, or where something later stands in the way.
    """
    row = ContextChange.objects.select_for_update().filter(study=study, pk=change_id).first()
    if row is None:
        raise Missing("There is no such change in this study.")
    if row.undone_at is not None:
        raise Conflict("This was undone before.")
    if row.kind == Kind.RENAMED:
        _name_back(row)
    elif row.kind in {Kind.MERGED, Kind.RETIRED}:
        Context.objects.filter(pk=row.context_id).update(retired_at=None)
    row.undone_at, row.undone_by = timezone.now(), actor.get_username()[:60]
    row.save(update_fields=["undone_at", "undone_by"])
    _note(row, study=study, actor=actor, action="undone")
    return row


def free_name(*, study: Study, name: str, but: int | None = None) -> str:
    """Return a name that no other context of the study has. Raises Invalid and Conflict."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        message = f"A context needs a name of at most {LONGEST_NAME} characters."
        raise Invalid(message, fields={"name": [message]})
    same = Context.objects.filter(study=study, name__iexact=name).values_list("pk", flat=True).first()
    if same is not None and same != but:
        message = "Another context of this study has this name."
        raise Conflict(message, fields={"name": [message]})
    return name


def _name_back(row: ContextChange) -> None:
    later = ContextChange.objects.filter(
        kind=Kind.RENAMED, context=row.context_id, undone_at__isnull=True, pk__gt=row.pk
    )
    if later.exists():
        raise Conflict("The context was renamed again since. Undo that first.")
    free_name(study=row.study, name=row.before, but=row.context_id)
    Context.objects.filter(pk=row.context_id).update(name=row.before)


def _live(*, study: Study, context_id: int) -> Context:
    rows = Context.objects.select_for_update().filter(study=study, retired_at__isnull=True)
    found = rows.filter(pk=context_id).first()
    if found is None:
        raise Missing("There is no such context in this study, or it is not in use.")
    return found


def _pair(*, study: Study, context_id: int, other: int) -> dict[str, Context]:
    if context_id == other:
        message = "These are one and the same context."
        raise Invalid(message, fields={"other": [message]})
    rows = [_live(study=study, context_id=pk) for pk in sorted([context_id, other])]
    found = {row.pk: row for row in rows}
    return {"context": found[context_id], "other": found[other]}


def _keep(row: ContextChange, *, study: Study, actor: Person, reason: str) -> ContextChange:
    row.study, row.by, row.reason = study, actor.get_username()[:60], reason
    row.save()
    _note(row, study=study, actor=actor, action=row.kind)
    return row


def _note(row: ContextChange, *, study: Study, actor: Person, action: str) -> None:
    detail = {"kind": row.kind, "contexts": [row.context_id, row.other_id], "reason": row.reason}
    subject = f"context/{row.context_id}"
    audit.record(study=study, actor=actor, action=f"context.{action}", subject=subject, detail=detail)
    changes.announce(study=study)
