"""Contexts are proposed, confirmed, renamed, put together and retired, and all of that is taken back."""

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.moralgraph.models import Card, Context, ContextCandidate, ContextChange, ContextProposal
from apps.moralgraph.services import context_proposals, context_search, withdrawal
from apps.shared.errors import Conflict, Invalid
from apps.shared.models import AuditEntry, Job, Study
from tests.factories.moralgraph import ContextFactory, vote
from tests.moralgraph.conftest import World
from tests.moralgraph.services.test_belongings import accepted

SAID = "When my father could not sleep"


def address(study: Study, path: str = "desk/") -> str:
    return f"/api/studies/{study.slug}/contexts/{path}"


def desk(client: APIClient, study: Study) -> Any:
    answer = client.get(address(study))
    assert answer.status_code == 200, answer.content
    return answer.json()


def row_of(client: APIClient, study: Study, context: Context) -> Any:
    return next(row for row in desk(client, study)["contexts"] if row["id"] == context.pk)


@pytest.fixture
def proposal(study: Study) -> ContextProposal:
    """Return what a person said of the kind of moment that their accepted card is about."""
    card = accepted(study, uuid.UUID(int=70))
    return ContextProposal.objects.create(study=study, card=card, name=SAID, origin="person", language="en")


def test_contexts_come_with_what_rests_on_them(world: World, researcher: APIClient) -> None:
    found = desk(researcher, world.study)["contexts"]

    assert [(row["name"], row["state"], row["transitions"], row["votes"]) for row in found] == [
        (world.first.name, "in_use", 2, 10), (world.second.name, "in_use", 1, 5),
    ]  # fmt: skip


def test_a_proposal_becomes_a_context_in_better_words(
    researcher: APIClient, study: Study, proposal: ContextProposal
) -> None:
    shown = desk(researcher, study)["proposals"][0]
    assert (shown["name"], shown["origin"], shown["card_title"]) == (SAID, "person", "Patient Listening")
    path = address(study, f"proposals/{proposal.pk}/")

    told = researcher.patch(path, {"state": "confirmed", "name": " When a parent is  ill "}, format="json")
    again = researcher.patch(path, {"state": "declined", "reason": "Changed my mind."}, format="json")

    assert (told.status_code, again.status_code) == (200, 409)
    made = Context.objects.get(study=study)
    assert made.name == "When a parent is ill"
    assert row_of(researcher, study, made)["cards"] == 1
    found = desk(researcher, study)
    assert (found["proposals"], found["decided"][0]["context_id"]) == ([], made.pk)
    assert AuditEntry.objects.filter(action="context.proposal").exists()


def test_a_proposal_is_put_into_a_context_or_declined_and_opened_again(
    world: World, researcher: APIClient, proposal: ContextProposal
) -> None:
    path = address(world.study, f"proposals/{proposal.pk}/")
    assert researcher.patch(path, {"state": "put_into"}, format="json").status_code == 400
    assert researcher.patch(path, {"state": "declined"}, format="json").status_code == 400

    given = {"state": "put_into", "into": world.first.pk}
    assert researcher.patch(path, given, format="json").status_code == 200
    assert row_of(researcher, world.study, world.first)["cards"] == 1
    assert researcher.patch(path, {"state": "open"}, format="json").status_code == 200

    assert row_of(researcher, world.study, world.first)["cards"] == 0
    assert len(desk(researcher, world.study)["proposals"]) == 1
    given = {"state": "declined", "reason": "It names a person."}
    assert researcher.patch(path, given, format="json").status_code == 200
    assert desk(researcher, world.study)["decided"][0]["reason"] == "It names a person."


def test_merging_needs_a_reason_moves_the_counts_and_is_undone(world: World, researcher: APIClient) -> None:
    path = address(world.study, f"{world.second.pk}/")
    merged = {"kind": "merged", "other": world.first.pk}
    assert researcher.post(path, merged, format="json").status_code == 400
    same = {"kind": "merged", "other": world.second.pk, "reason": "Same."}
    assert researcher.post(path, same, format="json").status_code == 400

    made = researcher.post(path, {**merged, "reason": "The same moment."}, format="json")

    assert made.status_code == 201
    into, away = desk(researcher, world.study)["contexts"]
    assert (into["votes"], into["transitions"], into["state"]) == (15, 3, "in_use")
    assert (away["votes"], away["state"], away["into"]) == (0, "merged", world.first.pk)
    change = desk(researcher, world.study)["changes"][0]
    assert (change["kind"], change["reason"], change["other_name"]) == (
        "merged", "The same moment.", world.first.name,
    )  # fmt: skip
    # What is out of use can be put nowhere, and nothing into it.
    assert researcher.post(path, {**merged, "reason": "Again."}, format="json").status_code == 404

    undo = address(world.study, f"changes/{made.json()['id']}/")
    assert researcher.delete(undo).status_code == 200
    assert researcher.delete(undo).status_code == 409
    assert row_of(researcher, world.study, world.second)["votes"] == 5


def test_a_context_is_renamed_and_gets_its_name_back(world: World, researcher: APIClient) -> None:
    before, path = world.first.name, address(world.study, f"{world.first.pk}/")
    taken = researcher.patch(path, {"name": world.second.name.upper()}, format="json")
    assert (taken.status_code, list(taken.json()["error"]["fields"])) == (409, ["name"])

    first = researcher.patch(path, {"name": "When it is late", "reason": "Shorter."}, format="json").json()
    second = researcher.patch(path, {"name": "When night has come"}, format="json").json()

    early = researcher.delete(address(world.study, f"changes/{first['id']}/"))
    assert early.status_code == 409
    for made in (second, first):
        assert researcher.delete(address(world.study, f"changes/{made['id']}/")).status_code == 200
    world.first.refresh_from_db()
    assert world.first.name == before


def test_a_retired_context_is_asked_in_no_more_keeps_its_votes_and_comes_back(
    world: World, researcher: APIClient
) -> None:
    path = address(world.study, f"{world.second.pk}/")

    assert (
        researcher.post(path, {"kind": "retired", "reason": "Too broad."}, format="json").status_code == 201
    )

    row = row_of(researcher, world.study, world.second)
    assert (row["state"], row["votes"]) == ("retired", 5)
    assert [item["id"] for item in researcher.get(address(world.study, "")).json()] == [world.first.pk]
    assert researcher.delete(address(world.study, f"changes/{row['ended']}/")).status_code == 200
    assert row_of(researcher, world.study, world.second)["state"] == "in_use"


def test_near_contexts_are_suggested_until_they_are_kept_apart(world: World, researcher: APIClient) -> None:
    ContextCandidate.objects.create(
        study=world.study, context=world.second, other=world.first, similarity=0.8, encoder="test"
    )
    assert desk(researcher, world.study)["near"] == [
        {"low": world.first.pk, "high": world.second.pk, "similarity": 0.8}
    ]
    path = address(world.study, f"{world.second.pk}/")

    given = {"kind": "apart", "other": world.first.pk, "reason": "One is about others."}
    assert researcher.post(path, given, format="json").status_code == 201
    assert researcher.post(path, given, format="json").status_code == 409

    assert desk(researcher, world.study)["near"] == []
    made = ContextChange.objects.get()
    assert researcher.delete(address(world.study, f"changes/{made.pk}/")).status_code == 200
    assert len(desk(researcher, world.study)["near"]) == 1


def test_spanish_contexts_are_compared_by_their_letters_and_proposals_with_them(
    study: Study, researcher: APIClient, proposal: ContextProposal
) -> None:
    ContextProposal.objects.filter(pk=proposal.pk).update(name="Cuando una persona está muy asustada")
    first, second = (
        ContextFactory(study=study, name=name)
        for name in ("Cuando una persona está asustada", "Cuando la decisión es para siempre")
    )
    assert desk(researcher, study)["search"]["state"] == "computing"

    context_search.find(job=Job.objects.get(task=context_search.TASK))

    near = desk(researcher, study)["proposals"][0]["near"]
    assert [item["id"] for item in near] == [first.pk]
    assert near[0]["similarity"] > 0.5
    assert second.pk not in {item["id"] for item in near}


def test_a_person_says_it_in_other_words_until_they_accept_their_card(study: Study) -> None:
    card = _undecided(study)

    context_proposals.say(card=card, name="When it is late")
    context_proposals.say(card=card, name=f"  {SAID} ", language="en")
    assert _said(card) == {"person": ("open", SAID)}
    context_proposals.say(card=card, name="")
    assert _said(card) == {}
    with pytest.raises(Invalid):
        context_proposals.say(card=card, name="W" * 121)


def test_a_model_proposes_only_where_the_person_said_nothing(study: Study) -> None:
    silent, said = accepted(study, uuid.UUID(int=73)), accepted(study, uuid.UUID(int=74))
    ContextProposal.objects.create(study=study, card=said, name=SAID, origin="person")

    for card in (silent, said, silent):
        context_proposals.propose(
            card=card, name="When a parent is ill", language="en", engine={"model": "m"}
        )

    assert _said(silent) == {"llm": ("open", "When a parent is ill")}
    assert _said(said) == {"person": ("open", SAID)}


def test_after_the_card_is_accepted_nothing_is_said_any_more(study: Study) -> None:
    card = accepted(study, uuid.UUID(int=71))

    with pytest.raises(Conflict):
        context_proposals.say(card=card, name=SAID)


def test_withdrawal_erases_what_was_said_and_a_context_that_holds_only_that(
    study: Study, researcher: APIClient, proposal: ContextProposal
) -> None:
    path = address(study, f"proposals/{proposal.pk}/")
    researcher.patch(path, {"state": "confirmed"}, format="json")

    withdrawal.erase(study=study, participant_id=proposal.card.participant_id)

    proposal.refresh_from_db()
    assert (proposal.name, proposal.erased_at is not None) == ("", True)
    made = Context.objects.get(study=study)
    assert SAID not in made.name
    assert made.retired_at is not None
    assert desk(researcher, study)["decided"] == []


def test_a_context_that_others_judged_in_stays_when_its_author_withdraws(
    world: World, researcher: APIClient, proposal: ContextProposal
) -> None:
    path = address(world.study, f"proposals/{proposal.pk}/")
    researcher.patch(path, {"state": "confirmed"}, format="json")
    made = Context.objects.get(study=world.study, name=SAID)
    vote(world.low, world.high, made)

    withdrawal.erase(study=world.study, participant_id=proposal.card.participant_id)

    made.refresh_from_db()
    assert (made.name, made.retired_at) == (SAID, None)


def _undecided(study: Study) -> Card:
    from apps.moralgraph.services import cards

    lines = [{"attended": "MOMENTS", "qualifier": "that go quiet"}]
    return cards.draft(
        study=study, participant_id=uuid.UUID(int=72), title="Quiet Care", summary="", policies=lines,
        by="interviewer",
    )  # fmt: skip


def _said(card: Card) -> dict[str, tuple[str, str]]:
    rows = ContextProposal.objects.filter(card=card)
    return {row.origin: (row.state, row.name) for row in rows}
