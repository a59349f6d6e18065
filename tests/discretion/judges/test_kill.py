"""A worker is killed with -9 while its model answers: what was answered is never asked again."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.discretion.models import Reply, Verdict
from apps.shared.models import Job
from apps.shared.services import jobs
from tests.factories.discretion import AuditFactory, comparisons
from tests.factories.judges import add_judge, answering, shown
from tests.models.misbehaving import Handler, running

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys, django
django.setup()
from django.conf import settings
settings.LLM_URL, settings.LLM_MODEL = sys.argv[1], "judge"
from apps.discretion.tasks import judge
judge(job_id=sys.argv[2])
"""
ANSWERED = 3


def database_url() -> str:
    """Return the address of the test's own database."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    account = f"{told['USER']}:{told['PASSWORD']}@" if told["USER"] else ""
    return f"postgres://{account}{told['HOST']}:{told['PORT']}/{told['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_what_was_answered_before_the_kill_is_asked_once(settings: Any, tmp_path: Path) -> None:
    audit = AuditFactory()
    comparisons(audit, 6)
    answer = answering(lambda a, b: "A" if "Write back" in a else "B")

    def answer_a_few(handler: Handler) -> None:
        if len(handler.server.bodies) > ANSWERED:
            handler.server.wait(lambda: False, seconds=60)
        answer(handler)

    with running(answer_a_few) as server:
        settings.LLM_URL, settings.LLM_MODEL = server.url, "judge"
        job_id = _planned(audit)
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, server.url, job_id],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": database_url(),
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "DATA_DIR": str(tmp_path),
            },
        )
        try:
            _wait_for_replies(process)
        finally:
            process.kill()
            process.wait()
        kept = {(row.comparison_id, row.part) for row in Reply.objects.all()}
        asked_before = len(server.bodies)
        server.script = [answer]
        Job.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
        jobs.reap()

    asked = Counter(shown(body) for body in server.bodies)
    assert len(kept) == ANSWERED
    # Twelve questions; only those that were on their way when the worker died had to be asked again.
    assert len(server.bodies) == 12 + asked_before - ANSWERED
    assert sum(count > 1 for count in asked.values()) == asked_before - ANSWERED
    assert Verdict.objects.filter(answer="a").count() == 6
    assert Job.objects.get().state == Job.State.SUCCEEDED


def _planned(audit: Any) -> str:
    """Plan a judge whose job nobody in this process takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "_send", lambda job: None)
        return str(add_judge(audit).job_id)


def _wait_for_replies(process: "subprocess.Popen[bytes]") -> None:
    latest = time.monotonic() + 60
    while Reply.objects.count() < ANSWERED:
        assert process.poll() is None, "The worker ended by itself."
        assert time.monotonic() < latest, "No answers were kept."
        time.sleep(0.05)
