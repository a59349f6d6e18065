"""Stories come after one's own card; only those that were shown can be answered, and undone."""

from collections import Counter

import pytest
from django.utils import timezone

from apps.elicitation import selectors
from apps.elicitation.domain import demo
from apps.elicitation.models import Offer, Participant
from apps.elicitation.selectors import OfferView
from apps.elicitation.services import offers, wise
from apps.moralgraph import selectors as moralgraph
from apps.moralgraph.models import Transition, Value, Vote
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Study
from tests.factories.elicitation import ProtocolFactory, at_the_card, at_the_stories, content, enrol
from tests.factories.moralgraph import ContextFactory, StoryFactory, TransitionFactory, ValueFactory
from tests.factories.shared import StudyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(db: None) -> Participant:
    """Return somebody who accepted their card, in a study with three values of others."""
    return at_the_stories()


def _next(me: Participant) -> OfferView:
    shown = offers.show(participant=me)
    assert shown is not None
    return shown


def _answer(me: Participant, shown: OfferView, answer: str = "wiser", reason: str = "") -> Offer:
    return offers.answer(
        participant=me,
        transition_id=shown.story.transition_id,
        context_id=shown.story.context_id,
        answer=answer,
        reason=reason,
    )


def _counted(me: Participant) -> list[str]:
    return [vote.answer for vote in moralgraph.live_votes(study=me.study).order_by("pk")]


def test_nothing_of_others_is_shown_before_ones_own_card_is_accepted() -> None:
    me = at_the_card().participant
    ValueFactory.create_batch(3, study=me.study)

    with pytest.raises(Conflict, match="after you accepted your own card"):
        offers.show(participant=me)
    with pytest.raises(Conflict, match="after you accepted your own card"):
        wise.draw(participant=me)

    assert not Offer.objects.exists()


def test_three_stories_come_one_by_one_one_of_them_with_ones_own_value(me: Participant) -> None:
    seen, mine = [], 0
    while (shown := offers.show(participant=me)) is not None:
        assert _next(me).row.pk == shown.row.pk  # Loading the page again shows the same story.
        mine += shown.before_is_mine + shown.after_is_mine
        seen.append((shown.story.transition_id, shown.story.context_id))
        _answer(me, shown)

    assert len(seen) == len(set(seen)) == 3
    assert mine == 1
    assert _counted(me) == ["wiser"] * 3
    assert offers.finish(participant=me).step == "result"


def test_a_story_that_is_drawn_but_was_not_shown_yet_cannot_be_answered(me: Participant) -> None:
    _next(me)
    later = selectors.offers_of(participant=me)[1]

    with pytest.raises(Conflict, match="not shown to you"):
        _answer(me, later)

    assert not Vote.objects.exists()


def test_a_story_that_was_not_drawn_for_a_person_cannot_be_answered_by_them(me: Participant) -> None:
    story = StoryFactory(transition=TransitionFactory(study=me.study))
    _next(me)

    with pytest.raises(Conflict, match="not shown to you"):
        offers.answer(
            participant=me,
            transition_id=story.transition_id,
            context_id=story.context_id,
            answer="wiser",
        )

    assert not Vote.objects.exists()


@pytest.mark.parametrize(("answer", "reason"), [("", ""), ("maybe", ""), ("wiser", "x" * 2001)])
def test_an_answer_that_is_none_leaves_the_story_open(me: Participant, answer: str, reason: str) -> None:
    shown = _next(me)

    with pytest.raises(Invalid):
        _answer(me, shown, answer, reason)

    assert _next(me).row.pk == shown.row.pk
    assert not Vote.objects.exists()


def test_answering_a_story_anew_counts_the_last_answer_once(me: Participant) -> None:
    shown = _next(me)

    _answer(me, shown, "wiser")
    _answer(me, shown, "unsure", "  I cannot tell.  ")

    assert _counted(me) == ["unsure"]
    vote = moralgraph.live_votes(study=me.study).get()
    assert (vote.reason, vote.participant_id) == ("I cannot tell.", me.pk)


def test_undoing_brings_the_last_story_back_and_counts_it_no_more(me: Participant) -> None:
    first = _next(me)
    _answer(me, first, "wiser")
    second = _next(me)
    _answer(me, second, "same")

    undone = offers.undo(participant=me)

    assert undone is not None
    assert undone.pk == second.row.pk == _next(me).row.pk
    assert _counted(me) == ["wiser"]


def test_undoing_without_an_answer_changes_nothing(me: Participant) -> None:
    shown = _next(me)

    assert offers.undo(participant=me) is None
    assert _next(me).row.pk == shown.row.pk


def test_nobody_goes_on_while_a_story_waits(me: Participant) -> None:
    _answer(me, _next(me))

    with pytest.raises(Conflict, match="still waits"):
        offers.finish(participant=me)

    assert Participant.objects.get(pk=me.pk).step == "votes"


def test_a_story_whose_other_value_was_withdrawn_is_passed_over(me: Participant) -> None:
    shown = _next(me)
    other = shown.story.less_wise if shown.after_is_mine else shown.story.wiser
    left = [offer for offer in selectors.offers_of(participant=me) if other.id not in _values(offer)]
    Value.objects.filter(pk=other.id).update(retired_at="2026-01-01T00:00Z")

    assert [offer.row.pk for offer in selectors.offers_of(participant=me)] == [o.row.pk for o in left]
    with pytest.raises(Conflict, match="withdrawn"):
        _answer(me, shown)


def _values(offer: OfferView) -> set[int]:
    return {offer.story.less_wise.id, offer.story.wiser.id}


def test_a_study_without_other_values_has_no_story_and_lets_people_go_on() -> None:
    me = at_the_stories(others=0)

    assert offers.show(participant=me) is None
    assert offers.finish(participant=me).step == "result"


def test_answers_are_not_changed_after_going_on(me: Participant) -> None:
    shown = _next(me)
    Participant.objects.filter(pk=me.pk).update(step="result")
    me.refresh_from_db()

    with pytest.raises(Conflict, match="not open at this step"):
        _answer(me, shown)
    with pytest.raises(Conflict, match="not open at this step"):
        offers.undo(participant=me)


def _ups(study: Study, value: int) -> tuple[int, int]:
    """Return how often a value was shown on the upper end, and how often on the lower one."""
    given = Counter(Offer.objects.filter(participant__study=study).values_list("transition_id", flat=True))
    upper = lower = 0
    for step in Transition.objects.filter(pk__in=given):
        upper += given[step.pk] * (step.wiser_id == value)
        lower += given[step.pk] * (step.less_wise_id == value)
    return upper, lower


def test_half_of_forty_people_see_a_value_as_the_wiser_one_and_half_as_the_less_wise_one() -> None:
    study = StudyFactory()
    ContextFactory.create_batch(2, study=study)
    values = ValueFactory.create_batch(4, study=study)
    ProtocolFactory(study=study)
    people = []
    for number in range(40):
        person = enrol(study=study).participant
        # A value of their own that is not in the graph of the others: only the four are compared with it.
        own = ValueFactory(study=study, title=f"Own {number}")
        Participant.objects.filter(pk=person.pk).update(step="votes", value_id=own.pk)
        people.append(Participant.objects.get(pk=person.pk))
        offers.draw(participant=people[-1])
        own.retired_at = timezone.now()
        own.save()

    assert Offer.objects.count() == 120
    for value in values:
        upper, lower = _ups(study, value.pk)
        assert upper + lower > 20
        # Three pairs with one direction ahead by one, and one own value's.
        assert abs(upper - lower) <= 4, (upper, lower)
    assert max(_tilts(study).values()) <= 1
    ends = Counter(
        view.after_is_mine for person in people for view in _given(person) if view.own in _values(view)
    )
    assert ends.total() == 40  # Everybody sees their own value once,
    assert abs(ends[True] - ends[False]) <= 8  # on either end about as often.


def _tilts(study: Study) -> dict[frozenset[int], int]:
    """Return by how much the directions of each pair differ in how often they were given out."""
    given = Counter(Offer.objects.filter(participant__study=study).values_list("transition_id", flat=True))
    tilts: Counter[frozenset[int]] = Counter()
    for step in Transition.objects.filter(pk__in=given):
        times = given[step.pk] if step.less_wise_id < step.wiser_id else -given[step.pk]
        tilts[frozenset((step.less_wise_id, step.wiser_id))] += times
    return {pair: abs(tilt) for pair, tilt in tilts.items()}


def _given(person: Participant) -> list[OfferView]:
    Value.objects.filter(study=person.study).update(retired_at=None)
    return selectors.offers_of(participant=person)


def test_stories_that_wait_for_an_answer_are_not_asked_of_everybody_meanwhile() -> None:
    study = StudyFactory()
    ContextFactory(study=study)
    ValueFactory.create_batch(8, study=study)
    ProtocolFactory(study=study)
    pairs: Counter[frozenset[int]] = Counter()
    for _ in range(8):
        person = enrol(study=study).participant
        Participant.objects.filter(pk=person.pk).update(
            step="votes", value_id=ValueFactory(study=study).pk, last_seen_at=timezone.now()
        )
        offers.draw(participant=Participant.objects.get(pk=person.pk))
        pairs.update(frozenset(_values(view)) for view in _given(Participant.objects.get(pk=person.pk)))

    # Chance, which is another for each person's random id, may repeat one of the 24.
    assert len(pairs) >= 23


def test_a_study_says_how_many_stories_are_about_ones_own_value() -> None:
    study = StudyFactory()
    ContextFactory(study=study)
    mine = ValueFactory.create_batch(8, study=study)[0]
    ProtocolFactory(study=study, draft=content(votes_each=5, votes_on_own=3).to_json())
    person = enrol(study=study).participant
    Participant.objects.filter(pk=person.pk).update(step="votes", value_id=mine.pk)
    offers.draw(participant=Participant.objects.get(pk=person.pk))

    given = [_values(view) for view in _given(Participant.objects.get(pk=person.pk))]
    assert [mine.pk in values for values in given] == [True, True, True, False, False]


SPANISH = {
    "summary": "Escucho lo que la otra persona todavía no dice.",
    "policies": [
        {"attended": "PAUSAS", "qualifier": "en las que alguien se decide", "quote": "", "turn": None}
    ],
}


# Three values make three pairs; two make one, and the other stories are about values of others.
@pytest.mark.parametrize(
    ("spanish", "first", "others"),
    [(2, {"es"}, {"es"}), (1, {"es"}, {"en", "es"}), (0, {"en", "es"}, {"en"})],
)
def test_people_judge_cards_in_their_language_first(spanish: int, first: set[str], others: set[str]) -> None:
    study = StudyFactory()
    ContextFactory(study=study)
    ValueFactory.create_batch(8, study=study)
    mine, *known_values = ValueFactory.create_batch(spanish + 1, study=study, **SPANISH)
    spoken_here = {value.pk for value in known_values}
    spoken = demo.protocol().model_copy(update={"votes_each": 3, "votes_on_own": None})
    ProtocolFactory(study=study, draft=spoken.to_json())
    seen: list[set[str]] = [set(), set(), set()]
    for _ in range(4):
        person = enrol(study=study).participant
        Participant.objects.filter(pk=person.pk).update(step="votes", value_id=mine.pk, language="es")
        offers.draw(participant=Participant.objects.get(pk=person.pk))
        views = _given(Participant.objects.get(pk=person.pk))
        for languages, view in zip(seen, views, strict=True):
            languages |= {view.story.less_wise.language, view.story.wiser.language}
        shown = wise.draw(participant=Participant.objects.get(pk=person.pk))
        known = [choice.value_id in spoken_here for choice in shown]
        assert (known[:spanish], any(known[spanish:]), len(known)) == ([True] * spanish, False, 6)

    assert (seen[0], seen[1] | seen[2]) == (first, others)


def test_a_pair_that_two_people_share_is_seen_in_both_directions() -> None:
    study = StudyFactory()
    ContextFactory(study=study)
    mine, other = ValueFactory.create_batch(2, study=study)
    ProtocolFactory(study=study, draft=content(votes_each=1).to_json())
    for _ in range(40):
        person = enrol(study=study).participant
        Participant.objects.filter(pk=person.pk).update(step="votes", value_id=mine.pk)
        offers.draw(participant=Participant.objects.get(pk=person.pk))

    assert _ups(study, mine.pk) == _ups(study, other.pk) == (20, 20)
