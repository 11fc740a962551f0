"""The demo world as it is in Swedish: what the file tells is what the site holds."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from hakapa.accounts.models import Organisation, Population, User
from hakapa.challenges.models import Challenge, EffectGoal, Measurement, SharedNeed
from hakapa.commitments.models import Commitment
from hakapa.commitments.standing import Standing, standing
from hakapa.demo.people import PASSWORD, SIGN_INS
from hakapa.demo.tests.conftest import TODAY
from hakapa.labs.models import Contribution, Kind, Lab, Participant, Vote
from hakapa.process.models import Event
from hakapa.proposals.models import Proposal

pytestmark = [pytest.mark.usefixtures("swedish_world"), pytest.mark.django_db]


def by_title(told, kind):
    return {row["title"]["sv"]: row for row in told[kind]}


def promises(told):
    """Return (the file's row, the commitment) of each answer."""
    titles = {row["id"]: row["title"]["sv"] for row in told["proposals"]}
    names = {row["id"]: row["name"] for row in told["organisations"]}
    for row in told["commitments"]:
        yield (
            row,
            Commitment.objects.get(
                proposal__title=titles[row["proposal"]], receiver__name=names[row["receiver"]]
            ),
        )


def test_it_says_how_far_it_has_come(swedish_world):
    lines = swedish_world.splitlines()

    assert lines[:3] == ["Loading the demo world:", "  18 organisations", "  8 challenges"]
    assert lines[3] == "  lab “Data vi inte får dela”"
    assert lines[-1] == "  14 answers from receivers"


def test_there_is_as_much_of_everything_as_the_file_tells(told):
    assert Organisation.objects.count() == Population.objects.count() == 18
    assert Challenge.objects.count() == len(told["challenges"]) == 8
    assert Lab.objects.count() == len(told["labs"]) == 5
    assert Proposal.objects.count() == len(told["proposals"]) == 20
    goals = [row["goal"] for row in told["details"].values() if "goal" in row]
    assert EffectGoal.objects.count() == len(goals)
    assert Measurement.objects.count() == sum(len(goal["then"]) for goal in goals)
    also = sum(len(row["also"]) for row in told["details"].values())
    assert SharedNeed.objects.count() == also
    answered = Commitment.objects.exclude(state="asked")
    assert answered.count() == len(told["commitments"]) == 14


def test_each_lab_had_as_many_in_the_room(told):
    expected = {
        title: row["attendance"] if row["status"] == "closed" else 0
        for title, row in by_title(told, "labs").items()
    }

    assert {lab.title: lab.participants.count() for lab in Lab.objects.all()} == expected
    assert Participant.objects.count() == sum(expected.values())


def test_each_insight_and_each_proposal_was_written_in_a_lab(told):
    insights = Contribution.objects.filter(kind=Kind.INSIGHT)
    assert {note.text for note in insights} == {row["text"]["sv"] for row in told["insights"]}
    for proposal in Proposal.objects.all():
        row = by_title(told, "proposals")[proposal.title]
        assert proposal.sources.count() == len(row["insights"]) + 1, proposal


def test_the_room_agreed_as_much_as_the_file_tells(told):
    for title, row in by_title(told, "proposals").items():
        note = Contribution.objects.get(kind=Kind.PROPOSAL, text=title)
        votes = Vote.objects.filter(statement=note)
        room = note.lab.participants.count()
        assert votes.count() == room
        assert votes.filter(value=1).count() == round(row["agree"] * room), title


def test_every_day_is_moved_so_that_the_files_today_is_today(told, moved):
    for lab in Lab.objects.all():
        day = timezone.localtime(lab.starts_at).date()
        assert day == by_title(told, "labs")[lab.title]["date"] + moved
    for row, commitment in promises(told):
        if row["answer"] != "decline":
            assert commitment.due == row["report_by"] + moved
    assert timezone.localdate() == TODAY


def test_nothing_has_happened_after_today():
    assert not Event.objects.filter(at__gt=timezone.now()).exclude(move="load_demo").exists()
    assert not Challenge.objects.filter(created__gt=timezone.now()).exists()


def test_every_promise_that_is_late_is_late_and_no_other(told):
    late = {row["id"] for row in told["commitments"] if row["status"] == "late"}

    assert {row["id"] for row, c in promises(told) if standing(c) == Standing.LATE} == late
    assert len(late) == 2


def test_every_promise_stands_as_the_file_tells(told):
    stands = {
        ("take", "reported"): Standing.KEPT,
        ("take", "late"): Standing.LATE,
        ("take", "on_time"): Standing.ON_ITS_WAY,
        ("hop_on", "on_time"): Standing.ON_ITS_WAY,
        ("park", "on_time"): Standing.PARKED,
        ("decline", "reported"): Standing.DECLINED,
    }
    for row, commitment in promises(told):
        assert standing(commitment) == stands[row["answer"], row["status"]], row["id"]


def test_who_reported_did_so_on_the_day_the_file_tells(told, moved):
    for row, commitment in promises(told):
        if row["status"] == "reported" and row["answer"] != "decline":
            (report,) = commitment.follow_ups.all()
            event = Event.objects.get(
                move="keep", subject_id=commitment.pk, subject_type="commitments.commitment"
            )
            assert timezone.localtime(event.at).date() == row["reported_on"] + moved
            assert told["reports"][row["id"]]["sv"] in [
                getattr(report, field.name) for field in report._meta.fields
            ]


def test_the_sign_ins_work_and_nobody_else_has_a_password(client):
    for sign_in in SIGN_INS:
        user = User.objects.get(email=sign_in.address)
        assert user.check_password(PASSWORD)
        (membership,) = user.memberships.all()
        assert (membership.role, membership.title) == (sign_in.role, sign_in.title[0])
    others = User.objects.filter(is_staff=False).exclude(email__in=[s.address for s in SIGN_INS])
    assert {user.has_usable_password() for user in others} == {False}


def test_the_receiver_among_the_sign_ins_has_a_late_promise():
    umea = Organisation.objects.get(name="Umeå")

    assert any(standing(c) == Standing.LATE for c in Commitment.objects.filter(receiver=umea))


def test_no_person_is_named():
    assert {user.name for user in User.objects.all()} == {""}
    assert {user.email.partition("@")[2] for user in User.objects.all()} == {"demo.hakapa.example"}


@pytest.mark.parametrize("path", ["/", "/utmaningar/", "/sok/", "/en/om/"])
def test_every_page_says_that_it_is_an_example(client, path):
    assert 'class="demo-note"' in client.get(path).content.decode()


def test_the_second_time_says_that_it_is_here_and_changes_nothing(capsys):
    before = {model: model.objects.count() for model in (Event, User, Challenge, Vote)}
    call_command("demo")

    assert capsys.readouterr().out == "The demo world is here already.\n"
    assert {model: model.objects.count() for model in before} == before


def test_the_marks_day_is_the_day_of_loading():
    mark = Event.objects.get(move="load_demo")

    assert abs(mark.at - timezone.now()) < timedelta(minutes=1)
    assert mark.subject_type == "demo.world"
