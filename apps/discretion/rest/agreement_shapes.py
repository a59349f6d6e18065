"""Agreement, courses and distances as they go over the wire."""

import dataclasses
from typing import Any

from apps.discretion.domain import agreement_tables, cells, course_figures, courses, distances, report
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
        "circles": [dataclasses.asdict(row) for row in found.circles],
        "annotators": [_beside(row) for row in found.annotators],
    }


def _beside(row: agreement_tables.Beside) -> dict[str, Any]:
    return {
        "rater": dataclasses.asdict(row.rater),
        "kappa": dataclasses.asdict(row.overall),
        "by_principle": [
            {"principle": name, "kappa": dataclasses.asdict(item)} for name, item in row.by_principle
        ],
        "by_group": [{"group": name, "kappa": dataclasses.asdict(item)} for name, item in row.by_group],
        "without": None if row.without is None else dataclasses.asdict(row.without),
    }


def shape_courses(*, audit: Audit, choice: Choice, controls: report.Controls) -> dict[str, Any]:
    """Return how everybody went along, with figures and a sentence each."""
    found = agreement.followed(audit=audit, choice=choice, controls=controls)
    return {
        "tracks": [
            {"name": name, "label": courses.label(name)} for name in (*courses.TRACKS, courses.SECONDS)
        ],
        "courses": [
            dataclasses.asdict(row)
            | {
                "sentence": courses.sentence(found=row),
                "tracks": [
                    {
                        "name": track.name,
                        "learning": _change(track.learning),
                        "fatigue": _change(track.fatigue),
                    }
                    for track in row.tracks
                ],
            }
            for row in found.courses
        ],
        "untimed": list(found.untimed),
        "figures": course_figures.all_figures(found=found.courses),
    }


def _change(change: courses.Change) -> dict[str, Any]:
    return dataclasses.asdict(change) | {"few": change.few, "clear": change.clear}


def shape_distance(*, audit: Audit, choice: Choice, names: tuple[str, str]) -> dict[str, Any]:
    """Return the principles that two annotators order the other way round."""
    table, _ = judgements.judgements(audit=audit, choice=choice)
    nulls = {row.id: row.name for row, _ in report.nulls(judgements=table)}
    known = {row.id: row.name for row in table.raters} | nulls | {report.PEOPLE: "People together"}
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
