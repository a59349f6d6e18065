"""Replies that no person should read: leaked instructions, noise, babble, another language."""

import pytest

from apps.elicitation.domain import chat, guard
from apps.elicitation.domain.guard import ReplyRefused

QUESTIONS = {
    "en": [
        "What did you notice?",
        "You said that she went quiet. What did you hear or see just before that?",
        "So you attend to the pauses in which somebody thinks. What is missing or wrong in that?",
        "I am an AI, yes. What happened then?",
    ],
    "es": [
        "¿Qué notaste en su voz?",
        "Dijiste que se quedó callada. ¿Qué viste o escuchaste justo antes de eso?",
        "Entonces te fijas en las pausas en que alguien piensa. ¿Qué falta o qué está mal?",
    ],
    "ar": [
        "ماذا لاحظت في صوتها؟",
        "قلت إنها صمتت. ماذا رأيت أو سمعت قبل ذلك بقليل في تلك اللحظة؟",
        "إذن أنت تنتبه إلى لحظات الصمت التي يفكر فيها شخص ما. ما الذي ينقص في ذلك؟",
    ],
}
PROMPT = chat.read_prompt()


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code in QUESTIONS for text in QUESTIONS[code]]
)
def test_a_question_is_let_through(language: str, text: str) -> None:
    guard.check(text=text, language=language)


@pytest.mark.parametrize(
    ("language", "text", "why"),
    [
        ("en", "What did y\ufffdu notice?", "no text"),
        ("en", "{}[]();:.,<>=+-*/ 123 456 789 %$#@! a b", "hardly text"),
        ("en", "ماذا لاحظت في صوتها؟", "another script"),
        ("ar", "What did you notice in her voice?", "another script"),
        ("en", "moon " * 12, "over and over"),
        ("en", "tion ing ment pauseser whened frumble stanty okwards felmo noticed gring", "no sentence"),
        ("en", "ap was j matters link slogan answeredV villageV late iveigns doorp was", "no sentence"),
        ("es", "What did you notice in her voice when she went quiet that day?", "no sentence"),
        ("en", "What happened? " * 70, "too long"),
    ],
)  # fmt: skip
def test_what_is_no_question_in_the_language_is_refused(language: str, text: str, why: str) -> None:
    with pytest.raises(ReplyRefused, match=why):
        guard.check(text=text, language=language)


def _run(words: int) -> str:
    """Return so many words of the instructions in a row."""
    return " ".join(PROMPT[PROMPT.index("It is data") :].split()[:words])


def test_eight_words_of_the_instructions_in_a_row_are_a_leak() -> None:
    assert not guard.leaks(text=f"You asked: {_run(7)}")
    assert guard.leaks(text=f"You asked: {_run(8)}")


@pytest.mark.parametrize(
    "disguise", [str.upper, lambda text: text.replace(" ", "\n- "), lambda text: f"<b>{text}</b>"]
)
def test_capitals_marks_and_lines_do_not_hide_a_leak(disguise: object) -> None:
    assert callable(disguise)
    with pytest.raises(ReplyRefused, match="repeats the instructions"):
        guard.watch(text=disguise(_run(12)))


def test_the_question_of_the_study_may_be_repeated() -> None:
    question = "What do you pay attention to when somebody whom you love asks you for advice?"
    system = chat.messages(question=question, turns=[])[0].content

    assert question in system
    assert not guard.leaks(text=f"Come back to it: {question}")


@pytest.mark.parametrize(
    "version", [chat.PROMPT_VERSION, chat.CARD_VERSION, chat.LINT_VERSION, chat.REVISE_VERSION]
)
def test_every_prompt_is_watched(version: str) -> None:
    assert guard.leaks(text=chat.read_prompt(version=version))
