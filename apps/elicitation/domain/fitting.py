"""An interview that is longer than a model reads at once: its two ends are kept, the middle goes.

A chat here begins with what the model is told, a request to begin, the opening question and the first answer.
Then exchanges follow, each a question and its answer. The oldest of them are left out first; what the person
said at the very beginning goes last, because the rest leans on it.
"""

from collections.abc import Sequence

from apps.models.engine.base import Message, estimated_tokens

HEAD = 4
SAID = "(The middle of the conversation, {count} exchanges, is left out here. Do not ask about it again.)"


def most_left_out(*, messages: Sequence[Message]) -> int:
    """Return how many exchanges could be left out: all but the last, and the first answer after them."""
    return max((len(messages) - HEAD) // 2, 0)


def leave_out(*, messages: Sequence[Message], count: int) -> list[Message]:
    """Return the chat without so many exchanges of its middle, and say in it that they are missing.

    Where all that can go has gone but one, the first answer goes instead of the last.
    """
    if count <= 0 or len(messages) <= HEAD:
        return list(messages)
    most = most_left_out(messages=messages)
    if count >= most:
        kept = [messages[1], *messages[len(messages) - 2 :]]
    else:
        kept = [*messages[1:HEAD], *messages[HEAD + 2 * count :]]
    told = Message("system", f"{messages[0].content}\n\n{SAID.format(count=min(count, most))}")
    return [told, *kept]


def to_leave_out(*, messages: Sequence[Message], context_tokens: int, answer_tokens: int) -> int:
    """Return how many exchanges to leave out, so that chat and answer fit; 0 where nobody knows what fits."""
    if not context_tokens:
        return 0
    most = most_left_out(messages=messages)
    room = context_tokens - answer_tokens
    return next(
        (n for n in range(most) if estimated_tokens(leave_out(messages=messages, count=n)) <= room), most
    )


def more(*, messages: Sequence[Message], count: int) -> int | None:
    """Return how many exchanges to leave out after so many were too few; None where nothing is left to go."""
    most = most_left_out(messages=messages)
    return None if count >= most else min(max(count + 1, (count + most + 1) // 2), most)
