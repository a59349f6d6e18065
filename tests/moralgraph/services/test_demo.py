"""The demo looks like a real study and is marked as what it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.moralgraph import selectors
from apps.moralgraph.domain import demo_cards, linter
from apps.moralgraph.domain.demo_twins import TWINS, Twin
from apps.moralgraph.models import Card, Story, Transition, Value, Vote
from apps.moralgraph.services import demo, transitions
from apps.moralgraph.services.merging import deciding
from apps.shared.models import Role, Study
from apps.shared.signals import demo_loading
from tests.factories.shared import StudyFactory, member


@pytest.fixture
def advice(db: None) -> Study:
    study: Study = StudyFactory(slug="asking-for-advice", is_demo=True, include_simulated=True)
    demo.load(study=study)
    return study


def test_it_has_fifteen_values_three_contexts_and_sixty_people(advice: Study) -> None:
    assert len(selectors.values(study=advice)) == 15
    assert len(selectors.contexts(study=advice)) == 3
    view = selectors.graph(study=advice)
    assert view.participants == 60
    assert view.votes > 400
    assert Card.objects.values("participant_id").distinct().count() == 60


def test_everything_that_stands_for_a_person_is_marked_simulated(advice: Study) -> None:
    for table in (Value, Card, Vote):
        assert not table.objects.filter(simulated=False).exists()

    advice.include_simulated = False
    assert selectors.graph(study=advice).nodes == ()


def test_some_of_it_is_clear_and_some_is_contested(advice: Study) -> None:
    supports = set()
    winners = set()
    for context in selectors.contexts(study=advice):
        winner = selectors.graph(study=advice, context=context.pk).winner
        assert winner is not None
        supports.add(winner.support)
        winners.add(winner.title)

    assert {"clear", "contested"} <= supports
    assert len(winners) >= 2


def test_the_simulated_order_is_found_again(advice: Study) -> None:
    top, *_, last = [node.title for node in selectors.graph(study=advice).nodes]

    assert top in {"Unhurried Listening", "Their Own Compass"}
    assert last in {"Evidence First", "The Practical Next Thing"}


@pytest.mark.parametrize("item", demo_cards.VALUES, ids=lambda item: item.card.title)
def test_every_card_follows_the_rules_for_wording(item: demo_cards.DemoValue) -> None:
    assert linter.lint(card=item.card) == []
    assert 3 <= len(item.card.policies) <= 7


@pytest.mark.parametrize("item", TWINS.values(), ids=lambda item: item.card.title)
def test_every_twin_follows_the_rules_for_wording(item: Twin) -> None:
    assert linter.lint(card=item.card) == []


def test_a_twin_stands_for_itself_with_votes_until_it_is_put_together_with_its_like(advice: Study) -> None:
    robin = member(study=advice, role=Role.RESEARCHER)
    titles = {value.title: value.id for value in selectors.values(study=advice)}
    assert set(titles) >= {*TWINS, *(twin.card.title for twin in TWINS.values())}
    like, twin = titles["Plain Truth"], titles["Saying What Is So"]
    before = selectors.graph(study=advice)
    assert {node.id: node.n for node in before.nodes}[twin] >= 18

    deciding.decide(
        study=advice, actor=robin, low=like, high=twin, decision="merged", keep=like,
        answers=dict.fromkeys("12345", "yes"),
    )  # fmt: skip

    after = selectors.graph(study=advice)
    assert (len(after.nodes), after.left_out.same_value) == (14, 2)
    assert after.votes + after.left_out.same_value + after.left_out.answered_again <= before.votes + 2


def test_no_two_values_share_a_title_or_a_line() -> None:
    titles = [title for item in demo_cards.VALUES for title in (item.card.title, *item.other_titles)]
    lines = [policy.text for item in demo_cards.VALUES for policy in item.card.policies]

    assert len(set(titles)) == len(titles) == 36
    assert len(set(lines)) == len(lines)


def test_every_step_has_a_neutral_story_in_every_context(advice: Study) -> None:
    assert Story.objects.count() == 3 * Transition.objects.count()
    assert not Vote.objects.filter(story__isnull=True).exists()


def test_a_new_person_is_offered_three_stories(advice: Study) -> None:
    own = selectors.values(study=advice)[3].id

    offers = transitions.draw(study=advice, participant_id=Card.objects.first().participant_id, own_value=own)

    assert len(offers) == 3


def test_two_installations_show_the_same_demo(advice: Study) -> None:
    def votes(study: Study) -> list[tuple[str, str, str]]:
        rows = Vote.objects.filter(study=study).order_by("pk")
        return list(rows.values_list("transition__less_wise__title", "transition__wiser__title", "answer"))

    first = votes(advice)
    advice.slug = "moved"
    advice.save()
    again = StudyFactory(slug="asking-for-advice", include_simulated=True)
    demo.load(study=again)

    assert votes(again) == first


def test_loading_takes_few_queries_whatever_the_number_of_votes(db: None) -> None:
    study = StudyFactory(include_simulated=True)

    with CaptureQueriesContext(connection) as queries:
        demo_loading.send_robust(sender=Study, study=StudyFactory(slug="other"), staff={})
        queries_before = len(queries)
        demo.load(study=study)

    assert len(queries) - queries_before < 40
