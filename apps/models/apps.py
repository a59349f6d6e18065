"""Django's name for this app, and what it does when others call."""

from django.apps import AppConfig


class ModelsConfig(AppConfig):
    """Data sets, runs, checkpoints, engines."""

    name = "apps.models"
    label = "models"

    def ready(self) -> None:
        """Answer the signals that every app must answer."""
        from apps.models.services import alerts, demo, withdrawal
        from apps.shared.signals import demo_loading, job_lost, withdrawn

        withdrawn.connect(withdrawal.note_participant, dispatch_uid="models.withdrawn")
        job_lost.connect(alerts.note_lost_worker, dispatch_uid="models.job_lost")
        demo_loading.connect(demo.load, dispatch_uid="models.demo_loading")
