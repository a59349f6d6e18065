"""Runs that train elsewhere: who may, what leaves, what is taken back and what is refused."""

import io
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from apps.models import selectors
from apps.models.domain.recipes import RewardConfig
from apps.models.domain.splits import split_by_key
from apps.models.models import Run, RunAlert
from apps.models.services import elsewhere, processes, runs
from apps.models.services.withdrawal import note_graph
from apps.models.tasks import train
from apps.models.training import loop
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.stopping import StopWatch
from apps.shared.models import AuditEntry, Job, Role, Study
from tests.factories.models import example, frozen_data_set, kind_world
from tests.factories.shared import StudyFactory, UserFactory, member
from tests.models.training.stops import StopAfter

pytestmark = [pytest.mark.training, pytest.mark.django_db]
Folder = Callable[[], Path]
INSTANT = {"mode": "instant", "max_length": 64}
STEPS = {"mode": "full", "max_length": 64, "epochs": 2, "batch_size": 6, "save_every": 4, "eval_every": 3}


def away(study: Study, **config: Any) -> Run:
    """Return a run that trains elsewhere."""
    data_set = frozen_data_set(study=study, examples=kind_world(count=16))
    chosen = RewardConfig(**config).model_dump()
    run = runs.launch(study=study, data_set=data_set, config=chosen, created_by=UserFactory())
    return elsewhere.send_away(run=run, by=UserFactory())


def address(run: Run, part: str) -> str:
    """Return the address of a part of a run."""
    return f"/api/studies/{run.study.slug}/runs/{run.pk}/{part}/"


def unpacked(admin: APIClient, run: Run, folder: Path) -> Path:
    """Download what another machine needs, and unpack it."""
    with zipfile.ZipFile(
        io.BytesIO(b"".join(admin.get(address(run, "package")).streaming_content))
    ) as packed:
        packed.extractall(folder)
    return folder / f"run-{run.number}"


def work(folder: Path, stop: StopWatch | None = None) -> None:
    """Do what the other machine does, in this process."""
    run = RunFolder(folder)
    log = MetricsLog(run.metrics)
    loop.train(folder=run, log=log, stop=stop or StopWatch())
    log.close()


def packed(folder: Path, *, also: Callable[[zipfile.ZipFile], None] = lambda _: None) -> io.BytesIO:
    """Return a folder as the archive that is uploaded."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(folder.rglob("*")):
            target.write(path, f"run-1/{path.relative_to(folder)}")
        also(target)
    archive.name, _ = "back.zip", archive.seek(0)
    return archive


def sent(admin: APIClient, run: Run, archive: io.BytesIO) -> tuple[int, str]:
    """Upload an archive; return the status and what was said."""
    answer = admin.post(address(run, "return"), {"file": archive}, format="multipart")
    body = answer.json()
    return answer.status_code, body["error"]["message"] if "error" in body else body["message"]


@pytest.fixture
def run(study: Study, tiny_encoder: Path) -> Run:
    """Return a run of a second that trains elsewhere."""
    return away(study, encoder=str(tiny_encoder), **INSTANT)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path) -> dict[str, bytes]:
    """Return what training leaves in the folder of ``run``: trained once for all, on the same pairs."""
    folder = tmp_path_factory.mktemp("trained")
    (folder / "config.json").write_text(RewardConfig(encoder=str(tiny_encoder), **INSTANT).model_dump_json())
    split = split_by_key(kind_world(count=16))
    for side, rows in (("train", split.train), ("held_out", split.held_out)):
        (folder / f"{side}.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))
    work(folder)
    left = ("metrics.jsonl", "result.json", "model/model.safetensors", "model/reward.json")
    return {name: (folder / name).read_bytes() for name in left}


@pytest.fixture
def folder(admin: APIClient, run: Run, trained: dict[str, bytes], tmp_path: Path) -> Path:
    """Return the folder of the run as the other machine leaves it."""
    found = unpacked(admin, run, tmp_path / "there")
    (found / "model").mkdir()
    for name, content in trained.items():
        (found / name).write_bytes(content)
    return found


def test_a_run_leaves_is_seen_to_be_away_and_is_called_back(
    admin: APIClient, researcher: APIClient, study: Study, run: Run, tmp_path: Path
) -> None:
    page = researcher.get(f"/api/studies/{study.slug}/runs/{run.pk}/").json()
    found = unpacked(admin, run, tmp_path)

    assert page["away_since"]
    assert page["message"] == "It trains on another machine."
    assert page["elsewhere"]["command"].endswith(f"bring_back_run {run.pk} FOLDER")
    assert json.loads((found / "config.json").read_text()) == run.config
    assert (found / "train.jsonl").read_bytes() == (run.data_set.folder / "train.jsonl").read_bytes()
    assert "torch==" in (found / "requirements.txt").read_text()
    assert "-m apps.models.evaluation.elsewhere . --encoder" in (found / "README.txt").read_text()
    assert not [path for path in found.rglob("*.py") if "django" in path.read_text().split("\n\n")[0]]
    assert admin.post(address(run, "resume")).status_code == 409
    assert admin.post(address(run, "elsewhere")).status_code == 409
    train(job_id=str(run.job_id))  # a worker that still has its task leaves it alone
    assert not run.folder.exists()

    body = admin.delete(address(run, "elsewhere")).json()

    assert (body["away_since"], body["state"], body["elsewhere"]) == (None, "cancelled", None)
    assert admin.get(address(run, "package")).status_code == 409
    assert admin.post(address(run, "resume")).json()["state"] == "queued"
    told = list(AuditEntry.objects.filter(subject=f"run/{run.pk}").values_list("action", flat=True))
    assert set(told) >= {
        "let a run train elsewhere", "downloaded a run to train elsewhere", "called a run back",
    }  # fmt: skip


def test_a_run_that_trains_here_is_not_handed_out(admin: APIClient, study: Study, run: Run) -> None:
    admin.delete(address(run, "elsewhere"))
    Job.objects.filter(pk=run.job_id).update(state=Job.State.RUNNING)

    answer = admin.post(address(run, "elsewhere"))

    assert (answer.status_code, Run.objects.get(pk=run.pk).away_since) == (409, None)


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.RESEARCHER, Role.AUDITOR])
def test_only_admins_of_the_study_have_to_do_with_it(
    sign_in: Callable[[Role], APIClient], run: Run, folder: Path, role: Role
) -> None:
    stranger = APIClient()
    stranger.force_login(member(study=StudyFactory(), role=Role.ADMIN))
    for client, status in ((sign_in(role), 403), (stranger, 404)):
        assert client.get(address(run, "package")).status_code == status
        assert client.get(address(run, "folder")).status_code == status
        assert client.post(address(run, "elsewhere")).status_code == status
        assert client.delete(address(run, "elsewhere")).status_code == status
        answer = client.post(address(run, "return"), {"file": packed(folder)}, format="multipart")
        assert answer.status_code == status
    assert Run.objects.get(pk=run.pk).away_since
    assert not run.folder.exists()


def test_what_is_finished_comes_back_by_upload_and_can_be_downloaded_whole(
    admin: APIClient, run: Run, folder: Path
) -> None:
    assert sent(admin, run, packed(folder)) == (200, "Finished at step 1.")

    run.refresh_from_db()
    body = admin.get(f"/api/studies/{run.study.slug}/runs/{run.pk}/").json()
    assert (body["state"], body["away_since"], body["elsewhere"]["step"]) == ("queued", None, 1)
    assert [point["name"] for point in body["points"] if point["step"] == 1]
    Job.objects.filter(pk=run.job_id).update(state=Job.State.SUCCEEDED)
    whole = b"".join(admin.get(address(run, "folder")).streaming_content)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = {name.removeprefix("run-1/") for name in archive.namelist()}
        assert archive.testzip() is None
    assert names == {
        "config.json", "train.jsonl", "held_out.jsonl", "metrics.jsonl", "result.json",
        "model/model.safetensors", "model/reward.json",
    }  # fmt: skip
    assert (body["size_on_disk"]["files"], body["size_on_disk"]["parts"][-2:]) == (
        7,
        ["result.json", "train.jsonl"],
    )
    assert sent(admin, run, packed(folder)) == (409, "This run does not train on another machine.")


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Return what changes a file of a folder."""
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes())) and None


def told(name: str, **fields: Any) -> Callable[[Path], None]:
    """Return what makes a file say something else."""
    return changed(name, lambda raw: json.dumps(json.loads(raw) | fields).encode())


def added(name: str, content: bytes) -> Callable[[Path], None]:
    """Return what puts a file into a folder."""
    return lambda folder: (folder / name).write_bytes(content) and None


REFUSED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "another run": (told("handover.json", run="another"), "of another run"),
    "another configuration": (told("config.json", ridge=7.0), "another configuration (ridge)"),
    "other pairs": (changed("train.jsonl", lambda raw: raw.replace(b"1.0", b"0.0", 1)), "on other pairs"),
    "other weights": (changed("model/model.safetensors", lambda raw: raw[:-1] + b"x"), "not those that"),
    "half of the weights": (changed("model/model.safetensors", lambda raw: raw[:-9]), "is damaged"),
    "another encoder": (told("model/reward.json", encoder_sha256="0" * 64), "another encoder model"),
    "a pickle": (added("model/pytorch_model.bin", b"x"), "may run code"),
    "a model elsewhere": (told("result.json", model="../../other"), "The model is missing"),
    "a dry run": (told("result.json", dry_run=True), "is a dry run"),
    "a number that is none": (
        changed("metrics.jsonl", lambda raw: raw.replace(b'"value": 0', b'"value": NaN, "x": 0', 1)),
        "metrics.jsonl is not as a run writes it",
    ),
    "a series of another kind": (
        changed("metrics.jsonl", lambda raw: raw.replace(b'"name": "loss"', b'"name": "praise"', 1)),
        "is none that a run of this method writes",
    ),
    "lines left out": (
        changed("metrics.jsonl", lambda raw: raw.split(b"\n", 1)[1]),
        "metrics.jsonl, line 1,",
    ),
    "figures of a better model": (
        added("figures.json", b'{"sha256": "0", "suites": {}}'),
        "does not hold what the suites find",
    ),
    "nothing yet": (lambda folder: (folder / "metrics.jsonl").unlink(), "Nothing was trained"),
    "no word of ours": (lambda folder: (folder / "handover.json").unlink(), "one handover.json in it"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_the_run_is_refused_with_a_sentence_and_changes_nothing(
    admin: APIClient, run: Run, folder: Path, case: str
) -> None:
    tamper, sentence = REFUSED[case]
    tamper(folder)

    status, said = sent(admin, run, packed(folder))

    assert (status, sentence in said) == (400, True), said
    assert Run.objects.get(pk=run.pk).away_since
    assert not list((run.folder.parent).glob("*"))


def _link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("run-1/log.txt")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


HOSTILE: dict[str, tuple[Callable[[zipfile.ZipFile], None], str]] = {
    "a way out": (lambda archive: archive.writestr("run-1/../../evil.txt", "x"), "leads out of its folder"),
    "an absolute name": (lambda archive: archive.writestr("/evil.txt", "x"), "leads out of its folder"),
    "a link": (_link, "holds a link (log.txt)"),
    "a bomb": (
        lambda archive: archive.writestr("run-1/log.txt", bytes(3_000_000), zipfile.ZIP_DEFLATED),
        "more than 2 MB",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_an_archive_that_would_do_harm_is_refused(
    admin: APIClient, run: Run, folder: Path, case: str, settings: Any
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 500_000
    also, sentence = HOSTILE[case]

    status, said = sent(admin, run, packed(folder, also=also))

    assert (status in {400, 413}, sentence in said) == (True, True), said
    assert not list((run.folder.parent).glob("*"))


def test_no_archive_and_one_that_is_too_large_are_refused(admin: APIClient, run: Run, settings: Any) -> None:
    nothing = io.BytesIO(b"no zip at all")
    nothing.name = "back.zip"
    assert sent(admin, run, nothing) == (400, "This is no zip archive, or it did not come whole.")

    settings.UPLOAD_LIMIT_BYTES = 10
    nothing.seek(0)
    status, said = sent(admin, run, nothing)
    assert (status, "by the command that the run's page shows" in said) == (413, True)


def test_the_command_takes_a_folder_and_follows_no_link(run: Run, folder: Path, tmp_path: Path) -> None:
    model = shutil.move(folder / "model", tmp_path / "model")
    (folder / "model").symlink_to(model)
    with pytest.raises(CommandError, match="model is a link"):
        call_command("bring_back_run", str(run.pk), str(folder))
    (folder / "model").unlink()
    shutil.move(model, folder / "model")

    out = io.StringIO()
    call_command("bring_back_run", str(run.pk), str(folder), stdout=out)

    assert "is back at step 1 of 1. It is finished" in out.getvalue()
    assert Job.objects.get(pk=run.job_id).state == Job.State.QUEUED
    entry = AuditEntry.objects.get(subject=f"run/{run.pk}", action="brought a run back")
    assert (entry.actor, entry.detail) == (None, {"finished": True})


def test_a_withdrawal_marks_a_run_that_is_away(admin: APIClient, study: Study, tmp_path: Path) -> None:
    person = UserFactory().pk  # any number will do for a snapshot
    examples = [example(number, source={"snapshot": person}) for number in range(8)]
    data_set = frozen_data_set(study=study, examples=examples)
    run = runs.launch(study=study, data_set=data_set, config=INSTANT, created_by=UserFactory())
    elsewhere.send_away(run=run, by=UserFactory())

    note_graph(study=study, snapshot_ids=[person], participant_id=data_set.pk)

    page = admin.get(f"/api/studies/{study.slug}/runs/{run.pk}/").json()
    assert (page["withdrawals"], bool(page["away_since"])) == (1, True)
    readme = (unpacked(admin, run, tmp_path) / "README.txt").read_text()
    assert "1 of them have withdrawn since" in readme
    entry = AuditEntry.objects.get(action="downloaded a run to train elsewhere")
    assert entry.detail == {"withdrawals": 1}


def test_half_a_run_comes_back_stopped_and_ends_here_as_if_it_had_never_left(
    admin: APIClient, study: Study, tiny_encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = away(study, encoder=str(tiny_encoder), **STEPS)
    through = unpacked(admin, run, tmp_path / "through")
    work(through)
    there = unpacked(admin, run, tmp_path / "there")
    work(there, StopAfter(3))
    (there / "error.json").write_text(
        json.dumps({"message": "The disk is full.", "kind": "disk", "lines": []})
    )

    assert sent(admin, run, packed(there)) == (200, "Stopped at step 3; it can be resumed.")
    page = admin.get(f"/api/studies/{study.slug}/runs/{run.pk}/").json()
    assert (page["state"], page["step"], page["away_since"]) == ("cancelled", 3, None)
    assert RunAlert.objects.get(run=run).message == "The disk is full."
    assert not list(run.folder.rglob("training_args.bin"))

    monkeypatch.setattr(processes, "watch", _in_this_process)
    monkeypatch.setattr(StopWatch, "end_with_parent", lambda _: None)
    admin.post(address(run, "resume"))
    train(job_id=str(run.job_id))

    run.refresh_from_db()
    assert Job.objects.get(pk=run.job_id).state == Job.State.SUCCEEDED, Job.objects.get(pk=run.job_id).message
    ours = (run.folder / "model" / "model.safetensors").read_bytes()
    assert ours == (through / "model" / "model.safetensors").read_bytes()
    losses = [point["step"] for point in selectors.points(run=run) if point["name"] == "loss"]
    assert losses == list(range(1, run.total_steps + 1))


def _in_this_process(*, module: str, arguments: list[str], **_: Any) -> int:
    if module == "apps.models.training":
        work(Path(arguments[0]))
        return 0
    from apps.models.evaluation import __main__ as command  # measuring loads what training has loaded

    return command.main(arguments)
