"""Who gets a seat: by the code on the wall, by a room's code, by a code of one's own."""

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.tests.pages import address
from hakapa.labs import actions, codes, documents, queries
from hakapa.labs.models import Participant, PersonalCode, Room
from hakapa.labs.tests.factories import ContributionFactory, LabFactory
from hakapa.live.models import Announcement
from hakapa.process.models import Event

A_LINE = actions.Words("Sanda där de äldre går")


@pytest.fixture
def by_codes(running):
    """The running lab, by personal codes."""
    running.by_personal_codes = True
    running.save()
    return running


@pytest.fixture
def own_code(by_codes):
    return PersonalCode.objects.create(lab=by_codes)


def test_a_code_of_ones_own_leads_to_one_seat(by_codes, own_code):
    seat = actions.join(by_codes, code=own_code, perspective="resident")
    own_code.refresh_from_db()

    assert own_code.participant == seat
    with pytest.raises(actions.SeatTakenError):
        actions.join(by_codes, code=own_code)
    assert Participant.objects.count() == 1


def freed(lab, code, leader):
    actions.free_code(lab, by=leader, code=code.code)
    code.refresh_from_db()
    return code


def test_a_freed_code_gives_the_same_seat_to_the_phone_that_comes_first(by_codes, own_code, leader):
    seat = actions.join(by_codes, code=own_code, perspective="resident")
    actions.contribute(by_codes, A_LINE, participant=seat)
    code = freed(by_codes, own_code, leader)
    assert queries.participant_of(by_codes, seat.token) is None  # the old phone is out already

    again = actions.sit_again(code)
    assert (again.pk, again.perspective) == (seat.pk, "resident")
    assert queries.written_by(again).count() == 1
    assert queries.participant_of(by_codes, again.token) == seat
    with pytest.raises(actions.SeatTakenError):
        actions.sit_again(code)
    with pytest.raises(actions.SeatTakenError):
        actions.join(by_codes, code=code)
    event = Event.objects.get(move="free_code")
    assert (event.actor, event.details) == (leader, {"code": code.pk})


def test_the_report_says_that_a_seat_has_moved(client, by_codes, own_code, leader):
    told = "let their code move the seat to another phone"
    actions.join(by_codes, code=own_code)
    report = address("labs:report", by_codes.pk)
    freed(by_codes, own_code, leader)

    actions.close(by_codes, by=leader, why="Brandlarm")

    assert told in client.get(report).text
    with override("en"):
        paper = documents.written(by_codes, "docx", site="https://hakapa.example")
    assert any(told in line.text for line in docx.Document(paper).paragraphs)


def test_a_code_that_is_freed_twice_is_freed_once(by_codes, own_code, leader):
    actions.join(by_codes, code=own_code)
    token = freed(by_codes, own_code, leader).participant.token

    assert freed(by_codes, own_code, leader).participant.token == token
    assert Event.objects.filter(move="free_code").count() == 1


def test_only_a_used_code_of_the_lab_is_freed(by_codes, own_code, leader, english):
    with pytest.raises(ValidationError, match="Nobody has used that code"):
        actions.free_code(by_codes, by=leader, code=own_code.code)
    elsewhere = PersonalCode.objects.create(lab=LabFactory.create(by_personal_codes=True))
    for code in (elsewhere.code, "", by_codes.join_code):
        with pytest.raises(ValidationError, match="This lab has no such code"):
            actions.free_code(by_codes, by=leader, code=code)
    with pytest.raises(actions.SeatTakenError):
        actions.sit_again(own_code)


def test_a_code_is_freed_by_those_who_lead_while_the_lab_goes_on(
    by_codes, own_code, leader, outsider
):
    actions.join(by_codes, code=own_code)
    with pytest.raises(PermissionDenied):
        actions.free_code(by_codes, by=outsider, code=own_code.code)
    code = freed(by_codes, own_code, leader)

    actions.close(by_codes, by=leader, why="Brandlarm")
    with pytest.raises(TooLateError):
        actions.free_code(by_codes, by=leader, code=own_code.code)
    code = PersonalCode.objects.get(pk=code.pk)
    with pytest.raises(TooLateError):
        actions.sit_again(code)


def test_in_a_lab_by_personal_codes_no_other_code_gives_a_seat(by_codes):
    elsewhere = PersonalCode.objects.create(lab=LabFactory.create(by_personal_codes=True))

    for code in (None, elsewhere):
        with pytest.raises(PermissionDenied):
            actions.join(by_codes, code=code)


def test_in_an_open_lab_a_personal_code_is_not_used_up(running):
    code = PersonalCode.objects.create(lab=running)
    actions.join(running, code=code)
    code.refresh_from_db()

    assert code.participant is None


def test_a_code_leads_to_a_lab_to_a_room_or_to_one_seat(by_codes, own_code):
    room = Room.objects.create(lab=by_codes, name="Kalmar")
    doors = [queries.door_of(c) for c in (by_codes.join_code, room.join_code, own_code.code)]

    assert doors == [
        queries.Door(by_codes),
        queries.Door(by_codes, room),
        queries.Door(by_codes, personal=own_code),
    ]
    assert [door.asks_for_a_personal_code for door in doors] == [True, True, False]
    assert len(own_code.code) == codes.PERSONAL_LENGTH > codes.LENGTH
    assert [queries.door_of(c) for c in ("ZZZZZZ", "ZZZZZZZZ")] == [None, None]


def test_the_codes_of_a_lab_that_is_not_announced_lead_nowhere(planned):
    room = Room.objects.create(lab=planned, name="Kalmar")
    personal = PersonalCode.objects.create(lab=planned)

    for code in (planned.join_code, room.join_code, personal.code):
        assert queries.door_of(code) is None


def test_what_is_done_in_a_seat_is_announced(running):
    seat = actions.join(running)
    note = actions.contribute(running, A_LINE, participant=seat)
    number = note.pk
    actions.take_back(note, participant=seat)

    told = [(a.kind, a.item) for a in Announcement.objects.filter(channel=f"lab:{running.pk}")]
    assert told[-3:] == [("join", None), ("note", number), ("note", number)]


def test_in_a_moderated_lab_what_a_participant_writes_waits(running, seat, leader):
    running.is_moderated = True
    running.save()

    assert actions.contribute(running, A_LINE, participant=seat).is_waiting
    assert not actions.contribute(running, A_LINE, by=leader).is_waiting


def test_who_writes_slowly_writes_in_the_phase_they_began_in(running, seat, leader):
    began = running.phases.get(key="silent")
    words = actions.Words("Sanda", phase=began)

    assert actions.contribute(running, words, participant=seat).phase == began


def test_a_note_taker_sees_what_the_table_wrote(running):
    taker = actions.join(running, table=3, takes_notes=True)
    others = [actions.join(running, table=table) for table in (3, 4)]
    theirs, _elsewhere = (
        ContributionFactory.create(lab=running, participant=who, table=who.table) for who in others
    )
    own = actions.contribute(running, A_LINE, participant=taker)

    assert list(queries.notes_of(taker)) == [own, theirs]
    assert list(queries.notes_of(others[0])) == [theirs]


def test_an_account_claims_a_seat_and_lets_it_go(seat):
    me, other = UserFactory.create_batch(2)
    actions.claim(seat, by=me)
    assert actions.claim(seat, by=me).account == me
    with pytest.raises(PermissionDenied):
        actions.claim(seat, by=other)
    seat.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.let_go(seat, by=other)

    actions.let_go(seat, by=me)
    seat.refresh_from_db()
    assert seat.account is None
