"""The rules that patterns check, in English."""

import pytest

from tests.moralgraph.domain.linter.tables import Case, findings, lines

TITLE = "Patient Listening"
TABLE = {
    1: Case(
        good=(
            "MOMENTS | when somebody goes quiet",
            "PEOPLE | who were left out",
            "SMALL CHANGES IN A VOICE | at the end",
        ),
        bad=(
            "Moments | when somebody goes quiet",
            "MOMENT | of doubt",
            "WHAT IS SAID | at the table",
            "PAUSES |",
            "LISTENING | to a friend",
        ),
    ),
    2: Case(
        good=(
            "QUESTIONS | that nobody answered yet",
            "FACES | that light up",
            "PROMISES | somebody made to themselves",
        ),
        bad=(
            "LOVE | in all that I do",
            "OPENNESS | towards strangers",
            "CONNECTIONS | with others",
            "KINDNESS | to animals",
        ),
    ),
    5: Case(
        good=(
            "WORDS | that somebody repeats",
            "SIGNS | that a guest is tired",
            "TIMES | when I remember a promise",
        ),
        bad=(
            "PEOPLE | who admire me",
            "OCCASIONS | when strangers thank me",
            "MOMENTS | that show how I come across",
            "CHANCES | to prove my generosity",
        ),
    ),
    6: Case(
        good=("STRANGERS | who hesitate at a door", "PEOPLE | who ask twice", "NEWCOMERS | who stand alone"),
        bad=(
            "CUSTOMERS | who hesitate",
            "QUESTIONS | that students ask",
            "SIGNS | that my coworkers are tired",
        ),
    ),
    7: Case(
        good=(
            "LAUGHS | that come late",
            "WORDS | that somebody chose with care",
            "SILENCES | after a hard question",
        ),
        bad=(
            "MOMENTS | of deep connection",
            "MEANINGFUL WORDS | between people",
            "SIGNS | of a soul at rest",
            "PAUSES | that feel sacred",
        ),
    ),
    8: Case(
        good=(
            "DOUBTS | that somebody keeps to themselves",
            "REASONS | behind a refusal",
            "ANSWERS | that come too fast",
        ),
        bad=(
            "AVOIDING LIES | about the plan",
            "NO SECRETS | between people",
            "WORDS | to avoid in a quarrel",
            "NEVER ENDING TALKS | at night",
        ),
    ),
    9: Case(
        good=(
            "CHANCES | to sit down together",
            "REASONS, FEARS AND HOPES | behind a plan",
            "SIGNS | that a body needs rest",
        ),
        bad=(
            "MEALS | at 7 in the evening",
            "TASKS | first the dishes and then the floor",
            "THINGS | like keys, wallets, phones, tickets",
            "WAYS | to get a yes within a week",
        ),
    ),
    10: Case(
        good=(
            "RULES | that somebody cannot explain",
            "WISHES | that somebody does not say aloud",
            "DUTIES | that weigh on somebody",
        ),
        bad=(
            "THINGS | I am supposed to say",
            "CHORES | a good son does",
            "MATTERS | where I should help",
            "WORRIES | about what people think",
        ),
    ),
    13: Case(
        good=(
            "WORDS | that somebody repeats",
            "STEPS | that an elder takes on a Monday",
            "TEARS | that nobody mentions",
        ),
        bad=(
            "WORDS | that the girl repeats",
            "WORRIES | of my sister",
            "PAUSES | before she answers",
            "STORIES | about the village of Amira",
        ),
    ),
}


@pytest.mark.parametrize(("rule", "line"), list(lines(TABLE, good=False)))
def test_a_line_that_breaks_a_rule_is_found(rule: int, line: str) -> None:
    found = findings(line, language="en", title=TITLE)

    assert rule in {item.rule for item in found}
    assert {item.where for item in found} == {"policies.0"}


@pytest.mark.parametrize(("rule", "line"), list(lines(TABLE, good=True)))
def test_a_good_line_gets_no_hint_of_any_rule(rule: int, line: str) -> None:
    assert findings(line, language="en", title=TITLE) == []


@pytest.mark.parametrize("title", ["Patient Listening", "Room to think aloud", "Who was left out"])
def test_a_short_title_that_says_something_gets_no_hint(title: str) -> None:
    assert findings("MOMENTS | when somebody goes quiet", language="en", title=title) == []


@pytest.mark.parametrize(
    "title", ["Kindness", "A Title Of Rather Many Words", "My values", "A good person", "What matters.", ""]
)
def test_a_title_that_is_long_or_fits_anything_gets_a_hint(title: str) -> None:
    (found,) = findings("MOMENTS | when somebody goes quiet", language="en", title=title)

    assert (found.rule, found.where) == (12, "title")
