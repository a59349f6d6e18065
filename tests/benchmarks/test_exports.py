"""How long 50,000 turns take to leave in every format, and how much memory that needs. Prints a table and
asserts only that all of it is there.
"""

import random
import time
import uuid
from pathlib import Path

import pyarrow.parquet
import pytest

from apps.elicitation.domain.exports.purposes import FORMATS, Choice, Purpose
from apps.elicitation.models import Consent, Interview, Participant, Protocol, Turn
from apps.elicitation.services.exports import writing
from apps.shared.models import Study
from tests.factories.elicitation import RICH, ProtocolFactory

PEOPLE = 2_500
TURNS_EACH = 20


@pytest.fixture
def large(study: Study) -> Study:
    """Return a study of 2,500 people with 20 turns each."""
    protocol: Protocol = ProtocolFactory(study=study)
    version = protocol.current
    assert version is not None
    people = Participant.objects.bulk_create(
        Participant(study=study, version=version, token_hash=uuid.uuid4().hex, short_code=f"B{n}")
        for n in range(PEOPLE)
    )
    Consent.objects.bulk_create(
        Consent(
            participant=person,
            version=version.consent,
            research=True,
            of_age=True,
            receipt_code=person.short_code,
        )
        for person in people
    )
    interviews = Interview.objects.bulk_create(
        Interview(participant=person, interviewer="guided") for person in people
    )
    rng = random.Random(7)
    Turn.objects.bulk_create(
        (
            Turn(
                interview=interview,
                position=position,
                speaker="person" if position % 2 else "interviewer",
                text=" ".join(rng.choices(RICH, k=2)),
                engine={} if position % 2 else {"interviewer": "guided", "version": 3},
                trace=[[n * 900, n * 12] for n in range(20)] if position % 2 else [],
            )
            for interview in interviews
            for position in range(TURNS_EACH)
        ),
        batch_size=2_000,
    )
    return study


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


@pytest.mark.django_db
@pytest.mark.timeout(1800)
def test_fifty_thousand_turns(large: Study, tmp_path: Path) -> None:
    table: list[tuple[str, float, float, float, float]] = []
    rows = {}
    assert pyarrow.parquet  # Loaded before, so that its own memory is not counted as that of rows.
    for formats in [(name,) for name in FORMATS] + [FORMATS]:
        folder = tmp_path / "-".join(formats)
        folder.mkdir()
        choice = Choice(Purpose.RESEARCH, tables=("participants", "turns"), formats=formats)
        _forget_peak()
        before, begun, worked = _status("VmRSS"), time.perf_counter(), time.process_time()
        written = writing.write(study=large, choice=choice, folder=folder, progress=lambda share: None)
        took = time.perf_counter() - begun
        worked = time.process_time() - worked
        table.append((" + ".join(formats), took, worked, _status("VmHWM") - before, written.size / 2**20))
        rows = written.rows

    n = PEOPLE * TURNS_EACH
    print(f"\n\n{f'{n:,} turns':24} {'seconds':>8} {'of a core':>10} {'memory +MB':>11} {'zip MB':>8}")
    for name, took, worked, memory, size in table:
        print(f"{name:24} {took:8.1f} {worked:10.1f} {memory:11.0f} {size:8.1f}")
    assert rows == {"participants": PEOPLE, "turns": n}
