"""The demo's audit looks like a real one and says that its readers are not."""

from typing import Any

import pytest

from apps.discretion.domain.demo import readers
from apps.discretion.domain.report import Controls
from apps.discretion.models import Annotator, Audit, Comparison
from apps.discretion.selectors import batches, desk, disputes, guidance, quality
from apps.discretion.selectors.judgements import Choice, measures
from apps.discretion.services import demo
from apps.moralgraph.domain.demo_cards import VALUES
from apps.moralgraph.services import demo as graph_demo
from apps.shared.management.commands.prepare import DEMO_SLUG
from apps.shared.models import Role, Study
from tests.factories.shared import StudyFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(db: None) -> Study:
    return StudyFactory(slug=DEMO_SLUG, include_simulated=True)


@pytest.fixture
def audit(study: Study) -> Audit:
    graph_demo.load(study=study)
    demo.load(study=study, staff={})
    return Audit.objects.get(study=study)


def test_every_category_and_some_disagreement_is_there_to_see(audit: Audit) -> None:
    found = measures(audit=audit, choice=Choice(), controls=Controls()).measures

    assert found.n == 24
    assert all(rate.count > 0 for rate in found.categories.values())
    assert sorted(row.rater.kind for row in found.raters) == [*["imported_person"] * 3, "null", "null"]
    people = [row for row in found.raters if row.rater.human]
    assert all(0.7 < (row.coverage.value or 0) < 1 for row in people)
    assert any(row.arbitrariness.value for row in found.raters)
    assert (found.people.arbitrariness.value or 0) < 0.5
    assert 0.1 < (found.alpha_nominal.value or 0) < 0.9


def test_its_readers_are_marked_and_count_only_where_a_study_asks_for_them(audit: Audit) -> None:
    readers = Annotator.objects.filter(audit=audit).exclude(kind=Annotator.Kind.NULL)
    assert set(readers.values_list("simulated", flat=True)) == {True}
    audit.study.include_simulated = False

    found = measures(audit=audit, choice=Choice(), controls=Controls()).measures

    assert {row.rater.kind for row in found.raters} == {"null"}
    assert found.judged == 0


def test_every_comparison_has_a_context_and_answers_that_differ_in_what_they_attend_to(audit: Audit) -> None:
    assert not Comparison.objects.filter(audit=audit, context_id=None).exists()
    for pair in readers.PAIRS:
        assert pair.first.attends_to != pair.second.attends_to
        assert len(pair.first.text) < 200 > len(pair.second.text)


def test_the_pairs_speak_of_the_values_of_the_graph() -> None:
    titles = {value.card.title for value in VALUES}
    named = {name for pair in readers.PAIRS for name in pair.first.attends_to | pair.second.attends_to}

    assert named == titles


def test_the_demo_is_the_same_every_time(audit: Audit, study: Study) -> None:
    def said(of: Any) -> list[Any]:
        rows = of.annotators.values_list("name", "verdicts__answer", "verdicts__comparison__external_id")
        return sorted(map(str, rows))

    first = said(audit)
    demo.load(study=study)

    assert said(Audit.objects.exclude(pk=audit.pk).get()) == first


def test_its_annotation_shows_batches_a_guideline_decisions_and_work_that_waits(study: Study) -> None:
    graph_demo.load(study=study)
    staff = {role: member(study=study, role=role) for role in (Role.ANNOTATOR, Role.RESEARCHER)}
    demo.load(study=study, staff=staff)
    audit = Audit.objects.get(study=study)

    read, training, waiting = reversed(batches.fills(audit=audit))
    assert read.full == read.pairs == 24
    assert all(place.member.annotator.simulated for place in read.people)
    assert [(place.total, place.locked) for place in training.people] == [(3, False)]
    assert [place.locked for place in waiting.people] == [True]
    everybody, *people = quality.quality(audit=audit)
    assert (everybody.judged, everybody.consistent.n, len(people)) == (66, 6, 3)
    assert [row.guideline.number for row in guidance.guidelines(audit=audit)] == [2, 1]
    decided = disputes.queue(audit=audit, user=staff[Role.RESEARCHER], decided=True)
    assert {row.decision.cause for row in decided if row.decision} == {"guideline_gap", "both_defensible"}
    assert len(disputes.queue(audit=audit, user=staff[Role.RESEARCHER])) > 3
    item = desk.next_item(audit=audit, user=staff[Role.ANNOTATOR])
    assert item.batch is not None
    assert (item.batch.kind, item.guideline) == ("training", 2)
