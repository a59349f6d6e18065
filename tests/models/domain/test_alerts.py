"""When a loss has gone astray, and what a log says of the end."""

from apps.models.domain.alerts import WINDOW, LossWatch, useful_lines


def told(losses: list[float]) -> list[tuple[int, float]]:
    """Return at which steps an alert is raised, and how many times the first loss that of the end is."""
    watch = LossWatch()
    found = [(step, watch.diverges(loss)) for step, loss in enumerate(losses, start=1)]
    return [(step, times) for step, times in found if times is not None]


def test_a_loss_that_doubles_is_told_once() -> None:
    # 20 steps at 1, then 3: the mean of the last 20 is (20 - k + 3 k) / 20, above 2 first at k = 11 where
    # ones are among them; here the window begins after the first 20, so all of it is 3 at step 40.
    assert told([1.0] * WINDOW + [3.0] * 60) == [(40, 3.0)]


def test_a_loss_that_is_back_where_it_began_has_recovered_once_and_may_go_astray_again() -> None:
    watch = LossWatch()
    found = []
    for step, loss in enumerate([1.0] * 20 + [3.0] * 20 + [1.0] * 40 + [3.0] * 20, start=1):
        if watch.diverges(loss) is not None:
            found.append((step, "astray"))
        elif watch.recovers():
            found.append((step, "back"))

    # The last 20 are all 3 at step 40, all 1 at step 60; above 2 again with the 11th 3 after step 80.
    assert found == [(40, "astray"), (60, "back"), (91, "astray")]


def test_one_bad_batch_a_falling_loss_and_a_long_rise_below_double_are_no_divergence() -> None:
    assert told([1.0] * 30 + [15.0] + [1.0] * 30) == []
    assert told([1.0 / step for step in range(1, 100)]) == []
    assert told([1.0] * WINDOW + [1.99] * 60) == []


def test_a_loss_that_may_be_below_nought_is_left_alone() -> None:
    assert told([-0.1] * WINDOW + [5.0] * 60) == []


def test_the_useful_lines_are_the_last_that_say_something() -> None:
    log = """
    step 1 of 9: loss 0.5
    /site-packages/x.py:3: FutureWarning: this is old
      warnings.warn(
    Traceback (most recent call last):
      File "/app/run.py", line 3, in main
        broken()
        ^^^^^^^^
    ValueError: the row 7 has no text

    """

    assert useful_lines(log, count=2) == ["broken()", "ValueError: the row 7 has no text"]
    assert useful_lines("") == []
