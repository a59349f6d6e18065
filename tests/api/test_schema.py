"""Every endpoint against its own description: whatever is sent, no answer breaks the server or its schema."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import response_schema_conformance

from apps.discretion.models import Audit
from apps.elicitation.models import Code, Interview, Participant, Passage, Turn
from apps.models.services import checkpoints, runs
from apps.moralgraph.models import Value
from apps.moralgraph.services import graphs
from apps.shared.models import Job, Membership, Role, Study
from tests.factories.discretion import PrincipleFactory, ProbeFactory, dealt, received
from tests.factories.discretion_files import pandalm
from tests.factories.elicitation import RICH, enrol
from tests.factories.models import frozen_data_set
from tests.factories.shared import UserFactory, member

DESCRIPTION = json.loads(Path("frontend/src/api/openapi.json").read_text())
EXAMPLES = {"sqlite": 12, "postgresql": 4}
"""On a server, fewer of the same: what differs there are characters and numbers that a column refuses."""
PARTS = 4


@pytest.fixture
def known(db: None, settings: Any, tmp_path: Path) -> dict[str, Any]:
    """Load the demo and a row of what it lacks; return the ids, so that every path finds something."""
    settings.DATA_DIR = tmp_path
    call_command("prepare")
    study = Study.objects.get()
    audit = Audit.objects.earliest("pk")
    session = enrol(study=study)
    interview = Interview.objects.create(participant=session.participant, interviewer="guided")
    code = Code.objects.create(study=study, name="Listening")
    turn = Turn.objects.create(interview=interview, position=0, speaker="person", text=RICH[0])
    data_set = frozen_data_set(study=study)
    run = runs.launch(study=study, data_set=data_set, config={}, created_by=UserFactory())
    batch = dealt(audit, Membership.objects.get(role=Role.ADMIN).user, size=3)
    rows = {
        "audit_id": audit,
        "batch_id": batch,
        "member_id": batch.members.get(),
        "probe_id": ProbeFactory(audit=audit),
        "checkpoint_id": checkpoints.record(run=run, step=1, path="nowhere", sha256="", size_bytes=1),
        "code_id": code,
        "data_set_id": data_set,
        "import_id": received(audit, pandalm()),
        "job_id": Job.objects.create(study=study, task="tests.nothing"),
        "participant_id": Participant.objects.get(pk=session.participant.pk),
        "passage_id": Passage.objects.create(turn=turn, code=code, start=0, end=4),
        "principle_id": PrincipleFactory(audit=audit),
        "run_id": run,
        "snapshot_id": graphs.take_snapshot(study=study, created_by=None),
        "user_id": member(study=study, role=Role.ANNOTATOR),
        "value_id": Value.objects.earliest("pk"),
    }
    return {"slug": study.slug, **{name: str(row.pk) for name, row in rows.items()}}


@pytest.fixture
def connected() -> Iterator[None]:
    """Keep the test's connection open between requests, as Django's own test client does."""
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def admin_session(known: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Sign in as the demo's admin, as a script with a session would."""
    client = Client()
    client.force_login(Membership.objects.get(role=Role.ADMIN).user)
    token = "a" * 32
    return {
        "cookies": {"sessionid": client.cookies["sessionid"].value, "csrftoken": token},
        # This client asks for packed answers and does not unpack them.
        "headers": {"X-CSRFToken": token, "Accept-Encoding": "identity"},
    }


def list_operations() -> Iterator[Any]:
    """Yield the described operations inside a study."""
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = get_wsgi_application()
    for result in schema.get_all_operations():
        operation = result.ok()
        if "{slug}" in operation.path:
            yield operation


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_sent_the_answer_is_as_described(
    part: int, known: dict[str, Any], admin_session: dict[str, dict[str, str]]
) -> None:
    failures, found = [], set()
    for operation in itertools.islice(list_operations(), part, None, PARTS):
        try:
            found |= send(operation, known=known, session=admin_session)
        except Exception as error:  # noqa: BLE001  (all operations are tried before the test fails)
            failures.append(f"{operation.label}: {error}")

    assert not failures, "\n\n".join(failures)
    assert found & {200, 201}, "The requests did not get past the doors."
    assert found & {400, 409}, "Nothing was sent that had to be refused."


def send(operation: Any, *, known: dict[str, Any], session: dict[str, dict[str, str]]) -> set[int]:
    """Send what the description allows and what it does not; nothing of it stays. Return the statuses."""
    statuses = set()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES[connection.vendor], deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def _try(case: Case) -> None:
        case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        with transaction.atomic():
            response = case.call(**session)
            transaction.set_rollback(True)
        statuses.add(response.status_code)
        case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])

    _try()
    return statuses
