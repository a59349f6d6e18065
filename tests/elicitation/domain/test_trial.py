"""The sheet of the blind trial gives nothing away but what the card and the transcripts say."""

from collections import Counter

from tests.elicitation.people import PEOPLE
from tests.elicitation.people.trial import LETTERS, trials

SHEET = trials(seed=7)


def test_each_card_stands_beside_its_own_transcript_and_four_of_the_same_language() -> None:
    assert {trial.person.key for trial in SHEET} == {person.key for person in PEOPLE}
    for trial in SHEET:
        assert len({person.key for person in trial.shown}) == 5
        assert {person.language for person in trial.shown} == {trial.person.language}
        assert trial.shown[LETTERS.index(trial.right)] is trial.person


def test_no_place_is_right_more_than_every_other_time() -> None:
    assert max(Counter(trial.right for trial in SHEET).values()) <= len(SHEET) // 2


def test_a_judge_reads_no_name_no_key_and_no_quote_beside_a_line() -> None:
    for trial in SHEET:
        text = trial.text
        card = text.split("### Transcript")[0]
        for person in trial.shown:
            assert person.key not in text
            assert person.manner not in text
            assert not any(name in text for name in person.names)
        assert not any(
            policy.quote in card for policy in trial.person.card.policies if len(policy.quote) > 60
        )


def test_a_seed_gives_the_same_sheet_again_and_another_seed_another() -> None:
    again, other = trials(seed=7), trials(seed=8)

    assert [trial.text for trial in again] == [trial.text for trial in SHEET]
    assert [trial.right for trial in other] != [trial.right for trial in SHEET]
