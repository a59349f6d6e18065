"""Whose judgements a data set can be made of."""

import dataclasses
from collections.abc import Sequence

from apps.discretion.models import Audit
from apps.discretion.selectors import circles, judgements
from apps.moralgraph import selectors as graph
from apps.shared import selectors as shared


@dataclasses.dataclass(frozen=True)
class MayBeHeard:
    """Groups of the people who voted and agreed that a model is trained on it, and of annotators."""

    voters: Sequence[graph.Trait]
    annotators: Sequence[circles.Kind]


def may_be_heard(*, audit: Audit) -> MayBeHeard:
    """Return the groups; of voters none that could name its members."""
    agreed = shared.people_who_let_train(study=audit.study)
    traits = graph.traits(study=audit.study, among=agreed)
    return MayBeHeard(
        voters=[trait for trait in traits if trait.groups],
        annotators=circles.kinds(audit=audit, said=judgements.ballots(audit=audit)),
    )
