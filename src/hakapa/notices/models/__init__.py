"""Who is told what, and what leaves the site: readers, notices, mails, webhooks, calendars."""

from hakapa.notices.models.outward import CalendarAddress, Delivery, Webhook
from hakapa.notices.models.reading import Asking, Follow, Preference, Reader
from hakapa.notices.models.telling import Mail, Notice, Outcome, Unheard

__all__ = [
    "Asking",
    "CalendarAddress",
    "Delivery",
    "Follow",
    "Mail",
    "Notice",
    "Outcome",
    "Preference",
    "Reader",
    "Unheard",
    "Webhook",
]
