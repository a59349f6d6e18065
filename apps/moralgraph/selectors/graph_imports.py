"""Reads of the files that came into a study's graph."""

from django.db.models import QuerySet

from apps.moralgraph.models import GraphImport
from apps.shared.errors import Missing
from apps.shared.models import Study


def graph_imports(*, study: Study) -> QuerySet[GraphImport]:
    """Return the files that came in, the newest first, those refused or taken out again as well."""
    return _rows(study).filter(dry_run=False)


def graph_import(*, study: Study, import_id: int) -> GraphImport:
    """Return files that came in, or were looked at. Raises Missing."""
    row = _rows(study).filter(pk=import_id).first()
    if row is None:
        raise Missing("There is no such import in this study.")
    return row


def _rows(study: Study) -> QuerySet[GraphImport]:
    return GraphImport.objects.filter(study=study).select_related("created_by", "job")
