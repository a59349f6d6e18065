"""A checkpoint beside people, by hand."""

import numpy as np
import pytest

from apps.discretion.domain.beside_people import stand
from apps.discretion.domain.judged import Judgements, PrincipleName, Rater

NONE = np.nan


def judged(*, people: list[float], model: list[float], principles: list[list[float]]) -> Judgements:
    """Return the judgements of one person and one checkpoint under some principles."""
    return Judgements(
        comparisons=tuple(str(number) for number in range(len(people))),
        raters=(Rater("1", "Kim", "person"), Rater("2", "First run, step 4", "algorithm")),
        principles=tuple(PrincipleName(str(place), f"P{place}") for place in range(len(principles))),
        overall=np.array([people, model]),
        by_principle=np.array(principles),
        lengths=np.array([[9.0] * len(people), [3.0] * len(people)]),
    )


def test_both_are_measured_on_the_pairs_that_the_checkpoint_judged_and_on_no_others() -> None:
    # The person goes against the principle on the last two; the checkpoint judged the first four alone and
    # goes against it once: 1 of 4, the person 0 of 4.
    table = judged(
        people=[1, 1, 1, 1, -1, -1], model=[1, 1, 1, -1, NONE, NONE], principles=[[1, 1, 1, 1, 1, 1]]
    )

    found = stand(judgements=table, rater="2", prompts=list("abcdef"), draws=0)

    assert found is not None
    assert found.pairs == 4
    assert (found.coverage.value, found.coverage.n) == (4 / 6, 6)
    assert (found.arbitrariness.value, found.arbitrariness.n) == (0.25, 4)
    assert (found.of_people.value, found.of_people.n) == (0.0, 4)
    assert (found.of_longer.value, found.of_longer.n) == (0.0, 4)
    assert (found.agreement.value, found.agreement.n) == (0.75, 4)
    assert (found.more_arbitrary.value, found.more_arbitrary.n) == (0.25, 4)
    assert not found.more_arbitrary.detected


def test_priorities_that_are_the_peoples_lie_within_their_noise_and_reversed_ones_do_not() -> None:
    # In every pair two of three principles clash; the person sides with the first of 0 > 1 > 2, nine times of
    # ten.
    random = np.random.default_rng(1)
    clashes = [(0, 1), (0, 2), (1, 2)] * 60
    votes = np.zeros((3, len(clashes)))
    for place, (better, worse) in enumerate(clashes):
        votes[better, place], votes[worse, place] = 1, -1
    people = np.where(random.random(len(clashes)) < 0.9, 1.0, -1.0)
    again = np.where(random.random(len(clashes)) < 0.9, 1.0, -1.0)
    prompts = [str(place) for place in range(len(clashes))]

    alike, reversed_ = (
        stand(
            judgements=judged(people=list(people), model=list(model), principles=votes.tolist()),
            rater="2",
            prompts=prompts,
        )
        for model in (again, -people)
    )

    assert alike is not None
    assert reversed_ is not None
    assert (alike.discrepancy.value, alike.within_floor) == (0.0, True)
    assert (reversed_.discrepancy.value, reversed_.within_floor) == (1.0, False)
    assert alike.discrepancy.n == len(clashes)
    assert alike.arbitrariness.value is None


def test_nothing_is_said_of_what_judged_nothing() -> None:
    table = judged(people=[1, 1], model=[NONE, NONE], principles=[[1, 1]])

    assert stand(judgements=table, rater="2", prompts=["a", "b"]) is None
    assert stand(judgements=table, rater="9", prompts=["a", "b"]) is None


@pytest.mark.parametrize("people", [[NONE, NONE, NONE], [NONE, NONE, 1]])
def test_where_no_person_judged_overall_its_own_figures_stand_and_theirs_are_not_known(
    people: list[float],
) -> None:
    table = judged(people=people, model=[1, -1, NONE], principles=[[1, 1, 1]])

    found = stand(judgements=table, rater="2", prompts=["a", "b", "c"])

    assert found is not None
    assert (found.arbitrariness.value, found.coverage.n) == (0.5, 3)
    assert (found.of_people.value, found.agreement.value, found.more_arbitrary.value) == (None, None, None)
    assert found.within_floor is None


def test_a_checkpoint_takes_the_place_of_each_person_beside_the_others() -> None:
    # Three people and the checkpoint on five pairs, worked out by hand.
    #              0  1  2  3     4
    # Kim          1  1  1  1     1
    # Robin        1  1 -1 -1  NONE
    # Sam          1 -1 -1  0  NONE
    # checkpoint   1  1  1 -1     1
    # Kim:   others 1, 0, -1, -1, none; she agrees in 0 alone of 0, 2, 3; the checkpoint in 0 and 3.
    # Robin: others 1, 0, 0, 1; agrees in 0 of 0, 3; the checkpoint in 0.
    # Sam:   others 1, 1, 0, 0; agrees in 0 of 0, 1; the checkpoint in both.
    table = Judgements(
        comparisons=tuple("01234"),
        raters=(
            *(Rater(name, name, "person") for name in ("Kim", "Robin", "Sam")),
            Rater("m", "m", "algorithm"),
        ),
        principles=(PrincipleName("1", "Care"),),
        overall=np.array(
            [[1, 1, 1, 1, 1], [1, 1, -1, -1, NONE], [1, -1, -1, 0, NONE], [1, 1, 1, -1, 1]], dtype=float
        ),
        by_principle=np.ones((1, 5)),
    )

    found = stand(judgements=table, rater="m", prompts=list("abcde"), draws=0)

    assert found is not None
    place = found.in_ones_place
    assert place.people == 3
    assert (place.person.value, place.person.n) == (3 / 7, 7)
    assert (place.checkpoint.value, place.checkpoint.n) == (5 / 7, 7)
    assert place.gap.value == pytest.approx(2 / 7)
    assert place.gap.groups == 4


def test_one_person_has_no_others() -> None:
    table = judged(people=[1, 1], model=[1, -1], principles=[[1, 1]])

    found = stand(judgements=table, rater="2", prompts=["a", "b"], draws=0)

    assert found is not None
    assert (found.in_ones_place.people, found.in_ones_place.person.value) == (0, None)
