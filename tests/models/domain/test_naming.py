"""Keys become names where they are shown; what is no key stays."""

from apps.models.domain import naming

NAMES = {
    "principle/9": "Patience", "principle/10": "A withdrawn value", "context/3": "In doubt",
    "principle/11": "A withdrawn value",
}  # fmt: skip


def test_tables_are_ordered_by_name_and_lose_no_row() -> None:
    found = naming.figures(
        {
            "n": 5,
            "by_context": {"": 1, "context/3": 2},
            "by_principle": {"principle/9": 3, "principle/10": 4, "principle/11": 5},
        },
        NAMES,
    )

    assert found["n"] == 5
    assert list(found["by_context"].items()) == [("", 1), ("In doubt", 2)]
    assert list(found["by_principle"].items()) == [
        ("A withdrawn value", 4), ("A withdrawn value (principle/11)", 5), ("Patience", 3),
    ]  # fmt: skip


def test_titles_of_files_from_before_are_shown_as_they_are() -> None:
    old = {"context": "When in doubt", "principles": {"Care, in time": 1.0}, "verdicts": [4]}

    assert naming.source(old, NAMES) == old
    assert naming.rule({"target": "graph", "principles": ["Care, in time"]}, NAMES)["principles"] == [
        "Care, in time"
    ]
    assert naming.rule({"target": "verdicts"}, NAMES) == {"target": "verdicts"}


def test_what_was_deleted_is_said_to_be() -> None:
    assert naming.called("principle/12", NAMES) == "Principle 12, deleted since"
    assert naming.source({"context": "context/4", "principles": {"principle/9": -1.0}}, NAMES) == {
        "context": "Context 4, deleted since",
        "principles": {"Patience": -1.0},
    }
