"""Reads of the files that came into a study's graph."""

from django.db.models import QuerySet

from apps.moralgraph.models import GraphImport
from apps.shared.models import Study


def graph_imports(*, study: Study) -> QuerySet[GraphImport]:
    """Return the files that came in, the newest first, those taken out again as well."""
    return GraphImport.objects.filter(study=study).select_related("created_by")
