"""Language models are registered, checked, chosen for work, and retired."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apps.models.engine.base import ChatSettings, ContextTooLong, Message
from apps.models.models import LanguageModel
from apps.models.selectors import language_models as selectors
from apps.models.services import engines, language_models
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import AuditEntry, Job, Role, Study
from tests.factories.shared import member
from tests.models.folders import model_folder
from tests.models.misbehaving import Handler, running, status, web_page

pytestmark = pytest.mark.django_db
Register = Callable[..., LanguageModel]


@pytest.fixture
def register(study: Study, django_capture_on_commit_callbacks: Any) -> Register:
    """Return a function that registers a model and lets its check run."""
    by = member(study=study, role=Role.ADMIN)

    def _register(**fields: Any) -> LanguageModel:
        with django_capture_on_commit_callbacks(execute=True):
            row = language_models.register(
                study=study, created_by=by, **({"name": "A model", "source": "folder"} | fields)
            )
        return selectors.language_model(study=study, language_model_id=row.pk)

    return _register


def plain(handler: Handler) -> None:
    """Answer as a server without schemas and probabilities does."""
    handler.begin()
    handler.piece("Yes.", finish_reason="stop")
    handler.raw("data: [DONE]\n\n")


def rich(handler: Handler) -> None:
    """Answer as a server with both does."""
    handler.begin()
    asked = handler.server.bodies[-1]
    first = {"token": "Yes", "logprob": -0.1, "top_logprobs": []}
    text = '{"answer": "yes"}' if "response_format" in asked else "Yes"
    handler.piece(text, logprobs={"content": [first]} if "logprobs" in asked else None, finish_reason="stop")
    handler.raw("data: [DONE]\n\n")


def test_a_folder_is_checked_on_the_spot(register: Register, tmp_path: Path) -> None:
    row = register(address=str(model_folder(tmp_path / "model")))

    assert (row.state, row.problems) == ("usable", [])
    assert row.facts["licence"] == "apache-2.0"
    assert row.checked_at is not None


def test_a_folder_with_something_wrong_says_what(register: Register, tmp_path: Path) -> None:
    row = register(address=str(tmp_path))

    assert row.state == "refused"
    assert "config.json" in row.problems[0]


@pytest.mark.parametrize(("behaviour", "offers"), [(plain, False), (rich, True)])
def test_a_server_is_asked_what_it_offers(register: Register, behaviour: Any, offers: bool) -> None:
    with running(behaviour) as server:
        row = register(source="endpoint", address=server.url, model="m", key="sk-secret")

    assert row.state == "usable"
    assert (row.facts["offers_schema"], row.facts["offers_logprobs"]) == (offers, offers)
    assert set(server.keys) == {"Bearer sk-secret"}


def sampled(handler: Handler) -> None:
    """Answer as a server does that samples as it is asked."""
    body = handler.server.bodies[-1]
    handler.begin()
    handler.piece(f"word {body['seed'] * body['temperature']}", finish_reason="stop")
    handler.raw("data: [DONE]\n\n")


def unsteady(handler: Handler) -> None:
    """Answer as a hosted model does that is never twice the same."""
    handler.begin()
    handler.piece(f"word {len(handler.server.bodies)}", finish_reason="stop")
    handler.raw("data: [DONE]\n\n")


@pytest.mark.parametrize(("behaviour", "obeys"), [(plain, False), (sampled, True), (unsteady, None)])
def test_whether_a_server_heeds_the_temperature_is_tried(
    register: Register, behaviour: Any, obeys: bool | None
) -> None:
    with running(behaviour) as server:
        row = register(source="endpoint", address=server.url, model="m")

    assert (row.state, row.facts["obeys_temperature"]) == ("usable", obeys)


def as_a_revision(handler: Handler) -> None:
    """Answer as `transformers serve` does: always the same, under the model's name and its revision."""
    handler.begin()
    chunk = {
        "model": f"{handler.server.bodies[-1]['model']}@main",
        "choices": [{"delta": {"content": "Yes."}}],
    }
    handler.raw(f"data: {json.dumps(chunk)}\n\n")
    handler.raw("data: [DONE]\n\n")


def test_a_server_that_would_end_of_a_long_chat_is_sent_no_more_than_it_reads(
    register: Register, study: Study, tmp_path: Path
) -> None:
    folder = model_folder(tmp_path / "model")
    with running(as_a_revision) as server:
        known = register(source="endpoint", address=server.url, model=str(folder))
        unknown = register(source="endpoint", address=server.url, model="m", name="Elsewhere")
        language_models.fill_role(
            study=study, role="interview", language_model_id=known.pk, temperature=0.7,
            by=member(study=study, role=Role.ADMIN),
        )  # fmt: skip
        found = selectors.model_for(study=study, role="interview")
        assert found is not None
        asked = len(server.bodies)
        with pytest.raises(ContextTooLong, match="reads 512 tokens"):
            list(
                engines.chat_model(model=found).stream(
                    [Message("user", "what " * 600)], ChatSettings(model="m")
                )
            )

    assert len(server.bodies) == asked
    assert (found.bound, selectors.in_use(unknown).bound) == (512, 4096)
    # It heeds none, so that none but the one that it has is asked for and noted.
    assert (found.temperature, found.fixed_temperature) == (0.0, True)


def test_a_server_that_refuses_long_chats_by_itself_is_left_to_do_so(register: Register) -> None:
    with running(plain) as server:
        row = register(source="endpoint", address=server.url, model="m")

    assert selectors.in_use(row).bound == 0


@pytest.mark.parametrize(
    ("behaviour", "listed", "said"),
    [
        (status(401), [], "status 401): because. It wants a key, or another one"),
        (status(404), ["small", "large"], "Its list has no m, but small, large: register it by such a name."),
        (status(404), [], "an address that ends in /v1"),
        (web_page, [], "answers with a web page, as no model's server does. Most servers have"),
    ],
)
def test_a_server_that_cannot_be_used_says_why_and_what_to_do(
    register: Register, behaviour: Any, listed: list[str], said: str
) -> None:
    with running(behaviour) as server:
        server.models = listed
        row = register(source="endpoint", address=server.url, model="m")

    assert row.state == "refused"
    assert len(row.problems) == 1
    assert said in row.problems[0]


def test_without_a_hub_a_hubs_name_is_refused_with_the_way_out(register: Register) -> None:
    row = register(source="hub", address="somebody/small")

    assert row.state == "refused"
    assert "register the folder" in row.problems[0]


def test_a_key_appears_in_no_log_no_job_and_no_representation(register: Register) -> None:
    with running(plain) as server:
        row = register(source="endpoint", address=server.url, model="m", key="sk-secret")

    told = [repr(row), str(row), repr(selectors.in_use(row))]
    told += [str(entry.__dict__) for entry in AuditEntry.objects.all()]
    told += [str(job.__dict__) for job in Job.objects.all()]
    assert all("sk-secret" not in text for text in told)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "  "},
        {"address": "relative/path"},
        {"source": "endpoint", "address": "localhost:8001", "model": "m"},
        {"source": "endpoint", "address": "http://user:word@host/v1", "model": "m"},
        {"source": "endpoint", "address": "http://host/v1"},
        {"source": "checkpoint"},
        {"source": "hub"},
    ],
)
def test_what_cannot_be_a_model_is_refused_at_once(register: Register, fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        register(**fields)


def test_two_models_have_two_names_and_a_retired_name_is_free_again(register: Register, study: Study) -> None:
    row = register(address="/nowhere")
    with pytest.raises(Conflict):
        register(address="/elsewhere")

    language_models.retire(language_model=row, by=member(study=study, role=Role.ADMIN))

    assert register(address="/elsewhere").pk != row.pk
    assert selectors.language_models(study=study).count() == 1


def test_a_retired_models_key_is_forgotten_and_its_work_goes_back(register: Register, study: Study) -> None:
    with running(plain) as server:
        row = register(source="endpoint", address=server.url, model="m", key="sk-secret")
    by = member(study=study, role=Role.ADMIN)
    language_models.fill_role(study=study, role="judging", language_model_id=row.pk, by=by)

    language_models.retire(language_model=row, by=by)

    row.refresh_from_db()
    assert row.key == ""
    assert selectors.model_for(study=study, role="judging") is None


def test_each_work_is_done_by_the_studys_model_else_by_its_own_of_the_environment_else_by_the_installations(
    register: Register, study: Study, settings: Any
) -> None:
    settings.LLM_URL, settings.LLM_MODEL = "http://all/v1", "for-all"
    settings.LLM_ROLES = {"judging": {"url": "http://judges/v1", "model": "judge", "key": "k"}}
    with running(sampled) as server:
        row = register(source="endpoint", address=server.url, model="mine")
    by = member(study=study, role=Role.ADMIN)
    language_models.fill_role(
        study=study, role="interview", language_model_id=row.pk, by=by, temperature=0.4, max_tokens=300
    )

    found = {
        role: selectors.model_for(study=study, role=role) for role in ("interview", "judging", "merging")
    }

    assert {role: (item.name, item.host) for role, item in found.items() if item} == {
        "interview": ("mine", "127.0.0.1"),
        "judging": ("judge", "judges"),
        "merging": ("for-all", "all"),
    }
    assert found["interview"] is not None
    assert (found["interview"].temperature, found["interview"].max_tokens) == (0.4, 300)
    said = {item.role: item.said_by for item in selectors.roles(study=study)}
    assert said == {
        "interview": "study", "stories": "environment", "merging": "environment", "judging": "environment",
    }  # fmt: skip


def test_people_do_not_wait_for_weights_to_be_loaded(
    register: Register, study: Study, tmp_path: Path
) -> None:
    row = register(address=str(model_folder(tmp_path / "model")))
    by = member(study=study, role=Role.ADMIN)

    with pytest.raises(Conflict, match="register the server"):
        language_models.fill_role(study=study, role="interview", language_model_id=row.pk, by=by)

    language_models.fill_role(study=study, role="judging", language_model_id=row.pk, by=by)
    assert next(item for item in selectors.roles(study=study) if item.role == "judging").said_by == "study"


def test_a_model_that_was_refused_does_no_work(register: Register, study: Study) -> None:
    row = register(address="/nowhere")

    with pytest.raises(Conflict, match="not usable"):
        language_models.fill_role(
            study=study, role="judging", language_model_id=row.pk, by=member(study=study, role=Role.ADMIN)
        )
