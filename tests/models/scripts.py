"""Scripted interviews: what a tiny language model learns by heart, and what a test types to it.

The person's replies are fixed, and every quote of a card stands word for word in one of them, so that the
model that learnt a script can be interviewed by real screens: type ``Script.replies`` in order, and the
card is ``Script.card``.
"""

import dataclasses
import json
from typing import Any

from apps.elicitation.domain import chat
from apps.elicitation.domain.transcript import Speaker, Turn
from apps.models.engine.base import Message

OPENING = "I am an AI that interviews you. Tell me about one time when somebody asked you for advice."
BEFORE_CARD = "Here is the card that I wrote from your words."


@dataclasses.dataclass(frozen=True)
class Script:
    """One interview: the interviewer's questions, the person's replies to them, and the card at the end."""

    questions: tuple[str, ...]
    replies: tuple[str, ...]
    card: dict[str, Any]

    @property
    def closing(self) -> str:
        """Return the interviewer's last message, which holds the card."""
        block = json.dumps(self.card, ensure_ascii=False)
        return f"{BEFORE_CARD}\n\n```card\n{block}\n```"

    def turns(self) -> list[Turn]:
        """Return the transcript up to the person's last reply."""
        said = [
            turn
            for question, reply in zip(self.questions, self.replies, strict=True)
            for turn in ((Speaker.INTERVIEWER, question), (Speaker.PERSON, reply))
        ]
        return [Turn(position, speaker, text) for position, (speaker, text) in enumerate(said)]


def _policy(attended: str, qualifier: str, quote: str) -> dict[str, Any]:
    return {"attended": attended, "qualifier": qualifier, "quotes": [quote]}


SCRIPTS = (
    Script(
        questions=(
            OPENING,
            "What did you pay attention to while she was talking?",
            "Why was the quiet worth waiting for?",
            "Where else did you wait like that?",
            "So you attend to the pauses in which somebody thinks. What is missing?",
        ),
        replies=(
            "My sister called me late one night because she wanted to leave her job and felt stuck.",
            "I noticed the pauses before she answered, and I listened for the words she kept coming back to.",
            "When she had time to finish a thought she found out herself what she wanted.",
            "With my son, when he looked for a word and I did not say it for him.",
            "Nothing is missing.",
        ),
        card={
            "title": "Room to think aloud",
            "summary": "I leave somebody the time in which they find out what they want.",
            "policies": [
                _policy("PAUSES", "before somebody answers", "I noticed the pauses before she answered"),
                _policy("WORDS", "that somebody keeps coming back to", "the words she kept coming back to"),
                _policy(
                    "MOMENTS",
                    "in which a thought is finished",
                    "When she had time to finish a thought she found out herself what she wanted.",
                ),
            ],
        },
    ),
    Script(
        questions=(
            OPENING,
            "What did you look at when he told you that?",
            "What did that show you about him?",
            "When else did you look for that?",
            "So you attend to what lights up a face. Is that right?",
        ),
        replies=(
            "A friend asked me whether he should move back to the village where his parents live.",
            "I looked at his face when he spoke of the garden, and at how his voice changed.",
            "It showed me what he would miss, and the promises he had made to himself.",
            "When my mother sold the house and stopped at one door.",
            "That is right.",
        ),
        card={
            "title": "Signs of what matters",
            "summary": "I look for the signs of what somebody would miss before I say anything.",
            "policies": [
                _policy("CHANGES", "in a voice", "how his voice changed"),
                _policy("PLACES", "that light up a face", "I looked at his face when he spoke of the garden"),
                _policy("PROMISES", "somebody made to themselves", "the promises he had made to himself"),
            ],
        },
    ),
)


def whole_chat(script: Script, *, question: str) -> list[Message]:
    """Return one script as a model must know it, to its end."""
    said = chat.messages(question=question, turns=script.turns())
    return [*said, Message(role="assistant", content=script.closing)]


def chats(*, question: str) -> list[list[Message]]:
    """Return every script as a model must know it, to its end, for a study that asks this question."""
    return [whole_chat(script, question=question) for script in SCRIPTS]
