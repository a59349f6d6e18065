"""Studies and who belongs to them."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from apps.shared.models import Membership, Role, Study
from apps.shared.services import streams


@transaction.atomic
def create(*, slug: str, title: str, is_demo: bool = False, include_simulated: bool = False) -> Study:
    """Make a study."""
    return Study.objects.create(slug=slug, title=title, is_demo=is_demo, include_simulated=include_simulated)


@transaction.atomic
def set_member(*, study: Study, user: AbstractBaseUser, role: Role) -> Membership:
    """Give a person a role in a study, in place of any other role there."""
    membership, _ = Membership.objects.update_or_create(study=study, user_id=user.pk, defaults={"role": role})
    _tell_rights_changed(user_id=user.pk)
    return membership


@transaction.atomic
def remove_member(*, study: Study, user: AbstractBaseUser) -> None:
    """End a person's membership; open sockets close."""
    Membership.objects.filter(study=study, user_id=user.pk).delete()
    _tell_rights_changed(user_id=user.pk)


def rights_group(*, user_id: int) -> str:
    """Return the channel group that hears when a person's rights change."""
    return f"rights.{user_id}"


def _tell_rights_changed(*, user_id: int) -> None:
    group = rights_group(user_id=user_id)
    transaction.on_commit(lambda: streams.tell(group=group, messages=[{"type": "rights.changed"}]))
