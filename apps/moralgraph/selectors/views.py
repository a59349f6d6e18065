"""What other apps see of the graph's rows: frozen, without a way back to the tables."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import Policy, ValuesCard, statement
from apps.moralgraph.domain.linter import Finding
from apps.moralgraph.models import Card, CardVersion, Value


class HasId(Protocol):
    """A row or a view of one."""

    @property
    def id(self) -> int:
        """Return the row's number."""
        ...


def id_of(reference: HasId | int) -> int:
    """Return the number of a row that is named by itself, by its view or by its number."""
    return reference if isinstance(reference, int) else reference.id


@dataclass(frozen=True)
class ValueView:
    """A value as people see it."""

    id: int
    title: str
    summary: str
    policies: tuple[Policy, ...]
    simulated: bool
    imported: bool = False

    @property
    def statement(self) -> str:
        """Return the value as one sentence."""
        return statement(title=self.title, policies=self.policies)

    @property
    def language(self) -> str:
        """Return the language that the value is worded in, as far as its letters and small words tell."""
        return linter.language_of(ValuesCard(self.title, self.summary, self.policies))


@dataclass(frozen=True)
class CardView:
    """A person's card as it stands, with hints on its wording."""

    id: int
    participant_id: uuid.UUID
    value_id: int | None
    number: int
    by: str
    title: str
    summary: str
    policies: tuple[Policy, ...]
    accepted: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Offer:
    """A story to judge: a transition in a context, with both of its values."""

    transition_id: int
    context_id: int
    story_id: int
    story_text: str
    less_wise: ValueView
    wiser: ValueView
    context_name: str


def policies_of(raw: Iterable[Mapping[str, Any]]) -> tuple[Policy, ...]:
    """Return stored policies."""
    return tuple(Policy.from_json(item) for item in raw)


def view_of_value(value: Value) -> ValueView:
    """Return a value as people see it."""
    policies = policies_of(value.policies)
    return ValueView(
        value.pk, value.title, value.summary, policies, value.simulated, value.imported_id is not None
    )


def view_of_card(card: Card, version: CardVersion) -> CardView:
    """Return a card in one of its versions."""
    policies = policies_of(version.policies)
    wording = ValuesCard(version.title, version.summary, policies)
    return CardView(
        id=card.pk,
        participant_id=card.participant_id,
        value_id=card.value_id,
        number=version.number,
        by=version.by,
        title=version.title,
        summary=version.summary,
        policies=policies,
        accepted=card.accepted_at is not None,
        findings=tuple(linter.lint(card=wording, language=linter.language_of(wording))),
    )
