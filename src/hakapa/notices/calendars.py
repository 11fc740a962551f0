"""Dates as iCalendar, for the calendar that people have open anyway."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hakapa.commitments.models import Commitment
from hakapa.commitments.templatetags.promises import who
from hakapa.kernel.addresses import absolute
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.notices.queries import Dates

USUAL_LENGTH = timedelta(hours=1)
READ_AGAIN_AFTER = timedelta(hours=6)


def written(dates: Dates, *, name: str, now: datetime) -> bytes:
    """Return the dates as a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hakapå//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", READ_AGAIN_AFTER)
    for promise in dates.due:
        calendar.add_component(_day_of(promise, now))
    for lab in dates.labs:
        calendar.add_component(_time_of(lab, now))
    return bytes(calendar.to_ical())


def _day_of(promise: Commitment, now: datetime) -> Event:
    event = _about(promise, now, name=f"promise-{promise.pk}")
    event.add("summary", _("Report: %(what)s") % {"what": promise.proposal.title})
    event.add("description", f"{who(promise)}: {promise.next_step}")
    event.add("dtstart", promise.due)
    event.add("transp", "TRANSPARENT")
    return event


def _time_of(lab: Lab, now: datetime) -> Event:
    event = _about(lab, now, name=f"lab-{lab.pk}")
    length = timedelta(minutes=lab.format.minutes) if lab.format else USUAL_LENGTH
    event.add("summary", _("Lab: %(what)s") % {"what": lab.title})
    event.add("description", lab.purpose)
    event.add("dtstart", lab.starts_at.astimezone(UTC))
    event.add("dtend", (lab.open_until or lab.starts_at + length).astimezone(UTC))
    event.add("location", lab.place)
    event.add("status", "CANCELLED" if lab.state == State.CANCELLED else "CONFIRMED")
    return event


def _about(thing: Commitment | Lab, now: datetime, *, name: str) -> Event:
    event = Event()
    url = absolute(thing.get_absolute_url())
    event.add("uid", f"{name}@{absolute('').split('://')[-1]}")
    event.add("dtstamp", now)
    event.add("url", url)
    return event
