"""The published shape of a graph, and the votes for the headless twin."""

import pytest

from apps.moralgraph import selectors
from apps.shared.errors import Missing
from tests.moralgraph.conftest import World


def test_the_export_has_the_published_names(world: World) -> None:
    export = selectors.mge_export(study=world.study, context=world.first.pk)

    assert [value["title"] for value in export["values"]] == ["Low", "Middle", "High"]
    assert set(export["values"][0]) == {
        "id", "title", "instructionsShort", "instructionsDetailed", "evaluationCriteria", "pageRank",
    }  # fmt: skip
    assert export["values"][0]["evaluationCriteria"][0] == "QUESTIONS that a person asks twice"
    # Five "wiser" of five impressions: p = 1/2 each, so H is one bit.
    assert export["edges"][0] == {
        "sourceValueId": world.low.pk,
        "wiserValueId": world.middle.pk,
        "contexts": [world.first.name],
        "counts": {
            "markedWiser": 5,
            "markedNotWiser": 0,
            "markedLessWise": 0,
            "markedUnsure": 0,
            "impressions": 5,
        },
        "summary": {"wiserLikelihood": 1.0, "entropy": 1.0},
    }


def test_votes_are_exported_without_who_cast_them(world: World) -> None:
    export = selectors.votes_export(study=world.study)

    assert len(export["votes"]) == 15
    assert {vote["participant"] for vote in export["votes"]} == {f"p{number:06d}" for number in range(1, 6)}
    assert "Reason" not in str(export)
    assert export["values"][0]["policies"][0] == "QUESTIONS that a person asks twice"


def test_the_table_of_votes_has_a_row_a_vote(world: World) -> None:
    header, *rows = selectors.votes_table(study=world.study, context=world.second.pk).splitlines()

    assert header == "participant,from,to,context,answer"
    assert rows[0] == f"p000001,{world.low.pk},{world.high.pk},{world.second.name},not_wiser"
    assert len(rows) == 5


def test_an_unknown_context_is_an_error(world: World) -> None:
    with pytest.raises(Missing):
        selectors.mge_export(study=world.study, context=4711)
