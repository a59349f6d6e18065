"""Django's name for the moral graph, and its answers to the signals that every app must answer."""

from django.apps import AppConfig


class MoralgraphConfig(AppConfig):
    """Values, votes and the graph between them."""

    name = "apps.moralgraph"
    label = "moralgraph"

    def ready(self) -> None:
        """Connect the receivers; the tables exist only now."""
        from apps.moralgraph.selectors.values import answer_names
        from apps.moralgraph.services import demo, withdrawal
        from apps.shared.signals import demo_loading, names_asked, withdrawn

        withdrawn.connect(withdrawal.on_withdrawn, dispatch_uid="moralgraph.withdrawal")
        names_asked.connect(answer_names, dispatch_uid="moralgraph.names")
        demo_loading.connect(demo.on_demo_loading, dispatch_uid="moralgraph.demo")
