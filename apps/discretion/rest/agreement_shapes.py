"""Agreement, courses and distances as they go over the wire."""

import dataclasses
from typing import Any

from apps.discretion.domain import agreement_tables, cells, courses, distances, report
from apps.discretion.domain.ballots import Choice
from apps.discretion.models import Audit
from apps.discretion.selectors import agreement, judgements


def shape_agreement(*, audit: Audit, choice: Choice) -> dict[str, Any]:
    """Return alpha and kappa in all their parts."""
    found = agreement.tables(audit=audit, choice=choice)
    return {
        "overall": dataclasses.asdict(found.overall),
        "principles": [dataclasses.asdict(row) for row in found.principles],
        "groups": [dataclasses.asdict(row) for row in found.groups],
        "annotators": [_beside(row) for row in found.annotators],
    }


def _beside(row: agreement_tables.Beside) -> dict[str, Any]:
    return {
        "rater": dataclasses.asdict(row.rater),
        "kappa": dataclasses.asdict(row.overall),
        "by_principle": [
            {"principle": name, "kappa": dataclasses.asdict(item)} for name, item in row.by_principle
        ],
        "without": None if row.without is None else dataclasses.asdict(row.without),
    }


def shape_courses(*, audit: Audit, choice: Choice) -> dict[str, Any]:
    """Return how everybody went along, with a figure and a sentence each."""
    found = agreement.followed(audit=audit, choice=choice)
    return {
        "courses": [
            dataclasses.asdict(row) | {"sentence": courses.sentence(found=row)} for row in found.courses
        ],
        "untimed": list(found.untimed),
        "figure": courses.figure(courses=found.courses),
    }


def shape_distance(*, audit: Audit, choice: Choice, names: tuple[str, str]) -> dict[str, Any]:
    """Return the principles that two annotators order the other way round."""
    table, _ = judgements.judgements(audit=audit, choice=choice)
    known = {row.id: row.name for row in table.raters} | {report.PEOPLE: "People together"}
    first, second = ((name if name in known else report.PEOPLE) for name in names)
    found = distances.reversals(
        judgements=table,
        choice=cells.choice_of(judgements=table, annotator=first),
        other=cells.choice_of(judgements=table, annotator=second),
    )
    size = len(table.principles)
    return {
        "annotator": {"id": first, "name": known[first]},
        "other": {"id": second, "name": known[second]},
        "pairs_of_principles": size * (size - 1) // 2,
        "reversals": [dataclasses.asdict(row) for row in found],
    }
