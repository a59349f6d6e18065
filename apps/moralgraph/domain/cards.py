"""What a values card is, and how one is read from raw fields."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.models.domain.marks import defuse

TITLE_LENGTH = 80
SUMMARY_LENGTH = 600
ATTENDED_LENGTH = 120
QUALIFIER_LENGTH = 300
QUOTE_LENGTH = 2000
MOST_POLICIES = 12
MOST_QUOTES = 3


def translatable(text: str) -> str:
    """Mark a sentence that is shown in the reader's language; whoever shows it translates it."""
    return text


class CardError(ValueError):
    """A card cannot be read; ``field`` says where, ``message`` with its ``values`` says why, in English."""

    def __init__(self, field: str, message: str, **values: int) -> None:
        super().__init__(message % values)
        self.field, self.message, self.values = field, message, values


@dataclass(frozen=True)
class Quote:
    """What a person said, word for word, and the place of it in the interview."""

    quote: str
    turn: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the quote as it is stored."""
        return {"quote": self.quote, "turn": self.turn}


@dataclass(frozen=True)
class Policy:
    """One thing a person attends to: ``attended`` names the kind, ``qualifier`` says which of those.

    ``quote`` is the person's own sentence that it came from and ``turn`` the place of that sentence in the
    interview; ``more`` holds the further sentences that it rests on.
    """

    attended: str
    qualifier: str = ""
    quote: str = ""
    turn: int | None = None
    more: tuple[Quote, ...] = ()

    @property
    def text(self) -> str:
        """Return the policy as one line."""
        return f"{self.attended} {self.qualifier}".strip()

    def to_json(self) -> dict[str, Any]:
        """Return the policy with its quotes."""
        stored: dict[str, Any] = {
            "attended": self.attended,
            "qualifier": self.qualifier,
            "quote": self.quote,
            "turn": self.turn,
        }
        return {**stored, "more": [quote.to_json() for quote in self.more]} if self.more else stored

    def without_quote(self) -> dict[str, Any]:
        """Return the policy without the words that it came from."""
        return {"attended": self.attended, "qualifier": self.qualifier}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Policy":
        """Read a policy that was stored; rows from before there were further quotes have none."""
        return cls(
            raw["attended"],
            raw.get("qualifier", ""),
            raw.get("quote", ""),
            raw.get("turn"),
            tuple(Quote(item["quote"], item.get("turn")) for item in raw.get("more") or ()),
        )


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


def between_marks(card: ValuesCard) -> str:
    """Return a card as data in a request to a language model: nothing in it can end its marks."""
    lines = [card.title, card.summary, *(f"- {policy.text}" for policy in card.policies)]
    return "<card>\n" + defuse("\n".join(lines)) + "\n</card>"


def statement(*, title: str, policies: Sequence[Policy]) -> str:
    """Return a value as one sentence, for use as a principle of an audit."""
    if not policies:
        return title
    return f"{title}: attend to " + "; ".join(policy.text for policy in policies) + "."


def read(*, title: str, summary: str, policies: Iterable[Mapping[str, Any] | Policy]) -> ValuesCard:
    """Read a card from what a form or a model sent. Raises CardError with the field that is wrong."""
    items = tuple(_policy(raw, position) for position, raw in enumerate(policies))
    if len(items) > MOST_POLICIES:
        message = translatable("A card has at most %(most)s lines; this one has %(n)s.")
        raise CardError("policies", message, most=MOST_POLICIES, n=len(items))
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
        message = translatable("Say what you attend to in this line, or delete the line.")
        raise CardError(f"{field}.attended", message)
    first = _quote(item, field=field)
    return Policy(
        attended=attended,
        qualifier=_text(item.get("qualifier", ""), field=f"{field}.qualifier", longest=QUALIFIER_LENGTH),
        quote=first.quote,
        turn=first.turn,
        more=tuple(_quote(raw, field=field) for raw in (item.get("more") or ())[: MOST_QUOTES - 1]),
    )


def _quote(item: Mapping[str, Any], *, field: str) -> Quote:
    turn = item.get("turn")
    if turn is not None and (isinstance(turn, bool) or not isinstance(turn, int)):
        raise CardError(f"{field}.turn", translatable("The turn of a quote is a whole number."))
    text = _text(item.get("quote", "") or "", field=f"{field}.quote", longest=QUOTE_LENGTH, tidy=False)
    return Quote(text, turn)


def _text(raw: Any, *, field: str, longest: int, tidy: bool = True) -> str:
    if not isinstance(raw, str):
        raise CardError(field, translatable("This must be text."))
    text = re.sub(r"\s+", " ", raw).strip() if tidy else raw
    if len(text) > longest:
        message = translatable("This is %(length)s characters long; at most %(most)s fit.")
        raise CardError(field, message, length=len(text), most=longest)
    return text
