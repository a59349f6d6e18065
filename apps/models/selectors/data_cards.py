"""What is on record of a data set."""

from apps.models import selectors
from apps.models.domain import naming
from apps.models.domain.data_card import Recorded
from apps.models.models import DataSet
from apps.shared import selectors as shared


def recorded(*, data_set: DataSet, form: str = "own") -> Recorded:
    """Return everything about a data set that is on record, for its card."""
    return Recorded(
        name=data_set.name,
        study=data_set.study.title,
        made=f"{data_set.created_at:%d %B %Y}",
        sha256=data_set.hash,
        form=form,
        rule=naming.rule(data_set.rule, shared.names(study=data_set.study)),
        counts={"train": data_set.train_count, "held_out": data_set.held_out_count},
        left_out=data_set.left_out,
        composition=data_set.composition,
        people=selectors.people_behind(data_set=data_set)["n"],
        withdrawals=data_set.withdrawals,
        simulated=data_set.study.include_simulated,
    )
