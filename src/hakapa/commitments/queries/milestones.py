from datetime import date, timedelta

from django.db.models import DateField, Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import TruncDate

from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment, Milestone, Reminder
from hakapa.commitments.queries.finding import Commitments
from hakapa.process.models import Event

_BEFORE = {Milestone.DUE_IN_14: 14, Milestone.DUE_IN_3: 3, Milestone.LATE: -1}
_AFTER = {Milestone.AFTER_30: 30, Milestone.AFTER_60: 60, Milestone.AFTER_90: 90}
_DATING = ("take", "hop_on", "change_date", "postpone")

# A worker that stood still tells what it missed, but not what is long past.
GRACE = timedelta(days=7)


def spoken_of(today: date) -> list[Commitment]:
    """Return the promises that have reached one of their days and were not spoken of then."""
    promises = dated(Commitment.objects.filter(state__in=PROMISED)).select_related(
        "proposal__challenge"
    )
    told = Prefetch("reminders", queryset=Reminder.objects.order_by())
    return [
        promise
        for promise in promises.prefetch_related(told)
        if {(m.milestone, m.about) for m in milestones(promise, today)}
        - {(r.milestone, r.about) for r in promise.reminders.all()}
    ]


def parked_until(today: date) -> Commitments:
    """Return what was parked until the day, in the order in which proposals are held."""
    return Commitment.objects.filter(state=State.PARKED, due__lte=today).order_by("proposal", "pk")


def dated(commitments: Commitments) -> Commitments:
    """Return the commitments with the day on which each got the date it has: `dated_on`."""
    latest = (
        Event.objects.filter(
            subject_type=Commitment._meta.label_lower,
            subject_id=OuterRef("pk"),
            move__in=_DATING,
        )
        .order_by()
        .values("subject_id")
        .annotate(day=TruncDate(Max("at")))
        .values("day")
    )
    return commitments.annotate(dated_on=Subquery(latest, DateField()))


def milestones(promise: Commitment, today: date) -> list[Reminder]:
    """Return the milestones of a dated promise that are to be told on the day, if not told yet.

    At most one of those counted from its date and one of those counted from the answer: the
    latest that has come. A milestone that had come already when the date was set is not told,
    nor one that is long past, but that the promise is late always is.
    """
    due, answered = promise.due, promise.answered_on
    if due is None or answered is None:
        return []
    dated_on = getattr(promise, "dated_on", None) or answered
    by_date = [(m, due - timedelta(days), due, dated_on) for m, days in _BEFORE.items()]
    by_answer = [(m, answered + timedelta(d), answered, answered) for m, d in _AFTER.items()]
    told = []
    for series in (by_date, by_answer):
        come = [entry for entry in series if entry[1] <= today]
        for milestone, day, about, since in come[-1:]:
            is_news = day > since and today - day <= GRACE
            if is_news or milestone == Milestone.LATE:
                told.append(Reminder(commitment=promise, milestone=milestone, about=about))
    return told
