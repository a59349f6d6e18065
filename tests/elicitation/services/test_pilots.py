"""Pilots: begun with a plan, entered by a signed door alone, and gone without a trace."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from apps.elicitation import selectors
from apps.elicitation.models import (
    ConsentVersion,
    Participant,
    PilotRun,
    PilotWalk,
    Protocol,
    ProtocolVersion,
)
from apps.elicitation.services import pilot_doors, piloting, pilots, previews
from apps.elicitation.services.participants import Ticks
from apps.moralgraph.models import Belonging, Card, Value, Vote
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import Job, Role, Study
from apps.shared.services import jobs
from tests.factories.elicitation import ProtocolFactory, content, enrol
from tests.factories.moralgraph import ContextFactory, vote
from tests.factories.shared import StudyFactory, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
FORM = {"version": "0", "research": "on", "of_age": "yes"}


@pytest.fixture
def drafted(study: Study) -> Study:
    """Return a study whose draft can be walked through and was never opened."""
    both = {"en": "You agree.", "es": "Usted acepta."}
    draft = content(reviews=(), consent=both).to_json()
    ProtocolFactory(study=study, draft=draft, state="draft", opened=False)
    return study


def _start(study: Study, **chosen: Any) -> PilotRun:
    plan = pilots.Plan(
        **{"kinds": {"terse": 1, "hostile": 2}, "languages": ("en", "es"), "seed": 5, **chosen}
    )
    return pilots.start(study=study, actor=member(study=study, role=Role.RESEARCHER), plan=plan)


def _begin(run: PilotRun, place: int = 0) -> tuple[PilotWalk, Job]:
    """Let a worker take the pilot up and begin a walk; return it with the job."""
    job = jobs.claim(job_id=str(run.job_id), owner="worker") or Job.objects.get(pk=run.job_id)
    walk = run.walks.select_related("run__study").get(place=place)
    piloting._begin(walk, run=run, job=job)
    return walk, job


def _door(walk: PilotWalk) -> str:
    return f"/s/{walk.run.study.slug}/pilot/{pilot_doors.sign(walk=walk)}/"


def test_a_draft_is_piloted_before_the_study_opens(drafted: Study) -> None:
    run = _start(drafted)

    walks = run.walks.values_list("place", "kind", "language", "state")
    assert list(walks) == [
        (0, "terse", "en", "waiting"), (1, "hostile", "es", "waiting"), (2, "hostile", "en", "waiting"),
    ]  # fmt: skip
    assert run.version is not None
    assert (run.version.number, run.revision) == (0, 0)
    assert Job.objects.get(pk=run.job_id).task == "elicitation.pilot"
    # Nothing was opened, and no number was used up.
    assert selectors.state_of(study=drafted) == "draft"
    assert selectors.view_protocol(study=drafted)["versions"].count() == 0


def test_each_pilot_keeps_the_draft_as_it_was(drafted: Study) -> None:
    first = _start(drafted)
    Job.objects.filter(pk=first.job_id).update(state="succeeded")
    Protocol.objects.filter(study=drafted).update(
        draft=content(reviews=(), disclosure={"en": "Rewritten."}).to_json(), revision=4
    )
    second = _start(drafted, languages=("en",))
    previews.begin(
        study=drafted, actor=member(study=drafted, role=Role.RESEARCHER), language="en", address="127.0.0.1",
        ticks=Ticks(version=0, research=True, quotes=False, training=False, of_age=True),
    )  # fmt: skip

    versions = [PilotRun.objects.get(pk=run.pk).version for run in (first, second)]
    told = [version.content.disclosure["en"] for version in versions if version]
    assert told == ["A study of advice.", "Rewritten."]
    assert second.revision == 4
    assert ProtocolVersion.objects.filter(study=drafted, number=0).count() == 3


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"kinds": {}}, "kinds"),
        ({"kinds": {"terse": 61}}, "kinds"),
        ({"kinds": {"friendly": 1}}, "kinds"),
        ({"languages": ("ar",)}, "languages"),
        ({"languages": ()}, "languages"),
        ({"voice": "model"}, "voice"),
        ({"of": "opened"}, "of"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_the_place(
    drafted: Study, chosen: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _start(drafted, **chosen)

    assert list(refused.value.fields) == [field]
    assert not PilotRun.objects.exists()


def test_a_draft_without_a_question_cannot_be_walked(study: Study) -> None:
    draft = content(questions=(), reviews=()).to_json()
    ProtocolFactory(study=study, draft=draft, state="draft", opened=False)

    with pytest.raises(Invalid) as refused:
        _start(study, languages=("en",))

    assert "of" in refused.value.fields


def test_one_pilot_runs_at_a_time_in_the_whole_installation(drafted: Study) -> None:
    _start(drafted)
    other = StudyFactory()
    ProtocolFactory(study=other)

    with pytest.raises(Conflict):
        _start(other, languages=("en",))


def test_the_signed_door_lets_one_simulated_participant_in_marked(drafted: Study) -> None:
    run = _start(drafted)
    walk, _ = _begin(run, place=1)

    shown = Client().get(_door(walk))
    begun = Client().post(_door(walk), FORM, follow=True)

    assert "Usted acepta." in shown.content.decode()
    assert "A program walks here" in begun.content.decode()
    person = Participant.objects.get()
    assert (person.simulated, person.persona, person.language) == (True, "hostile", "es")
    assert (person.pilot_run, person.rehearsal) == (run, f"pilot/{run.pk}")
    assert run.walks.get(place=1).participant == person


def test_a_door_opens_once(drafted: Study) -> None:
    walk, _ = _begin(_start(drafted))

    answers = [Client().post(_door(walk), FORM).status_code for _ in range(3)]

    assert answers == [302, 409, 409]
    assert Participant.objects.count() == 1


def _forged(walk: PilotWalk) -> list[str]:
    real = pilot_doors.sign(walk=walk)
    claims = {"run": walk.run_id, "place": walk.place, "attempt": walk.attempt}
    return [
        real[:-1] + ("A" if real[-1] != "A" else "B"),
        signing.dumps(claims, salt=pilot_doors.SALT, key="somebody else's key"),
        signing.dumps(claims, salt="another.purpose"),
        signing.dumps({**claims, "place": 2}, salt=pilot_doors.SALT),
        signing.dumps({**claims, "attempt": 7}, salt=pilot_doors.SALT),
        "x",
    ]


def test_a_forged_token_opens_nothing(drafted: Study) -> None:
    walk, _ = _begin(_start(drafted))

    for token in _forged(walk):
        for answer in (
            Client().get(f"/s/{drafted.slug}/pilot/{token}/"),
            Client().post(f"/s/{drafted.slug}/pilot/{token}/", FORM),
        ):
            assert answer.status_code == 404
    assert not Participant.objects.exists()


def test_a_token_of_another_study_opens_nothing(drafted: Study) -> None:
    walk, _ = _begin(_start(drafted))
    other = StudyFactory()
    ProtocolFactory(study=other)

    assert Client().get(f"/s/{other.slug}/pilot/{pilot_doors.sign(walk=walk)}/").status_code == 404


@pytest.mark.parametrize("state", ["queued", "succeeded", "failed", "cancelled"])
def test_a_door_is_shut_unless_its_pilot_runs(drafted: Study, state: str) -> None:
    walk, job = _begin(_start(drafted))
    Job.objects.filter(pk=job.pk).update(state=state)

    assert Client().post(_door(walk), FORM).status_code == 404
    assert not Participant.objects.exists()


def test_what_a_person_sends_at_the_peoples_door_marks_nobody(study: Study) -> None:
    ProtocolFactory(study=study)
    form = {**FORM, "version": "1", "simulated": "on", "persona": "terse", "pilot_run": "1", "pilot": "1"}

    Client().post(f"/s/{study.slug}/?simulated=1&persona=preview", form)

    person = Participant.objects.get()
    assert (person.simulated, person.persona, person.pilot_run) == (False, "", None)


def test_those_of_a_pilot_use_up_no_tries_of_people(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.elicitation.services.limits.ENROLMENTS", 1)
    ProtocolFactory(study=study)
    run = _start(study, of="opened", languages=("en",))
    form = {**FORM, "version": "1"}

    statuses = [Client().post(_door(_begin(run, place=place)[0]), form).status_code for place in range(3)]

    assert statuses == [302, 302, 302]
    assert enrol(study=study).participant.simulated is False


def test_a_worker_that_died_leaves_nothing_half_counted(drafted: Study) -> None:
    run = _start(drafted)
    done, job = _begin(run, place=0)
    Client().post(_door(done), FORM)
    piloting._keep(done, run=run, job=job, record={"failure": {}, "turns": 4})
    half, _ = _begin(run, place=1)
    Client().post(_door(half), FORM)
    kept = Participant.objects.get(pilot_walk=done)

    # The next worker takes the job up where the lease ran out.
    Job.objects.filter(pk=job.pk).update(lease_expires_at="2000-01-01T00:00:00Z")
    again = jobs.claim(job_id=str(job.pk), owner="the next worker")
    piloting._forget_interrupted(run)

    assert again is not None
    assert again.attempts == 2
    assert list(Participant.objects.all()) == [kept]
    assert list(run.walks.values_list("state", flat=True)) == ["arrived", "waiting", "waiting"]
    report = selectors.view_pilot(study=drafted, pilot_id=run.pk)
    assert (report["total"]["ended"], report["total"]["turns"]) == (1, 4)


def test_what_an_interrupted_one_leaves_behind_is_no_change_of_others(drafted: Study) -> None:
    run = _start(drafted)
    done, job = _begin(run, place=0)
    Client().post(_door(done), FORM)
    half, _ = _begin(run, place=1)
    Client().post(_door(half), FORM)
    kept, gone = (Participant.objects.get(pilot_walk=walk) for walk in (done, half))
    mark = f"pilot/{run.pk}"
    values = [Value.objects.create(study=drafted, title=t, simulated=True, rehearsal=mark) for t in "ab"]
    for person, value in zip((kept, gone), values, strict=True):
        card = Card.objects.create(study=drafted, participant_id=person.pk, rehearsal=mark, value=value)
        Belonging.objects.create(card=card, value=value, by="person")
    cast = vote(values[0], values[1], ContextFactory(study=drafted), participant_id=kept.pk, rehearsal=mark)
    piloting._keep(done, run=run, job=job, record={"failure": {}})

    piloting._forget_interrupted(run)
    piloting._look_after(run)

    assert not Vote.objects.filter(pk=cast.pk).exists()
    assert (run.checks["compared"], run.checks["changed"]) == (1, [])
    assert run.checks["compared_others"] == 0  # Only one who walked along.


def test_a_change_before_an_interruption_is_still_told(drafted: Study) -> None:
    run = _start(drafted)
    done, job = _begin(run, place=0)
    Client().post(_door(done), FORM)
    piloting._keep(done, run=run, job=job, record={"failure": {}})
    kept = Participant.objects.get(pilot_walk=done)
    kept.interview.turns.update(text="Not what was said.")

    piloting._forget_interrupted(run)
    piloting._look_after(run)

    assert run.checks["changed"] == [str(kept.pk)]


def test_a_worker_that_lost_its_lease_keeps_nothing_and_its_tokens_are_void(drafted: Study) -> None:
    run = _start(drafted)
    walk, job = _begin(run)
    door = _door(walk)
    Job.objects.filter(pk=job.pk).update(lease_expires_at="2000-01-01T00:00:00Z")
    jobs.claim(job_id=str(job.pk), owner="the next worker")

    with pytest.raises(jobs.LeaseLost):
        piloting._keep(walk, run=run, job=job, record={"failure": {}})

    assert Client().post(door, FORM).status_code == 404
    assert run.walks.get(place=0).record == {}


def test_a_pilot_is_deleted_with_all_of_it(drafted: Study) -> None:
    run = _start(drafted)
    walk, job = _begin(run)
    Client().post(_door(walk), FORM)
    person = Participant.objects.get()
    value = Value.objects.create(study=drafted, title="V", simulated=True, rehearsal=person.rehearsal)
    Card.objects.create(study=drafted, participant_id=person.pk, rehearsal=person.rehearsal, value=value)
    actor = member(study=drafted, role=Role.RESEARCHER)

    with pytest.raises(Conflict):
        pilots.delete(run=run, actor=actor)
    Job.objects.filter(pk=job.pk).update(state="cancelled")
    pilots.delete(run=PilotRun.objects.get(pk=run.pk), actor=actor)

    for table in (PilotRun, PilotWalk, Participant, Card, Value, ProtocolVersion, ConsentVersion):
        assert not table.objects.exists(), table.__name__
    assert not Job.objects.filter(task="elicitation.pilot").exists()


def test_a_change_of_somebody_elses_words_is_noticed(drafted: Study) -> None:
    run = _start(drafted)
    person = Participant.objects.create(
        study=drafted, token_hash="x", short_code="x", step="done", simulated=False
    )
    run.checks = {"before": selectors.fingerprints(study=drafted)}
    Card.objects.create(study=drafted, participant_id=person.pk).versions.create(
        number=1, title="Not theirs", by="person"
    )

    piloting._look_after(run)

    assert (run.checks["compared"], run.checks["changed"]) == (1, [str(person.pk)])


def test_a_stopped_pilot_goes_on_and_one_that_ended_does_not(drafted: Study) -> None:
    run = _start(drafted)
    actor = member(study=drafted, role=Role.RESEARCHER)

    pilots.stop(run=run, actor=actor)
    assert Job.objects.get(pk=run.job_id).state == "cancelled"
    pilots.resume(run=run, actor=actor)
    assert Job.objects.get(pk=run.job_id).state == "queued"
    with pytest.raises(Conflict):
        pilots.resume(run=run, actor=actor)


def test_pilots_are_listed_in_two_queries(drafted: Study, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        run = _start(drafted)
        Job.objects.filter(pk=run.job_id).update(state="succeeded")

    with django_assert_num_queries(2):
        listed = selectors.view_pilots(study=drafted)

    assert [(row["walks"], row["ended"], row["state"]) for row in listed] == [(3, 0, "succeeded")] * 3
