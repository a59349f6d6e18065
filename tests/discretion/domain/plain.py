"""The published formulas once more, slowly and in plain Python, as the paper and its code have them.

Nothing here is shared with the product: lists and loops, no arrays.
"""

import math

INFINITE = math.inf


def category(votes: list[int]) -> str:
    """Return the category of one comparison from its principles' votes."""
    if all(vote == 0 for vote in votes):
        return "indifference"
    return "conflict" if 1 in votes and -1 in votes else "consensus"


def arbitrariness(rows: list[list[int]], choices: list[int], min_active: int = 1) -> tuple[int, int]:
    """Return how often choices go against a consensus, and of how many."""
    against = n = 0
    for votes, choice in zip(rows, choices, strict=True):
        active = [vote for vote in votes if vote]
        if category(votes) == "consensus" and choice and len(active) >= min_active:
            n += 1
            against += choice == -active[0]
    return against, n


def games(rows: list[list[int]], choices: list[int]) -> list[list[int]]:
    """Return how many clashes of c and d were decided for c."""
    size = len(rows[0])
    won = [[0] * size for _ in range(size)]
    for votes, choice in zip(rows, choices, strict=True):
        for c in range(size):
            for d in range(size):
                if votes[c] * votes[d] == -1 and choice and choice * votes[c] == 1:
                    won[c][d] += 1
    return won


def priorities(won: list[list[int]]) -> list[float]:
    """Return the weights: +inf for who only wins, -inf for who only loses or never plays, else a climb."""
    size = len(won)
    always_wins = [all(not won[d][c] for d in range(size)) for c in range(size)]
    always_loses = [all(not won[c][d] for d in range(size)) for c in range(size)]
    left = [c for c in range(size) if not always_wins[c] and not always_loses[c]]
    weights = [0.0] * size
    most = max((won[c][d] + won[d][c] for c in left for d in left), default=0)
    rate = 1.0 / (max(most, 1) * max(len(left), 1))
    for _ in range(200_000):
        slopes = {c: _slope(won, weights, left, c) for c in left}
        for c in left:
            weights[c] += 2 * rate * slopes[c]
        if max(map(abs, slopes.values()), default=0.0) < 1e-9:
            break
    for c in range(size):
        if always_wins[c]:
            weights[c] = INFINITE
        # After the line above, as in the authors' code: without any game a principle is last.
        if always_loses[c]:
            weights[c] = -INFINITE
    return weights


def _slope(won: list[list[int]], weights: list[float], left: list[int], c: int) -> float:
    played = [(won[c][d], won[c][d] + won[d][c], weights[c] - weights[d]) for d in left if d != c]
    return sum(wins - n / (1 + math.exp(-logit)) for wins, n, logit in played)


def ranks(weights: list[float]) -> list[int]:
    """Return average ranks, highest first, cut to whole numbers; weights that agree to 1e-6 are tied."""
    found = []
    for mine in weights:
        above = sum(_differ(other, mine) and other > mine for other in weights)
        level = sum(not _differ(other, mine) for other in weights)
        found.append(int(above + (level + 1) / 2))
    return found


def _differ(one: float, other: float) -> bool:
    return one != other if math.isinf(one) or math.isinf(other) else round(one, 6) != round(other, 6)


def discrepancy(weights: list[float], others: list[float]) -> float | None:
    """Return (1 - tau_b) / 2 of the ranks, None where one of the two orders nothing."""
    first, second = ranks(weights), ranks(others)
    total = mine = theirs = 0
    for c in range(len(first)):
        for d in range(c):
            x = (first[c] > first[d]) - (first[c] < first[d])
            y = (second[c] > second[d]) - (second[c] < second[d])
            total, mine, theirs = total + x * y, mine + x * x, theirs + y * y
    return None if not mine or not theirs else (1 - total / math.sqrt(mine * theirs)) / 2


def separated(won: list[list[int]]) -> bool:
    """Say whether some group of the principles that are left only ever wins: then there is no maximum."""
    size = len(won)
    plays = [c for c in range(size) if any(won[c]) and any(won[d][c] for d in range(size))]
    for start in plays:
        reached, waiting = {start}, [start]
        while waiting:
            c = waiting.pop()
            for d in plays:
                if won[c][d] and d not in reached:
                    reached.add(d)
                    waiting.append(d)
        beaten_back = {d for d in plays for c in reached if won[d][c]} | reached
        if beaten_back != reached:
            return True
    return False
