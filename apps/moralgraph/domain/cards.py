"""What a values card is, how one is read from raw fields, and cheap hints on how it is worded."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TITLE_LENGTH = 80
SUMMARY_LENGTH = 600
ATTENDED_LENGTH = 120
QUALIFIER_LENGTH = 300
QUOTE_LENGTH = 2000
MOST_POLICIES = 12


class CardError(ValueError):
    """A card cannot be read; ``field`` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Policy:
    """One thing a person attends to: ``attended`` names the kind, ``qualifier`` says which of those.

    ``quote`` is the person's own sentence that it came from and ``turn`` the place of that sentence in the
    interview.
    """

    attended: str
    qualifier: str = ""
    quote: str = ""
    turn: int | None = None

    @property
    def text(self) -> str:
        """Return the policy as one line."""
        return f"{self.attended} {self.qualifier}".strip()

    def to_json(self) -> dict[str, Any]:
        """Return the policy with its quote."""
        return {
            "attended": self.attended,
            "qualifier": self.qualifier,
            "quote": self.quote,
            "turn": self.turn,
        }

    def without_quote(self) -> dict[str, Any]:
        """Return the policy without the words that it came from."""
        return {"attended": self.attended, "qualifier": self.qualifier}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Policy":
        """Read a policy that was stored."""
        return cls(raw["attended"], raw.get("qualifier", ""), raw.get("quote", ""), raw.get("turn"))


@dataclass(frozen=True)
class ValuesCard:
    """A value in a person's words: a title, one sentence, and what the person attends to."""

    title: str
    summary: str
    policies: tuple[Policy, ...]

    @property
    def statement(self) -> str:
        """Return the card as one sentence, for use as a principle."""
        return statement(title=self.title, policies=self.policies)


def statement(*, title: str, policies: Sequence[Policy]) -> str:
    """Return a value as one sentence, for use as a principle of an audit."""
    if not policies:
        return title
    return f"{title}: attend to " + "; ".join(policy.text for policy in policies) + "."


def read(*, title: str, summary: str, policies: Iterable[Mapping[str, Any] | Policy]) -> ValuesCard:
    """Read a card from what a form or a model sent. Raises CardError with the field that is wrong."""
    items = tuple(_policy(raw, position) for position, raw in enumerate(policies))
    if len(items) > MOST_POLICIES:
        raise CardError("policies", f"A card has at most {MOST_POLICIES} lines; this one has {len(items)}.")
    return ValuesCard(
        title=_text(title, field="title", longest=TITLE_LENGTH),
        summary=_text(summary, field="summary", longest=SUMMARY_LENGTH),
        policies=items,
    )


def _policy(raw: Mapping[str, Any] | Policy, position: int) -> Policy:
    item = raw.to_json() if isinstance(raw, Policy) else raw
    field = f"policies.{position}"
    attended = _text(item.get("attended", ""), field=f"{field}.attended", longest=ATTENDED_LENGTH)
    if not attended:
        raise CardError(f"{field}.attended", "Say what you attend to in this line, or delete the line.")
    turn = item.get("turn")
    if turn is not None and (isinstance(turn, bool) or not isinstance(turn, int)):
        raise CardError(f"{field}.turn", "The turn of a quote is a whole number.")
    return Policy(
        attended=attended,
        qualifier=_text(item.get("qualifier", ""), field=f"{field}.qualifier", longest=QUALIFIER_LENGTH),
        quote=_text(item.get("quote", "") or "", field=f"{field}.quote", longest=QUOTE_LENGTH, tidy=False),
        turn=turn,
    )


def _text(raw: Any, *, field: str, longest: int, tidy: bool = True) -> str:
    if not isinstance(raw, str):
        raise CardError(field, "This must be text.")
    text = re.sub(r"\s+", " ", raw).strip() if tidy else raw
    if len(text) > longest:
        raise CardError(field, f"This is {len(text)} characters long; at most {longest} fit.")
    return text


@dataclass(frozen=True)
class Finding:
    """A hint on one line of a card: which rule, where, and what to do. Never a reason to refuse a card."""

    rule: str
    where: str
    message: str


_AVOIDS = re.compile(r"^(?:avoid|don't|do not|never|not|no|without|stop|refuse)\b", re.IGNORECASE)
_ORNATE = re.compile(
    r"\b(?:meaningful|deep|deeply|deeper|profound|profoundly|sacred|soul|essence)\b", re.IGNORECASE
)
_INDIVIDUAL = re.compile(r"\bthe (?:girl|boy|man|woman|guy|kid|lady)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:expected of me|supposed to|what people think|good person|others expect)\b", re.IGNORECASE
)
_ABSTRACT = frozenset(
    {"LOVE", "OPENNESS", "HONESTY", "KINDNESS", "RESPECT", "EMPATHY", "COMPASSION", "TRUST", "WISDOM"}
)


def lint(card: ValuesCard) -> list[Finding]:
    """Return hints on a card, line by line.

    The rules are those that a pattern can check: a line starts with a capitalised plural noun phrase and goes
    on with which of those; plain words; things to attend to rather than to avoid; no particular person; no
    one else's expectations.
    """
    findings: list[Finding] = []
    if not 2 <= len(card.title.split()) <= 5:
        findings.append(Finding("title", "title", "A title of two to five words is easiest to recognise."))
    for position, policy in enumerate(card.policies):
        findings += _lint_policy(policy, where=f"policies.{position}")
    return findings


def _lint_policy(policy: Policy, *, where: str) -> list[Finding]:
    words = re.findall(r"[A-Za-z']+", policy.attended)
    patterns = [
        ("positive", _AVOIDS, "Say what to attend to, rather than what to avoid."),
        ("plain_words", _ORNATE, "Use a plainer word, so that a stranger could notice the same thing."),
        (
            "anybody",
            _INDIVIDUAL,
            "Use a general word such as PEOPLE, so that the line fits other situations.",
        ),
        ("own_view", _OTHERS, "Say what you attend to, rather than what others expect."),
    ]
    findings = [Finding(rule, where, text) for rule, pattern, text in patterns if pattern.search(policy.text)]
    if not words or policy.attended != policy.attended.upper():
        findings.append(
            Finding("capitals", where, "Start with the kind of thing you attend to, in CAPITALS.")
        )
    elif policy.attended in _ABSTRACT:
        findings.append(Finding("concrete", where, "Name something that a stranger could notice."))
    elif not any(_plural(word) for word in words):
        findings.append(
            Finding("plural", where, "Use a plural, such as MOMENTS or WORDS: there are many of them.")
        )
    if not policy.qualifier:
        findings.append(Finding("qualifier", where, "Go on with which of those you attend to."))
    return findings


_IRREGULAR = frozenset({"PEOPLE", "CHILDREN", "FEET", "MEN", "WOMEN", "LIVES", "SELVES"})


def _plural(word: str) -> bool:
    upper = word.upper()
    return upper in _IRREGULAR or (upper.endswith("S") and not upper.endswith(("SS", "US", "IS")))
