"""Write every protocol of columns as a draft, freeze it, and stamp it on those who met it."""

import datetime
import hashlib
import json

from django.db import migrations


def freeze(apps, schema_editor):
    Protocol = apps.get_model("elicitation", "Protocol")
    Version = apps.get_model("elicitation", "ProtocolVersion")
    ConsentVersion = apps.get_model("elicitation", "ConsentVersion")
    Participant = apps.get_model("elicitation", "Participant")
    for consent in ConsentVersion.objects.filter(texts={}):
        consent.texts = {"en": consent.text}
        consent.save(update_fields=["texts"])
    for protocol in Protocol.objects.filter(draft={}):
        consent = ConsentVersion.objects.filter(study=protocol.study_id).order_by("-number").first()
        content = {
            "questions": [
                {
                    "key": "question",
                    "title": {"en": protocol.question_title},
                    "text": {"en": protocol.question},
                    "contexts": [],
                }
            ],
            "disclosure": {"en": protocol.disclosure},
            "who_may_read": {"en": protocol.who_may_read},
            "consent": {"en": consent.text if consent else ""},
            "help_contact": protocol.help_contact,
            "minutes": protocol.minutes,
            "min_age": protocol.min_age,
            "votes_each": protocol.votes_each,
            "codes": {"complete": protocol.completion_code},
            "reviews": [
                {"language": "en", "by": "", "at": datetime.datetime.now(tz=datetime.UTC).isoformat()}
            ],
        }
        protocol.draft = content
        if consent:
            protocol.current = Version.objects.create(
                study_id=protocol.study_id,
                number=1,
                frozen=content,
                hash=hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
                consent=consent,
            )
            protocol.state = "open"
            people = Participant.objects.filter(study=protocol.study_id, version=None)
            people.update(version=protocol.current, question="question")
        protocol.save()


class Migration(migrations.Migration):
    dependencies = [("elicitation", "0002_protocol_versions")]
    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
