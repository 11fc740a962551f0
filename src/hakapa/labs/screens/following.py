"""Which lab a channel is about, and who may follow it there."""

from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.models import AnyUser, User
from hakapa.labs import queries
from hakapa.labs.models import Lab


def lab_of(channel: str) -> Lab | None:
    """Return the lab that the channel is about, as it stands now."""
    return Lab.objects.filter(pk=int(channel.removeprefix("lab:"))).first()


def may_lead(channel: str, user_id: int | None) -> bool:
    """Tell whether the user leads the lab, right now."""
    lab, user = lab_of(channel), _user(user_id)
    return lab is not None and user.has_perm("labs.lead_lab", lab)


def may_see(channel: str, user_id: int | None) -> bool:
    """Tell whether the user may see the lab, right now."""
    lab = lab_of(channel)
    return lab is not None and queries.visible_to(_user(user_id)).filter(pk=lab.pk).exists()


def _user(user_id: int | None) -> AnyUser:
    found = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    return found or AnonymousUser()
