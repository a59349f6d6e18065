"""The tables of what people told: themselves, their interviews, and what was noted on those."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from apps.elicitation.domain.exports.columns import PERSON, Code, Column, Kind, Table, codes
from apps.elicitation.domain.interview import TurnState
from apps.elicitation.domain.protocol import LANGUAGES, Exit, Item, Protocol, SurveyItem
from apps.elicitation.domain.steps import LONGEST_WAY, Step

Versions = Sequence[tuple[int, Protocol]]
"""The contents of the study's versions by number, the oldest first; drafts that were piloted have 0."""
Part = TypeVar("Part", bound=Item | SurveyItem)
_STEPS: dict[Step, str] = {
    Step.CONSENT: "Consent",
    Step.ABOUT: "Questions about the person",
    Step.QUESTION: "Choice of the question",
    Step.INTERVIEW: "Interview",
    Step.CARD: "Own card",
    Step.WISE: "Values of others that are wise to consider",
    Step.VOTES: "Stories to judge",
    Step.SURVEY: "Survey",
    Step.RESULT: "Result",
    Step.DONE: "Done",
    Step.INELIGIBLE: "Ended: too young",
    Step.SCREENED_OUT: "Ended: screened out",
    Step.OVER_QUOTA: "Ended: quota full",
    Step.FAILED: "Ended: technical failure",
}
_EXITS: dict[Exit, str] = {
    Exit.COMPLETE: "Complete",
    Exit.SCREENED_OUT: "Screened out by an answer",
    Exit.UNDER_AGE: "Too young",
    Exit.OVER_QUOTA: "Quota full",
    Exit.FAILED: "Technical failure",
}
_LANGUAGES = {"en": "English", "es": "Spanish", "ar": "Arabic"}
_INTERVIEWERS = codes(guided="A program without a language model", llm="A language model")

PANEL_IDS = (
    Column("panel_person", Kind.ID, "The person's id in the panel. Names a person to the panel."),
    Column("panel_study", Kind.ID, "The panel's id of the study."),
    Column("panel_session", Kind.ID, "The panel's id of the visit."),
)


def participants(*, versions: Versions, panel_ids: bool = False) -> Table:
    """Return the table of people, with a column for each item that any of these versions asks."""
    return Table(
        name="participants",
        label="Participants",
        about="One row a person: how far they came, and what they told about themselves and the study.",
        key=("participant_id",),
        columns=(
            PERSON,
            *_STANDING,
            _question(versions),
            *_FACTS,
            *(PANEL_IDS if panel_ids else ()),
            *_about(versions),
            Column("surveyed_at", Kind.TIME, "When they answered the survey; missing where they did not."),
            *_survey(versions),
        ),
    )


_STANDING = (
    Column("language", Kind.CODE, "The language they read.",
           codes=codes(**{key: _LANGUAGES[key] for key in LANGUAGES})),
    Column("step", Kind.CODE, "Where they stand.",
           codes=codes(**{step.value: label for step, label in _STEPS.items()})),
    Column("step_reached", Kind.CODE, "The furthest step that they entered.",
           codes=codes(**{step.value: _STEPS[step] for step in LONGEST_WAY})),
    Column("exit", Kind.CODE, "How their part ended; missing while it has not.",
           codes=codes(**{way.value: label for way, label in _EXITS.items()})),
)  # fmt: skip
_FACTS = (
    Column("interviewer", Kind.CODE, "Who interviewed them.", codes=_INTERVIEWERS),
    Column("value_id", Kind.ID, "Their value in the moral graph, where they accepted a card."),
    Column("panel", Kind.CODE, "Which panel sent them; missing where none did.",
           codes=codes(prolific="Prolific")),
    Column("persona", Kind.TEXT, "Which simulated person, where it is one."),
    Column("pilot_id", Kind.ID, "The pilot that it walked in, where it is a simulated person of one."),
    Column("started_at", Kind.TIME, "When they agreed to take part."),
    Column("completed_at", Kind.TIME, "When they came to the end; missing where they did not."),
    Column("released_at", Kind.TIME, "When a researcher let them finish early, with the code for complete."),
    Column("minutes", Kind.NUMBER, "From agreeing to the end, pauses included.", unit="minutes"),
    Column("consent_version", Kind.INTEGER, "The number of the consent text that they agreed to."),
    Column("told_at", Kind.TIME, "When they told about themselves; missing where they did not."),
)  # fmt: skip


def _question(versions: Versions) -> Column:
    asked = {question.key: question.title for _, content in versions for question in content.questions}
    found = tuple(
        Code(key, {str(code): text for code, text in title.items()}) for key, title in asked.items()
    )
    return Column("question", Kind.CODE, "The question that they were interviewed about.", codes=found)


def _about(versions: Versions) -> Iterable[Column]:
    """Return one column an item; where versions word it differently, the newest wording is shown."""
    for key, (item, numbers) in _items((number, content.about) for number, content in versions).items():
        options = _options(versions, key)
        yield Column(
            name=f"about_{key}",
            kind=Kind.CODE if options else Kind.TEXT,
            about="What they told about themselves." if not options else "What they chose about themselves.",
            codes=options,
            question={str(language): text for language, text in item.label.items()},
            versions=numbers,
        )


def _options(versions: Versions, key: str) -> tuple[Code, ...]:
    """Return every option that any version offered; none where some version asked in words."""
    asked = [item for _, content in versions for item in content.about if item.key == key]
    if not all(item.options for item in asked):
        return ()
    labels = {option.key: option.label for item in asked for option in item.options}
    return tuple(
        Code(name, {str(code): text for code, text in label.items()}) for name, label in labels.items()
    )


def _survey(versions: Versions) -> Iterable[Column]:
    asked = _items((number, content.survey) for number, content in versions)
    for key, (item, numbers) in asked.items():
        kinds = {part.kind for _, content in versions for part in content.survey if part.key == key}
        scale = kinds == {"scale"}
        yield Column(
            name=f"survey_{key}",
            kind=Kind.INTEGER if scale else Kind.TEXT,
            about="From 1 (not at all) to 5 (entirely)." if scale else "In their own words.",
            unit="points of 5" if scale else "",
            question={str(language): text for language, text in item.text.items()},
            versions=numbers,
        )


def _items(
    asked: Iterable[tuple[int, tuple[Part, ...]]],
) -> dict[str, tuple[Part, tuple[int, ...]]]:
    """Return every item by its key, as its newest version words it, with the numbers of its versions."""
    found: dict[str, tuple[Part, tuple[int, ...]]] = {}
    for number, parts in sorted(asked, key=lambda pair: pair[0]):
        before = {key: numbers for key, (_, numbers) in found.items()}
        found |= {part.key: (part, (*before.get(part.key, ()), number)) for part in parts}
    return found


TURNS = Table(
    name="turns",
    label="Turns",
    about="One row a turn of an interview, word for word, both sides.",
    key=("participant_id", "turn"),
    columns=(
        PERSON,
        Column("turn", Kind.INTEGER, "The place in the interview, counted from 0."),
        Column("speaker", Kind.CODE, "Who said it.",
               codes=codes(person="The participant", interviewer="The interviewer")),
        Column("text", Kind.TEXT, "What was said."),
        Column("state", Kind.CODE, "How far the turn is; only a complete one was said in full.",
               codes=codes(**{state.value: state.value.capitalize() for state in TurnState})),
        Column("attempt", Kind.INTEGER, "How often it was written, the last time included."),
        Column("move", Kind.TEXT, "What the interviewer was after with it."),
        Column("interviewer", Kind.CODE, "Who interviewed.", codes=_INTERVIEWERS),
        Column("made_by", Kind.JSON, "How a reply was made: model, prompt, sampling, seed, latency, tokens."),
        Column("typed", Kind.JSON,
               "How an answer was typed: pairs of milliseconds since the first key and characters so far."),
        Column("at", Kind.TIME, "When it began."),
    ),
)  # fmt: skip

WISE_CHOICES = Table(
    name="wise_choices",
    label="Wise choices",
    about="One row a value of others that a person was shown, and whether they found it wise to consider.",
    key=("participant_id", "value_id"),
    columns=(
        PERSON,
        Column("value_id", Kind.ID, "The value that was shown."),
        Column("position", Kind.INTEGER, "The place on the screen, counted from 0."),
        Column("chosen", Kind.YES_NO, "Found wise to consider; missing where they did not answer."),
        Column("shown_at", Kind.TIME, "When it was shown."),
    ),
)

CODES = Table(
    name="codes",
    label="Codes",
    about="One row a code that researchers give to passages of interviews.",
    key=("code_id",),
    columns=(
        Column("code_id", Kind.ID, "The code."),
        Column("name", Kind.TEXT, "Its name."),
        Column("description", Kind.TEXT, "What it is given to."),
        Column("retired_at", Kind.TIME, "When it was taken out of use; missing where it is in use."),
    ),
    personal=False,
)

PASSAGES = Table(
    name="passages",
    label="Coded passages and memos",
    about="One row a passage of a turn that a researcher gave a code, a memo, or both.",
    key=("passage_id",),
    columns=(
        Column("passage_id", Kind.ID, "The passage."),
        PERSON,
        Column("turn", Kind.INTEGER, "The turn that it lies in."),
        Column("start", Kind.INTEGER, "Its first character, counted from 0.", unit="characters"),
        Column("end", Kind.INTEGER, "One past its last character.", unit="characters"),
        Column("words", Kind.TEXT, "Its words."),
        Column("code_id", Kind.ID, "Its code; missing where it has a memo alone."),
        Column("code", Kind.TEXT, "The name of its code."),
        Column("memo", Kind.TEXT, "What the researcher noted."),
        Column("coder", Kind.ID, "Who noted it, by a number, so that coders can be compared."),
        Column("at", Kind.TIME, "When it was noted."),
    ),
)
