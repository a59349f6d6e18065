"""Two people at the same moment: the last place, the same id from Prolific, and questions in balance."""

import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connections

from apps.elicitation.domain.protocol import Item, Option, Protocol, Question, Quota
from apps.elicitation.models import Participant, ProtocolVersion
from apps.elicitation.services import about, participants
from apps.elicitation.services.participants import Arrival
from apps.shared.errors import Conflict, TouchstoneError
from tests.factories.elicitation import AGREED, ProtocolFactory, content

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]
AGE = Item(key="age", label={"en": "How old?"}, options=(Option(key="young", label={"en": "Young"}),))
QUESTIONS = tuple(Question(key=key, title={"en": key}, text={"en": f"{key}?"}) for key in ("work", "home"))


def _at_once(acts: Sequence[Callable[[], object]]) -> list[TouchstoneError]:
    """Let each act in a thread of its own, all from the same moment on; return what they were refused."""
    start, refused = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except TouchstoneError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def _version(protocol: Protocol) -> ProtocolVersion:
    made = ProtocolFactory(draft=protocol.to_json())
    assert made.current is not None
    return made.current


def _come(version: ProtocolVersion, pid: str = "") -> Callable[[], object]:
    def act() -> object:
        # A row of one's own: the version keeps what it read of its content.
        fresh = ProtocolVersion.objects.select_related("study", "consent").get(pk=version.pk)
        arrival = Arrival(prolific_pid=pid)
        return participants.enrol(version=fresh, ticks=AGREED, address="127.0.0.1", arrival=arrival)

    return act


def test_of_people_who_come_at_once_one_gets_the_last_place() -> None:
    version = _version(content(places=1))

    refused = _at_once([_come(version) for _ in range(4)])

    assert refused == []
    steps = sorted(Participant.objects.values_list("step", flat=True))
    assert steps == ["interview", "over_quota", "over_quota", "over_quota"]


def test_of_people_who_tell_their_age_at_once_one_gets_the_last_place_of_a_kind() -> None:
    quota = Quota(item="age", option="young", at_most=1)
    version = _version(content(about=(AGE,), quotas=(quota,)))
    for _ in range(4):
        _come(version)()

    def tell(pk: object) -> Callable[[], object]:
        person = Participant.objects.select_related("study", "version").get(pk=pk)
        return lambda: about.tell(participant=person, answers={"age": "young"})

    refused = _at_once([tell(pk) for pk in Participant.objects.values_list("pk", flat=True)])

    assert refused == []
    steps = sorted(Participant.objects.values_list("step", flat=True))
    assert steps == ["interview", "over_quota", "over_quota", "over_quota"]


def test_one_id_from_prolific_begins_one_session_however_often_it_is_sent_at_once() -> None:
    version = _version(content())

    refused = _at_once([_come(version, "abc123") for _ in range(4)])

    assert Participant.objects.count() == 1
    assert len(refused) == 3
    assert all(isinstance(error, Conflict) and "short code" in str(error) for error in refused)


def test_questions_stay_in_balance_where_people_come_at_once() -> None:
    version = _version(content(questions=QUESTIONS, question_choice="assigned"))

    _at_once([_come(version) for _ in range(6)])

    given = list(Participant.objects.values_list("question", flat=True))
    assert sorted(map(given.count, ("work", "home"))) == [3, 3]
