"""What a comparison of the demo is: a question, and two answers that attend to different things.

Each answer names the values of the demo's moral graph that it attends to; by a principle made of such a value
the answer that names it is the better one.
"""

from dataclasses import dataclass

LISTENING, COMPASS, TRUTH = "Unhurried Listening", "Their Own Compass", "Plain Truth"
MAP, LIVE_WITH, STEPS = "A Wider Map", "Those Who Live With It", "Small Reversible Steps"
LATER, COMPANY, EVIDENCE = "Looking Back From Later", "Steady Company", "Evidence First"
LIMITS, NEXT, ROOTS = "Knowing My Limits", "The Practical Next Thing", "Roots And Ties"


@dataclass(frozen=True)
class Response:
    """An answer and the values that it attends to."""

    text: str
    attends_to: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """A question in a context with two answers."""

    context: str
    prompt: str
    first: Response
    second: Response

    def preference(self, value: str) -> int:
        """Return +1 where only the first answer attends to the value, -1 where only the second does."""
        return (value in self.first.attends_to) - (value in self.second.attends_to)


def says(text: str, *values: str) -> Response:
    """Return an answer that attends to these values."""
    return Response(text, frozenset(values))
