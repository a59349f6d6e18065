"""What a language model reads: the exact messages for an interview, for a check and for a revision.

What a person wrote is data. It stands between marks of its own, which it cannot write itself: whatever looks
like such a mark, like a turn of a chat template or like a card's fence is made harmless before.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from apps.elicitation.domain.budget import AT_MOST
from apps.elicitation.domain.transcript import Speaker, Turn, answers
from apps.models.domain.marks import defuse
from apps.models.engine.base import Message, Role
from apps.moralgraph.domain.cards import Policy, ValuesCard
from apps.moralgraph.domain.linter import Finding

PROMPT_VERSION = "interviewer-v2"
CARD_VERSION = "card-v1"
LINT_VERSION = "lint-v1"
REVISE_VERSION = "revise-v1"
MOMENT_VERSION = "moment-v1"
BEGIN = "Please begin."
WRITE_CARD = "(Please write the card now.)"
LANGUAGE_NAMES = {"en": "English", "es": "Spanish", "ar": "Arabic"}
_HOLES = re.compile(r"\{(?:question|language|at_most|findings)\}")


@cache
def read_prompt(*, version: str = PROMPT_VERSION) -> str:
    """Return the text of a prompt file."""
    return (
        resources.files("apps.elicitation.domain.prompts")
        .joinpath(f"{version}.md")
        .read_text("utf-8")
        .strip()
    )


def constant_texts() -> list[str]:
    """Return what every prompt says, whoever is asked about whatever: what a reply must not repeat."""
    versions = (PROMPT_VERSION, CARD_VERSION, LINT_VERSION, REVISE_VERSION, MOMENT_VERSION)
    return [part for version in versions for part in _HOLES.split(read_prompt(version=version))]


def enclose(text: str) -> str:
    """Return a person's text between its marks."""
    return f"<answer>\n{defuse(text)}\n</answer>"


def messages(
    *,
    question: str,
    turns: Sequence[Turn],
    language: str = "en",
    at_most: int = AT_MOST,
    write_card: bool = False,
) -> list[Message]:
    """Return system prompt and transcript, people and model in turn, beginning with the person's side.

    Chat templates differ in what they allow; strict alternation that starts with a user message is allowed
    by all of them, so the opening question follows a fixed request to begin.
    """
    system = _fill(PROMPT_VERSION, question=question, language=_name(language), at_most=str(at_most))
    listed = [Message("system", f"{system}\n\n{read_prompt(version=CARD_VERSION)}"), Message("user", BEGIN)]
    for turn in turns:
        said = turn.speaker == Speaker.PERSON
        _append(listed, "user" if said else "assistant", enclose(turn.text) if said else turn.text)
    if write_card:
        _append(listed, "user", WRITE_CARD)
    return listed


def lint_messages(*, card: ValuesCard, language: str = "en") -> list[Message]:
    """Return the request to check a card by the rules that no pattern can check."""
    return [
        Message("system", _fill(LINT_VERSION, language=_name(language))),
        Message("user", _show(card, quotes=False)),
    ]


def revise_messages(
    *, turns: Sequence[Turn], card: ValuesCard, findings: Sequence[Finding], language: str = "en"
) -> list[Message]:
    """Return the request to mend what was found in a card."""
    listed = "\n".join(f"- {_place(finding.where)}: {finding.message}" for finding in findings)
    system = _fill(REVISE_VERSION, language=_name(language), findings=listed)
    said = "\n\n".join(enclose(turn.text) for turn in answers(turns=turns))
    return [
        Message("system", f"{system}\n\n{read_prompt(version=CARD_VERSION)}"),
        Message("user", f"{said}\n\n{_show(card, quotes=True)}"),
    ]


def moment_messages(*, turns: Sequence[Turn], card: ValuesCard, language: str = "en") -> list[Message]:
    """Return the request to say in what kind of moment a person's story was."""
    said = "\n\n".join(enclose(turn.text) for turn in answers(turns=turns))
    return [
        Message("system", _fill(MOMENT_VERSION, language=_name(language))),
        Message("user", f"{said}\n\n{_show(card, quotes=False)}"),
    ]


def again_messages(*, asked: Sequence[Message], said: str, wrong: str) -> list[Message]:
    """Return the request to write a card once more that could not be taken."""
    note = f"(This card cannot be taken: {defuse(wrong)} Write the whole block again.)"
    return [*asked, Message("assistant", said), Message("user", note)]


def _append(listed: list[Message], role: Role, content: str) -> None:
    if listed[-1].role == role:
        listed[-1] = Message(role, f"{listed[-1].content}\n\n{content}")
    else:
        listed.append(Message(role, content))


def _fill(version: str, **values: str) -> str:
    """Put values into a prompt's holes, all at once: a value with a hole in it stays as it is."""
    return _HOLES.sub(lambda hole: values[hole[0][1:-1]], read_prompt(version=version))


def _name(language: str) -> str:
    return LANGUAGE_NAMES.get(language, LANGUAGE_NAMES["en"])


def _place(where: str) -> str:
    name, _, number = where.partition(".")
    return f"line {int(number) + 1}" if number else name


def _show(card: ValuesCard, *, quotes: bool) -> str:
    shown = {
        "title": card.title,
        "summary": card.summary,
        "policies": [_line(policy, quotes=quotes) for policy in card.policies],
    }
    return f"<card>\n{defuse(json.dumps(shown, ensure_ascii=False))}\n</card>"


def _line(policy: Policy, *, quotes: bool) -> dict[str, object]:
    line: dict[str, object] = {"attended": policy.attended, "qualifier": policy.qualifier}
    if quotes:
        line["quotes"] = [policy.quote, *(more.quote for more in policy.more)]
    return line
