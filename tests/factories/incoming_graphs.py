"""Files of other graphs as they are sent, and what bringing them in reports."""

import json
from typing import Any

from apps.moralgraph.domain.exchange.incoming import Named
from apps.moralgraph.models import GraphImport
from apps.moralgraph.services import graph_imports
from apps.moralgraph.services.graph_keeping import Report
from apps.shared.models import Study

VALUES = [
    {
        "id": "v1",
        "title": "Own Pace",
        "policies": ["MOMENTS OF DOUBT that nobody names", "what a person asks twice"],
    },
    {"id": 2, "title": "Plain Truth", "policies": []},
]
HEADER = "participant,from,to,context,answer\n"


def listed(values: Any = VALUES) -> Named:
    """Return a list of values as a file."""
    return Named("values.json", json.dumps(values).encode())


def votes_of(*rows: str) -> Named:
    """Return a table of votes as a file."""
    return Named("votes.csv", (HEADER + "\n".join(rows)).encode())


def graph_of(**counts: int) -> Named:
    """Return a published graph of three values and two steps with these counts."""
    marks = {"markedWiser": 3, "markedNotWiser": 0, "markedLessWise": 0, "markedUnsure": 1, "impressions": 4}
    values = [
        {"id": n, "title": f"Value {n}", "instructionsShort": "s", "evaluationCriteria": ["PAUSES"]}
        for n in (1, 2, 3)
    ]
    edges = [
        {"sourceValueId": low, "wiserValueId": high, "contexts": ["tea"], "counts": marks | counts}
        for low, high in ((1, 2), (2, 3))
    ]  # fmt: skip
    return Named("graph.json", json.dumps({"values": values, "edges": edges}).encode())


def files_of(graph: Named, votes: Named | None = None) -> dict[str, Named]:
    """Return the files by their part."""
    return {"graph": graph} | ({"votes": votes} if votes else {})


def brought(study: Study, graph: Named, votes: Named | None = None, **more: Any) -> GraphImport:
    """Bring files in; return the import."""
    return graph_imports.bring_in(
        study=study, actor=None, files=files_of(graph, votes), **({"source": "Delft"} | more)
    )


def bring(study: Study, graph: Named, votes: Named | None = None, **more: Any) -> Report:
    """Bring files in; return what it reports."""
    return Report(**brought(study, graph, votes, **more).counts)
