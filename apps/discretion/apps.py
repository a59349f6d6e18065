"""Django's name for discretion, and its answers to the signals that every app must answer."""

from django.apps import AppConfig


class DiscretionConfig(AppConfig):
    """Audits, verdicts and the measures of discretion."""

    name = "apps.discretion"
    label = "discretion"

    def ready(self) -> None:
        """Connect the receivers and name the tasks; the tables exist only now.

        Celery looks for tasks when a worker starts; a web process that enqueues has to know them too.
        """
        from apps.discretion import tasks  # noqa: F401
        from apps.discretion.selectors import audits
        from apps.discretion.services import demo, withdrawal
        from apps.shared.signals import demo_loading, names_asked, value_uses, withdrawn

        withdrawn.connect(withdrawal.follow_graph, dispatch_uid="discretion.withdrawn")
        value_uses.connect(audits.count_uses, dispatch_uid="discretion.value_uses")
        names_asked.connect(audits.answer_names, dispatch_uid="discretion.names")
        demo_loading.connect(demo.load, dispatch_uid="discretion.demo_loading")
