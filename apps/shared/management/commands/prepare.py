"""``manage.py prepare``: bring the database up to date and make the demo study on the first start."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management import BaseCommand, call_command
from django.db import transaction

from apps.shared.models import Role, Study
from apps.shared.services import studies, tables
from apps.shared.signals import demo_loading

DEMO_SLUG = "asking-for-advice"
DEMO_TITLE = "When people ask an AI for advice"


class Command(BaseCommand):
    """Prepare an installation; safe to run at every start."""

    help = "Migrate the database and, on the first start, make the demo study and its sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables or bring them up to date, then load the demo once."""
        if tables.are_absent():
            tables.make()
        call_command("migrate", verbosity=0, interactive=False)
        settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
        if not Study.objects.filter(slug=DEMO_SLUG).exists():
            load_demo(sign_ins=settings.DATA_DIR / "demo-sign-ins.txt")


@transaction.atomic
def load_demo(*, sign_ins: Path) -> Study:
    """Make the demo study with one account a role; only the owner may read the file of their passwords."""
    study = studies.create(slug=DEMO_SLUG, title=DEMO_TITLE, is_demo=True, include_simulated=True)
    lines, staff = [], {}
    for role in Role:
        password = secrets.token_urlsafe(12)
        staff[role] = _account(username=role.value, password=password)
        studies.set_member(study=study, user=staff[role], role=role)
        lines.append(f"{role.value}  {password}")
    demo_loading.send(sender=Study, study=study, staff=staff)
    handle = os.open(sign_ins, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(lines) + "\n")
    return study


def _account(*, username: str, password: str) -> AbstractBaseUser:
    user, _ = get_user_model().objects.get_or_create(username=username)
    user.set_password(password)
    user.save()
    return user
