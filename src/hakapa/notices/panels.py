"""What notices show on pages: the bell in every head, and the way to follow."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from hakapa.accounts.models import Organisation, User
from hakapa.accounts.queries import is_member
from hakapa.kernel.panels import Panel, panel
from hakapa.notices import queries
from hakapa.notices.topics import TOPICS, label_of


@panel("head", order=10)
def bell(
    request: HttpRequest,  # noqa: ARG001  (a panel's signature)
    user: Any,
) -> Panel | None:
    """Show how much is new, to those who are signed in."""
    if not isinstance(user, User):
        return None
    return Panel("notices/bell.html", {"unread": queries.unread(user)})


@panel("follow", order=10)
def follow(request: HttpRequest, thing: Model) -> Panel | None:
    """Let readers follow the thing, with or without an account."""
    topic = TOPICS[label_of(thing)]
    context = {
        "slug": topic.slug,
        "pk": thing.pk,
        "this": topic.this,
        "followed": queries.following(request.user, thing),
    }
    if isinstance(thing, Organisation) and request.user.is_authenticated:
        context["may_look_outward"] = is_member(request.user, thing.pk) or request.user.is_staff
    return Panel("notices/follow_panel.html", context)


@panel("me", order=20)
def what_i_follow(
    request: HttpRequest,  # noqa: ARG001  (a panel's signature)
    user: User,
) -> Panel | None:
    """Lead to the person's notices and what they have chosen."""
    return Panel("notices/me.html", {"unread": queries.unread(user)})
