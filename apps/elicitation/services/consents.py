"""Consent texts: published in numbered versions that never change."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction

from apps.elicitation import selectors
from apps.elicitation.domain.protocol import say
from apps.elicitation.models import ConsentVersion
from apps.shared.errors import Invalid
from apps.shared.models import Study


@transaction.atomic
def publish(*, study: Study, texts: Mapping[str, str]) -> ConsentVersion:
    """Publish a consent text in all its languages; the same texts again are the same version."""
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not kept:
        raise Invalid("A consent needs a text.", fields={"consent": ["A consent needs a text."]})
    hashed = hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    newest = selectors.consent_version(study=study)
    if newest and newest.hash == hashed:
        return newest
    number = newest.number + 1 if newest else 1
    return ConsentVersion.objects.create(
        study=study, number=number, text=say(kept, "en"), texts=kept, hash=hashed
    )
