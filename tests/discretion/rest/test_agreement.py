"""Agreement in its parts, courses through time, distances and oracles over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.discretion.models import Verdict
from apps.discretion.services import audits
from apps.moralgraph.services import graphs
from apps.shared.models import Study
from tests.discretion.rest.test_measures import World, of
from tests.factories import moralgraph as make
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(study: Study) -> World:
    """Robin judged beside Kim: overall otherwise once in four, by care otherwise once in two."""
    made = World(study)
    made.robin = AnnotatorFactory(audit=made.audit, name="Robin")
    for row, answer in zip(made.rows, "aaaa", strict=False):
        verdict(made.robin, row, answer)
    for row, answer in zip(made.rows, "ab", strict=False):
        verdict(made.robin, row, answer, made.care)
    return made


def test_agreement_comes_by_principle_and_annotator_and_says_why_it_is_not_known(
    researcher: APIClient, world: World
) -> None:
    found = researcher.get(f"{world.url}agreement/").json()

    assert found["overall"]["nominal"]["n_units"] == 4
    by_principle = {row["name"]: row["nominal"] for row in found["principles"]}
    assert by_principle[world.care.title]["n_units"] == 2
    assert (by_principle[world.frank.title]["value"], by_principle[world.frank.title]["note"]) == (
        None,
        "No pair was judged by two people.",
    )
    kim = next(row for row in found["annotators"] if row["rater"]["name"] == "Kim")
    assert (kim["kappa"]["n_units"], kim["without"]["value"]) == (4, None)
    assert {row["principle"]: row["kappa"]["n_units"] for row in kim["by_principle"]} == {
        str(world.care.pk): 2,
        str(world.frank.pk): 0,
    }
    judge = next(row for row in found["annotators"] if row["rater"]["name"] == "judge")
    assert judge["without"] is None


def test_disagreement_opens_its_comparisons(researcher: APIClient, world: World) -> None:
    def ids(search: str) -> list[str]:
        return [row["id"] for row in researcher.get(f"{world.url}comparisons/?{search}").json()["results"]]

    second = str(world.rows[1].pk)
    assert ids("split=true") == [second]
    assert ids(f"by={world.care.pk}&split=true") == [second]
    assert ids(f"annotator={world.kim.pk}&by={world.care.pk}") == [second]
    assert ids(f"annotator={world.judge.pk}&other={world.kim.pk}") == [
        str(world.rows[place].pk) for place in (0, 2, 3)
    ]


def test_the_distance_of_two_is_made_of_the_principles_that_they_reverse(
    researcher: APIClient, world: World
) -> None:
    found = researcher.get(f"{world.url}distance/?annotator={world.kim.pk}&other={world.judge.pk}").json()

    assert (found["annotator"]["name"], found["other"]["name"]) == ("Kim", "judge")
    assert found["pairs_of_principles"] == 1
    row = found["reversals"][0]
    assert (row["principle"], row["over"], row["apart"]) == (str(world.care.pk), str(world.frank.pk), 1)


def test_each_principle_left_out_says_what_it_carried(researcher: APIClient, world: World) -> None:
    measured = researcher.get(f"{world.url}measures/?voters={world.kim.pk}").json()
    found = researcher.get(f"{world.url}leave-one-out/?voters={world.kim.pk}&matrix={world.kim.pk}").json()

    without = {row["principle"]: row for row in found["rows"]}
    assert measured["categories"]["conflict"]["count"] == 1
    care = without[str(world.care.pk)]["conflict"]
    assert (care["value"], care["n"], care["by"]) == (0, 4, -0.25)
    assert care["by_low"] <= care["by"] <= care["by_high"]
    # Without “be frank” three pairs are a consensus for A; Kim goes against one of them.
    frank = without[str(world.frank.pk)]
    kim = next(row for row in frank["annotators"] if row["annotator"] == str(world.kim.pk))
    assert (frank["consensus"]["value"], kim["da"]["value"]) == (0.75, pytest.approx(1 / 3))
    assert (kim["da"]["n"], kim["da"]["by"]) == (3, pytest.approx(1 / 3 - 1 / 2))


def test_an_oracle_is_shown_audited_beside_what_rests_on_it(researcher: APIClient, study: Study) -> None:
    audit = AuditFactory(study=study)
    rows, care = comparisons(audit, 4), PrincipleFactory(audit=audit)
    oracle = AnnotatorFactory(audit=audit, name="oracle", kind="algorithm")
    kim = AnnotatorFactory(audit=audit, name="Kim")
    for row in rows:
        verdict(oracle, row, "a", care)
        verdict(kim, row, "a")
    url = f"/api/studies/{study.slug}/audits/{audit.pk}/measures/"

    alone = researcher.get(url).json()["basis"]
    verdict(kim, rows[0], "a", care)
    verdict(kim, rows[1], "b", care)
    audits.touch(audit=audit, what="verdicts")
    sampled = researcher.get(f"{url}?voters={oracle.pk}").json()
    people = researcher.get(url).json()

    assert alone["voters"] == ["oracle"]
    assert "No person judged by principle what it judged" in alone["sentence"]
    check = sampled["basis"]["oracles"][0]
    assert (check["sampled"], check["votes"], check["position"]["one_order"]) == (2, 4, True)
    assert sampled["judged_by_principle"] == 4
    assert (people["basis"]["voters"], people["basis"]["sentence"]) == (["Kim"], "")
    assert people["judged_by_principle"] == 2


def test_the_graphs_weights_settle_clashes_when_they_are_on(researcher: APIClient, study: Study) -> None:
    wiser, other = (make.ValueFactory(study=study, title=title) for title in ("Wiser", "Other"))
    context = make.ContextFactory(study=study)
    for _ in range(4):
        make.vote(other, wiser, context)
    snapshot = graphs.take_snapshot(study=study)
    audit = AuditFactory(study=study)
    url = f"/api/studies/{study.slug}/audits/{audit.pk}/"
    answer = researcher.post(
        f"{url}principles/", {"snapshot": snapshot.pk, "values": [wiser.pk, other.pk]}, format="json"
    )
    first, second = audit.principles.order_by("position")
    kim = AnnotatorFactory(audit=audit, name="Kim")
    for row in comparisons(audit, 2):
        verdict(kim, row, "a", first)
        verdict(kim, row, "b", second)
        verdict(kim, row, "b")

    off = researcher.get(f"{url}measures/").json()
    on = researcher.get(f"{url}measures/?weights=true").json()

    assert answer.status_code == 201
    assert (of(off, "Kim")["da"]["n"], off["weights"]) == (
        0,
        {"available": True, "settled": None, "withdrawn": 0},
    )
    assert on["weights"]["settled"] == 2
    assert (of(on, "Kim")["da"]["value"], of(on, "Kim")["da"]["n"]) == (1.0, 2)
    assert on["categories"] == off["categories"]
    listed = researcher.get(f"{url}comparisons/?weights=true&annotator={kim.pk}&against=true").json()
    assert listed["count"] == 2


def test_weights_without_a_graph_are_refused_in_a_sentence(researcher: APIClient, world: World) -> None:
    answer = researcher.get(f"{world.url}measures/?weights=true")

    assert answer.status_code == 409
    assert "No principle of this audit comes from the moral graph" in answer.json()["error"]["message"]


def test_a_course_follows_those_who_judged_here(researcher: APIClient, world: World) -> None:
    kim = world.kim
    kim.kind = "person"
    kim.save()
    begin = timezone.now()
    for place, row in enumerate(Verdict.objects.filter(annotator=kim, principle=None).order_by("id")):
        Verdict.objects.filter(pk=row.pk).update(at=begin + timedelta(seconds=20 * place))
    audits.touch(audit=world.audit, what="verdicts")

    found = researcher.get(f"{world.url}courses/").json()

    assert [row["rater"]["name"] for row in found["courses"]] == ["Kim"]
    course = found["courses"][0]
    assert (course["judged"], course["sessions"]) == (4, 1)
    part = course["stretches"][0]
    assert (part["seconds"]["value"], part["seconds"]["n"]) == (20, 3)
    # Beside Robin, who always says A: three of four; by the own principles, and by both
    # people's: one consensus of two followed.
    # A stood left each time, and Kim said A three times; nothing was left open.
    shares = {name: (rate["value"], rate["n"]) for name, rate in part["shares"].items()}
    assert shares == {
        "agrees": (0.75, 4),
        "against": (0.5, 2),
        "decided": (1.0, 4),
        "first": (0.75, 4),
        "consistent": (0.5, 2),
    }
    drift = next(row for row in course["tracks"] if row["name"] == "agrees")["learning"]
    assert (drift["few"], drift["clear"], drift["early_n"], drift["late_n"]) == (True, False, 2, 1)
    figure = found["figures"]["agrees.learning"]["layout"]
    assert figure["meta"]["summary"] == "For 1 of 1 there are too few items to say."
    assert found["untimed"] == ["Robin"]


def test_a_new_wording_takes_the_old_ones_place_and_both_are_kept(
    researcher: APIClient, world: World
) -> None:
    words = {"title": "Care in time", "statement": "Prefer what helps today."}

    answer = researcher.patch(f"{world.url}principles/{world.care.pk}/", words, format="json")
    empty = researcher.patch(
        f"{world.url}principles/{world.frank.pk}/", {**words, "title": " "}, format="json"
    )
    opened = researcher.get(world.url).json()

    assert (answer.json()["version"], answer.json()["replaces"]) == (2, world.care.pk)
    assert empty.status_code == 400
    assert [row["title"] for row in opened["principles"]] == ["Care in time", world.frank.title]
    assert [(row["id"], row["version"]) for row in opened["retired"]] == [(world.care.pk, 1)]
    assert Verdict.objects.filter(principle=world.care).count() == 6
