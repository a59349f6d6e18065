"""The job that finds near-duplicates: within one language, once for each card, and anew when cards come."""

import uuid

import pytest

from apps.moralgraph import selectors
from apps.moralgraph.models import Card, CardVector, MergeCandidate
from apps.moralgraph.services import withdrawal
from apps.moralgraph.services.merging import finding
from apps.moralgraph.tasks import find_merges
from apps.shared.models import Job, Study
from tests.factories.moralgraph import CardVersionFactory
from tests.moralgraph.services.test_belongings import accepted

LISTEN = [
    ("Unhurried Listening", "PAUSES", "after which a person says what they had held back"),
    ("Giving Them Time To Speak", "SILENCES", "that I would like to fill and leave open"),
    ("Waste Nothing", "LEFTOVERS", "that make another meal"),
    ("Escuchar sin prisa", "SILENCIOS", "tras los que alguien dice lo que callaba"),
    ("Escuchar con calma", "SILENCIOS", "en los que alguien busca lo que quiere decir"),
]


def write(study: Study, number: int) -> Card:
    title, attended, qualifier = LISTEN[number]
    card = accepted(study, uuid.UUID(int=number), title)
    card.versions.all().delete()
    lines = [{"attended": attended, "qualifier": qualifier}]
    CardVersionFactory(card=card, title=title, summary="", policies=lines)
    return card


def search(study: Study) -> finding.Search:
    """Ask, and work the job off as the worker does."""
    asked = finding.ensure(study=study)
    if asked.state == "computing":
        assert asked.job is not None
        find_merges(job_id=asked.job)
    return asked


@pytest.mark.timeout(200)
def test_cards_of_one_language_that_mean_the_same_become_candidates(study: Study) -> None:
    one, other, waste, spanish, calm = (write(study, number) for number in range(5))

    assert search(study).state == "computing"

    found = {(row.first_id, row.second_id): row for row in MergeCandidate.objects.all()}
    assert set(found) == {(one.pk, other.pk), (spanish.pk, calm.pk)}
    assert found[one.pk, other.pk].encoder.startswith("minilm-53aa5117/")
    assert found[spanish.pk, calm.pk].encoder == "letters"
    assert set(CardVector.objects.values_list("card", flat=True)) == {one.pk, other.pk, waste.pk}
    assert finding.ensure(study=study) == finding.Search("ready")
    desk = selectors.merging.desk(study=study, made_by=finding.makers())
    assert [(item.code, item.cards, item.measure) for item in desk.languages] == [
        ("en", 3, "meaning"),
        ("es", 2, "letters"),
    ]
    assert desk.languages[1].note.startswith("The bundled encoder was trained on English.")

    # Somebody leaves: what is left is compared again, and nothing is read again by the encoder.
    before = dict(CardVector.objects.values_list("card", "pk"))
    withdrawal.erase(study=study, participant_id=uuid.UUID(int=1))
    assert search(study).state == "computing"
    assert {row.first_id for row in MergeCandidate.objects.all()} == {spanish.pk}
    assert dict(CardVector.objects.values_list("card", "pk")) == {
        card: pk for card, pk in before.items() if card != other.pk
    }


def test_a_search_that_failed_is_tried_again_only_when_asked(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(study, 3)
    first = finding.ensure(study=study)
    assert finding.ensure(study=study).job == first.job
    Job.objects.filter(pk=first.job).update(state=Job.State.FAILED, message="The encoder ended with code 2.")

    assert finding.ensure(study=study) == finding.Search(
        "failed", first.job, "The encoder ended with code 2."
    )
    again = finding.ensure(study=study, again=True)
    assert again.state == "computing"
    assert again.job != first.job


def test_what_is_rehearsed_or_simulated_is_not_compared(study: Study) -> None:
    card = write(study, 3)
    before = selectors.merging.fingerprint(study=study, made_by=[])
    rehearsed, simulated = write(study, 4), write(study, 2)
    Card.objects.filter(pk=rehearsed.pk).update(rehearsal="pilot:1", simulated=True)
    Card.objects.filter(pk=simulated.pk).update(simulated=True)

    assert [text.card_id for text in selectors.merging.card_texts(study=study)] == [card.pk]
    assert selectors.merging.fingerprint(study=study, made_by=[]) == before
    study.include_simulated = True
    assert len(selectors.merging.card_texts(study=study)) == 2
