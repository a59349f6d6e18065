"""A withdrawal takes away every file that may hold the person's words, also one that is being written."""

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase

from apps.elicitation.domain.exports.purposes import Choice
from apps.elicitation.domain.exports.tables import NAMES
from apps.elicitation.models import Export, Participant
from apps.elicitation.selectors import exports as selectors
from apps.elicitation.services import previews, withdrawals
from apps.elicitation.services.exports import asking, folders, making, writing
from apps.elicitation.services.participants import Ticks
from apps.shared.errors import Conflict
from apps.shared.models import AuditEntry, Job, Role, Study
from apps.shared.services import jobs
from tests.factories.elicitation import enrol
from tests.factories.exports import Unpacked, ask, full_study, somebody, words_of
from tests.factories.shared import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def full() -> Study:
    """Return a study with one person who agreed to everything and one who agreed to research alone."""
    study = full_study()
    somebody(study=study)
    somebody(study=study, quotes=False, training=False)
    return study


def _person(study: Study, *, quotes: bool) -> Participant:
    return Participant.objects.get(study=study, consent__quotes=quotes)


def _withdraw(person: Participant) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        withdrawals.withdraw(participant=person)


def _states(study: Study) -> dict[str, str]:
    return dict(Export.objects.filter(study=study).values_list("purpose", "state"))


def _files(study: Study) -> set[str]:
    place = folders.folder(study=study)
    return {path.name for path in place.iterdir()} if place.exists() else set()


def test_a_withdrawal_outdates_the_exports_that_may_hold_the_person_and_deletes_their_files(
    full: Study,
) -> None:
    made = {purpose: ask(study=full, purpose=purpose) for purpose in ("research", "quotes", "training")}
    assert len(_files(full)) == 3

    _withdraw(_person(full, quotes=False))

    assert _states(full) == {"research": "outdated", "quotes": "ready", "training": "ready"}
    assert _files(full) == {f"{made['quotes'].pk}.zip", f"{made['training'].pk}.zip"}
    [entry] = AuditEntry.objects.filter(action="export.outdated")
    assert (entry.subject, entry.detail, entry.actor) == (str(made["research"].pk), {}, None)


def test_made_again_it_holds_nothing_of_the_person(full: Study) -> None:
    gone = _person(full, quotes=True)
    before = Unpacked(ask(study=full))
    assert words_of(gone).encode() in before.files["votes.jsonl"]

    _withdraw(gone)
    after = Unpacked(ask(study=full))

    assert not any(words_of(gone).encode() in data for data in after.files.values())
    assert len(after.rows("participants")) == 1


@pytest.mark.parametrize("choice", [{"versions": [1], "tables": ["turns"]}, {"simulated": True}])
def test_an_export_that_cannot_hold_the_person_stands(full: Study, choice: dict[str, Any]) -> None:
    person = _person(full, quotes=True)
    made = ask(study=full, **choice)

    if "versions" not in choice:  # They came when it was finished.
        person = enrol(study=full).participant
    _withdraw(person)

    made.refresh_from_db()
    assert made.state == "ready"
    assert folders.path_of(export=made).exists()


def test_words_of_a_value_count_though_its_person_met_another_version(full: Study) -> None:
    made = ask(study=full, versions=[1], tables=["values"])

    _withdraw(_person(full, quotes=True))

    made.refresh_from_db()
    assert made.state == "outdated"


def test_a_preview_that_withdraws_outdates_nothing(full: Study) -> None:
    made = ask(study=full, simulated=True)
    ticks = Ticks(version=0, research=True, quotes=True, training=True, of_age=True)
    admin = member(study=full, role=Role.ADMIN)
    preview = previews.begin(study=full, actor=admin, ticks=ticks, language="en", address="")
    Participant.objects.filter(pk=preview.participant.pk).update(created_at=made.created_at)

    _withdraw(Participant.objects.get(pk=preview.participant.pk))

    made.refresh_from_db()
    assert made.state == "ready"


@dataclasses.dataclass
class _Writes:
    """Writes for real, and does something else in the middle of the first times."""

    meanwhile: Callable[[], None]
    times: int
    choices: list[Choice] = dataclasses.field(default_factory=list)

    def __call__(self, *, study: Study, choice: Choice, folder: Path, progress: Any) -> writing.Written:
        written = writing.write(study=study, choice=choice, folder=folder, progress=progress)
        self.choices.append(choice)
        if len(self.choices) <= self.times:
            self.meanwhile()
        return written


def _enqueued(study: Study) -> tuple[Export, Job]:
    export = asking.ask(study=study, actor=member(study=study, role=Role.RESEARCHER), purpose="research")
    job = jobs.claim(job_id=str(export.job_id), owner="one")
    assert job is not None
    return export, job


def _held(study: Study) -> tuple[Export, Job]:
    """Return an export whose job this test holds, though nothing is kept from being sent."""
    job = Job.objects.create(study=study, task="elicitation.export", state="running", lease_owner="one")
    choice = {"tables": list(NAMES), "formats": ["jsonl"], "versions": []}
    choice |= dict.fromkeys(("simulated", "panel_ids", "bom"), False)
    return Export.objects.create(study=study, purpose="research", choice=choice, job_id=job.pk), job


def test_who_withdraws_while_it_is_written_is_not_in_it(full: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = _person(full, quotes=True)
    export, job = _enqueued(full)
    writes = _Writes(meanwhile=lambda: _withdraw(gone), times=1)
    monkeypatch.setattr(making, "writing", _Module(writes))

    making.make(export=export, job=job)

    export.refresh_from_db()
    assert (export.state, len(writes.choices)) == ("ready", 2)
    assert not any(words_of(gone).encode() in data for data in Unpacked(export).files.values())
    assert _files(full) == {f"{export.pk}.zip"}


class _Module:
    """Stands in the place of the module that writes."""

    def __init__(self, write: Any) -> None:
        self.write = write


def test_where_people_keep_withdrawing_it_is_given_up_and_nothing_is_left(
    full: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, job = _enqueued(full)
    writes = _Writes(meanwhile=lambda: _withdraw(enrol(study=full).participant), times=99)
    monkeypatch.setattr(making, "writing", _Module(writes))

    with pytest.raises(Conflict, match="kept withdrawing"):
        making.make(export=export, job=job)

    export.refresh_from_db()
    assert (export.state, len(writes.choices)) == ("failed", making.TRIES)
    assert _files(full) == set()


def test_what_breaks_leaves_no_file_and_says_so(full: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    export, job = _enqueued(full)

    def breaks() -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(making, "writing", _Module(_Writes(meanwhile=breaks, times=1)))

    with pytest.raises(OSError, match="No space"):
        making.make(export=export, job=job)

    export.refresh_from_db()
    assert export.state == "failed"
    assert "log" in export.message
    assert _files(full) == set()


def test_one_that_was_removed_while_it_was_written_stays_removed(
    full: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, job = _enqueued(full)
    admin = member(study=full, role=Role.ADMIN)
    writes = _Writes(
        meanwhile=lambda: asking.remove(study=full, actor=admin, export_id=export.pk) and None, times=1
    )
    monkeypatch.setattr(making, "writing", _Module(writes))

    making.make(export=export, job=job)

    export.refresh_from_db()
    assert (export.state, len(writes.choices)) == ("removed", 1)
    assert _files(full) == set()


def test_a_file_that_outlived_a_crash_goes_at_the_next_chance(full: Study) -> None:
    made = ask(study=full)
    place = folders.folder(study=full)
    Export.objects.filter(pk=made.pk).update(state="outdated")
    (place / f".{made.pk}.half").mkdir()
    (place / f".{made.pk}.half" / "turns.csv").write_text("words")

    again = ask(study=full, tables=["codes"])

    assert _files(full) == {f"{again.pk}.zip"}


def test_what_a_killed_attempt_left_goes_when_it_is_written_anew(full: Study) -> None:
    export, job = _enqueued(full)
    left = folders.folder(study=full) / f".{export.pk}.half"
    left.mkdir(parents=True)
    (left / "turns.csv").write_text("words of somebody who withdrew since")

    making.make(export=export, job=job)

    assert _files(full) == {f"{export.pk}.zip"}


def test_a_worker_that_lost_its_job_does_not_call_the_export_failed(
    full: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, job = _enqueued(full)

    def lose() -> None:
        Job.objects.filter(pk=job.pk).update(lease_owner="two")
        raise FileNotFoundError("The folder is gone.")

    monkeypatch.setattr(making, "writing", _Module(_Writes(meanwhile=lose, times=1)))

    with pytest.raises(FileNotFoundError):
        making.make(export=export, job=job)

    export.refresh_from_db()
    assert export.state == "making"


def test_a_worker_that_died_for_good_is_seen_as_a_failure_and_its_files_go(full: Study) -> None:
    export, job = _enqueued(full)
    part = folders.folder(study=full) / f".{export.pk}.half"
    part.mkdir(parents=True)
    [shown] = selectors.export_views(study=full)
    assert shown["state"] == "making"
    Job.objects.filter(pk=job.pk).update(state="failed", message="The worker died 6 times on this job.")

    [shown] = selectors.export_views(study=full)
    folders.clear(study=full)

    assert (shown["state"], shown["message"]) == ("failed", "The worker died 6 times on this job.")
    assert not part.exists()


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_the_end_of_an_export_never_leave_a_file_with_the_persons_words() -> None:
    study = full_study()
    gone = somebody(study=study)
    export, job = _held(study)
    start = threading.Barrier(2)

    def leave() -> None:
        from django.db import connection

        try:
            start.wait(timeout=30)
            withdrawals.withdraw(participant=Participant.objects.get(pk=gone.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=leave)
    thread.start()
    start.wait(timeout=30)
    making.make(export=export, job=job)
    thread.join(timeout=60)

    export.refresh_from_db()
    held = Unpacked(export).files.values() if export.state == "ready" else []
    assert export.state in {"ready", "outdated"}
    assert not any(words_of(gone).encode() in data for data in held)
    assert (export.state == "ready") == folders.path_of(export=export).exists()
