import pytest
from django.contrib.auth.models import AnonymousUser

from hakapa.process import journey
from hakapa.process.journey import Fact, Station, tells

READER = AnonymousUser()


@pytest.fixture(autouse=True)
def _nobody_tells(monkeypatch):
    monkeypatch.setattr(journey, "_facts", {})


def states():
    return [stop.state for stop in journey.line([7], READER)]


def tell(station, fact):
    tells(station)(lambda *_: fact)


def test_the_line_has_seven_named_stations_in_order(monkeypatch):
    assert [station.value for station in Station] == [
        "challenge", "lab", "proposal", "commitment", "pilot", "solution", "adoption",
    ]  # fmt: skip
    names = [str(journey.NAMES[station]) for station in Station]
    assert [stop.name for stop in journey.line([7], READER)] == names
    assert len(set(names)) == 7


def test_where_nobody_tells_anything_the_challenge_is_now():
    assert states() == ["now", *["ahead"] * 6]


def test_the_furthest_station_reached_is_now_and_all_before_it_are_done():
    tell(Station.CHALLENGE, Fact("lades 3 mars"))
    tell(Station.COMMITMENT, Fact("2 av 3 lovade"))

    assert states() == ["done", "done", "done", "now", "ahead", "ahead", "ahead"]


def test_what_is_only_planned_is_told_but_not_reached():
    tell(Station.CHALLENGE, Fact("lades 3 mars"))
    tell(Station.LAB, Fact("planerat till 14 april", "/labb/3/", reached=False))

    stops = journey.line([7], READER)
    assert [stop.state for stop in stops] == ["now", *["ahead"] * 6]
    assert (stops[1].fact, stops[1].url) == ("planerat till 14 april", "/labb/3/")


def test_a_station_that_has_nothing_to_tell_is_silent():
    tell(Station.LAB, None)

    stop = journey.line([7], READER)[1]
    assert (stop.fact, stop.url, stop.state) == ("", "", "ahead")


def test_the_last_station_can_be_now():
    tell(Station.ADOPTION, Fact("6 kommuner"))

    assert states() == [*["done"] * 6, "now"]


def test_who_tells_is_asked_about_the_challenges_and_who_reads():
    asked = []

    @tells(Station.LAB)
    def fact_of(challenge_ids, user):
        asked.append((challenge_ids, user))

    journey.line([7, 9], READER)
    assert asked == [([7, 9], READER)]
    assert journey._facts == {Station.LAB: fact_of}
