from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel.lifecycle import MoveNotAllowedError, TooLateError
from hakapa.moderation import actions
from hakapa.moderation.actions import Complaint
from hakapa.moderation.lifecycle import State
from hakapa.moderation.models import Case, Flag
from hakapa.process.queries import history_of

NOON = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_a_reported_text_stands_and_waits_for_a_decision(case, text):
    text.refresh_from_db()
    assert (case.state, text.hidden_why) == (State.OPEN, "")
    flag = case.flags.get()
    assert (flag.ground, flag.words, flag.by) == ("person", "Den nämner någon", None)
    event = history_of(case).get()
    assert (event.move, event.actor, event.details) == ("flag", None, {"ground": "person"})


def test_a_reader_reports_a_text_once_and_others_join_the_same_case(case, text):
    reader = UserFactory.create()
    actions.flag(text, Complaint("harm", "en läsare"), by=reader)
    actions.flag(text, Complaint("harm", "en annan"), by=reader)

    assert Case.objects.get() == case
    assert [(f.ground, f.by) for f in case.flags.all()] == [("person", None), ("harm", reader)]


def test_enough_readers_are_enough(case, text, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FLAGS", 2)
    for mark in "abc":
        actions.flag(text, Complaint("other", mark), by=None)

    assert case.flags.count() == 2


def test_a_report_says_what_is_wrong(text):
    with pytest.raises(ValidationError, match="ground"):
        actions.flag(text, Complaint("ogillar", "a"), by=None)
    assert not Case.objects.exists()


def test_a_hidden_text_has_the_reason_in_its_place(case, text, steward):
    hidden = actions.hide(case, by=steward, reason="Den nämner en privatperson", at=NOON)

    text.refresh_from_db()
    assert text.hidden_why == "Den nämner en privatperson"
    assert (hidden.state, hidden.decided_at) == (State.HIDDEN, NOON)
    event = history_of(case).get(move="hide")
    assert event.actor == steward
    assert event.details == {"why": "Den nämner en privatperson"}
    with pytest.raises(TooLateError):
        actions.flag(text, Complaint("harm", "b"), by=None)


def test_a_text_may_be_left_or_shown_again(case, text, steward):
    actions.hide(case, by=steward, reason="Fel", at=NOON)
    shown = actions.leave(case, by=steward, reason="Rättad", at=NOON)

    text.refresh_from_db()
    assert (shown.state, text.hidden_why) == (State.LEFT, "")


def test_what_was_left_is_opened_again_by_a_new_report(case, text, steward):
    actions.leave(case, by=steward, reason="Den stämmer", at=NOON)
    later = NOON + timedelta(days=3)

    again = actions.flag(text, Complaint("untrue", "c"), by=None, at=later)

    assert (again.state, again.opened_at, again.decided_at) == (State.OPEN, later, None)


@pytest.mark.parametrize("decide", [actions.hide, actions.leave])
def test_a_decision_needs_a_reason_and_somebody_who_moderates(case, steward, decide):
    with pytest.raises(ValidationError, match="reason"):
        decide(case, by=steward, reason="")
    with pytest.raises(PermissionDenied):
        decide(case, by=UserFactory.create(), reason="Fel")
    case.refresh_from_db()
    assert case.state == State.OPEN


def test_what_is_decided_is_not_decided_again_the_same_way(case, steward):
    actions.hide(case, by=steward, reason="Fel")

    with pytest.raises(MoveNotAllowedError):
        actions.hide(case, by=steward, reason="Fel")


def test_a_case_has_an_age_until_it_is_decided(case, steward):
    Case.objects.update(opened_at=NOON)
    case.refresh_from_db()
    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        assert case.days_open == 4
        decided = actions.leave(case, by=steward, reason="Stämmer")
    with time_machine.travel(NOON + timedelta(days=9), tick=False):
        assert decided.days_open == 4


def test_the_database_keeps_one_case_a_text_and_one_flag_a_reader(case, text):
    flag = case.flags.get()
    for again in (
        Case(subject_type=case.subject_type, subject_id=case.subject_id),
        Flag(case=case, ground="other", mark=flag.mark),
        Case(subject_type="x", subject_id=1, state=State.HIDDEN),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()
