"""Reads of the names that researchers give to passages."""

from django.db.models import Count, QuerySet

from apps.elicitation.models import Code
from apps.elicitation.selectors.people import counted
from apps.shared.errors import Missing
from apps.shared.models import Study


def codes(*, study: Study) -> "QuerySet[Code]":
    """Return a study's codes with how many passages of how many people have them, the retired ones last."""
    theirs = counted(study=study, path="passages__turn__interview__participant__")
    rows = Code.objects.filter(study=study).annotate(
        n_passages=Count("passages", filter=theirs),
        n_people=Count("passages__turn__interview", filter=theirs, distinct=True),
    )
    return rows.order_by("retired_at", "name")


def code(*, study: Study, code_id: int) -> Code:
    """Return one code with its counts. Raises Missing."""
    found = codes(study=study).filter(pk=code_id).first()
    if found is None:
        raise Missing("There is no such code in this study.")
    return found
