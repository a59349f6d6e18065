"""Studies, members and accounts."""

from typing import Any

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from apps.shared.models import Membership, Role, Study


class UserFactory(DjangoModelFactory[Any]):
    """A member of staff."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person-{number}")
    password = factory.django.Password("a-long-pass-phrase")


class StudyFactory(DjangoModelFactory[Study]):
    """A study of real people."""

    class Meta:
        model = Study

    slug = factory.Sequence(lambda number: f"study-{number}")
    title = factory.Sequence(lambda number: f"Study {number}")


def member(*, study: Study, role: Role, **fields: Any) -> Any:
    """Return a new account with this role in the study."""
    user = UserFactory(**fields)
    Membership.objects.create(study=study, user=user, role=role)
    return user
