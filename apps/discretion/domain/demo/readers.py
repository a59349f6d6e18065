"""The simulated readers who judge the demo's comparisons, and all comparisons in their order."""

from apps.discretion.domain.demo import distress, final, others
from apps.discretion.domain.demo.pairs import (
    COMPANY,
    COMPASS,
    EVIDENCE,
    LATER,
    LIMITS,
    LISTENING,
    LIVE_WITH,
    MAP,
    NEXT,
    ROOTS,
    STEPS,
    TRUTH,
)

PAIRS = tuple(pair for three in zip(distress.PAIRS, final.PAIRS, others.PAIRS, strict=True) for pair in three)

WEIGHTS = {
    LISTENING: 1.5,
    COMPASS: 1.2,
    LATER: 1.0,
    LIVE_WITH: 1.1,
    COMPANY: 0.8,
    TRUTH: 0.7,
    STEPS: 0.7,
    MAP: 0.6,
    LIMITS: 0.5,
    ROOTS: 0.4,
    EVIDENCE: 0.3,
    NEXT: 0.2,
}
"""What all simulated readers share: how much an answer gains by attending to a value."""

ANNOTATORS = (
    ("Simulated reader 1", {COMPANY: 0.5, LISTENING: 0.3, TRUTH: -0.3}, 0.06),
    ("Simulated reader 2", {TRUTH: 0.7, EVIDENCE: 0.6, LISTENING: -0.4}, 0.08),
    ("Simulated reader 3", {STEPS: 0.5, LIVE_WITH: 0.4, COMPASS: -0.4}, 0.12),
)
"""Name, what the reader weighs more or less than the others do, and how often the reader slips."""
