"""Every read: what somebody is told, what they follow, what leaves the site."""

from hakapa.notices.queries.asked import questions_to
from hakapa.notices.queries.letters import letters
from hakapa.notices.queries.outward import (
    Dates,
    dates_of_organisation,
    dates_of_person,
    embedded,
    log_of,
    payload,
)
from hakapa.notices.queries.reading import (
    Followed,
    all_about,
    followed_by,
    following,
    is_mail_due,
    is_webhook_due,
    notices_of,
    preferences_of,
    thing_of,
    told_to,
    unread,
)

__all__ = [
    "Dates",
    "Followed",
    "all_about",
    "dates_of_organisation",
    "dates_of_person",
    "embedded",
    "followed_by",
    "following",
    "is_mail_due",
    "is_webhook_due",
    "letters",
    "log_of",
    "notices_of",
    "payload",
    "preferences_of",
    "questions_to",
    "thing_of",
    "told_to",
    "unread",
]
