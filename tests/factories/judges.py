"""Judges that a test controls: a server of a script's making, and the audit that it judges."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from apps.discretion.models import Annotator, Audit, Judging
from apps.discretion.services import judgings
from apps.shared.models import Role
from tests.factories.shared import member
from tests.models.misbehaving import Handler, ScriptedServer, running

Decide = Callable[[str, str], str]
"""What a judge answers to the response that stands as A and the one that stands as B."""
_RESPONSES = re.compile(r"<response_([ab])>\n(.*?)\n</response_\1>", re.DOTALL)


def shown(body: dict[str, Any]) -> tuple[str, str]:
    """Return the two responses of a request, in the order in which they stand."""
    found = dict(_RESPONSES.findall(body["messages"][-1]["content"]))
    return found["a"], found["b"]


def answering(decide: Decide) -> Callable[[Handler], None]:
    """Return a behaviour that answers every request by a function of the two responses."""

    def behave(handler: Handler) -> None:
        handler.begin()
        handler.piece(decide(*shown(handler.body)), finish_reason="stop")
        handler.raw('data: {"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 1}}\n\n')
        handler.raw("data: [DONE]\n\n")

    return behave


@contextmanager
def judge_server(settings: Any, decide: Decide) -> Iterator[ScriptedServer]:
    """Run a server that judges, as the installation's language model."""
    with running(answering(decide)) as server:
        settings.LLM_URL, settings.LLM_MODEL = server.url, "judge"
        yield server


def add_judge(audit: Audit, **how: Any) -> Judging:
    """Plan a judge; its job runs with the test's on-commit work."""
    by = member(study=audit.study, role=Role.RESEARCHER)
    judgings.add_judge(audit=audit, judge=judgings.Judge(**how), created_by=by)
    return Judging.objects.latest("pk")


def verdicts(annotator: Annotator) -> dict[tuple[str, int | None], str]:
    """Return what an annotator said: (comparison's external id, principle) -> answer."""
    rows = annotator.verdicts.filter(superseded_at__isnull=True)
    return {
        (external, principle): answer
        for external, principle, answer in rows.values_list(
            "comparison__external_id", "principle_id", "answer"
        )
    }
