"""What a notice is about, how fast it is mailed, and why somebody gets it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a notice is about; each is chosen on its own, and told in this order."""

    WAITS = "waits", _("questions that wait for an answer")
    PROMISE = "promise", _("promises, and what becomes of them")
    CHALLENGE = "challenge", _("challenges and proposals")
    LAB = "lab", _("what happens with labs")
    SITE = "site", _("what an administrator looks after")


class Pace(TextChoices):
    """When a notice is mailed."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    OFF = "off", _("never")


class Who(TextChoices):
    """Why somebody is told: what would have to end for the notice not to be sent."""

    FOLLOWER = "follower", _("You follow it.")
    PEOPLE = "people", _("It concerns an organisation you work for.")
    ROOM = "room", _("You took part in the lab.")
    STEWARDS = "stewards", _("You administer the organisation.")


@dataclass(frozen=True)
class Chosen:
    """How somebody wants to be told of one kind of thing."""

    mail: Pace
    bell: bool = True


# A summary a day of what somebody waits for an answer to, and a summary a week of all else.
USUAL = {
    Kind.WAITS: Pace.DAILY,
    Kind.PROMISE: Pace.WEEKLY,
    Kind.CHALLENGE: Pace.WEEKLY,
    Kind.LAB: Pace.WEEKLY,
    Kind.SITE: Pace.AT_ONCE,
}

_OF = {
    "challenges.challenge": Kind.CHALLENGE,
    "proposals.proposal": Kind.CHALLENGE,
    "labs.lab": Kind.LAB,
    "commitments.commitment": Kind.PROMISE,
    "notices.webhook": Kind.SITE,
}
_WAITS = {
    "commitments.commitment": {
        "ask", "remind", "hand_over", "return_from_parking", "ask_participants",
    },
    "labs.lab": {"invite"},
}  # fmt: skip
# Of all that is done in a lab, what concerns others than those in the room.
_ONLY = {
    "labs.lab": {"publish", "start", "close", "resume", "cancel", "change", "invite"},
}
# What nobody needs to be told: drafts, what only follows from something that is told already, and
# what single readers said.
_QUIET = {
    "challenges.challenge": {"start", "enter_lab", "take_in_hand", "withdraw_need", "flag"},
    "proposals.proposal": {"take_on", "park", "decline", "wait_again", "absorb", "flag"},
    "commitments.commitment": {"flag", "verify", "add_picture", "remove_picture"},
}


def kind_of(subject_type: str, move: str) -> Kind | None:
    """Return what a notice of the event would be about; None when it is no news to anybody."""
    if move in _QUIET.get(subject_type, ()) or move not in _ONLY.get(subject_type, {move}):
        return None
    if move in _WAITS.get(subject_type, ()):
        return Kind.WAITS
    return _OF.get(subject_type)
