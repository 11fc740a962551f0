"""Every change: who follows what, who is told, what is sent, what leaves the site."""

from hakapa.notices.actions.choosing import (
    choose,
    reader_of,
    receive_again,
    stop_everything,
)
from hakapa.notices.actions.following import (
    Thing,
    TooManyError,
    ask_to_follow,
    confirm,
    follow,
    forget_unconfirmed,
    unfollow,
)
from hakapa.notices.actions.gathering import build_at_once, build_digests, forget_old
from hakapa.notices.actions.hearing import hear, note
from hakapa.notices.actions.outward import (
    add_webhook,
    drop_webhook,
    enable_webhook,
    open_calendar,
    probe_webhook,
    revoke_calendar,
)
from hakapa.notices.actions.reading import mark_read
from hakapa.notices.actions.refusing import returned

__all__ = [
    "Thing",
    "TooManyError",
    "add_webhook",
    "ask_to_follow",
    "build_at_once",
    "build_digests",
    "choose",
    "confirm",
    "drop_webhook",
    "enable_webhook",
    "follow",
    "forget_old",
    "forget_unconfirmed",
    "hear",
    "mark_read",
    "note",
    "open_calendar",
    "probe_webhook",
    "reader_of",
    "receive_again",
    "returned",
    "revoke_calendar",
    "stop_everything",
    "unfollow",
]
