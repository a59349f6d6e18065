"""What a language model reads when it interviews: the exact list of messages for a transcript."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from apps.elicitation.domain.budget import AT_MOST, TYPICAL
from apps.elicitation.domain.transcript import Speaker, Turn
from apps.models.engine.base import Message, Role

PROMPT_VERSION = "interviewer-v1"
BEGIN = "Please begin."
WRITE_CARD = "(Please write the card now.)"


@cache
def read_prompt(*, version: str = PROMPT_VERSION) -> str:
    """Return the text of a prompt file."""
    return (
        resources.files("apps.elicitation.domain.prompts")
        .joinpath(f"{version}.md")
        .read_text("utf-8")
        .strip()
    )


def messages(question: str, turns: Sequence[Turn], *, write_card: bool = False) -> list[Message]:
    """Return system prompt and transcript, people and model in turn, beginning with the person's side.

    Chat templates differ in what they allow; strict alternation that starts with a user message is allowed
    by all of them, so the opening question follows a fixed request to begin.
    """
    system = read_prompt()
    for name, value in {"question": question, "at_most": str(AT_MOST), "typical": str(TYPICAL)}.items():
        system = system.replace("{" + name + "}", value)
    listed = [Message(role="system", content=system), Message(role="user", content=BEGIN)]
    for turn in turns:
        role: Role = "user" if turn.speaker == Speaker.PERSON else "assistant"
        if listed[-1].role == role:
            listed[-1] = Message(role=role, content=f"{listed[-1].content}\n\n{turn.text}")
        else:
            listed.append(Message(role=role, content=turn.text))
    if write_card:
        note = WRITE_CARD
        if listed[-1].role == "user":
            listed[-1] = Message(role="user", content=f"{listed[-1].content}\n\n{note}")
        else:
            listed.append(Message(role="user", content=note))
    return listed
