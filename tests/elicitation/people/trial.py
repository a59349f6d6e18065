"""A sheet for a blind trial: one card and five transcripts, of which one is the card's.

    python -m tests.elicitation.people.trial --seed 7 --sheet sheet.md --key key.json

Names are taken away, and the card is shown without the quotes that stand beside its lines. The key, which
says which transcript is the right one, is a file of its own.
"""

import argparse
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apps.elicitation.domain.transcript import Speaker
from tests.elicitation.people import PEOPLE, Person

LETTERS = "ABCDE"
NAMELESS = "[name]"
ASKED = "Which of the five transcripts is the one that this card was made from? Answer with its letter."


@dataclass(frozen=True)
class Trial:
    """One card, the five people whose transcripts stand beside it in this order, and the right letter."""

    number: int
    person: Person
    shown: tuple[Person, ...]

    @property
    def right(self) -> str:
        """The letter of the transcript that the card was made from."""
        return LETTERS[self.shown.index(self.person)]

    @property
    def text(self) -> str:
        """The trial as a judge reads it."""
        transcripts = [
            f"### Transcript {letter}\n\n{_transcript(person)}"
            for letter, person in zip(LETTERS, self.shown, strict=True)
        ]
        return "\n\n".join([f"## Trial {self.number}\n\n{ASKED}", _card(self.person), *transcripts])


def trials(*, seed: int, people: Sequence[Person] = PEOPLE) -> list[Trial]:
    """Return a trial for each person, beside the four others of their language; a seed fixes the order."""
    chance = random.Random(seed)
    listed = chance.sample(list(people), len(people))
    made: list[Trial] = []
    for number, person in enumerate(listed, start=1):
        shown = [other for other in people if other.language == person.language]
        made.append(Trial(number, person, tuple(chance.sample(shown, len(LETTERS)))))
    return made


def _card(person: Person) -> str:
    card = person.card
    lines = [f"- {policy.text}" for policy in card.policies]
    return _nameless("\n".join([f"### The card\n\n**{card.title}**\n\n{card.summary}\n", *lines]), person)


def _transcript(person: Person) -> str:
    """Return what was asked and said, without the greeting, which is the same for all."""
    turns = person.turns[1:-1]
    said = [
        f"{'**Person:**' if turn.speaker == Speaker.PERSON else '*Interviewer:*'} {turn.text}"
        for turn in turns
    ]
    return _nameless("\n\n".join(said), person)


def _nameless(text: str, person: Person) -> str:
    for name in person.names:
        text = re.sub(rf"\b{re.escape(name)}\b", NAMELESS, text)
    return text


def main() -> None:
    """Write the sheet and its key."""
    parser = argparse.ArgumentParser(description="Write the sheet of a blind trial, and its key.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheet", type=Path, required=True)
    parser.add_argument("--key", type=Path, required=True)
    asked = parser.parse_args()
    made = trials(seed=asked.seed)
    asked.sheet.write_text("\n\n---\n\n".join(trial.text for trial in made) + "\n", "utf-8")
    key = {
        str(trial.number): {"right": trial.right, "person": trial.person.key, "manner": trial.person.manner}
        for trial in made
    }
    asked.key.write_text(json.dumps({"seed": asked.seed, "trials": key}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
