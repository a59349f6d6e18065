"""``manage.py bring_back_run RUN FOLDER``: take a run in again that another machine has trained."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError

from apps.models import selectors
from apps.models.services import returns
from apps.shared.errors import TouchstoneError


class Command(BaseCommand):
    """Bring a run back from a folder, however large."""

    help = (
        "Check the folder of a run that trained on another machine and take it in: what is finished is "
        "recorded and measured by the next free trainer, the rest can be resumed. Its page names it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the run's id and the folder."""
        parser.add_argument("run", type=UUID)
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back and say how far it is."""
        try:
            run = selectors.run_by_id(run_id=options["run"])
            run = returns.bring_back(run=run, folder=options["folder"], by=None)
        except TouchstoneError as error:
            raise CommandError(str(error)) from error
        done = (
            "It is finished: the next free trainer records it."
            if run.elsewhere["finished"]
            else ("It is not finished: resume it on its page, or let it train elsewhere again.")
        )
        self.stdout.write(f"“{run.name}” is back at step {run.step} of {run.total_steps}. {done}")
