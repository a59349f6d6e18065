"""Everything that is held of a person, as a file of theirs."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from apps.elicitation.models import Participant
from apps.elicitation.pages import frame
from apps.elicitation.services import keepsakes


@require_safe
@frame.session_page()
def data(request: HttpRequest, participant: Participant, token: str) -> HttpResponseBase:
    """Give a person all that is held of them, as JSON that they can read."""
    held = keepsakes.gather(participant=participant)
    text = json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="my-data-{participant.study.slug}.json"'
    return response
