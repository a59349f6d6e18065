"""Cards from transcripts: the person's words, each line tied to its sentence, nothing invented."""

import dataclasses

import pytest

from apps.elicitation.domain import demo, drafting
from apps.elicitation.domain.moves import PLAN
from apps.elicitation.domain.tongues.english import policies
from apps.elicitation.domain.transcript import Speaker, Turn, normalise
from tests.factories.elicitation import RICH, transcript

NURSE = (
    "I work as a nurse and one night a patient asked me if she should have the surgery. She was eighty-one.",
    "I was watching her breathing and her hands on the blanket. "
    "I wanted to understand what she was really asking.",
    "Her hands were holding the edge of the blanket very tight. The question behind the question.",
    "It matters to me that people are not alone with a decision like that.",
    "The doctors look at the numbers. I look at who sits next to the bed and who doesn't come.",
    "With my neighbour when his dog was ill I listened for the moment when he had already decided.",
    "Sit down. Look at the hands. Wait for the second answer, because the first answer is for other people.",
)
TERSE = (
    "my brother wanted to marry someone after 2 months",
    "if he was happy",
    "his eyes when he said her name",
)
SLOGANS = ("Respect is everything.", "You should always be honest.", "Honesty and respect.")
RICH_ONES = [RICH, NURSE, *demo.ANSWERS]


def _plain(answers: tuple[str, ...]) -> list[Turn]:
    """Return the answers under the questions of the plan, in order."""
    return [
        turn
        for at, (move, text) in enumerate(zip(PLAN, answers, strict=False))
        for turn in (
            Turn(2 * at, Speaker.INTERVIEWER, "?", move),
            Turn(2 * at + 1, Speaker.PERSON, text),
        )
    ]


@pytest.mark.parametrize("answers", RICH_ONES)
def test_a_rich_interview_gives_three_to_seven_lines(answers: tuple[str, ...]) -> None:
    card = drafting.draft(turns=transcript(answers))

    assert 3 <= len(card.policies) <= 7
    assert 2 <= len(card.title.split()) <= 6
    assert card.summary.startswith("I pay attention to ")


@pytest.mark.parametrize("answers", [*RICH_ONES, TERSE, SLOGANS])
def test_every_line_quotes_the_turn_that_it_came_from_word_for_word(answers: tuple[str, ...]) -> None:
    turns = transcript(answers)

    for policy in drafting.draft(turns=turns).policies:
        said = next(turn for turn in turns if turn.position == policy.turn)
        assert said.speaker == Speaker.PERSON
        assert policy.quote in said.text


@pytest.mark.parametrize("answers", [*RICH_ONES, TERSE, SLOGANS])
def test_four_of_five_content_words_are_the_persons_own(answers: tuple[str, ...]) -> None:
    assert drafting.share_quoted(card=drafting.draft(turns=transcript(answers))) >= 0.8


@pytest.mark.parametrize("answers", RICH_ONES)
def test_every_line_begins_with_what_is_attended_to_in_capitals(answers: tuple[str, ...]) -> None:
    for policy in drafting.draft(turns=transcript(answers)).policies:
        assert policy.attended == policy.attended.upper()
        assert policy.qualifier, policy


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "I noticed that she went quiet whenever I mentioned money.",
            "SIGNS that she went quiet whenever I mentioned money",
        ),
        ("I paid attention to the words he repeated.", "WORDS he repeated"),
        ("I listened to how she talked about her team.", "SIGNS in how she talked about her team"),
        ("I looked at how tired he was.", "SIGNS of how tired he was"),
        ("Mostly her hands.", "SIGNS in her hands"),
        ("I listened to how her voice changed.", "SIGNS in how her voice changed"),
        ("Her voice when it dropped.", "CHANGES in her voice when it dropped"),
        ("The silence between us.", "MOMENTS of silence between us"),
        ("I asked him what he would miss.", "QUESTIONS about what he would miss"),
        ("I wanted to let her finish.", "CHANCES to let her finish"),
        ("Look at what the person is afraid of.", "THINGS the person is afraid of"),
        ("The question behind the question.", "QUESTIONS behind the question"),
        ("I noticed him hesitating at the door.", "MOMENTS when he was hesitating at the door"),
        (
            "It was important to me that he left with his own decision.",
            "SIGNS that he left with his own decision",
        ),
    ],
)
def test_lines_keep_the_persons_phrase_behind_a_plural_head(said: str, line: str) -> None:
    turns = _plain(("It was on a Monday at work with someone I know.", said))

    assert line in [policy.text for policy in drafting.draft(turns=turns).policies]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "I noticed that her voice got lighter whenever she spoke about teaching, even when she said it"
            " was not an option.",
            "SIGNS that her voice got lighter whenever she spoke about teaching, even when she said it was"
            " not an option",
        ),
        (
            "I noticed that each time she said the word safe, she looked at the door.",
            "SIGNS that she looked at the door each time she said the word safe",
        ),
        (
            "Each time he mentioned the move, his hands stopped.",
            "SIGNS that his hands stopped each time he mentioned the move",
        ),
        (
            "I kept an eye on the letter because he hadn't opened it.",
            "DETAILS of the letter that he hadn't opened",
        ),
        ("Whether he came back.", "SIGNS of whether he came back"),
    ],
)
def test_a_thought_is_kept_whole(said: str, line: str) -> None:
    turns = _plain(("It was on a Monday at work with someone I know.", said))

    assert line in [policy.text for policy in drafting.draft(turns=turns).policies]


def test_what_must_be_cut_ends_where_a_phrase_can_end() -> None:
    begun = "her voice got lighter whenever she spoke about teaching"

    cut = policies.trim(f"{begun}, even when she said it was not an option that anybody at home would bear")

    assert cut == begun


def test_a_reason_is_said_whole_and_once() -> None:
    turns = _plain(
        (
            "My sister called me one night.",
            "I noticed that she went quiet. I listened to how she talked about her team. Her hands, mostly.",
            "Her hands were folded on the table and she did not look up.",
            "Because people have not so much time, and I wanted her to hear herself before she decides.",
        )
    )
    card = drafting.draft(turns=turns)

    assert card.summary.endswith(
        ", because people have not so much time, and I wanted her to hear herself before she decides."
    )
    assert not any(policy.text.startswith("CHANCES") for policy in card.policies)


def test_things_in_a_list_become_a_line_each() -> None:
    turns = _plain(("We met once.", "Her tone, the pauses before she spoke, and whether she looked at me."))

    lines = [policy.text for policy in drafting.draft(turns=turns).policies]

    assert lines == [
        "SIGNS in her tone",
        "PAUSES before she spoke",
        "SIGNS of whether she looked at me",
    ]


def test_a_line_says_who_she_is_where_one_person_was_named() -> None:
    turns = _plain(("My sister called me one night.", "I noticed that she went quiet."))

    assert "SIGNS that my sister went quiet" in [
        policy.text for policy in drafting.draft(turns=turns).policies
    ]


def test_a_line_leaves_she_alone_where_it_could_be_either_of_two() -> None:
    turns = _plain(("My sister and a friend called me one night.", "I noticed that she went quiet."))
    turns[1] = Turn(1, Speaker.PERSON, "My sister called. Later a friend called.")

    texts = [policy.text for policy in drafting.draft(turns=turns).policies]

    assert not any("friend went quiet" in text for text in texts)


@pytest.mark.parametrize("said", ["I did not look at the money.", "I never listened to him.", "I felt sad."])
def test_what_was_not_attended_to_is_no_line(said: str) -> None:
    turns = _plain(("We met once in May and he told me about his plans for it.", said))

    assert not any(policy.quote == said for policy in drafting.draft(turns=turns).policies)


def test_rules_and_questions_weigh_less_than_what_was_noticed() -> None:
    turns = _plain(
        ("We met.", "You should always see the good. I noticed how slowly he spoke. Is that what you mean?")
    )

    texts = [policy.text for policy in drafting.draft(turns=turns).policies]

    assert texts[0] == "SIGNS of how slowly he spoke"
    assert not any("what you mean" in text for text in texts)


def test_one_word_still_gives_a_line_to_go_on_from() -> None:
    card = drafting.draft(turns=_plain(("Hm.",)))

    assert [policy.quote for policy in card.policies] == ["Hm."]


def test_nothing_said_gives_an_empty_card() -> None:
    card = drafting.draft(turns=[Turn(0, Speaker.INTERVIEWER, "What happened?")])

    assert card.policies == ()
    assert card.title == "My Value"


def test_the_share_counts_words_that_nobody_said() -> None:
    card = drafting.draft(turns=_plain(("We met.", "I noticed the bright mountains behind the house.")))
    [line] = card.policies
    misquoted = dataclasses.replace(card, policies=(dataclasses.replace(line, quote="We met."),))

    # Bright, mountains, house: all of them stand in the one quote, none in the other.
    assert drafting.share_quoted(card=card) == 1.0
    assert drafting.share_quoted(card=misquoted) == 0.0


def test_the_same_transcript_gives_the_same_card() -> None:
    turns = transcript(RICH)

    assert drafting.draft(turns=turns) == drafting.draft(turns=turns)


def test_very_long_answers_are_cut_to_lines_that_fit() -> None:
    endless = "I noticed that the people in the room " + "talked and " * 900
    card = drafting.draft(turns=_plain(("We met.", endless)))

    assert all(len(policy.text.split()) <= policies.LONGEST + 3 for policy in card.policies)
    assert all(normalise(policy.quote) in normalise(endless) for policy in card.policies if policy.turn == 3)
    assert all(len(policy.quote) <= 2000 for policy in card.policies)


def test_a_judgement_on_a_thing_is_not_taken_for_what_was_attended_to() -> None:
    said = (*RICH[:2], "The advice that I was proud of was never the advice that she used.")

    lines = drafting.draft(turns=transcript(said)).policies

    assert lines
    assert not any("advice" in line.qualifier for line in lines)
