"""Contexts: the kinds of moments in which values are compared."""

from django.db import transaction

from apps.moralgraph.models import Context
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study
from apps.shared.services import audit


@transaction.atomic
def create(*, study: Study, actor: Person, name: str, description: str = "") -> Context:
    """Make a context. Raises Invalid for an empty name, and Conflict for one that is taken."""
    name = name.strip()
    if not name:
        raise Invalid("A context needs a name.", fields={"name": ["A context needs a name."]})
    if Context.objects.filter(study=study, name__iexact=name).exists():
        message = "Another context of this study has this name."
        raise Conflict(message, fields={"name": [message]})
    made = Context.objects.create(study=study, name=name, description=description.strip())
    audit.record(study=study, actor=actor, action="context.created", subject=str(made.pk))
    return made
