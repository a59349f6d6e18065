"""Groups of the people who judge in an audit: where their verdicts came from, batches, and each alone."""

import dataclasses

from apps.discretion.domain.ballots import Ballots
from apps.discretion.models import Annotator, Audit, BatchMember

CAME, BATCH, ANNOTATOR = "came", "batch", "annotator"


@dataclasses.dataclass(frozen=True)
class Circle:
    """Some annotators, by their ids as ballots have them; ``label`` is what a reader is shown."""

    name: str
    label: str
    ids: frozenset[str]

    @property
    def people(self) -> int:
        """Return how many they are."""
        return len(self.ids)


@dataclasses.dataclass(frozen=True)
class Kind:
    """By what annotators are grouped, with the groups that hold anybody."""

    by: str
    label: str
    groups: tuple[Circle, ...]


def kinds(*, audit: Audit, said: Ballots) -> list[Kind]:
    """Return by what the people who judged can be grouped. Annotators are named everywhere in an audit, so
    that a circle of one tells nothing new.
    """
    people = {row.id: row.name for row in (*said.raters, *said.voters) if row.human}
    alone = tuple(Circle(pk, name, frozenset({pk})) for pk, name in people.items())
    found = (
        Kind(CAME, "Where their verdicts came from", _came(said)),
        Kind(BATCH, "Batch", _batches(audit, frozenset(people))),
        Kind(ANNOTATOR, "Annotator", alone),
    )
    return [kind for kind in found if kind.groups]


def _came(said: Ballots) -> tuple[Circle, ...]:
    here, files = Annotator.Kind.PERSON, Annotator.Kind.IMPORTED_PERSON
    everybody = (*said.raters, *said.voters)
    found = (
        Circle("here", "Judged here", frozenset(row.id for row in everybody if row.kind == here)),
        Circle("file", "Came with a file", frozenset(row.id for row in everybody if row.kind == files)),
    )
    return tuple(circle for circle in found if circle.ids)


def _batches(audit: Audit, people: frozenset[str]) -> tuple[Circle, ...]:
    members: dict[int, set[str]] = {}
    titles: dict[int, str] = {}
    rows = BatchMember.objects.filter(batch__audit=audit).order_by("batch", "pk")
    for batch, title, annotator in rows.values_list("batch_id", "batch__title", "annotator_id"):
        titles[batch] = title
        members.setdefault(batch, set()).add(str(annotator))
    found = (Circle(str(pk), f"Batch “{titles[pk]}”", frozenset(ids & people)) for pk, ids in members.items())
    return tuple(circle for circle in found if circle.ids)
