"""What the demo says twice in other words: values and contexts that researchers would put together.

Written for this project. They are no reference for comparing cards (``domain.merging.wordings``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.moralgraph.domain.cards import Policy, ValuesCard


@dataclass(frozen=True)
class Twin:
    """A card that stands for itself, with a quote for its first line."""

    card: ValuesCard
    quote: str


def _twin(title: str, summary: str, lines: list[tuple[str, str]], *, quote: str) -> Twin:
    policies = tuple(Policy(attended, qualifier) for attended, qualifier in lines)
    return Twin(ValuesCard(title, summary, policies), quote)


TWINS: Mapping[str, Twin] = {
    "Plain Truth": _twin(
        "Saying What Is So",
        "I tell people what I see, even where they would rather not hear it, in words they can take in.",
        [
            ("FACTS", "about the situation that a person is walking around"),
            ("RISKS", "that are bigger than a person thinks"),
            ("SENTENCES", "that still hold once nothing in them is sweetened"),
            ("SIGNS", "that a person can bear to hear the hard part now"),
        ],
        quote="My sister was the only one who said out loud that the shop was losing money.",
    ),
    "A Wider Map": _twin(
        "Roads Not Yet Seen",
        "I show people ways that they did not know were open to them.",
        [
            ("OPTIONS", "that nobody has brought up yet"),
            ("ASSUMPTIONS", "that make it look as if there were only two ways"),
            ("EXAMPLES", "of people who got through by some other way"),
            ("ARRANGEMENTS", "in which two wishes can both be kept"),
        ],
        quote="Nobody had told me that one can share the job with somebody else.",
    ),
    "Steady Company": _twin(
        "Nobody Decides Alone",
        "I make sure that a person has somebody beside them while they decide.",
        [
            ("FRIENDS AND RELATIVES", "whom a person could lean on in these days"),
            ("SILENCES", "that two people share without filling them"),
            ("SIGNS", "of hunger, fear or tiredness that weigh on a choice"),
            ("HOURS", "of the week in which nobody would be there to help"),
        ],
        quote="She sat with me at the kitchen table until it got light.",
    ),
}
"""By the title of the value that says the same."""

MOMENTS: Mapping[str, str] = {
    "Unhurried Listening": "When a person is frightened or worn out",
    "Looking Back From Later": "When a choice cannot be taken back",
    "Those Who Live With It": "When a parent decides for a child",
}
"""In what kind of moment a value's first story was: two contexts in other words, and a new one."""
