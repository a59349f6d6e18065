"""Django's name for elicitation, and its answers to the signals that every app must answer."""

from django.apps import AppConfig


class ElicitationConfig(AppConfig):
    """Consent, interviews, cards in the making, and what people are asked to judge."""

    name = "apps.elicitation"
    label = "elicitation"

    def ready(self) -> None:
        """Connect the receivers; the tables exist only now."""
        from apps.elicitation.selectors import people
        from apps.elicitation.services import demo, withdrawals
        from apps.shared.signals import (
            demo_loading,
            training_consents_asked,
            trait_words_asked,
            traits_asked,
            versions_asked,
            withdrawn,
        )

        withdrawn.connect(withdrawals.on_withdrawn, dispatch_uid="elicitation.withdrawal")
        traits_asked.connect(people.answer_traits, dispatch_uid="elicitation.traits")
        training_consents_asked.connect(
            people.answer_training_consents, dispatch_uid="elicitation.training_consents"
        )
        trait_words_asked.connect(people.answer_trait_words, dispatch_uid="elicitation.trait-words")
        versions_asked.connect(people.answer_versions, dispatch_uid="elicitation.versions")
        demo_loading.connect(demo.load, dispatch_uid="elicitation.demo")
