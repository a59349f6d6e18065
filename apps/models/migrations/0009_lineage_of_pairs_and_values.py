"""Data sets are found by a comparison and by a value too; those of before are filled in from their files."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations, models

KINDS = ("comparison", "value")
AT_ONCE = 2000


def fill_in(apps: Any, schema_editor: Any) -> None:
    """Note what the examples of each data set lean on, line by line; files that are gone are skipped."""
    Lineage = apps.get_model("models", "Lineage")
    for pk in list(apps.get_model("models", "DataSet").objects.values_list("pk", flat=True)):
        found = _references(Path(settings.FILES_DIR) / "datasets" / str(pk))
        rows = (Lineage(data_set_id=pk, kind=kind, reference=name) for kind, name in found)
        while batch := list(islice(rows, AT_ONCE)):
            Lineage.objects.bulk_create(batch, ignore_conflicts=True)


def forget(apps: Any, schema_editor: Any) -> None:
    """Drop what the version before does not know."""
    apps.get_model("models", "Lineage").objects.filter(kind__in=KINDS).delete()


def _references(folder: Path) -> Iterator[tuple[str, str]]:
    values: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8", errors="replace") as file:
            for source in map(_source, file):
                if source.get("comparison"):
                    yield "comparison", str(source["comparison"])[:64]
                # The share of people's verdicts leans on no value, though earlier files name some beside it.
                named = () if source.get("rule") == "verdicts" else source.get("values") or ()
                new = {str(value) for value in named} - values
                yield from (("value", value) for value in sorted(new))
                values |= new


def _source(line: str) -> dict[str, Any]:
    try:
        return dict(json.loads(line)["source"])
    except (KeyError, TypeError, ValueError):
        return {}


class Migration(migrations.Migration):
    """Two more kinds of lineage."""

    dependencies = [("models", "0008_trains_elsewhere")]

    operations = [
        migrations.AlterField(
            model_name="lineage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("participant", "Participant"),
                    ("snapshot", "Snapshot"),
                    ("comparison", "Comparison"),
                    ("value", "Value"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(fill_in, forget),
    ]
