"""Files go out a piece at a time under either kind of server, and nothing of them is held or warned about."""

from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.test import AsyncClient, AsyncRequestFactory, RequestFactory
from rest_framework.request import Request

from apps.models.models import DataSet
from apps.shared.downloads import download
from apps.shared.models import Role, Study
from tests.factories.models import example, frozen_data_set
from tests.factories.shared import StudyFactory, member


def test_lines_are_made_as_they_are_sent_and_gathered_into_pieces() -> None:
    made = 0

    def lines() -> Iterator[str]:
        nonlocal made
        for _ in range(300):
            made += 1
            yield "é" * 1000

    answer = download(
        request=Request(RequestFactory().get("/")), lines=lines(), filename="x.csv", media="text/csv"
    )
    pieces = iter(answer)
    first = next(pieces)

    assert made < 50
    assert len(first) >= 64 * 1024
    assert first + b"".join(pieces) == ("é" * 300_000).encode()
    assert answer["Content-Disposition"] == 'attachment; filename="x.csv"'
    assert answer["Cache-Control"] == "private, no-store"


async def test_an_asynchronous_server_gets_pieces_of_its_own_kind() -> None:
    request = AsyncRequestFactory().get("/")
    assert isinstance(request, ASGIRequest)

    answer = download(request=Request(request), lines=iter(["a", "b"]), filename="x", media="text/plain")

    assert answer.is_async
    assert b"".join([piece async for piece in answer]) == b"ab"


@pytest.mark.django_db(transaction=True)
async def test_a_data_set_leaves_an_asynchronous_server_without_a_warning(async_study: Study) -> None:
    client = AsyncClient()
    found = await _prepare(async_study)
    await client.aforce_login(found[1])

    answer = await client.get(f"/api/studies/{async_study.slug}/data-sets/{found[0].pk}/export/")

    assert answer.status_code == 200
    # Under pytest a warning is an error: an iterator of the wrong kind would have ended this.
    text = b"".join([piece async for piece in answer]).decode()
    assert len(text.splitlines()) == 3


@pytest.fixture
def async_study(transactional_db: None) -> Study:
    """Return a study that other threads can read."""
    return StudyFactory()


async def _prepare(study: Study) -> tuple[DataSet, object]:
    examples = [example(0, p_a=1.0), example(1, p_a=0.2), example(2, p_a=0.5)]
    made = sync_to_async(frozen_data_set)
    data_set = await made(study=study, examples=examples, held_out=0.0, rule={"target": "verdicts"})
    return data_set, await sync_to_async(member)(study=study, role=Role.RESEARCHER)
