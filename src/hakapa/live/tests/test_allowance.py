from hakapa.live import allowance
from hakapa.live.allowance import Allowance


def test_a_seat_may_send_a_hundred_at_once_and_twenty_a_second():
    now = 0.0
    seats = Allowance(clock=lambda: now)

    assert seats.allows("a", 100)
    assert not seats.allows("a", 1)
    now = 1.0
    assert seats.allows("a", 20)
    assert not seats.allows("a", 1)


def test_what_is_refused_takes_nothing():
    seats = Allowance(clock=lambda: 0.0)

    assert not seats.allows("a", 101)
    assert seats.allows("a", 100)


def test_one_who_sends_too_much_stops_nobody_else():
    seats = Allowance(clock=lambda: 0.0)
    seats.allows("a", 100)

    assert not seats.allows("a", 1)
    assert all(seats.allows(f"seat {n}", 1) for n in range(500))


def test_quiet_saves_up_no_more_than_at_first():
    now = 0.0
    seats = Allowance(clock=lambda: now)
    seats.allows("a", 1)
    now = 3600.0

    assert not seats.allows("a", 101)


def test_the_quietest_seats_are_forgotten(monkeypatch):
    monkeypatch.setattr(allowance, "MOST_SEATS", 2)
    seats = Allowance(clock=lambda: 0.0)
    for seat in ("a", "b", "a", "c"):  # b has been quiet longest
        seats.allows(seat, 60)

    assert not seats.allows("a", 60)
    assert seats.allows("b", 60)
