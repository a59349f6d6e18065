"""What people told about themselves groups their votes: options alone, and never of who withdrew."""

import pytest
from django.utils import timezone

from apps.elicitation.domain.protocol import Item, Option
from apps.elicitation.models import About
from apps.shared import selectors as shared
from apps.shared.models import Study
from tests.factories.elicitation import ProtocolFactory, content, enrol

pytestmark = pytest.mark.django_db


def test_chosen_options_group_people_and_words_do_not(study: Study) -> None:
    options = tuple(Option(key=key, label={"en": key.title()}) for key in ("young", "old"))
    age = Item(key="age", label={"en": "How old are you?"}, options=options)
    work = Item(key="work", label={"en": "What do you do?"})
    ProtocolFactory(study=study, draft=content(about=(age, work)).to_json())
    told = [{"age": "young", "work": "baker"}, {"age": "old"}, {"work": "nurse"}, {"age": "young"}]
    people = [enrol(study=study).participant for _ in told]
    for person, answers in zip(people, told, strict=True):
        About.objects.create(participant=person, answers=answers)
    people[3].withdrawn_at = timezone.now()
    people[3].save()

    found = shared.traits_of_participants(study=study)

    assert found == {
        "age": {people[0].pk: "young", people[1].pk: "old"},
        "question": {person.pk: "advice" for person in people[:3]},
    }


def test_a_study_that_asks_nothing_groups_people_by_their_question_alone(study: Study) -> None:
    person = enrol(study=study).participant

    assert shared.traits_of_participants(study=study) == {"question": {person.pk: "advice"}}


def test_traits_are_worded_as_the_study_words_them(study: Study) -> None:
    options = (Option(key="old", label={"en": "60 or older"}), Option(key="young", label={"en": "Under 60"}))
    age = Item(key="age", label={"en": "How old are you?"}, options=options)
    ProtocolFactory(study=study, draft=content(about=(age,)).to_json())
    enrol(study=study)

    words = shared.words_of_traits(study=study)

    assert words["age"] == ("How old are you?", {"old": "60 or older", "young": "Under 60"})
    assert words["question"][0] == "Question of the interview"
    assert "advice" in words["question"][1]
