"""Who may do what in which study, said once and used by pages, endpoints and sockets."""

import enum
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.shared.errors import Forbidden, Missing
from apps.shared.models import Membership, Role, Study

Person = AbstractBaseUser | AnonymousUser


def person(request: Request) -> AbstractBaseUser:
    """Return who is signed in; only for endpoints that have checked that somebody is."""
    return cast(AbstractBaseUser, request.user)


class Capability(enum.Enum):
    """A thing to do in a study, with the roles that may do it."""

    SEE = frozenset(Role)
    ANNOTATE = frozenset({Role.ANNOTATOR, Role.RESEARCHER, Role.ADMIN})
    READ = frozenset({Role.RESEARCHER, Role.AUDITOR, Role.ADMIN})
    WRITE = frozenset({Role.RESEARCHER, Role.ADMIN})
    TRAIN = frozenset({Role.ADMIN})
    MANAGE = TRAIN


def role_in(*, user: Person, study: Study) -> Role | None:
    """Return the person's role in the study, or None for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return None
    if getattr(user, "is_superuser", False):
        return Role.ADMIN
    found = Membership.objects.filter(user_id=user.pk, study=study).values_list("role", flat=True).first()
    return Role(found) if found else None


def may(*, user: Person, study: Study, capability: Capability) -> bool:
    """Say whether the person may do this in the study."""
    return role_in(user=user, study=study) in capability.value


def require(*, user: Person, slug: str, capability: Capability) -> Study:
    """Return the study if the person may do this there.

    Raises Missing for a stranger, who may not even know that the study exists, and Forbidden for a member
    whose role does not allow it.
    """
    study = Study.objects.filter(slug=slug).first()
    role = role_in(user=user, study=study) if study else None
    if study is None or role is None:
        raise Missing("There is no such study, or you are not a member of it.")
    if role not in capability.value:
        raise Forbidden(f"Your role in this study is {role.label.lower()}, which does not allow this.")
    return study


LARGEST_ID = 2**63 - 1  # of a row in the database: SQLite takes no larger number into a query


def fits_a_row(number: int) -> None:
    """Refuse a whole number that no row can hold. Raises ValidationError."""
    if not -LARGEST_ID <= number <= LARGEST_ID:
        raise ValidationError("This number is larger than any that is kept here.")


class StudyView(APIView):
    """Base of every endpoint inside a study: checks the role before anything else happens.

    ``capabilities`` maps each HTTP method that the view answers to the capability it needs.
    """

    capabilities: dict[str, Capability] = {}
    study: Study

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the study and check the role."""
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else str(request.method)
        capability = self.capabilities.get(method)
        if capability is None:
            self.http_method_not_allowed(request)
            raise Forbidden("This cannot be done here.")
        self.study = require(user=request.user, slug=kwargs["slug"], capability=capability)
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
            raise Missing("There is nothing of this number in this study.")


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff accounts are made by an admin; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self-service sign-up."""
        return False
