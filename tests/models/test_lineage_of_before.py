"""Data sets that were frozen before comparisons and values were noted are found by them."""

import importlib
import shutil

import pytest
from django.apps import apps

from apps.models import selectors
from apps.models.models import DataSet, Lineage
from apps.shared.models import Study
from tests.factories.models import example, frozen_data_set


def of_before(study: Study, *, rule: str = "graph", count: int = 3) -> DataSet:
    """Return a data set without what is noted since."""
    rows = [
        example(n, source={"comparison": f"{rule}-{n}", "values": [n % 2, 7], "rule": rule})
        for n in range(count)
    ]
    made = frozen_data_set(study=study, examples=rows, held_out=0.5, rule={"target": rule})
    made.lineage.filter(kind__in=["comparison", "value"]).delete()
    return made


def noted(data_set: DataSet, kind: str) -> set[str]:
    """Return the references of a kind."""
    return set(data_set.lineage.filter(kind=kind).values_list("reference", flat=True))


def test_they_are_filled_in_from_their_files_and_what_is_gone_is_skipped(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = importlib.import_module("apps.models.migrations.0009_lineage_of_pairs_and_values")
    graph, verdicts, gone, broken = (
        of_before(study, rule=rule) for rule in ("graph", "verdicts", "gone", "broken")
    )
    many = of_before(study, rule="many", count=9)
    monkeypatch.setattr(migration, "AT_ONCE", 4)
    shutil.rmtree(gone.folder)
    (broken.folder / "train.jsonl").write_text('{"source": {"comparison": "whole"}}\n{"source": {"comp\n[]\n')
    (broken.folder / "held_out.jsonl").unlink()

    for _ in range(2):
        migration.fill_in(apps, None)

    assert noted(graph, "comparison") == {"graph-0", "graph-1", "graph-2"}
    assert noted(graph, "value") == {"0", "1", "7"}
    assert noted(verdicts, "comparison") == {"verdicts-0", "verdicts-1", "verdicts-2"}
    assert noted(verdicts, "value") == set()
    assert noted(gone, "comparison") == set()
    assert noted(broken, "comparison") == {"whole"}
    assert len(noted(many, "comparison")) == 9
    assert set(selectors.data_sets(study=study, values=[1])) == {graph, many}

    migration.forget(apps, None)
    assert not Lineage.objects.filter(kind__in=["comparison", "value"]).exists()
