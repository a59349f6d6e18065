"""Measures and comparisons over REST, under the reader's controls."""

import csv
import html
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.discretion.models import Audit, Comparison
from apps.discretion.services import audits
from apps.shared.models import Study
from tests.factories.discretion import AnnotatorFactory, AuditFactory, PrincipleFactory, comparisons, verdict

pytestmark = pytest.mark.django_db


class World:
    """Four pairs: consensus for A twice, conflict, indifference; Kim judged by principle, a judge did not."""

    def __init__(self, study: Study) -> None:
        self.audit: Audit = AuditFactory(study=study)
        self.rows: list[Comparison] = comparisons(self.audit, 5)
        self.kim = AnnotatorFactory(audit=self.audit, name="Kim")
        self.judge = AnnotatorFactory(audit=self.audit, name="judge", kind="algorithm")
        self.care, self.frank = PrincipleFactory.create_batch(2, audit=self.audit)
        votes = [("a", "tie"), ("a", "a"), ("a", "b"), ("not_applicable", "tie")]
        for row, (care, frank) in zip(self.rows, votes, strict=False):
            verdict(self.kim, row, care, self.care)
            verdict(self.kim, row, frank, self.frank)
        for row, mine, its in zip(self.rows, "abaa", "bbbb", strict=False):
            verdict(self.kim, row, mine)
            verdict(self.judge, row, its)
        self.url = f"/api/studies/{study.slug}/audits/{self.audit.pk}/"


@pytest.fixture
def world(study: Study) -> World:
    return World(study)


def of(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(row for row in found["annotators"] if row["name"] == name)


@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 40, "-1", "\u00b2", "\u0663"])
def test_a_number_of_any_length_is_no_principle_and_no_fault(
    researcher: APIClient, world: World, number: str
) -> None:
    for place, name in (
        ("measures", "principles"), ("measures", "annotators"), ("measures", "reference"),
        ("measures", "matrix"), ("comparisons", "principles"), ("comparisons", "annotator"),
        ("comparisons", "principle"),
    ):  # fmt: skip
        answer = researcher.get(f"{world.url}{place}/", {name: number})
        assert answer.status_code in (200, 400), (place, name)


def test_measures_worked_by_hand(researcher: APIClient, world: World) -> None:
    found = researcher.get(f"{world.url}measures/").json()

    assert (found["comparisons"], found["judged_by_principle"]) == (5, 4)
    counts = {name: (rate["count"], rate["n"]) for name, rate in found["categories"].items()}
    assert counts == {"consensus": (2, 4), "conflict": (1, 4), "indifference": (1, 4)}
    assert (of(found, "Kim")["da"]["value"], of(found, "Kim")["da"]["n"]) == (0.5, 2)
    assert (of(found, "judge")["da"]["value"], of(found, "judge")["da"]["n"]) == (1.0, 2)
    assert (of(found, "judge")["coverage"]["value"], of(found, "judge")["coverage"]["n"]) == (0.8, 5)
    assert of(found, "judge")["dd"]["value"] == 1.0
    assert of(found, "People together")["kind"] == "people"
    assert found["reference"] == {"id": "people", "name": "People together"}


def test_infinite_weights_are_null_with_a_note(researcher: APIClient, world: World) -> None:
    answer = researcher.get(f"{world.url}measures/")

    json.loads(answer.content, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    weights = of(answer.json(), "Kim")["priorities"]
    said = ("principle", "weight", "games", "note", "rank")
    assert [tuple(row[name] for name in said) for row in weights] == [
        (str(world.care.pk), None, 1, "always wins", 1),
        (str(world.frank.pk), None, 1, "always loses", 2),
    ]
    assert all(1 <= row["rank_low"] <= row["rank"] <= row["rank_high"] <= 2 for row in weights)


def test_a_minimum_of_active_principles_changes_the_n(researcher: APIClient, world: World) -> None:
    found = researcher.get(f"{world.url}measures/?min_active=2").json()

    assert (of(found, "Kim")["da"]["value"], of(found, "Kim")["da"]["n"]) == (1.0, 1)


def test_a_subset_of_principles_changes_the_categories(researcher: APIClient, world: World) -> None:
    found = researcher.get(f"{world.url}measures/?principles={world.care.pk}").json()

    assert {name: rate["count"] for name, rate in found["categories"].items()} == {
        "consensus": 3,
        "conflict": 0,
        "indifference": 1,
    }


def test_chosen_annotators_alone_are_shown_while_people_still_speak_for_the_principles(
    researcher: APIClient, world: World
) -> None:
    found = researcher.get(f"{world.url}measures/?annotators={world.judge.pk}").json()

    assert [row["name"] for row in found["annotators"]] == ["judge"]
    assert found["judged_by_principle"] == 4
    assert "The principles were judged by Kim." in found["sentences"]


def test_another_reference_can_be_named(researcher: APIClient, world: World) -> None:
    found = researcher.get(f"{world.url}measures/?reference={world.judge.pk}").json()

    assert found["reference"]["name"] == "judge"
    assert of(found, "judge")["dd"]["value"] == 0


@pytest.mark.parametrize("query", ["min_active=0", "principles=a,b", "annotators=1;2", "min_active=many"])
def test_controls_that_make_no_sense_are_refused(researcher: APIClient, world: World, query: str) -> None:
    assert researcher.get(f"{world.url}measures/?{query}").status_code == 400


def test_each_figure_has_a_finding_and_a_sentence(researcher: APIClient, world: World) -> None:
    figures = researcher.get(f"{world.url}measures/").json()["figures"]

    assert set(figures) == {"categories", "arbitrariness", "priorities", "by_active"}
    for figure in figures.values():
        assert figure["layout"]["title"]["text"]
        assert figure["layout"]["meta"]["summary"].endswith(".")
        assert figure["data"]


def test_comparisons_are_listed_by_category(researcher: APIClient, world: World) -> None:
    found = researcher.get(f"{world.url}comparisons/?category=conflict").json()
    rest = researcher.get(f"{world.url}comparisons/?category=not_judged").json()

    assert [(row["id"], row["category"]) for row in found["results"]] == [(str(world.rows[2].pk), "conflict")]
    assert [(row["id"], row["category"]) for row in rest["results"]] == [(str(world.rows[4].pk), None)]


def test_comparisons_come_in_pages_and_by_annotator(
    researcher: APIClient, world: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        page = researcher.get(f"{world.url}comparisons/?annotator={world.judge.pk}&page_size=3").json()

    assert page["count"] == 4
    assert len(page["results"]) == 3
    assert page["next"]


def test_measures_are_computed_once_until_something_changes(
    researcher: APIClient, world: World, django_assert_max_num_queries: Any
) -> None:
    researcher.get(f"{world.url}measures/")

    with django_assert_max_num_queries(6):
        researcher.get(f"{world.url}measures/")


def test_any_number_opens_its_comparisons(researcher: APIClient, world: World) -> None:
    measured = researcher.get(f"{world.url}measures/").json()
    kim = of(measured, "Kim")
    cell = next(cell for cell in measured["supremacy"] if cell["principle"] == str(world.care.pk))

    clash = f"principle={cell['principle']}&over={cell['over']}"
    listed = researcher.get(f"{world.url}comparisons/?{clash}&annotator=people").json()
    against = researcher.get(f"{world.url}comparisons/?annotator={kim['id']}&against=true").json()

    assert listed["count"] == cell["n"]
    assert all(row["category"] == "conflict" for row in listed["results"])
    assert against["count"] == round(kim["da"]["value"] * kim["da"]["n"])


def test_one_comparison_shows_everybodys_verdicts(researcher: APIClient, world: World) -> None:
    row = researcher.get(f"{world.url}comparisons/?category=conflict").json()["results"][0]

    opened = researcher.get(f"{world.url}comparisons/{row['id']}/").json()

    assert opened["response_a"] == row["response_a"]
    overall = {said["annotator"] for said in opened["verdicts"] if said["principle"] is None}
    by_principle = {said["principle"] for said in opened["verdicts"] if said["principle"]}
    assert {"Kim", "judge"} <= overall
    assert by_principle == {world.care.title, world.frank.title}


def test_the_report_says_what_it_is_of_and_holds_every_number(researcher: APIClient, world: World) -> None:
    measured = researcher.get(f"{world.url}measures/?min_active=2").json()

    written = {
        kind: researcher.get(f"{world.url}report/?min_active=2&as={kind}") for kind in ("html", "json", "csv")
    }

    told = json.loads(written["json"].content)
    assert told["data_hash"] == measured["data_hash"]
    assert (told["rule"], told["version"]) == (measured["rule"], measured["version"])
    assert told["controls"]["min_active"] == 2
    assert told["annotators"] == measured["annotators"]
    table = list(csv.DictReader(io.StringIO(written["csv"].content.decode())))
    arbitrary = next(row for row in table if (row["measure"], row["annotator"]) == ("arbitrariness", "Kim"))
    assert float(arbitrary["value"]) == of(measured, "Kim")["da"]["value"]
    assert any(measured["data_hash"] in row["note"] for row in table)
    said = {row["measure"] for row in table}
    assert {
        "without the principle: discrepancy",
        "agreement by annotators: kappa beside the other people",
        "agreement by principles: alpha, nominal",
    } <= said
    # Everybody's supremacy, whosever matrix is on the page; the confusion beside the reference.
    sided = {row["annotator"] for row in table if row["measure"] == "supremacy"}
    assert {"Kim", "judge", "People together", "A coin"} <= sided
    confused = [
        row for row in table if row["measure"].startswith("confusion") and row["annotator"] == "judge"
    ]
    assert sum(int(row["value"]) for row in confused) == 4
    moved = next(row for row in told["leave_one_out"] if row["principle"] == str(world.frank.pk))
    carried = next(
        row
        for row in table
        if (row["measure"], row["principle"])
        == ("without the principle: conflict moves by", world.frank.title)
    )
    assert float(carried["value"]) == moved["conflict"]["by"] == -0.25
    page = written["html"].content.decode()
    assert page.startswith("<!doctype html>")
    assert measured["finding"] in html.unescape(page)
    assert measured["data_hash"] in page
    assert not any(part in page for part in ("src=", "href=", "url("))
    assert "attachment" in written["html"]["Content-Disposition"]


def test_a_report_says_beside_every_table_what_rests_on_an_oracle(
    researcher: APIClient, study: Study
) -> None:
    audit = AuditFactory(study=study)
    rows, care = comparisons(audit, 3), PrincipleFactory(audit=audit)
    oracle, kim = AnnotatorFactory(audit=audit, kind="algorithm"), AnnotatorFactory(audit=audit)
    for row in rows:
        verdict(oracle, row, "a", care)
        verdict(kim, row, "a")
    url = f"/api/studies/{study.slug}/audits/{audit.pk}/"

    brief = researcher.get(f"{url}measures/").json()["basis"]["brief"]
    page = html.unescape(researcher.get(f"{url}report/").content.decode())

    sections = {part.split("<")[0]: part for part in page.split("<h2>")[1:]}
    assert "kappa with people not known, n = 0" in brief
    resting = {name for name, part in sections.items() if brief in part}
    assert resting == {"Category", "Arbitrariness", "Discrepancy", "Discrepancy between", "Priority", "Rank"}
    assert {"Coverage", "Krippendorff alpha", "Confusion"} <= set(sections) - resting


def test_a_report_takes_peoples_words_as_words(researcher: APIClient, world: World) -> None:
    world.care.title = "<script>alert(1)</script>"
    world.care.save()
    world.frank.title = "=HYPERLINK(1)"
    world.frank.save()
    audits.touch(audit=world.care.audit, what="principles")

    page = researcher.get(f"{world.url}report/").content.decode()
    table = researcher.get(f"{world.url}report/?as=csv").content.decode()

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "'=HYPERLINK(1)" in table
    assert ",=HYPERLINK(1)" not in table


def test_moving_a_control_asks_the_database_for_no_verdict_again(researcher: APIClient, world: World) -> None:
    researcher.get(f"{world.url}measures/")

    with CaptureQueriesContext(connection) as asked:
        researcher.get(f"{world.url}measures/?min_active=2&confidence=0.5&both_orders=true")

    assert not [query for query in asked if '"discretion_verdict"' in query["sql"]]
