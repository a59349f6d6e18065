"""Values, the cards they came from, the votes between them, and what was merged.

Do not store words of a person anywhere but here: a snapshot holds ids, counts and scores only, so that words
can be erased.
"""

from apps.moralgraph.models.contexts import ContextCandidate, ContextChange, ContextProposal
from apps.moralgraph.models.graph import (
    Belonging,
    Card,
    CardVersion,
    Context,
    MergeObjection,
    ObjectionAnswer,
    Snapshot,
    Story,
    Transition,
    Value,
    Vote,
)
from apps.moralgraph.models.imports import GraphImport
from apps.moralgraph.models.merging import (
    CardVector,
    MergeCandidate,
    MergeDecision,
    MergeMove,
    MergeOpinion,
)
from apps.moralgraph.models.retirements import Retirement
from apps.moralgraph.models.tales import OwnStory

__all__ = [
    "Belonging",
    "Card",
    "CardVector",
    "CardVersion",
    "Context",
    "ContextCandidate",
    "ContextChange",
    "ContextProposal",
    "GraphImport",
    "MergeCandidate",
    "MergeDecision",
    "MergeMove",
    "MergeObjection",
    "MergeOpinion",
    "ObjectionAnswer",
    "OwnStory",
    "Retirement",
    "Snapshot",
    "Story",
    "Transition",
    "Value",
    "Vote",
]
