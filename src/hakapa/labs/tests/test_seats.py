"""Who gets a seat: by the code on the wall, by a room's code, by a code of one's own."""

import pytest
from django.core.exceptions import PermissionDenied

from hakapa.accounts.tests.factories import UserFactory
from hakapa.labs import actions, codes, queries
from hakapa.labs.models import Participant, PersonalCode, Room
from hakapa.labs.tests.factories import ContributionFactory, LabFactory
from hakapa.live.models import Announcement

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
