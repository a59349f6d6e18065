"""Measures as they go over the wire; infinite and unknown numbers become null with a note."""

import dataclasses
import math
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.discretion.domain import figures, findings, oracles, report
from apps.discretion.domain.ballots import Choice
from apps.discretion.domain.report import Controls
from apps.discretion.models import Audit
from apps.discretion.rest.agreement_shapes import shape_agreement, shape_courses
from apps.discretion.selectors import agreement, judgements
from apps.discretion.selectors import audits as selectors
from apps.shared import selectors as shared
from apps.shared.services import streams

RULE = "khalaf-2025"
"""Name of the rule that the measures follow, as every export says."""


def _seq(audit: Audit) -> int:
    return shared.last_seq(stream=streams.stream_of(study=audit.study, path=f"audit/{audit.pk}"))


def shape_overview(*, audit: Audit) -> dict[str, Any]:
    """Return an audit as its page begins; the event number is read before the rows."""
    seq = _seq(audit)
    found = selectors.overview(audit=audit)
    alpha = agreement.tables(audit=audit, choice=Choice()).overall.nominal
    annotators = [
        {
            "id": row.pk,
            "name": row.name,
            "kind": row.kind,
            "simulated": row.simulated,
            "checkpoint": row.checkpoint_id or None,
            "coverage": coverage,
        }
        for row, coverage in found.annotators
    ]
    return {
        "id": audit.pk,
        "title": audit.title,
        "created_at": audit.created_at,
        "counts": found.counts,
        "annotators": annotators,
        "alpha_nominal": alpha,
        "imports": found.imports,
        "principles": found.principles,
        "retired": found.retired,
        "withdrawn": audit.withdrawn,
        "seq": seq,
    }


def shape_measures(*, audit: Audit, choice: Choice, controls: Controls) -> dict[str, Any]:
    """Return the measures with their figures and sentences, and what made them of what."""
    seq = _seq(audit)
    found = judgements.measures(audit=audit, choice=choice, controls=controls)
    return measured(found=found.measures, table=found.judgements, voters=found.voters) | {
        "rule": RULE,
        "version": settings.SOFTWARE_VERSION,
        "data_hash": found.data_hash,
        "groups": judgements.groups(audit=audit),
        "basis": _basis(audit, found),
        "weights": {
            "available": judgements.weighable(audit=audit),
            "settled": found.measures.weighted,
            "withdrawn": judgements.withdrawn_votes(audit=audit) if controls.weighted else 0,
        },
        "withdrawn": audit.withdrawn,
        "seq": seq,
    }


def _basis(audit: Audit, found: judgements.Found) -> dict[str, Any]:
    """Return whose votes stand for the principles; an algorithm among them stands there audited."""
    offered = judgements.ballots(audit=audit).voters
    leaning = [row for row in agreement.oracle_checks(audit=audit) if row.rater.name in found.voters]
    return {
        "voters": list(found.voters),
        "offered": [{"id": row.id, "name": row.name, "kind": row.kind} for row in offered],
        "oracles": [_oracle(row) for row in leaning],
        "sentence": " ".join(row.sentence for row in leaning),
        "brief": " ".join(row.brief for row in leaning),
    }


def _oracle(row: oracles.Check) -> dict[str, Any]:
    return {
        "id": row.rater.id,
        "name": row.rater.name,
        "sampled": row.sampled,
        "votes": row.votes,
        "kappa": dataclasses.asdict(row.kappa),
        "by_principle": [
            {"principle": name, "kappa": dataclasses.asdict(item)} for name, item in row.by_principle
        ],
        "position": dataclasses.asdict(row.position),
        "sentence": row.sentence,
        "brief": row.brief,
    }


def shape_leave_one_out(*, audit: Audit, choice: Choice, controls: Controls) -> dict[str, Any]:
    """Return the figures without each principle."""
    found = judgements.left_out(audit=audit, choice=choice, controls=controls)
    return {
        "rows": [
            {
                "principle": row.principle,
                "annotators": [
                    {
                        "annotator": who.rater.id,
                        "da": dataclasses.asdict(who.arbitrariness),
                        "dd": dataclasses.asdict(who.discrepancy),
                    }
                    for who in row.annotators
                ],
            }
            | {name: dataclasses.asdict(moved) for name, moved in row.shares.items()}
            for row in found
        ]
    }


def shape_report(
    *, audit: Audit, shaped: dict[str, Any], choice: Choice, controls: Controls
) -> dict[str, Any]:
    """Return the measures with what they are of and what the reader chose."""
    chosen = dataclasses.asdict(choice) | dataclasses.asdict(controls)
    of = {"study": audit.study.title, "audit": audit.title, "written_at": timezone.now().isoformat()}
    courses = shape_courses(audit=audit, choice=choice, controls=controls)
    everybody = dataclasses.replace(controls, matrix=report.EVERYBODY)
    told = judgements.measures(audit=audit, choice=choice, controls=everybody).measures
    parts = {
        "agreement_parts": shape_agreement(audit=audit, choice=choice),
        "courses": {name: value for name, value in courses.items() if name != "figures"},
        "leave_one_out": shape_leave_one_out(audit=audit, choice=choice, controls=everybody)["rows"],
        "supremacy": _supremacy(told),
    }
    measured = {name: value for name, value in shaped.items() if name != "seq"}
    return of | {"controls": chosen} | measured | parts


def measured(*, found: report.Measures, table: report.Judgements, voters: tuple[str, ...]) -> dict[str, Any]:
    """Return measures as plain numbers, with figures and sentences."""
    titles = {item.id: item.title for item in table.principles}
    people = [_rater(found.people, found)] if any(rater.human for rater in table.raters) else []
    return {
        "comparisons": found.n,
        "judged_by_principle": found.judged,
        "principles": [{"id": item.id, "name": item.title} for item in table.principles],
        "agreement": {
            "alpha_nominal": dataclasses.asdict(found.alpha_nominal),
            "alpha_ordinal": dataclasses.asdict(found.alpha_ordinal),
            "unanimous": dataclasses.asdict(found.unanimous),
        },
        "categories": {name: dataclasses.asdict(rate) for name, rate in found.categories.items()},
        "annotators": [*people, *(_rater(row, found) for row in found.raters)],
        "nulls": [_rater(row, found) for row in found.nulls],
        "reference": {"id": found.reference.id, "name": found.reference.name},
        "between": _between(found, everybody=bool(people)),
        "supremacy": _supremacy(found),
        "finding": findings.finding(measures=found),
        "figures": figures.all_figures(measures=found, titles=titles),
        "sentences": findings.sentences(measures=found, titles=titles, voters=voters),
    }


def _supremacy(found: report.Measures) -> list[dict[str, Any]]:
    return [
        {"annotator": cell.rater, "principle": cell.principle, "over": cell.over, "sparse": cell.sparse}
        | dataclasses.asdict(cell.rate)
        for cell in found.supremacy
    ]


def _between(found: report.Measures, *, everybody: bool) -> dict[str, Any]:
    """Return DD of everybody to everybody; without people the first row is nobody's."""
    first = 0 if everybody else 1
    rows = found.everybody[first:]
    values = found.between[first:, first:]
    return {
        "annotators": [{"id": row.rater.id, "name": row.rater.name} for row in rows],
        "values": [[None if math.isnan(value) else float(value) for value in row] for row in values],
    }


def _rater(row: report.RaterMeasures, found: report.Measures) -> dict[str, Any]:
    return {
        "id": row.rater.id,
        "name": row.rater.name,
        "kind": row.rater.kind,
        "simulated": row.rater.simulated,
        "coverage": dataclasses.asdict(row.coverage),
        "da": dataclasses.asdict(row.arbitrariness),
        "dd": dataclasses.asdict(row.discrepancy),
        "priorities": [
            dataclasses.asdict(item)
            | {"principle": name, "weight": item.weight if math.isfinite(item.weight) else None}
            for name, item in zip(found.principle_ids, row.priorities, strict=True)
        ],
        "by_active": [dataclasses.asdict(item) for item in row.by_active],
        "confusion": dataclasses.asdict(row.confusion),
    }
