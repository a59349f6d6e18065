"""The first start makes a demo study that people can sign in to; later starts leave it alone."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from apps.shared.models import Membership, Role, Study


@pytest.fixture
def data_dir(settings: Any, tmp_path: Path) -> Path:
    """Keep the sign-ins in the test's own folder."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_every_role_can_sign_in_with_the_password_that_was_written_down(data_dir: Path) -> None:
    call_command("prepare")

    path = data_dir / "demo-sign-ins.txt"
    sign_ins = dict(line.split() for line in path.read_text().splitlines())
    assert set(sign_ins) == set(Role.values)
    assert all(authenticate(username=name, password=word) for name, word in sign_ins.items())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_the_demo_is_marked_as_a_demo_and_asks_for_simulated_people_by_name(data_dir: Path) -> None:
    call_command("prepare")

    study = Study.objects.get()
    assert study.is_demo
    assert study.include_simulated
    assert Membership.objects.filter(study=study).count() == len(Role)


@pytest.mark.django_db
def test_a_second_start_changes_nothing(data_dir: Path) -> None:
    call_command("prepare")
    before = (data_dir / "demo-sign-ins.txt").read_text()

    call_command("prepare")

    assert Study.objects.count() == 1
    assert (data_dir / "demo-sign-ins.txt").read_text() == before
