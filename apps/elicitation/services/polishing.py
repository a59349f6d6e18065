"""A model's card on its way to the person: read, checked, and sent back to the model at most twice."""

import dataclasses
import logging
import time
from collections.abc import Sequence
from typing import Any

from apps.elicitation.domain import cardblock, chat, guard
from apps.elicitation.domain.transcript import Turn
from apps.elicitation.services import asking
from apps.elicitation.services.asking import Waiting
from apps.models.engine.base import EngineError, Message
from apps.models.selectors.language_models import ModelInUse
from apps.moralgraph.domain import linter
from apps.moralgraph.domain.cards import ValuesCard
from apps.moralgraph.domain.linter import Finding, Severity

logger = logging.getLogger(__name__)
MOST_REVISIONS = 2
LINT_TOKENS = 300
CARD_TOKENS = 900


@dataclasses.dataclass(frozen=True)
class Polished:
    """What became of a block: a card, or why there is none; and the record of how it came about.

    ``judged`` is what the model still finds in the card; the patterns find theirs again whenever they look.
    """

    card: ValuesCard | None
    record: dict[str, Any]
    judged: tuple[Finding, ...] = ()


class Polisher:
    """Holds what stays the same while a card goes back and forth."""

    def __init__(
        self,
        *,
        asked: Sequence[Message],
        turns: Sequence[Turn],
        language: str,
        seed: int,
        waiting: Waiting = asking.WAITING,
        model: ModelInUse | None = None,
    ) -> None:
        self._model = model
        self._asked, self._turns, self._language, self._seed = asked, turns, language, seed
        self._ends = time.monotonic() + waiting.polish
        self._calls: list[dict[str, Any]] = []

    def polish(self, *, said: str, block: str) -> Polished:
        """Return the best card that a block and its revisions hold.

        A call that fails, or a revision that is worse, is no failure of the card.
        """
        card, refused = self._read(block)
        revisions, found = 0, self._find(card) if card else []
        while revisions < MOST_REVISIONS and (card is None or found):
            answer = self._send_back(card=card, found=found, said=said, refused=refused)
            if answer is None:
                break
            revisions, said = revisions + 1, answer
            again, refused_again = self._read(cardblock.take_apart(answer).block or answer)
            if again is None:
                refused = refused_again
                continue
            left = self._find(again)
            if card is None or _weight(left) < _weight(found):
                card, found = again, left
            else:
                break
        record = self._record(card=card, found=found, revisions=revisions, refused=refused)
        return Polished(card, record, tuple(item for item in found if item.rule in linter.JUDGED))

    def _record(
        self, *, card: ValuesCard | None, found: Sequence[Finding], revisions: int, refused: str
    ) -> dict[str, Any]:
        record: dict[str, Any] = {
            "card_prompt": chat.CARD_VERSION,
            "revisions": revisions,
            "findings": [{"rule": item.rule, "where": item.where} for item in found],
            "calls": self._calls,
        }
        return record if card and not refused else {**record, "card_refused": refused[:300]}

    def _read(self, block: str) -> tuple[ValuesCard | None, str]:
        try:
            card = cardblock.read_card(block=block, turns=self._turns)
        except cardblock.CardRefused as error:
            return None, str(error)
        wording = " ".join([card.title, card.summary, *(policy.text for policy in card.policies)])
        if guard.leaks(text=wording):
            return None, "The card repeats the instructions."
        return card, ""

    def _find(self, card: ValuesCard) -> list[Finding]:
        """Return what the patterns find and what the model judges; each rule once at each place."""
        found = linter.lint(card=card, language=self._language)
        answer = self._ask(
            chat.lint_messages(card=card, language=self._language),
            prompt=chat.LINT_VERSION,
            tokens=LINT_TOKENS,
        )
        if answer is None:
            return found
        try:
            judged = linter.read_judgement(text=answer, card=card)
        except linter.JudgementUnreadable as error:
            self._calls[-1]["error"] = type(error).__name__
            return found
        known = {(item.rule, item.where) for item in found}
        return found + [item for item in judged if (item.rule, item.where) not in known]

    def _send_back(
        self, *, card: ValuesCard | None, found: Sequence[Finding], said: str, refused: str
    ) -> str | None:
        if card is None:
            messages = chat.again_messages(asked=self._asked, said=said, wrong=refused)
            return self._ask(messages, prompt=chat.PROMPT_VERSION, tokens=CARD_TOKENS)
        messages = chat.revise_messages(turns=self._turns, card=card, findings=found, language=self._language)
        return self._ask(messages, prompt=chat.REVISE_VERSION, tokens=CARD_TOKENS)

    def _ask(self, messages: Sequence[Message], *, prompt: str, tokens: int) -> str | None:
        left, call = self._ends - time.monotonic(), {"prompt": prompt}
        self._calls.append(call)
        try:
            answer, made = asking.ask(
                messages=messages, most_tokens=tokens, seconds=left, seed=self._seed, model=self._model
            )
        except EngineError as error:
            logger.warning("A card could not be checked or revised: %s", type(error).__name__)
            call["error"] = type(error).__name__
            return None
        call.update(made)
        return answer


def _weight(found: Sequence[Finding]) -> tuple[int, int]:
    return sum(item.severity == Severity.FAULT for item in found), len(found)
