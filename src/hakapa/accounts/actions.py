from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hakapa.accounts.models import Membership, Organisation, Population, Role, Unit, User
from hakapa.kernel.text import tidy


@transaction.atomic
def found(*, by: User, **fields: Any) -> Organisation:
    """Enter an organisation on the site.

    Raises:
        PermissionDenied: the user does not run the site.

    """
    if not by.has_perm("accounts.add_organisation"):
        raise PermissionDenied
    organisation = Organisation(**fields)
    organisation.full_clean()
    organisation.save()
    return organisation


def rename(person: User, *, name: str) -> None:
    """Let the person say what colleagues may call them."""
    person.name = name
    person.save(update_fields=["name"])


def erase(person: User) -> None:
    """Remove the person and all that points at them; what they did stays without a name."""
    person.delete()


def count(organisation: Organisation, *, value: int, as_of: date, source: str) -> Population:
    """Write down how many people live there on a day, according to whom."""
    population, _created = Population.objects.update_or_create(
        organisation=organisation, as_of=as_of, defaults={"value": value, "source": source}
    )
    return population


def units_named(organisation: Organisation, names: Iterable[str]) -> list[Unit]:
    """Return the organisation's departments of those names, entering those that are new."""
    tidied = dict.fromkeys(name for raw in names if (name := tidy(raw)[:200]))
    return [Unit.objects.get_or_create(organisation=organisation, name=n)[0] for n in tidied]


@transaction.atomic
def appoint(
    organisation: Organisation, *, by: User, email: str, role: Role, title: str = ""
) -> Membership:
    """Let a person work for the organisation, or change their role or title.

    The person has signed up before, so that nobody is entered without knowing.

    Raises:
        PermissionDenied: the user does not administer the organisation.
        ValidationError: nobody has that address, or no administrator would be left.

    """
    _refuse_stranger(organisation, by=by)
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise ValidationError(
            {"email": _("Nobody with that address has an account. Ask them to sign up first.")}
        )
    membership, _created = Membership.objects.update_or_create(
        user=person, organisation=organisation, defaults={"role": role, "title": title}
    )
    _refuse_without_administrator(organisation)
    return membership


@transaction.atomic
def dismiss(membership: Membership, *, by: User) -> None:
    """End a person's work for the organisation; what they did stays, with their role.

    Raises:
        PermissionDenied: the user does not administer the organisation.
        ValidationError: no administrator would be left.

    """
    _refuse_stranger(membership.organisation, by=by)
    membership.delete()
    _refuse_without_administrator(membership.organisation)


def _refuse_stranger(organisation: Organisation, *, by: User) -> None:
    if not by.has_perm("accounts.appoint_organisation", organisation):
        raise PermissionDenied


def _refuse_without_administrator(organisation: Organisation) -> None:
    if not organisation.memberships.filter(role=Role.ADMINISTRATOR).exists():
        raise ValidationError(
            _("An organisation needs an administrator. Appoint another one first.")
        )
