"""Studies for the browser tests, made in a running installation: `python -m tests.browser.studies LANGUAGE`.

One has every step that there is; two others take nobody in. Prints the addresses of sessions that stand
where a walk does not come by.
"""

import json
import os
import subprocess
import sys
import uuid
from typing import Any

from tests.browser.installation import ROOT, Installation


def prepare(installation: Installation, *, language: str) -> dict[str, str]:
    """Make the studies in an installation, and return the addresses by what is to be seen there."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.studies", language],
        cwd=ROOT,
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    addresses: dict[str, str] = json.loads(made.stdout.splitlines()[-1])
    return addresses


def _make(language: str) -> dict[str, str]:
    from django.utils import timezone

    from apps.elicitation.domain import demo
    from apps.elicitation.domain.protocol import Codes, Item, Option, Question, StudyState
    from apps.elicitation.domain.steps import Step
    from apps.elicitation.models import Participant
    from apps.elicitation.services import participants, protocols, way
    from apps.elicitation.services.participants import Arrival, Ticks
    from apps.moralgraph.models import Context, Value
    from apps.shared.services import studies

    def text(english: str) -> dict[Any, str]:
        return dict.fromkeys(("en", "es", "ar"), english)

    whole = demo.protocol()
    content = whole.model_copy(
        update={
            "questions": (
                *whole.questions,
                Question(key="silence", title=text("Silence"), text=text("What do you notice in silence?")),
            ),
            "question_choice": "chosen",
            "about": (
                *whole.about,
                Item(
                    key="role",
                    label=text("Have you ever given advice?"),
                    options=(
                        Option(key="yes", label=text("Yes")),
                        Option(key="no", label=text("No"), screens_out=True),
                    ),
                ),
            ),
            "wise_values": True,
            "votes_each": 1,
            "codes": Codes(**{way: f"CODE-{way[:4].upper()}" for way in Codes.model_fields}),
            "return_url": "https://panel.example/complete?cc={code}",
        }
    )

    def open_study(slug: str) -> Any:
        study = studies.create(slug=slug, title="Listening to others")
        protocols.create(study=study, content=content)
        return protocols.go_to(study=study, actor=None, state=StudyState.OPEN)

    name = f"every-screen-{uuid.uuid4().hex[:8]}"
    protocol = open_study(name)
    for study_state in (StudyState.PAUSED, StudyState.CLOSED):
        shut = open_study(f"{name}-{study_state}")
        protocols.go_to(study=shut.study, actor=None, state=study_state)
    Context.objects.create(study=protocol.study, name="When somebody asks for advice")
    for title in ("Unhurried listening", "Plain truth", "Steady company"):
        lines = [
            {
                "attended": "PAUSES",
                "qualifier": "in which somebody decides to go on",
                "quote": "",
                "turn": None,
            }
        ]
        Value.objects.create(study=protocol.study, title=title, summary="I wait.", policies=lines)

    ticks = Ticks(version=1, research=True, quotes=True, training=False, of_age=True)

    def come() -> Any:
        return participants.enrol(
            version=protocol.current, ticks=ticks, address="127.0.0.1", arrival=Arrival(language=language)
        )

    found = {
        "door": f"/s/{name}/",
        "paused study": f"/s/{name}-paused/",
        "closed study": f"/s/{name}-closed/",
    }
    for step in (Step.SCREENED_OUT, Step.OVER_QUOTA, Step.FAILED):
        session = come()
        way.go_to(participant=session.participant, then=step)
        found[step.value] = f"/p/{session.token}/left"
    waiting = come()
    Participant.objects.filter(pk=waiting.participant.pk).update(paused_at=timezone.now())
    found["paused session"] = f"/p/{waiting.token}/about"
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    import django

    django.setup()
    print(json.dumps(_make(sys.argv[1])))
