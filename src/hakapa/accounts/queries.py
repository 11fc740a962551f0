from typing import TypeAlias

from django.db.models import OuterRef, QuerySet, Subquery

from hakapa.accounts.models import AnyUser, Membership, Organisation, Population, Role, User
from hakapa.kernel.personal import told_about

Organisations: TypeAlias = QuerySet[Organisation]
_SPEAKING = (Role.OFFICER, Role.ADMINISTRATOR)


def visible_to(user: AnyUser) -> QuerySet[Organisation]:  # noqa: ARG001  (all are public)
    """Return the organisations that the user may see, with their latest population."""
    latest = Population.objects.filter(organisation=OuterRef("pk")).order_by("-as_of")
    return Organisation.objects.annotate(inhabitants=Subquery(latest.values("value")[:1]))


def chosen(user: AnyUser, *, words: str = "", kind: str = "") -> Organisations:
    """Return the visible organisations of the kind whose names hold the words."""
    organisations = visible_to(user).filter(name__icontains=words)
    return organisations.filter(kind=kind) if kind else organisations


def works_for(user: AnyUser) -> list[int]:
    """Return the ids of the organisations that the user works for.

    A list rather than a query: an empty one lets the database skip the question altogether.
    """
    return list(_roles(user))


def organisations_of(user: AnyUser) -> QuerySet[Organisation]:
    """Return the organisations that the user works for."""
    return Organisation.objects.filter(pk__in=_roles(user))


def acting_for(user: AnyUser, rather: Organisation) -> Organisation | None:
    """Return for whom the user does something that any member may do.

    One of the user's own organisations, rather the named one; None when there is none.
    """
    own = organisations_of(user)
    return own.filter(pk=rather.pk).first() or own.first()


def spoken_for_by(user: AnyUser) -> QuerySet[Organisation]:
    """Return the organisations that the user may bind by a promise."""
    return Organisation.objects.filter(
        pk__in=[pk for pk, role in _roles(user).items() if role in _SPEAKING]
    )


def is_member(user: AnyUser, organisation_id: int | None = None) -> bool:
    """Tell whether the user works for the organisation, or for any when none is named."""
    return organisation_id in _roles(user) if organisation_id else bool(_roles(user))


def speaks_for(user: AnyUser, organisation_id: int) -> bool:
    """Tell whether the user may bind the organisation by a promise."""
    return _roles(user).get(organisation_id) in _SPEAKING


def administers(user: AnyUser, organisation_id: int) -> bool:
    """Tell whether the user may say who works for the organisation and in which role."""
    return _roles(user).get(organisation_id) == Role.ADMINISTRATOR


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return who works for the organisation, for its administrators' eyes."""
    return organisation.memberships.select_related("user", "unit").order_by("user__email")


def all_about(user: User) -> dict[str, object]:
    """Return every personal datum that the site keeps about the user, ready for JSON."""
    return {
        "email": user.email,
        "name": user.name,
        "created": user.created.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "memberships": [
            {
                "organisation": membership.organisation.name,
                "role": membership.role,
                "title": membership.title,
                "since": membership.created.isoformat(),
            }
            for membership in user.memberships.select_related("organisation")
        ],
        **told_about(user),
    }


def _roles(user: AnyUser) -> dict[int, Role]:
    return user.roles if isinstance(user, User) else {}
