"""What training is told of each comparison of an audit, by whom, and by which rule."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection
from typing import Any, Literal
from uuid import UUID

import numpy as np

from apps.discretion.domain import halves, targets
from apps.discretion.domain.ballots import Choice
from apps.discretion.domain.report import Judgements
from apps.discretion.models import Audit, Comparison, Principle
from apps.discretion.selectors import audits as audit_selectors
from apps.discretion.selectors import circles, judgements
from apps.models.domain import naming
from apps.moralgraph import selectors as graph
from apps.shared import selectors as shared
from apps.shared.errors import Conflict, Invalid

Target = Literal["verdicts", "graph", "principle"]
TARGETS = ("verdicts", "graph", "principle")
SPLITS = ("prompts", "people")


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a data set is asked to hold.

    ``target``: people's verdicts, the moral graph's through the principles, or one principle's alone.
    ``imported``: votes that came with a file count as agreed to training. ``by`` and ``group`` name the
    people who alone are heard: for the graph those who told the same of themselves, else annotators.
    """

    target: str
    snapshot: int | None = None
    temperature: float = targets.TEMPERATURE
    principle: int | None = None
    imported: bool = False
    by: str = ""
    group: str = ""


@dataclasses.dataclass(frozen=True)
class Heard:
    """Who is heard: annotators by number, and participants whose votes make the graph.

    ``voters`` are the snapshot's votes, read once for all that is made of them; ``votes_without_consent``
    counts those of people who may not be heard. ``named`` says in words which group they are, "" for all.
    """

    annotators: tuple[int, ...] = ()
    voters: graph.Voters | None = None
    votes_without_consent: int = 0
    named: str = ""

    @property
    def people(self) -> frozenset[UUID]:
        """Return whose votes make the graph."""
        return self.voters.agreed if self.voters else frozenset()

    def among(self, people: frozenset[UUID]) -> "Heard":
        """Return the same with these people's votes alone."""
        return dataclasses.replace(self, voters=self.voters and self.voters.among(people))

    def only(self, annotators: Collection[int]) -> "Heard":
        """Return the same with these annotators alone."""
        return dataclasses.replace(self, annotators=tuple(sorted(annotators)))


@dataclasses.dataclass(frozen=True)
class Plan:
    """Targets for an audit's comparisons, the rule that made them, and who is behind them.

    ``consents`` counts, by context, the people who agreed and whose votes make its graph.
    """

    table: Judgements
    found: targets.Targets
    rule: dict[str, Any]
    snapshot: int | None = None
    heard: Heard = dataclasses.field(default_factory=Heard)
    consents: dict[int | None, int] = dataclasses.field(default_factory=dict)


def whoever(*, audit: Audit, asked: Asked) -> Heard:
    """Return everybody who may be heard. Raises Invalid, and Conflict where nobody may."""
    if asked.target not in TARGETS:
        raise Invalid("There is no such target.", fields={"target": [f"One of: {', '.join(TARGETS)}."]})
    if asked.target == "graph":
        return _voters(audit, asked)
    said = judgements.ballots(audit=audit)
    rows = [row for row in said.raters if row.human] if asked.target == "verdicts" else said.voters
    judges = tuple(int(row.id) for row in rows)
    if not asked.by:
        return Heard(judges)
    circle = _circle(audit, asked)
    heard = tuple(pk for pk in judges if str(pk) in circle.ids)
    if not heard:
        raise Conflict(f"Nobody of the group “{circle.label}” judged what this target is made of.")
    return Heard(heard, named=circle.label)


def _circle(audit: Audit, asked: Asked) -> circles.Circle:
    """Return the annotators who alone are heard. Raises Invalid."""
    kinds = circles.kinds(audit=audit, said=judgements.ballots(audit=audit))
    groups = (circle for kind in kinds if kind.by == asked.by for circle in kind.groups)
    found = next((circle for circle in groups if circle.name == asked.group), None)
    if found is None:
        raise Invalid("There is no such group of annotators.", fields={"group": ["Name one of the audit's."]})
    return found


def _voters(audit: Audit, asked: Asked) -> Heard:
    whose = graph.People(by=asked.by, group=asked.group)
    voters = graph.voters(
        study=audit.study,
        snapshot_id=_snapshot(audit, asked),
        people=shared.people_who_let_train(study=audit.study),
        imported=asked.imported,
        whose=whose,
    )
    judges = tuple(int(row.id) for row in judgements.ballots(audit=audit).voters)
    named = graph.worded(study=audit.study, people=whose) if asked.by else ""
    return Heard(judges, voters, voters.others, named)


def part(*, everybody: Heard, asked: Asked, held_out: float, seed: int) -> tuple[Heard, Heard]:
    """Return who is trained on and who is held out: participants for the graph, else annotators.

    Raises Conflict where there are fewer than two, and Invalid where half a group could be named.
    """
    try:
        if asked.target == "graph":
            people = halves.deal(everybody.people, held_out=held_out, seed=seed)
            if everybody.named and min(len(people.train), len(people.held_out)) < graph.FEWEST_PEOPLE:
                raise graph.too_few()
            return everybody.among(people.train), everybody.among(people.held_out)
        dealt = halves.deal(everybody.annotators, held_out=held_out, seed=seed)
    except halves.TooFew as error:
        raise Conflict("Split by people, a data set needs at least two people who judged.") from error
    return everybody.only(dealt.train), everybody.only(dealt.held_out)


def plan(*, audit: Audit, asked: Asked, heard: Heard) -> Plan:
    """Return the targets that the people who are heard make. Raises Invalid and Conflict."""
    by = {"verdicts": _from_verdicts, "graph": _from_graph, "principle": _from_principle}
    found = by[asked.target](audit, asked, heard)
    if not heard.named:
        return found
    group = {"group": heard.named, "by": asked.by, "answer": asked.group}
    return dataclasses.replace(found, rule={**found.rule, **group})


def _from_verdicts(audit: Audit, asked: Asked, heard: Heard) -> Plan:
    table, _ = judgements.judgements(audit=audit, choice=Choice(annotators=heard.annotators))
    people = [place for place, rater in enumerate(table.raters) if rater.human] if heard.annotators else []
    rule = {
        "target": "verdicts",
        "audit": audit.pk,
        "annotators": [table.raters[place].name for place in people],
        "says": "p is the share of people's decided verdicts for response A; ties are left out.",
    }
    return Plan(table, targets.from_verdicts(ratings=table.overall[people]), rule, heard=heard)


def _from_principle(audit: Audit, asked: Asked, heard: Heard) -> Plan:
    """Return one principle's preferences as targets: p = (1 + Pref) / 2."""
    listed = audit_selectors.principles(audit=audit)
    principle = next((row for row in listed if row.pk == asked.principle), None)
    if principle is None:
        raise Invalid("There is no such principle in this audit.", fields={"principle": ["Name one of it."]})
    choice = Choice(annotators=heard.annotators, principles=(principle.pk,))
    table, voters = judgements.judgements(audit=audit, choice=choice)
    rule = {
        "target": "principle",
        "audit": audit.pk,
        "principle": principle.pk,
        "principles": [naming.principle(principle.pk)],
        "annotators": list(voters),
        "says": "p is (1 + the mean of the votes by this principle) / 2; ties are left out.",
    }
    return Plan(table, targets.from_principle(preferences=table.by_principle[0]), rule, heard=heard)


def _from_graph(audit: Audit, asked: Asked, heard: Heard) -> Plan:
    if heard.voters is None:
        raise ValueError("Nobody's votes make the graph: ask who may be heard first.")
    principles, voting = _of_the_graph(audit), heard.voters
    choice = Choice(annotators=heard.annotators, principles=tuple(row.pk for row in principles))
    table, voters = judgements.judgements(audit=audit, choice=choice)
    p = np.full(len(table.comparisons), np.nan)
    left_out: dict[str, int] = defaultdict(int)
    used: set[int] = set()
    consents: dict[int | None, int] = {}
    for context, places in _by_context(audit).items():
        values, draws = voting.draws(context=context)
        if not len(draws):
            left_out[_nobody(voting)] += len(places)
            continue
        consents[context] = voting.people_in(context=context)
        kept = [place for place, row in enumerate(principles) if row.value_id in values]
        used.update(kept)
        found = targets.from_graph(
            preferences=table.by_principle[np.ix_(kept, places)],
            draws=np.asarray(draws)[:, [values.index(principles[place].value_id or 0) for place in kept]],
            temperature=asked.temperature,
        )
        p[places] = found.p
        for reason, count in found.left_out.items():
            left_out[reason] += count
    rule = {
        "target": "graph",
        "audit": audit.pk,
        "snapshot": voting.snapshot,
        "temperature": asked.temperature,
        "principles": [naming.principle(principles[place].pk) for place in sorted(used)],
        "annotators": list(voters),
        "says": "p is the mean over draws of the graph of sigmoid(sum of weight x preference / temperature).",
        "people": len(voting.agreed),
        "votes": voting.votes,
        "votes without consent": heard.votes_without_consent,
        "imported votes": "taken as agreed" if asked.imported else "left out",
    }
    found = targets.Targets(p, dict(left_out))
    return Plan(table, found, rule, voting.snapshot, heard, consents)


def _nobody(voting: graph.Voters) -> str:
    if voting.fewest == 1:
        return "nobody who agreed to training voted in its context"
    return f"fewer than {voting.fewest} of the group who agreed to training voted in its context"


def _of_the_graph(audit: Audit) -> list[Principle]:
    found = [row for row in audit_selectors.principles(audit=audit) if row.value_id is not None]
    if not found:
        raise Conflict(
            "No principle of this audit comes from the moral graph. Take some over from a snapshot first."
        )
    return found


def _snapshot(audit: Audit, asked: Asked) -> int:
    return asked.snapshot or max(row.snapshot_id or 0 for row in _of_the_graph(audit))


def _by_context(audit: Audit) -> dict[int | None, list[int]]:
    """Return the places of the comparisons in each context; None pools those without one."""
    rows = Comparison.objects.filter(audit=audit).order_by("place").values_list("context_id", flat=True)
    places: dict[int | None, list[int]] = defaultdict(list)
    for place, context in enumerate(rows):
        places[context].append(place)
    return places
