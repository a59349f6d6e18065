"""Only who agreed to a purpose leaves for it; quotes only of those who agreed to be quoted."""

import itertools
import json

import pytest
from django.utils import timezone

from apps.elicitation.models import Consent, Participant
from apps.elicitation.services import withdrawals
from apps.moralgraph.models import CardVersion, Value
from tests.factories import pilots
from tests.factories.elicitation import enrol
from tests.factories.exports import ALL, Unpacked, full_study, somebody, unpack, words_of
from tests.factories.moralgraph import merge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
TICKS = list(itertools.product([True, False], repeat=2))
PERSONAL = sorted(set(ALL) - {"values", "contexts", "transitions", "stories", "codes"})


@pytest.fixture(scope="module")
def expected() -> dict[str, set[tuple[bool, bool]]]:
    """Return who may leave for each purpose, by their ticks for quotes and for training."""
    return {
        "research": {(True, True), (True, False), (False, True), (False, False)},
        "quotes": {(True, True), (True, False)},
        "training": {(True, True), (False, True)},
    }


@pytest.fixture
def people() -> dict[tuple[bool, bool], Participant]:
    """Return one person for each way to tick, of one study."""
    study = full_study()
    return {ticks: somebody(study=study, quotes=ticks[0], training=ticks[1]) for ticks in TICKS}


def _whole(made: Unpacked) -> str:
    return "\n".join(made.files[f"{table}.jsonl"].decode() for table in ALL)


@pytest.mark.parametrize("purpose", ["research", "quotes", "training"])
def test_who_ticked_leaves_and_nobody_else(
    people: dict[tuple[bool, bool], Participant],
    expected: dict[str, set[tuple[bool, bool]]],
    purpose: str,
) -> None:
    made = unpack(study=people[True, True].study, purpose=purpose)

    leaving = {str(person.pk) for ticks, person in people.items() if ticks in expected[purpose]}
    for table in PERSONAL:
        assert {row["participant_id"] for row in made.rows(table)} == leaving, table
    for ticks, person in people.items():
        named = str(person.pk) in _whole(made) or words_of(person) in _whole(made)
        assert named == (ticks in expected[purpose]), ticks


@pytest.mark.parametrize("purpose", ["research", "quotes", "training"])
def test_quotes_on_cards_need_their_own_tick(
    people: dict[tuple[bool, bool], Participant], purpose: str
) -> None:
    made = unpack(study=people[True, True].study, purpose=purpose)

    rows = made.rows("cards") + made.rows("card_versions")
    assert rows
    assert {(row["consent_quotes"], row["quotes"] is not None) for row in rows} <= {
        (True, True),
        (False, False),
    }
    assert made.column("cards", "quotes")["missing"] == (
        {"withheld": sum(not row["consent_quotes"] for row in made.rows("cards"))}
        if purpose != "quotes"
        else {}
    )


def test_the_codebook_counts_who_is_left_out_and_names_nobody(
    people: dict[tuple[bool, bool], Participant],
) -> None:
    study = people[True, True].study
    ghost = enrol(study=study).participant
    Consent.objects.filter(participant=ghost).delete()
    simulated = enrol(study=study).participant
    Participant.objects.filter(pk=simulated.pk).update(simulated=True)
    gone = somebody(study=study)
    withdrawals.withdraw(participant=gone)

    made = unpack(study=study, purpose="training", versions=[2])

    counted = {item["reason"]: item["n"] for item in made.book["people"]["left_out"]}
    assert made.book["people"]["included"] == made.export.people == 2
    assert counted == {
        "simulated": 1, "withdrew": 1, "no_consent": 1, "other_purpose": 2, "other_version": 0,
    }  # fmt: skip
    assert made.export.left_out == counted
    for person in (ghost, simulated, gone, people[True, False], people[False, False]):
        assert str(person.pk) not in json.dumps(made.book)


def test_a_version_that_was_not_asked_for_is_left_out(people: dict[tuple[bool, bool], Participant]) -> None:
    early = people[True, True]
    first = early.study.protocol_versions.get(number=1)
    Participant.objects.filter(pk=early.pk).update(version=first)

    made = unpack(study=early.study, versions=[1])

    assert [row["participant_id"] for row in made.rows("participants")] == [str(early.pk)]
    assert [item["number"] for item in made.book["versions"]] == [1]
    assert "about_age" not in made.rows("participants")[0]


def test_simulated_people_come_only_when_they_are_asked_for_and_previews_never(
    people: dict[tuple[bool, bool], Participant],
) -> None:
    persona, preview = people[True, False], people[False, True]
    Participant.objects.filter(pk=persona.pk).update(simulated=True, persona="terse")
    Participant.objects.filter(pk=preview.pk).update(simulated=True, persona="preview")
    Value.objects.filter(pk=persona.value_id).update(simulated=True)

    without = unpack(study=persona.study)
    included = unpack(study=persona.study, simulated=True)

    assert str(persona.pk) not in _whole(without)
    assert str(persona.value_id) not in {row["value_id"] for row in without.rows("values")}
    found = {row["participant_id"]: row["simulated"] for row in included.rows("participants")}
    assert found == {
        str(persona.pk): True, str(people[True, True].pk): False, str(people[False, False].pk): False,
    }  # fmt: skip
    assert str(preview.pk) not in _whole(included)


@pytest.mark.parametrize(("purpose", "ticks"), [("quotes", (False, True)), ("training", (True, False))])
def test_a_values_words_are_withheld_where_whose_words_they_are_did_not_agree(
    people: dict[tuple[bool, bool], Participant], purpose: str, ticks: tuple[bool, bool]
) -> None:
    person, willing = people[ticks], people[True, True]
    CardVersion.objects.filter(card__participant_id=person.pk).update(title="A title of their own")
    Value.objects.filter(pk=person.value_id).update(title="A title of their own")
    # A card of somebody who agreed stands in the same value; the words are still not theirs.
    merge(
        willing.study.cards.get(participant_id=willing.pk),
        into=Value.objects.get(pk=person.value_id),
        retire=False,
    )

    made = unpack(study=person.study, purpose=purpose)

    words = {row["value_id"]: row["title"] for row in made.rows("values")}
    assert words[str(person.value_id)] is None
    assert words[str(willing.value_id)] is not None
    assert "A title of their own" not in _whole(made)
    assert "A title of their own" in _whole(unpack(study=person.study))


def test_an_undone_merge_leaves_the_studys_own_value_its_words(
    people: dict[tuple[bool, bool], Participant],
) -> None:
    made = unpack(study=people[True, True].study, purpose="quotes")

    own = Value.objects.filter(study=people[True, True].study, cards__isnull=True)
    words = {row["value_id"]: row["title"] for row in made.rows("values")}
    assert {words[str(value.pk)] for value in own} == {value.title for value in own}


def test_nobody_who_withdrew_is_in_it_by_a_single_word(
    people: dict[tuple[bool, bool], Participant],
) -> None:
    person = people[True, True]
    token = person.token_hash

    withdrawals.withdraw(participant=person)
    made = unpack(study=person.study)

    assert str(person.pk) not in _whole(made)
    assert words_of(person) not in _whole(made)
    assert token not in _whole(made)
    erased = [row for row in made.rows("values") if row["erased_at"]]
    assert [(row["title"], row["cards"]) for row in erased] == [(None, 0)]


def test_no_link_and_no_code_ever_leaves(people: dict[tuple[bool, bool], Participant]) -> None:
    study = people[True, True].study
    Participant.objects.filter(study=study).update(paused_at=timezone.now())

    made = unpack(study=study, tables=["participants", "turns"])

    whole = b"".join(made.files.values()).decode(errors="replace")
    for person in Participant.objects.filter(study=study):
        assert person.token_hash not in whole
        assert person.short_code not in whole
        assert person.prolific_pid not in whole
    assert {row["panel"] for row in made.rows("participants")} == {"prolific"}


def test_a_pilots_people_are_marked_and_come_only_when_they_are_asked_for() -> None:
    world = pilots.build(people=2)
    planted = pilots.plant(world)

    without = unpack(study=world.study)
    included = unpack(study=world.study, simulated=True)

    walkers = {str(session.participant.pk): session.participant.persona for session in planted[:-1]}
    marked = {
        row["participant_id"]: row["persona"] for row in included.rows("participants") if row["simulated"]
    }
    assert marked == walkers
    assert all(row["pilot_id"] for row in included.rows("participants") if row["simulated"])
    assert str(planted[-1].participant.value_id) not in {row["value_id"] for row in included.rows("values")}
    assert not any(walker in _whole(without) for walker in walkers)
    assert {row["value_id"] for row in without.rows("values")} == {str(value.pk) for value in world.values}
