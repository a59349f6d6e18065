"""Principles: taken over from a snapshot of the moral graph, or written for one audit."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from apps.discretion.models import Audit, Principle
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.services import audits
from apps.moralgraph import selectors as graph
from apps.shared.errors import Invalid, Missing

MOST = 30


@transaction.atomic
def take_over(*, audit: Audit, snapshot_id: int, value_ids: Sequence[int]) -> list[Principle]:
    """Make principles of values in a snapshot; one that is there already stays as it is.

    Raises Invalid where no value is named or one is not in the snapshot, and Missing for an unknown snapshot.
    """
    if not value_ids:
        raise Invalid("Choose at least one value.", fields={"values": ["Choose at least one."]})
    snapshot = graph.snapshot(study=audit.study, snapshot_id=snapshot_id)
    offered = {item.value_id: item for item in graph.principles(snapshot=snapshot)}
    unknown = [value for value in value_ids if value not in offered]
    if unknown:
        raise Invalid("A value is not in this snapshot.", fields={"values": [f"Not there: {unknown[0]}."]})
    taken = set(audit_selectors.principles(audit=audit).values_list("value_id", flat=True))
    for value in dict.fromkeys(value_ids):
        if value not in taken:
            _add(
                audit=audit,
                title=offered[value].title,
                statement=offered[value].statement,
                value_id=value,
                snapshot_id=snapshot_id,
            )
    audits.touch(audit=audit, what="principles")
    return list(audit_selectors.principles(audit=audit))


@transaction.atomic
def add(*, audit: Audit, title: str, statement: str) -> Principle:
    """Add a principle in one's own words. Raises Invalid where a part is empty."""
    empty = {
        name: ["Write something here."]
        for name, text in (("title", title), ("statement", statement))
        if not text.strip()
    }
    if empty:
        raise Invalid("A principle needs a title and a statement.", fields=empty)
    principle = _add(audit=audit, title=title.strip(), statement=statement.strip())
    audits.touch(audit=audit, what="principles")
    return principle


@transaction.atomic
def reword(*, audit: Audit, principle_id: int, title: str, statement: str) -> Principle:
    """Put a new version in a principle's place; the earlier wording is retired with what was said by it.

    Judgements follow the wording that people saw, so they do not come along. Raises Missing and Invalid.
    """
    old = audit_selectors.principles(audit=audit).select_for_update().filter(pk=principle_id).first()
    if old is None:
        raise Missing("There is no such principle in this audit.")
    empty = [name for name, text in (("title", title), ("statement", statement)) if not text.strip()]
    if empty:
        fields = {name: ["Write something here."] for name in empty}
        raise Invalid("A principle needs a title and a statement.", fields=fields)
    words = (title.strip()[:200], statement.strip())
    if words == (old.title, old.statement):
        return old
    Principle.objects.filter(pk=old.pk).update(retired_at=timezone.now())
    new = Principle.objects.create(
        audit=audit,
        title=words[0],
        statement=words[1],
        value_id=old.value_id,
        snapshot_id=old.snapshot_id,
        position=old.position,
        version=old.version + 1,
        replaces=old,
    )
    audits.touch(audit=audit, what="principles")
    return new


@transaction.atomic
def retire(*, audit: Audit, principle_id: int) -> None:
    """Take a principle out of use; what was said by it is kept. Raises Missing."""
    if not audit_selectors.principles(audit=audit).filter(pk=principle_id).update(retired_at=timezone.now()):
        raise Missing("There is no such principle in this audit.")
    audits.touch(audit=audit, what="principles")


def _add(
    *, audit: Audit, title: str, statement: str, value_id: int | None = None, snapshot_id: int | None = None
) -> Principle:
    count = audit_selectors.principles(audit=audit).count()
    if count >= MOST:
        raise Invalid(f"An audit holds at most {MOST} principles; nobody can judge by more.")
    return Principle.objects.create(
        audit=audit,
        title=title[:200],
        statement=statement,
        value_id=value_id,
        snapshot_id=snapshot_id,
        position=Principle.objects.filter(audit=audit).count(),
    )
