"""Who counts how much: weights keep their mean, groups count by their share, and files say what is wrong."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.moralgraph.domain import ranking, weights
from apps.moralgraph.domain.answers import Answer, Judgement
from apps.moralgraph.domain.ballots import Ballots, collect
from apps.moralgraph.domain.files import FileError

OLD = {f"old {number}": "old" for number in range(3)}
YOUNG = {"young": "young"}


def test_each_group_counts_the_same_where_no_share_is_given() -> None:
    found = weights.by_group(voters=[*OLD, *YOUNG, "nobody"], groups={**OLD, **YOUNG, "nobody": ""})

    # Four people in two groups: half of 4 for three people, half of 4 for one.
    assert found == {**{name: pytest.approx(2 / 3) for name in OLD}, "young": pytest.approx(2.0)}


def test_shares_are_those_of_the_population_in_any_unit() -> None:
    found = weights.by_group(
        voters=[*OLD, *YOUNG], groups={**OLD, **YOUNG}, shares={"old": 30, "young": 10, "absent": 60}
    )

    assert all(weight == pytest.approx(1) for weight in found.values())


def test_a_group_without_a_share_is_named() -> None:
    with pytest.raises(weights.NoWeight, match="“young”"):
        weights.by_group(voters=[*OLD, *YOUNG], groups={**OLD, **YOUNG}, shares={"old": 1})


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0.01, 1000), min_size=1, max_size=9))
def test_weights_have_mean_one_and_are_worth_at_most_as_many_people(held: dict[str, float]) -> None:
    found = weights.scaled(voters=held, weights=held)

    assert math.fsum(found.values()) == pytest.approx(len(held))
    assert 1 - 1e-9 <= weights.effective(voters=held, weights=found) <= len(held) + 1e-9


def test_the_effective_number_is_kishs() -> None:
    # (2 + 1 + 1)^2 / (4 + 1 + 1): whoever has no weight counts 1.
    assert weights.effective(voters=["a", "b", "c"], weights={"a": 2.0}) == pytest.approx(16 / 6)
    assert weights.effective(voters=[], weights={}) == 0


def test_weights_that_leave_nobody_are_refused() -> None:
    with pytest.raises(weights.NoWeight, match="weight 0"):
        weights.scaled(voters=["a"], weights={"a": 0.0})


def split() -> Ballots:
    """Return twenty who find b the wiser, ten who do not, and one who says that it is not about the pair."""
    said = [*[Answer.WISER] * 20, *[Answer.NOT_WISER] * 10, Answer.NOT_ABOUT]
    return collect([Judgement(f"p{number}", "a", "b", answer) for number, answer in enumerate(said)], "ab")


def test_a_weighted_minority_moves_the_first_place() -> None:
    votes = split()
    voters = weights.voters_of(votes)
    groups = {name: "few" if int(str(name)[1:]) >= 20 else "many" for name in voters}
    held = weights.by_group(voters=voters, groups=groups, shares={"few": 9, "many": 1})
    chosen = ranking.Parameters(draws=0, leaning_sd=0.0)

    assert len(voters) == 30
    assert ranking.rank(votes=votes, parameters=chosen).values[0].value == "b"
    assert ranking.rank(votes=votes, parameters=chosen, weights=held).values[0].value == "a"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"", "w.csv: the file is empty"),
        (b"participant\np\n", "w.csv, row 1: the header lacks weight"),
        (b"participant,weight\np,\n", "row 2: the weight “” is no number"),
        (b"participant,weight\np,1\nq,many\n", "row 3: the weight “many” is no number"),
        (b"participant,weight\np,-1\n", "row 2: the weight “-1” must be 0 or more"),
        (b"participant,weight\np,nan\n", "row 2: the weight “nan” must be"),
        (b"participant,weight\np,inf\n", "row 2: the weight “inf” must be"),
        (b"participant,weight\np,1\np,2\n", "row 3: the participant “p” is there twice"),
        (b"participant,weight\n,2\n", "row 2: participant is empty"),
    ],
)
def test_a_table_of_weights_that_cannot_be_used_says_where(table: bytes, says: str) -> None:
    with pytest.raises(FileError, match=says):
        weights.read_weights(table, name="w.csv")


def test_tables_are_read_with_any_order_of_columns() -> None:
    assert weights.read_weights(b"\xef\xbb\xbfweight,note,participant\r\n1.5,x,p\r\n", name="w") == {"p": 1.5}
    assert weights.read_groups(b"participant,group\np,old\nq,\n", name="g") == {"p": "old", "q": ""}
    assert weights.read_shares(b"group,share\nold,0.2\n", name="s") == {"old": 0.2}
