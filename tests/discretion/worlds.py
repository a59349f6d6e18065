"""A graph of two values with an audit whose principles they are."""

from apps.discretion.models import Audit, Principle
from apps.discretion.services import data_sets, principles
from apps.models import selectors as models_selectors
from apps.models.domain.examples import PreferenceExample
from apps.moralgraph.models import Value
from apps.moralgraph.services import graphs
from tests.factories import moralgraph as make


def examples(audit: Audit, built: data_sets.Built) -> dict[str, PreferenceExample]:
    """Return what a data set holds on both sides, by comparison."""
    data_set = models_selectors.data_set(study=audit.study, data_set_id=built.id)
    sides = ("train", "held_out")
    return {row.id: row for side in sides for row in models_selectors.examples(data_set=data_set, side=side)}


class Graph:
    """Two values, one clearly wiser, and an audit with principles made of them."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.low, self.high = (make.ValueFactory(study=audit.study) for _ in range(2))
        self.context = make.ContextFactory(study=audit.study)
        self.vote(self.low, self.high)
        self.snapshot = graphs.take_snapshot(study=audit.study)
        self.low_principle, self.high_principle = self.take()

    def vote(self, less_wise: Value, wiser: Value) -> None:
        """Have twenty people vote."""
        for _ in range(20):
            make.vote(less_wise, wiser, self.context)

    def take(self) -> list[Principle]:
        """Take both values over."""
        return principles.take_over(
            audit=self.audit, snapshot_id=self.snapshot.pk, value_ids=[self.low.pk, self.high.pk]
        )
