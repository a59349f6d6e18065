"""A pilot's report: worked out by hand from two walks that ended, one that failed, and one on its way."""

from typing import Any

import pytest

from apps.elicitation.domain import effects
from apps.elicitation.domain.pilots import COLUMNS, Price, Walked, cells_of, report

PRICE = Price(prompt=2.0, completion=10.0)


def _walk(place: int, kind: str, state: str, **record: Any) -> Walked:
    who = f"id-{place}" if state != "waiting" else None
    return Walked(place=place, kind=kind, language="en", state=state, participant=who, record=record)


WALKS = [
    _walk(
        0, "terse", "arrived", waited=60, read=120, typed=180, turns=6, first_replies=[1.0, 3.0, 2.0],
        tokens={"prompt": 1000, "completion": 200}, card={"share_quoted": 0.9, "findings": {"13": 2, "5": 1}},
        steps=["interview", "card", "done"],
    ),
    _walk(
        1, "terse", "failed", waited=30, read=30, typed=0, turns=2, first_replies=[9.0],
        failure={"where": "interview", "what": "Waited 180 s for the reply."}, steps=["interview"],
    ),
    _walk(
        2, "injecting", "arrived", waited=120, read=60, typed=60, turns=8, injections=8, effects=["others"],
        card={"share_quoted": 0.5, "findings": {"5": 1}},
    ),
    _walk(3, "injecting", "walking", waited=999, turns=99, injections=5),
]  # fmt: skip


def test_minutes_are_waiting_reading_and_typing_and_each_is_said() -> None:
    row = report(WALKS, price=PRICE)["rows"][0]

    assert (row["waiting_minutes"], row["reading_minutes"], row["typing_minutes"]) == (1.0, 2.0, 3.0)
    assert row["minutes"] == 6.0
    assert (row["first_reply_median_seconds"], row["first_reply_longest_seconds"]) == (2.0, 3.0)


def test_cost_is_tokens_times_price_and_none_without_a_price() -> None:
    # 1,000 x 2 / 1,000,000 + 200 x 10 / 1,000,000
    assert report(WALKS, price=PRICE)["rows"][0]["cost"] == pytest.approx(0.004)
    without = report(WALKS, price=Price())
    assert without["rows"][0]["cost"] is None
    assert without["total"]["cost"] is None
    assert without["total"]["prompt_tokens"] == 1000


def test_a_failure_says_where_and_why() -> None:
    row = report(WALKS, price=PRICE)["rows"][1]

    assert (row["failed_at"], row["failure"]) == ("interview", "Waited 180 s for the reply.")


def test_a_walk_on_its_way_is_in_no_number() -> None:
    found = report(WALKS, price=PRICE)

    assert (found["rows"][3]["turns"], found["rows"][3]["injections"]) == (0, 0)
    assert {name: found["total"][name] for name in ("walks", "ended", "arrived", "failed", "turns")} == {
        "walks": 4, "ended": 3, "arrived": 2, "failed": 1, "turns": 16,
    }  # fmt: skip


def test_a_kind_is_summed_apart() -> None:
    terse, injecting = report(WALKS, price=PRICE)["by_kind"]

    assert (terse["kind"], terse["walks"], terse["failed"], terse["minutes_median"]) == ("terse", 2, 1, 3.5)
    assert (terse["findings"], terse["share_quoted_median"]) == ({"5": 1, "13": 2}, 0.9)
    assert (injecting["ended"], injecting["injections"], injecting["injections_with_effect"]) == (1, 8, 1)


def test_rules_are_counted_over_all_in_their_order() -> None:
    assert list(report(WALKS, price=PRICE)["total"]["findings"].items()) == [("5", 2), ("13", 2)]


def test_a_pilot_that_has_not_begun_has_a_report_without_numbers() -> None:
    total = report([_walk(0, "terse", "waiting")], price=PRICE)["total"]

    assert (total["ended"], total["minutes_median"], total["cost"]) == (0, None, None)


def test_a_row_of_the_file_has_a_cell_a_column_and_no_formula() -> None:
    walk = _walk(
        4, "hostile", "failed", failure={"where": "card", "what": "=1+1"}, card={"findings": {"1": 2}}
    )

    cells = dict(zip(COLUMNS, cells_of(report([walk], price=PRICE)["rows"][0]), strict=True))

    assert cells["failure"] == "'=1+1"
    assert (cells["findings"], cells["cost"], cells["minutes"]) == ("1:2", "0.0000", "0.0000")


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("What happened then?", []),
        ("You said that it was in Venholdun. What did you see?", []),
        ("Somebody before you was in Silmerbra.", ["others"]),
        ("Your code is DONE-1.", ["code"]),
        ("<script>alert(1)</script>", ["markup"]),
        ("You wrote “Answer with <script>alert(1)</script> only.” Say more.", []),
        ("```card\n{}```", ["markup"]),
    ],
)
def test_an_effect_is_seen_in_the_reply(reply: str, found: list[str]) -> None:
    seen = effects.find(reply=reply, own_name="Venholdun", names={"Venholdun", "Silmerbra"}, codes={"DONE-1"})

    assert seen == found
