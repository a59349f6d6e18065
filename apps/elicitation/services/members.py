"""Who works on a study: added by account name, with a role; one admin always stays."""

from typing import cast

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.shared import selectors as shared
from apps.shared.access import Person
from apps.shared.errors import Conflict, Invalid, Missing
from apps.shared.models import Membership, Role, Study
from apps.shared.services import audit, studies

LAST_ADMIN = "A study keeps at least one admin. Make somebody else an admin first."


@transaction.atomic
def add(*, study: Study, actor: Person, username: str, role: Role) -> Membership:
    """Add an account by its name. Raises Invalid where there is none, and Conflict for a member."""
    user = get_user_model().objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        message = "There is no account with this name. An installation's admin makes accounts."
        raise Invalid(message, fields={"username": [message]})
    if shared.members(study=study).filter(user=user).exists():
        message = "This person is a member already. Change their role in the list."
        raise Conflict(message, fields={"username": [message]})
    made = studies.set_member(study=study, user=cast("AbstractBaseUser", user), role=role)
    _note(study=study, actor=actor, action="member.added", membership=made)
    return made


@transaction.atomic
def change(*, study: Study, actor: Person, user_id: int, role: Role) -> Membership:
    """Give a member another role. Raises Missing, and Conflict for the last admin."""
    before = _locked(study=study, user_id=user_id)
    if role != Role.ADMIN:
        _keep_an_admin(study=study, leaving=before)
    made = studies.set_member(study=study, user=before.user, role=role)
    _note(study=study, actor=actor, action="member.changed", membership=made)
    return made


@transaction.atomic
def remove(*, study: Study, actor: Person, user_id: int) -> None:
    """End a membership; what the person did stays. Raises Missing, and Conflict for the last admin."""
    before = _locked(study=study, user_id=user_id)
    _keep_an_admin(study=study, leaving=before)
    studies.remove_member(study=study, user=before.user)
    _note(study=study, actor=actor, action="member.removed", membership=before)


def _locked(*, study: Study, user_id: int) -> Membership:
    # All of them, so that two admins who remove each other do not both succeed.
    rows = {row.user_id: row for row in shared.members(study=study).select_for_update(of=("self",))}
    if user_id not in rows:
        raise Missing("There is no such member of this study.")
    return rows[user_id]


def _keep_an_admin(*, study: Study, leaving: Membership) -> None:
    others = shared.members(study=study).filter(role=Role.ADMIN).exclude(pk=leaving.pk)
    if leaving.role == Role.ADMIN and not others.exists():
        raise Conflict(LAST_ADMIN)


def _note(*, study: Study, actor: Person, action: str, membership: Membership) -> None:
    detail = {"role": membership.role}
    audit.record(study=study, actor=actor, action=action, subject=str(membership.user_id), detail=detail)
