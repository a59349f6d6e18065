"""What a study asks and tells, in every language it opens in: drafted freely, frozen when it opens."""

import dataclasses
import datetime
import enum
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

LANGUAGES = ("en", "es", "ar")
Language = Literal["en", "es", "ar"]
Texts = dict[Language, str]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class ProtocolError(ValueError):
    """A protocol that cannot be used; ``fields`` says where and why."""

    def __init__(self, message: str, *, fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class StudyState(enum.StrEnum):
    """Whether people can come in: at the door of a draft, a paused or a closed study nobody new can."""

    DRAFT = "draft"
    PILOT = "pilot"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


NEXT_STATES: dict[StudyState, frozenset[StudyState]] = {
    StudyState.DRAFT: frozenset({StudyState.PILOT, StudyState.OPEN}),
    StudyState.PILOT: frozenset({StudyState.OPEN, StudyState.PAUSED, StudyState.CLOSED}),
    StudyState.OPEN: frozenset({StudyState.PAUSED, StudyState.CLOSED}),
    StudyState.PAUSED: frozenset({StudyState.PILOT, StudyState.OPEN, StudyState.CLOSED}),
    StudyState.CLOSED: frozenset({StudyState.OPEN}),
}


class Exit(enum.StrEnum):
    """How a person's part ended; each has a completion code of its own."""

    COMPLETE = "complete"
    SCREENED_OUT = "screened_out"
    UNDER_AGE = "under_age"
    OVER_QUOTA = "over_quota"
    WITHDREW = "withdrew"
    FAILED = "failed"


_LATER = frozenset({"title", "context_names", "votes_on_own"})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Question(_Part):
    """A question that people may be interviewed about, and the contexts in which its values are compared."""

    key: Key
    title: Texts
    text: Texts
    contexts: tuple[int, ...] = ()


class ContextName(_Part):
    """How people read the name of a context; where a language has none, the context's own name stands."""

    id: int
    name: Texts


class Option(_Part):
    """One answer that can be chosen; ``screens_out`` ends the study for who chooses it."""

    key: Key
    label: Texts
    screens_out: bool = False


class Item(_Part):
    """A question about the person: with options, or answered in words where there are none."""

    key: Key
    label: Texts
    options: tuple[Option, ...] = ()


class Quota(_Part):
    """At most so many people who gave this answer about themselves."""

    item: Key
    option: Key
    at_most: int = Field(ge=0, le=1_000_000)


class SurveyItem(_Part):
    """A question after the votes: on a scale from 1 to 5, or in words."""

    key: Key
    text: Texts
    kind: Literal["scale", "words"] = "scale"


class Codes(_Part):
    """The completion code of each way out; empty where there is none."""

    complete: str = Field(default="", max_length=40)
    screened_out: str = Field(default="", max_length=40)
    under_age: str = Field(default="", max_length=40)
    over_quota: str = Field(default="", max_length=40)
    withdrew: str = Field(default="", max_length=40)
    failed: str = Field(default="", max_length=40)


class Review(_Part):
    """That a researcher read all texts of a language and marked them as fit for participants."""

    language: Language
    by: str = Field(max_length=150)
    at: datetime.datetime


class Protocol(_Part):
    """Everything a study asks of its participants and tells them; texts by language.

    ``title`` is the study's name as people read it; empty where the study's own does for everybody.
    ``votes_on_own`` of the ``votes_each`` stories hold the person's own value (all, where there are no more);
    empty for a third of them.
    ``return_url`` is where a paid person goes with their code, which stands in it as ``{code}``.
    """

    title: Texts = Field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    context_names: tuple[ContextName, ...] = ()
    question_choice: Literal["chosen", "assigned"] = "assigned"
    disclosure: Texts = Field(default_factory=dict)
    who_may_read: Texts = Field(default_factory=dict)
    consent: Texts = Field(default_factory=dict)
    help_contact: str = Field(default="", max_length=200)
    minutes: int = Field(default=15, ge=1, le=240)
    min_age: int = Field(default=18, ge=0, le=120)
    about: tuple[Item, ...] = ()
    quotas: tuple[Quota, ...] = ()
    places: int | None = Field(default=None, ge=0, le=1_000_000)
    interviewer: Literal["auto", "guided", "llm"] = "auto"
    wise_values: bool = False
    votes_each: int = Field(default=3, ge=0, le=20)
    votes_on_own: int | None = Field(default=None, ge=1, le=20)
    survey: tuple[SurveyItem, ...] = ()
    codes: Codes = Codes()
    return_url: str = Field(default="", max_length=300)
    retention_until: datetime.date | None = None
    reviews: tuple[Review, ...] = ()

    @model_validator(mode="after")
    def _names_are_known(self) -> "Protocol":
        for name, keys in {
            "questions": [part.key for part in self.questions],
            "about": [part.key for part in self.about],
            "survey": [part.key for part in self.survey],
        }.items():
            if len(set(keys)) < len(keys):
                raise ValueError(f"Two parts of {name} have the same key.")
        known = {(item.key, option.key) for item in self.about for option in item.options}
        for quota in self.quotas:
            if (quota.item, quota.option) not in known:
                raise ValueError(f"A quota names {quota.item} = {quota.option}, which nobody is asked.")
        return self

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that participants can choose: those whose texts a researcher marked as reviewed."""
        reviewed = {review.language for review in self.reviews}
        return tuple(code for code in LANGUAGES if code in reviewed)

    def code(self, way: Exit) -> str:
        """Return the completion code of a way out."""
        return str(getattr(self.codes, way.value))

    def texts(self) -> Iterator[tuple[str, Texts, bool]]:
        """Yield every text with its place, and whether a study cannot open without it."""
        yield "title", self.title, _any(self.title)
        yield "disclosure", self.disclosure, True
        yield "who_may_read", self.who_may_read, True
        yield "consent", self.consent, True
        for question in self.questions:
            yield f"questions.{question.key}.title", question.title, True
            yield f"questions.{question.key}.text", question.text, True
        for context in self.context_names:
            yield f"context_names.{context.id}", context.name, _any(context.name)
        for item in self.about:
            yield f"about.{item.key}.label", item.label, True
            for option in item.options:
                yield f"about.{item.key}.{option.key}", option.label, True
        for part in self.survey:
            yield f"survey.{part.key}.text", part.text, True

    def missing(self, *, language: Language) -> list[str]:
        """Return the places where a text in this language is missing."""
        return [
            place for place, texts, needed in self.texts() if needed and not texts.get(language, "").strip()
        ]

    def check_opening(self) -> None:
        """Raise ProtocolError with everything that a study lacks before people can come in."""
        fields: dict[str, list[str]] = {}
        if not self.questions:
            fields["questions"] = ["Ask at least one question."]
        if not self.help_contact.strip():
            fields["help_contact"] = ["Say whom people can ask for help."]
        if self.retention_until is None:
            fields["retention_until"] = ["Say until when the answers are kept."]
        if not self.languages:
            fields["reviews"] = ["Read the texts of at least one language and mark them as reviewed."]
        for language in self.languages:
            for place in self.missing(language=language):
                fields.setdefault(place, []).append(f"The text is missing in “{language}”.")
        if fields:
            raise ProtocolError("The study cannot open yet.", fields=fields)

    def to_json(self) -> dict[str, Any]:
        """Return the protocol as it is stored and sent."""
        return self.model_dump(mode="json")

    @property
    def hash(self) -> str:
        """The hash that is stamped on every row: of the whole content, keys in order.

        What came to protocols later is left out where it is empty: versions from before keep their hash.
        """
        content = self.to_json()
        content = {name: part for name, part in content.items() if part or name not in _LATER}
        whole = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()


def read_protocol(raw: Mapping[str, Any]) -> Protocol:
    """Return the protocol that JSON stands for. Raises ProtocolError with the places that are wrong."""
    try:
        return Protocol.model_validate(raw)
    except ValidationError as error:
        fields: dict[str, list[str]] = {}
        for problem in error.errors():
            place = ".".join(str(part) for part in problem["loc"]) or "protocol"
            fields.setdefault(place, []).append(problem["msg"].removeprefix("Value error, "))
        raise ProtocolError("The protocol is not complete.", fields=fields) from error


@dataclasses.dataclass(frozen=True)
class LocalQuestion:
    """A question in one language."""

    key: str
    title: str
    text: str
    contexts: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class LocalProtocol:
    """A protocol as a participant meets it: in one language, about one question."""

    language: str
    title: str
    questions: tuple[LocalQuestion, ...]
    question_title: str
    question: str
    disclosure: str
    who_may_read: str
    consent: str
    help_contact: str
    minutes: int
    min_age: int
    votes_each: int
    completion_code: str
    whole: Protocol

    @property
    def reads_apart(self) -> str | None:
        """The language to judge others' cards in; None where the study speaks one alone."""
        return self.language if len(self.whole.languages) > 1 else None

    def context_name(self, context: int, *, otherwise: str) -> str:
        """Return a context's name in this language; ``otherwise`` where it has none."""
        found = next((item.name for item in self.whole.context_names if item.id == context), {})
        return _only(found, self.language) or otherwise


def localise(protocol: Protocol, *, language: str, question: str = "") -> LocalProtocol:
    """Return the protocol in a language; where a text lacks it, the first language that has one."""
    questions = tuple(
        LocalQuestion(part.key, say(part.title, language), say(part.text, language), part.contexts)
        for part in protocol.questions
    )
    chosen = next((part for part in questions if part.key == question), questions[0] if questions else None)
    return LocalProtocol(
        language=language,
        title=_only(protocol.title, language),
        questions=questions,
        question_title=chosen.title if chosen else "",
        question=chosen.text if chosen else "",
        disclosure=say(protocol.disclosure, language),
        who_may_read=say(protocol.who_may_read, language),
        consent=say(protocol.consent, language),
        help_contact=protocol.help_contact,
        minutes=protocol.minutes,
        min_age=protocol.min_age,
        votes_each=protocol.votes_each,
        completion_code=protocol.code(Exit.COMPLETE),
        whole=protocol,
    )


def _only(texts: Mapping[Any, str], language: str) -> str:
    """Return a text in this language alone."""
    return texts.get(language, "").strip()


def _any(texts: Mapping[Any, str]) -> bool:
    return any(text.strip() for text in texts.values())


def say(texts: Mapping[Any, str], language: str) -> str:
    """Return a text in a language, or in the first of ours that has it, or nothing."""
    return texts.get(language) or next((texts[code] for code in LANGUAGES if texts.get(code)), "")
