"""What a language must have for the simulated participants to speak it."""

import dataclasses
from collections.abc import Mapping

from apps.elicitation.domain.personas.topics import Topic

Answers = Mapping[Topic, tuple[str, ...]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Texts:
    """Written answers of one language.

    ``told`` holds whole answers, one a scenario; ``terse`` and ``learner`` the same questions in few words
    and in the words of somebody who is learning the language. ``place`` puts a made-up name into a story.
    """

    told: Answers
    terse: Answers
    learner: Answers
    asides: tuple[str, ...]
    off_topic: tuple[str, ...]
    hostile: tuple[str, ...]
    injections: tuple[str, ...]
    reasons: tuple[str, ...]
    place: str
    syllables: tuple[str, ...]
