import pytest
from django.utils.translation import get_language

from hakapa.live import screens
from hakapa.live.screens import Picture
from hakapa.live.tests.lines import an_audience


def test_a_picture_is_drawn_in_the_language_of_those_who_see_it(monkeypatch):
    an_audience(monkeypatch, lambda channel, _language: Picture({channel: get_language()}))

    assert screens.picture("hall", "lab:7", "en").fragments == {"lab:7": "en"}
    assert get_language() == "sv"


def test_a_ticket_is_enough_where_nothing_more_is_asked(monkeypatch):
    an_audience(monkeypatch)

    assert not screens.is_guarded("hall")
    assert screens.may_follow("hall", "lab:7", None)


@pytest.mark.parametrize("user_id", [5, 6])
def test_a_right_is_asked_of_the_one_who_knows(monkeypatch, user_id):
    an_audience(monkeypatch, may_follow=lambda channel, user: (channel, user) == ("lab:7", 5))

    assert screens.is_guarded("hall")
    assert screens.may_follow("hall", "lab:7", user_id) is (user_id == 5)
