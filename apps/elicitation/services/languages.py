"""The language that a participant reads and is asked in."""

from django.utils.translation import gettext as _

from apps.elicitation.models import Participant
from apps.shared.errors import Invalid


def choose(*, participant: Participant, language: str) -> Participant:
    """Keep the language; where the session stands does not change.

    Raises Invalid for one that the person's version of the study does not open in.
    """
    offered = participant.version.content.languages if participant.version else ()
    if language not in offered:
        raise Invalid(_("This study is not available in that language. Choose one of those offered."))
    Participant.objects.filter(pk=participant.pk).update(language=language)
    participant.language = language
    return participant
