"""How far people agree, how an oracle does beside them, and how each went along in time."""

import dataclasses

import numpy as np
from django.core.cache import cache
from django.db.models import Case, CharField, Count, F, OuterRef, Subquery, When

from apps.discretion.domain import agreement_tables, categories, courses, oracles, preferences, report
from apps.discretion.domain.ballots import ABSENT, Ballots, Choice, parts
from apps.discretion.models import Annotator, Audit, Reply, Verdict
from apps.discretion.selectors import audits, circles, judgements

KEEP_SECONDS = 24 * 3600


@dataclasses.dataclass(frozen=True)
class Followed:
    """Annotators whose judging can be followed through time, and the names of those whose verdicts came in
    a file without times.
    """

    courses: tuple[courses.Course, ...]
    untimed: tuple[str, ...]


def tables(*, audit: Audit, choice: Choice) -> agreement_tables.Tables:
    """Return agreement in all its parts."""

    def make() -> agreement_tables.Tables:
        said = judgements.ballots(audit=audit)
        return agreement_tables.tables(ballots=said, choice=choice, circles=_circles(audit, said))

    return judgements.kept(audit=audit, what=f"agreement:{choice!r}", make=make)


def _circles(audit: Audit, said: Ballots) -> dict[str, frozenset[str]]:
    """Return the groups that annotators are in: where their verdicts came from, and the batches."""
    found: dict[str, frozenset[str]] = {}
    for kind in circles.kinds(audit=audit, said=said):
        for circle in kind.groups if kind.by != circles.ANNOTATOR else ():
            title = circle.label if circle.label not in found else f"{circle.label} ({circle.name})"
            found[title] = circle.ids
    return found


def oracle_checks(*, audit: Audit) -> tuple[oracles.Check, ...]:
    """Return every algorithm that voted by principle, audited beside the people."""

    def make() -> tuple[oracles.Check, ...]:
        said = judgements.ballots(audit=audit)
        machines = [row for row in said.voters if not row.human]
        orders = _orders(audit, [int(row.id) for row in machines])
        return tuple(
            oracles.check(ballots=said, rater=row, orders=orders.get(int(row.id), [])) for row in machines
        )

    return judgements.kept(audit=audit, what="oracles", make=make)


def _orders(audit: Audit, annotators: list[int]) -> dict[int, list[oracles.Order]]:
    """Return how often each annotator gave which votes in which order; counted anew only for those who have
    new verdicts.
    """
    marks = dict(Annotator.objects.filter(pk__in=annotators).values_list("pk", "revision"))
    made = f"{audit.pk}:{audit.created_at.timestamp()}:{audit.layout}"
    keys = {pk: f"discretion:orders:{made}:{pk}:{mark}" for pk, mark in marks.items()}
    known = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in known]
    counted = _counted(audit, missing) if missing else {}
    fresh = {keys[pk]: counted.get(pk, []) for pk in missing}
    cache.set_many(fresh, KEEP_SECONDS)
    return {pk: (known | fresh)[key] for pk, key in keys.items()}


def _counted(audit: Audit, annotators: list[int]) -> dict[int, list[oracles.Order]]:
    """Count votes by principle by the order they were given in; one question for all annotators."""
    rows = audits.live(audit=audit).filter(principle__retired_at__isnull=True, principle__isnull=False)
    counted = (
        rows.filter(annotator__in=annotators)
        .order_by()
        .annotate(first=_first_answer())
        .values_list("annotator_id", "order", "first", "swapped")
        .annotate(times=Count("id"))
    )
    found: dict[int, list[oracles.Order]] = {}
    for annotator, order, answer, swapped, times in counted:
        found.setdefault(annotator, []).append(oracles.Order(order, answer, swapped, times))
    return found


def _first_answer() -> Case:
    """Return a vote's answer in its own order: a verdict that the order decided no longer says it."""
    reply = Reply.objects.filter(
        judging__annotator=OuterRef("annotator"),
        comparison=OuterRef("comparison"),
        principle=OuterRef("principle"),
        part=OuterRef("order"),
    )
    turned = When(answer=Verdict.Answer.ORDER_DECIDED, then=Subquery(reply.values("answer")[:1]))
    return Case(turned, default=F("answer"), output_field=CharField())


def followed(*, audit: Audit, choice: Choice, controls: report.Controls) -> Followed:
    """Follow everybody who judges here through time."""

    def make() -> Followed:
        said = parts(ballots=judgements.ballots(audit=audit), choice=choice)
        table, _ = judgements.judgements(audit=audit, choice=choice, weighted=controls.weighted)
        acts = _acts(audit, _Said(said, _ruled(table, controls)))
        timed = {row.rater.id for row in acts}
        untimed = tuple(row.name for row in said.raters if row.human and row.id not in timed)
        return Followed(tuple(courses.course(acts=row) for row in acts), untimed)

    what = f"followed:{choice!r}:{controls.weighted}:{controls.min_active}"
    return judgements.kept(audit=audit, what=what, make=make)


@dataclasses.dataclass(frozen=True)
class _Said:
    """What was said, and the sign of the principles' consensus on each comparison (n,), 0 where none is."""

    ballots: Ballots
    sign: preferences.Ints


def _ruled(table: report.Judgements, controls: report.Controls) -> preferences.Ints:
    found = categories.categorise(preferences=preferences.ternary(table.by_principle))
    ruled = report.ruling(judgements=table, found=found, weighted=controls.weighted)
    return np.where(ruled.active >= controls.min_active, ruled.sign, 0)


def _acts(audit: Audit, said: _Said) -> list[courses.Acts]:
    places = {pk: place for place, pk in enumerate(said.ballots.comparisons)}
    raters = {int(row.id): place for place, row in enumerate(said.ballots.raters) if row.human}
    rows = audits.live(audit=audit).filter(
        principle__isnull=True, source__isnull=True, annotator__kind=Annotator.Kind.PERSON
    )
    times: dict[int, list[tuple[float, int, bool]]] = {}
    for annotator, comparison, at, order in rows.order_by("id").values_list(
        "annotator_id", "comparison_id", "at", "order"
    ):
        place = places.get(str(comparison))
        if annotator in raters and place is not None:
            times.setdefault(annotator, []).append((at.timestamp(), place, order == "ab"))
    return [_act(said, raters[annotator], found) for annotator, found in sorted(times.items())]


def _act(said: _Said, rater: int, found: list[tuple[float, int, bool]]) -> courses.Acts:
    ballots, order = said.ballots, [place for _, place, _ in found]
    mine = ballots.overall[rater, order]
    decides = np.abs(mine) > 0
    a_left = np.array([left for _, _, left in found], dtype=bool)
    humans = np.array([row.human for row in ballots.raters], dtype=bool)
    humans[rater] = False
    others = report.pool(ratings=ballots.overall[humans][:, order])
    own = categories.categorise(preferences=_own(ballots, ballots.raters[rater].id, order))
    sign = said.sign[order]
    tracks = {
        "agrees": np.where(decides & (np.abs(others) > 0), mine == others, np.nan),
        "against": np.where(decides & (sign != 0), mine != sign, np.nan),
        # What was skipped, or could not be told, is judged as well and not decided.
        "decided": decides.astype(float),
        "first": np.where(decides, (mine > 0) == a_left, np.nan),
        "consistent": np.where(own.consensus & decides, mine == own.sign, np.nan),
    }
    return courses.Acts(rater=ballots.raters[rater], at=np.array([at for at, _, _ in found]), said=tracks)


def _own(said: Ballots, rater: str, order: list[int]) -> preferences.Floats:
    """Return what the same person said by principle of these comparisons; NaN where nothing."""
    for place, row in enumerate(said.voters):
        if row.id == rater:
            votes = said.votes[place][:, order]
            return np.where(votes == ABSENT, np.nan, votes.astype(float))
    return np.full((len(said.principles), len(order)), np.nan)
