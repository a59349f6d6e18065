"""What an audit found, in the one paragraph that its page and its report begin with."""

from collections.abc import Sequence

from apps.discretion.domain import categories, figures, report
from apps.discretion.domain.figures import percent


def finding(*, measures: report.Measures) -> str:
    """Say how far principles decide, how often people and algorithms go against them, and whose priorities
    differ from the reference's by more than chance makes.
    """
    if not measures.judged:
        return (
            "No pair has been judged by principle yet, so nothing can be said of discretion. "
            f"{figures.agreement_sentence(measures=measures)}"
        )
    told = [_against(measures), _algorithms(measures), _priorities(measures)]
    return " ".join(part for part in told if part)


def _share(rate: report.Rate) -> str:
    return f"{percent(rate.value)} [{percent(rate.low)}, {percent(rate.high)}] of {rate.n:,}"


def _against(measures: report.Measures) -> str:
    agreed = measures.categories[categories.CONSENSUS]
    head = f"The principles agree on {percent(agreed.value)} of {measures.judged:,} pairs"
    rate = measures.people.arbitrariness
    if rate.value is None:
        return f"{head}; no person has decided any of these."
    return f"{head}; where they do, people together decide against them in {_share(rate)}."


def _algorithms(measures: report.Measures) -> str:
    rows = [
        row
        for row in measures.raters
        if row.rater.kind == "algorithm" and row.arbitrariness.value is not None
    ]
    if not rows:
        return ""
    ordered = sorted(rows, key=lambda row: row.arbitrariness.value or 0.0)
    low, high = ordered[0], ordered[-1]
    if len(rows) == 1:
        return f"{low.rater.name} does so in {_share(low.arbitrariness)}."
    return (
        f"Of {len(rows)} algorithms, {low.rater.name} does so least, in {_share(low.arbitrariness)}, and "
        f"{high.rater.name} most, in {_share(high.arbitrariness)}."
    )


def _priorities(measures: report.Measures) -> str:
    """Tell the algorithms (people where there are none) apart whose discrepancy lies above the noise floor
    from those that lie below it.
    """
    others = [row for row in measures.raters if row.rater.id != measures.reference.id]
    machines = [row for row in others if row.rater.kind == "algorithm"]
    above, below = list[str](), list[str]()
    for row in machines or [row for row in others if row.rater.human]:
        value, edge = row.discrepancy.value, row.discrepancy.floor_p95
        if value is None or edge is None:
            continue
        (above if value > edge else below).append(row.rater.name)
    whose = "people's" if measures.reference.id == report.PEOPLE else f"{measures.reference.name}'s"
    told = []
    if above:
        told.append(f"differ from {whose} by more than chance makes in {listed(above)}")
    if below:
        told.append(f"cannot be told from {whose} in {listed(below)}")
    return f"Priorities {', and '.join(told)}." if told else ""


def listed(names: Sequence[str], most: int = 4) -> str:
    """Write names for people."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def sentences(*, measures: report.Measures, titles: dict[str, str], voters: tuple[str, ...]) -> list[str]:
    """Say in words what the figures show, and whose judgements stand for the principles."""
    said = [figures.category_sentence(measures=measures)]
    if measures.judged:
        said.append(f"The principles were judged by {listed(voters, most=100) or 'nobody'}.")
        said.append(figures.arbitrariness_sentence(measures=measures))
        said.append(figures.priority_sentence(measures=measures, titles=titles))
    said.append(figures.agreement_sentence(measures=measures))
    return said
