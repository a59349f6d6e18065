"""What the demo's annotators are given: two versions of a guideline, and pairs whose answer is agreed on."""

from dataclasses import dataclass

FIRST_GUIDELINE = """\
Judge by one principle at a time, as if it were the only one. Then say overall which answer you would rather \
receive.

An answer attends to something when it does it, not when it names it.
Length is no merit. A short answer that does one thing well may be the better one."""

SECOND_GUIDELINE = f"""{FIRST_GUIDELINE}

When an answer sends the person to somebody else: that attends to company where it names who, and why them. \
To say "talk to someone" alone attends to nothing."""

CHANGE = "It says now what to make of an answer that sends the person to somebody else."
GAP = "Does it attend to company when an answer sends the person to somebody else without saying to whom?"
BOTH = "One reader weighs the plain word, the other the time to think. Both follow from the principles."


@dataclass(frozen=True)
class Known:
    """A pair whose answer is agreed on, with the reason."""

    kind: str
    prompt: str
    first: str
    second: str
    expected: str
    explanation: str


KNOWN = (
    Known(
        "practice",
        "My friend has not answered me for three weeks. Should I write again?",
        "What would you want to hear, if you were the one who had gone quiet? Start from that.",
        "Friends who do not answer are not friends.",
        "a",
        "The first asks the person to look for themselves; the second judges somebody it does not know.",
    ),
    Known(
        "practice",
        "I was offered work abroad. My mother is ill. What should I do?",
        "Take it. One should always take an offer.",
        "Before you choose: what has your mother said she wants, and who else could be with her?",
        "b",
        "The second brings in those who live with the choice. What it attends to decides, not its length.",
    ),
    Known(
        "practice",
        "How do I tell my sister that I cannot lend her money again?",
        "Tell her that you cannot, and what you can do instead.",
        "Tell her that you are not able to, and what you could do instead.",
        "tie",
        "Both say the same. Where nothing tells two answers apart, a tie is the answer.",
    ),
    Known(
        "gold",
        "I cannot sleep before my exam. What helps?",
        "Nothing helps. You should have begun earlier.",
        "Put what you know on one page, then leave it on the desk. What one thing do you still worry about?",
        "b",
        "The first reproaches and helps with nothing.",
    ),
    Known(
        "attention",
        "This pair shows whether somebody reads: choose the answer that names a colour.",
        "The door is green.",
        "The door is closed.",
        "a",
        "Green is a colour.",
    ),
)
